import { readFileSync } from "node:fs";
import { type IngestStart, runIngest, type Told } from "./run.js";

// a process of its own: what a file does to it, it does to no one who reads
const [, , task] = process.argv;
if (process.send && task !== undefined) {
  const stop = new AbortController();
  process.on("message", (message) => {
    if (message === "stop") stop.abort();
  });
  // the server is gone: the store is sound at any moment, and the same files go on when they are sent again
  process.on("disconnect", () => stop.abort());
  const start = JSON.parse(readFileSync(task, "utf8")) as IngestStart;
  await runIngest(start, (told: Told) => process.connected && process.send?.(told), stop.signal);
  if (process.connected) process.disconnect();
}
