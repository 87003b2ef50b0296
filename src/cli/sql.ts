import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { type Field, printable, type Table, toTable, writeTable } from "../export/index.js";
import { openSqliteReader, SqlError, type SqlReader, type SqlResult } from "../store/index.js";
import { DEFAULT_STORE, err, out, UsageError } from "./common.js";

interface Options {
  store: string;
  format: "table" | "csv" | "json" | "jsonl";
  file?: string;
  bom?: boolean;
  guard: boolean;
}

/** Rows that a table on a terminal shows; the other formats have no end. */
const TABLE_ROWS = 1000;
/** Characters of a cell in a table on a terminal. */
const CELL_CHARS = 60;

export function sqlCommand(program: Command): void {
  program
    .command("sql")
    .description("ask the store in SQL; nothing is written to it")
    .argument("[statement]", "one SELECT; - reads it from standard input; without one the views are listed")
    .addOption(new Option("-f, --format <format>").choices(["table", "csv", "json", "jsonl"]).default("table"))
    .option("--file <file>", "the statement is in this file")
    .option("--bom", "CSV with a byte order mark, for Excel")
    .option("--no-guard", "CSV without the apostrophe before text that a spreadsheet would run as a formula")
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
Views: figures, headlines (what comparisons use), clippings, texts, decisions; tables of names: indicator, region.
The file opens in other tools of SQLite, too (Datasette, DuckDB's sqlite extension).

Example:
  $ jianbao sql "SELECT REF_AREA_LABEL, max(OBS_VALUE) FROM headlines WHERE INDICATOR = 'problem.collected' GROUP BY REF_AREA"
  $ jianbao sql --file query.sql -f csv > answer.csv`;

async function run(statement: string | undefined, options: Options): Promise<void> {
  const sql = options.file
    ? await fileText(options.file)
    : statement === "-"
      ? await readAll(process.stdin)
      : statement;
  const reader = await openSqliteReader(options.store);
  try {
    if (sql === undefined) listViews(reader);
    else await print(reader.query(sql), options);
  } catch (cause) {
    if (cause instanceof SqlError) throw new UsageError(cause.message);
    throw cause;
  } finally {
    reader.close();
  }
}

function listViews(reader: SqlReader): void {
  out(
    toTable(
      [{ title: "view" }, { title: "columns" }],
      reader.views().map(({ name, columns }) => [name, columns.join(", ")]),
    ),
  );
}

async function print({ columns, rows }: SqlResult, options: Options): Promise<void> {
  if (options.format !== "table") {
    await writeTable(tableOf(columns, rows), options.format, process.stdout, {
      guard: options.guard,
      bom: options.bom ?? false,
    });
    return;
  }
  const shown: (readonly unknown[])[] = [];
  let more = false;
  for (const row of rows) {
    if (shown.length === TABLE_ROWS) {
      more = true;
      break;
    }
    shown.push(row);
  }
  const isNumber = columns.map((_, index) =>
    shown.every((row) => row[index] === null || typeof row[index] === "number"),
  );
  out(
    toTable(
      columns.map((title, index) => ({ title, align: isNumber[index] ? ("right" as const) : ("left" as const) })),
      shown.map((row) => row.map(cellText)),
    ),
  );
  if (more) err(`the first ${TABLE_ROWS} rows: --format csv, json or jsonl has all`);
}

function cellText(value: unknown): string {
  if (value === null) return "";
  const text = printable(value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value));
  return text.length > CELL_CHARS ? `${text.slice(0, CELL_CHARS - 1)}…` : text;
}

/** Columns that share a name get a number behind it. */
function tableOf(columns: readonly string[], rows: Iterable<readonly unknown[]>): Table<readonly unknown[]> {
  const seen = new Map<string, number>();
  const fields = columns.map((column, index): Field<readonly unknown[]> => {
    const count = (seen.get(column) ?? 0) + 1;
    seen.set(column, count);
    return {
      name: count === 1 ? column : `${column}_${count}`,
      type: "string",
      description: "",
      get: (row) => {
        const value = row[index];
        return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
      },
    };
  });
  return { name: "answer", title: "", key: columns[0] ?? "", fields, rows };
}

async function fileText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be opened: ${(cause as Error).message}`);
  }
}
