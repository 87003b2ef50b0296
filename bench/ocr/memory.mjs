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
          if (parent !== process.pid) return [];
          // user and system time in hundredths of a second stand behind the name in brackets
          const times = readFileSync(`/proc/${id}/stat`, "utf8").replace(/^.*\)/s, "").trim().split(" ");
          const cpu = (Number(times[11]) + Number(times[12])) / 100;
          return [{ rss: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024, cpu }];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}

/** Seconds of CPU that this process and its children have used, those that still live; 0 where /proc is not there. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + children().reduce((sum, { cpu }) => sum + cpu, 0);
}
