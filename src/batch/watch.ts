import { watch as watchFolders } from "chokidar";
import type { Walked } from "./walk.js";
import { isLeftOut } from "./walk.js";

/** Milliseconds that a file must stay the same before it counts as whole. */
const STILL_MS = 1000;

/**
 * The files that come into folders, or change, from now on, each when it is
 * whole. Ends with the signal. Watching begins before the first is asked for,
 * so that none is missed between a walk and this.
 */
export function watch(paths: readonly string[], signal: AbortSignal): AsyncIterable<Walked> {
  const found: Walked[] = [];
  let wake = () => {};
  const watcher = watchFolders([...paths], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => !paths.includes(path) && isLeftOut(path),
    awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: STILL_MS / 5 },
  });
  const add = (each: Walked) => {
    found.push(each);
    wake();
  };
  watcher.on("add", (path, stats) => add({ path, bytes: stats?.size ?? 0 }));
  watcher.on("change", (path, stats) => add({ path, bytes: stats?.size ?? 0 }));
  signal.addEventListener("abort", () => wake(), { once: true });
  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          const next = found.shift();
          if (next) yield next;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        await watcher.close();
      }
    },
  };
}
