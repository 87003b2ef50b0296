import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { regionName, regionOf } from "../../catalogue/index.js";
import {
  clippingsTable,
  decisionsTable,
  type Format,
  figuresTable,
  type Names,
  type Table,
  writeTable,
  writeTableFile,
} from "../../export/index.js";
import type * as contract from "../contract/index.js";
import { filterOf } from "./figures.js";
import type { Room } from "./room.js";

export interface ExportOrder {
  readonly what: "figures" | "clippings" | "decisions";
  readonly format: Format;
  readonly filter: contract.FigureFilter;
}

/** Writes a table row by row, however long it is; the stream is ended. */
export async function exportTo(room: Room, { what, format, filter }: ExportOrder, out: Writable): Promise<void> {
  if (what === "clippings")
    return write(clippingsTable(room.store.eachClipping(filter.within ? { within: filter.within } : {})), format, out);
  if (what === "decisions") return write(decisionsTable(room.store.eachDecision(filter.clipping)), format, out);
  return write(figuresTable(room.lists.eachFigure(filterOf(filter)), namesOf(room)), format, out);
}

const namesOf = ({ catalogue }: Room): Names => ({
  indicator: (id) => catalogue.indicators.find((each) => each.id === id)?.label ?? null,
  region: (code) => (regionOf(code) ? regionName(code) : null),
});

async function write<T>(table: Table<T>, format: Format, out: Writable): Promise<void> {
  if (format !== "parquet") return writeTable(table, format, out, { bom: format === "csv" });
  // its columns stand one after another: it is written whole before it can be sent
  const folder = await mkdtemp(join(tmpdir(), "jianbao-export-"));
  try {
    await writeTableFile(table, format, join(folder, "table"));
    await pipeline(createReadStream(join(folder, "table")), out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
