import { Writable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { type ExportOrder, exportTo } from "../services/exporting.js";
import { openRoom, type RoomStart } from "./open-room.js";

// one export: pieces go out as they are asked for, so that no more is made than is taken
if (parentPort) {
  const port = parentPort;
  const { start, order } = workerData as { start: RoomStart; order: ExportOrder };
  let more: (() => void) | undefined;
  port.on("message", () => more?.());
  const out = new Writable({
    highWaterMark: 1 << 18,
    write(chunk: Buffer, _encoding, done) {
      more = done;
      port.postMessage(Uint8Array.from(chunk));
    },
  });
  const room = await openRoom(start);
  try {
    await exportTo(room, order, out);
    port.postMessage("end");
  } finally {
    await room.store.close();
    port.close();
  }
}
