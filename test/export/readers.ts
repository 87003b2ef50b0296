import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { read, utils } from "@e965/xlsx";
import { parse } from "csv-parse";

export type Row = Record<string, unknown>;

/** Rows of a query of DuckDB, as plain values. */
export async function duckdb(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export async function csvRows(file: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true })))
    rows.push(row as Record<string, string>);
  return rows;
}

/** Rows of every sheet of a workbook, one sheet after another; empty cells are null. */
export async function xlsxRows(file: string): Promise<Row[]> {
  const workbook = read(await readFile(file), { cellFormula: true });
  return workbook.SheetNames.flatMap((name) =>
    utils.sheet_to_json<Row>(workbook.Sheets[name] as object, { defval: null, raw: true }),
  );
}

/** Cells of a workbook that are formulas. */
export async function formulas(file: string): Promise<string[]> {
  const workbook = read(await readFile(file), { cellFormula: true });
  return workbook.SheetNames.flatMap((name) =>
    Object.entries(workbook.Sheets[name] ?? {}).flatMap(([at, cell]) =>
      typeof cell === "object" && cell !== null && "f" in cell ? [at] : [],
    ),
  );
}
