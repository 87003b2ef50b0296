import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { ClippingError } from "../doc/index.js";
import { type LimitName, limits, overLimit } from "./limits.js";

/**
 * The bytes of a file, if it is one: what is a device, a pipe or a folder, and
 * what is over the limit, is not read. Throws ClippingError, and for files that
 * cannot be opened what `open` throws.
 */
export async function readClipping(path: string, limit: LimitName = "fileBytes"): Promise<Uint8Array> {
  // a pipe without a writer would be waited for
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new ClippingError("ingest/unreadable", path, "no file: a folder, a device or a pipe");
    if (stats.size > limits[limit]) throw overLimit(path, limit, `the file has ${stats.size} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
