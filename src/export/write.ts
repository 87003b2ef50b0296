import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type CsvOptions, csvOf } from "./csv.js";
import type { Table } from "./field.js";
import { jsonLinesOf, jsonOf } from "./json.js";

export const FORMATS = ["csv", "json", "jsonl", "xlsx", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

/** Formats that are text, and can go where text goes. */
export const isText = (format: Format): boolean => format === "csv" || format === "json" || format === "jsonl";

/** Writes a table row by row: memory does not grow with its length. The stream is ended. */
export async function writeTable<T>(
  table: Table<T>,
  format: Exclude<Format, "parquet">,
  out: Writable,
  options: CsvOptions = {},
): Promise<void> {
  if (format === "xlsx") {
    const { writeXlsx } = await import("./xlsx.js");
    return writeXlsx(table, out);
  }
  const pieces = format === "csv" ? csvOf(table, options) : format === "json" ? jsonOf(table) : jsonLinesOf(table);
  await pipeline(Readable.from(pieces, { objectMode: false }), out);
}

/** The same into a file, which is there when it is whole, and not before. */
export async function writeTableFile<T>(
  table: Table<T>,
  format: Format,
  file: string,
  options: CsvOptions = {},
): Promise<void> {
  const part = `${file}.part`;
  try {
    if (format === "parquet") {
      const { writeParquet } = await import("./parquet.js");
      await writeParquet(table, part);
    } else {
      // open before anything can fail: a stream that opens later would leave its file behind
      const handle = await open(part, "w");
      await writeTable(table, format, handle.createWriteStream(), options);
    }
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    throw cause;
  }
}

/** Size and SHA-256 of a file. */
export async function digestOf(file: string): Promise<{ bytes: number; hash: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return { bytes: (await stat(file)).size, hash: `sha256:${hash.digest("hex")}` };
}
