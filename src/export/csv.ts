import { createRequire } from "node:module";

/** Loaded by the first table that is written so. */
const load = createRequire(import.meta.url);

/** CSV with a heading. Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const { stringify } = load("csv-stringify/sync") as typeof import("csv-stringify/sync");
  return stringify(
    rows.map((row) => columns.map((column) => guarded(row[column]))),
    { header: true, columns: [...columns] },
  );
}

function guarded(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
