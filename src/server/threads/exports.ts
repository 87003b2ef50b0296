import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ProblemError } from "../problem.js";
import { type ExportOrder, exportTo } from "../services/exporting.js";
import { canStart } from "./crew.js";
import { openRoom, type RoomStart } from "./open-room.js";

const WORKER = fileURLToPath(new URL("./export-worker.js", import.meta.url));
/** Exports at once: each has a thread. */
const AT_ONCE = 4;

/** Exports as streams, each made in a thread of its own. */
export class Exports {
  private running = 0;

  constructor(private readonly start: RoomStart) {}

  /** Throws `unavailable` where too many run. */
  open(order: ExportOrder): Readable {
    if (this.running >= AT_ONCE) throw new ProblemError("unavailable", `${AT_ONCE} exports run already`);
    this.running++;
    const stream = canStart() ? this.inThread(order) : this.here(order);
    stream.once("close", () => this.running--);
    return stream;
  }

  private inThread(order: ExportOrder): Readable {
    const worker = new Worker(WORKER, { workerData: { start: this.start, order } });
    const stream = new Readable({
      read: () => worker.postMessage("more"),
      destroy: (error, done) => void worker.terminate().finally(() => done(error)),
    });
    worker.on("message", (piece: Uint8Array | "end") => stream.push(piece === "end" ? null : piece));
    worker.on("error", (error) => stream.destroy(error));
    worker.on("exit", (code) => code !== 0 && stream.destroy(new Error(`the export ended with ${code}`)));
    return stream;
  }

  private here(order: ExportOrder): Readable {
    const out = new PassThrough();
    const run = async () => {
      const room = await openRoom(this.start);
      try {
        await exportTo(room, order, out);
      } finally {
        await room.store.close();
      }
    };
    run().catch((cause: Error) => out.destroy(cause));
    return out;
  }
}
