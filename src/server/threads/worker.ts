import { parentPort, workerData } from "node:worker_threads";
import { openRoom, type RoomStart } from "./open-room.js";
import { answer, type Order } from "./run.js";

/** A thread, or a process, that does tasks: those that come while another waits for a file go on beside it. */
const isThread = parentPort !== null;
const [, , told] = process.argv;
// who only imports this has told it nothing
if (isThread || (process.send && told !== undefined)) {
  const start = (isThread ? workerData : JSON.parse(told ?? "{}")) as RoomStart;
  const room = openRoom(start);
  const port = parentPort;
  const on = async (order: Order | "close") => {
    if (order === "close") {
      await (await room).store.close();
      if (port) port.close();
      else process.disconnect();
      return;
    }
    const result = await answer(await room, order);
    if (port) port.postMessage(result);
    else process.send?.(result);
  };
  if (port) port.on("message", (order: Order | "close") => void on(order));
  else {
    process.on("message", (order: Order | "close") => void on(order));
    // the server is gone: nobody waits for answers
    process.on("disconnect", () => process.exit(0));
  }
}
