import { readdirSync, readFileSync } from "node:fs";

/** Watches the resident memory of this process's children, as /proc tells it; `stop` gives the most that one had, in bytes. */
export function peakMemory() {
  let peak = 0;
  const look = () => {
    for (const { rss } of children()) peak = Math.max(peak, rss);
  };
  const timer = setInterval(look, 200);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function children() {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((id) => {
        try {
          const status = readFileSync(`/proc/${id}/status`, "utf8");
          const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
          return parent === process.pid ? [{ rss: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024 }] : [];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}
