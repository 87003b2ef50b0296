import { createRequire } from "node:module";

/** Loaded by the first table that is printed. */
const load = createRequire(import.meta.url);

const PLAIN = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Columns side by side for a terminal; Han take two places. */
export function toTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const Table = load("cli-table3") as typeof import("cli-table3");
  const table = new Table({
    head: columns.map((column) => column.title),
    colAligns: columns.map((column) => column.align ?? "left"),
    chars: PLAIN,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const row of rows) table.push(row.map((cell) => printable(cell)));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** One line, without characters that a terminal obeys. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ");
