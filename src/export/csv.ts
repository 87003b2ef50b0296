import { createRequire } from "node:module";
import { type CellValue, flat, inBatches, type Table } from "./field.js";

const load = createRequire(import.meta.url);
/** Loaded by the first table that is written so. */
const stringify: typeof import("csv-stringify/sync").stringify = (...given) =>
  (load("csv-stringify/sync") as typeof import("csv-stringify/sync")).stringify(...given);

export interface CsvOptions {
  /** A byte order mark first, which Excel needs to read UTF-8 as such. */
  readonly bom?: boolean;
  /** Text that a spreadsheet would run as a formula gets an apostrophe before it; true where it is not given. */
  readonly guard?: boolean;
}

/** How a spreadsheet's formula begins, in Chinese and Japanese Excel also in full width; behind apostrophes, so that guarding can be undone. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Text that begins like a formula with an apostrophe before it. Numbers are no text: a negative one stays as it is. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes one apostrophe of `guarded` away. */
export const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);

const STRINGIFY = { cast: { boolean: String }, quoted_match: /\r/ };

/** CSV with a heading of rows in hand. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  return stringify(
    rows.map((row) => columns.map((column) => safe(row[column], true))),
    { ...STRINGIFY, header: true, columns: [...columns] },
  );
}

/** CSV with a heading, piece by piece. */
export async function* csvOf<T>({ fields, rows }: Table<T>, options: CsvOptions = {}): AsyncGenerator<string> {
  const guard = options.guard ?? true;
  yield `${options.bom ? "\ufeff" : ""}${stringify([fields.map(({ name }) => name)], STRINGIFY)}`;
  for await (const batch of inBatches(rows))
    yield stringify(
      batch.map((record) => fields.map((field) => safe(flat(field, record), guard))),
      STRINGIFY,
    );
}

function safe(value: unknown, guard: boolean): CellValue {
  return guard && typeof value === "string" ? guarded(value) : (value as CellValue);
}
