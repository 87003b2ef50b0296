import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Field, guarded, type Table, unguarded, writeTable, writeTableFile } from "../../src/export/index.js";
import { columnLetters, writeXlsx } from "../../src/export/xlsx.js";
import { csvRows, duckdb, formulas, type Row, xlsxRows } from "./readers.js";

interface Sample {
  readonly text: string | null;
  readonly number: number | null;
  readonly whole: number;
  readonly flag: boolean;
  readonly list: readonly unknown[];
}

const TEXTS = [
  "郑州市",
  "=1+1",
  "+86 371",
  "-5",
  "@SUM(A1)",
  "＝1+1",
  "'=already",
  "'plain",
  "a,b",
  'say "so"',
  "two\nlines",
  "carriage\rreturn",
  "\ttab",
  "a_x0041_b",
  "𠮷野家🙂",
  "<b>&amp;",
  " spaces ",
  "007",
  "",
  null,
];
const samples: Sample[] = TEXTS.map((text, index) => ({
  text,
  number: index === 3 ? null : ([-5, 98.6, 304_000_000, -0.25, 1e21][index % 5] ?? 0),
  whole: index,
  flag: index % 2 === 0,
  list: index % 3 === 0 ? [] : [1.5, { code: "check/=x" }],
}));
const field = <K extends keyof Sample>(name: K, type: Field<Sample>["type"]): Field<Sample> => ({
  name,
  type,
  description: "",
  get: (sample) => sample[name],
});
const tableOf = (rows: Table<Sample>["rows"]): Table<Sample> => ({
  name: "samples",
  title: "",
  key: "whole",
  rows,
  fields: [
    field("text", "string"),
    field("number", "number"),
    field("whole", "integer"),
    field("flag", "boolean"),
    field("list", "json"),
  ],
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-formats-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An empty text and none are one thing to formats without types. */
const blank = (text: unknown) => (text === "" ? null : text);
const listText = (list: readonly unknown[]) => (list.length === 0 ? null : JSON.stringify(list));

test("CSV: a parser and DuckDB read the same rows; formulas are disarmed, negative numbers stay numbers", async () => {
  const file = join(folder, "a.csv");
  await writeTableFile(tableOf(samples), "csv", file);
  const rows = await csvRows(file);
  expect(rows.map(({ text }) => unguarded(text ?? ""))).toEqual(samples.map(({ text }) => text ?? ""));
  expect(rows.every(({ text }) => !/^[=+\-@＝\t\r]/.test(text ?? ""))).toBe(true);
  expect(rows.map(({ number }) => number)).toEqual(
    samples.map(({ number }) => (number === null ? "" : String(number))),
  );
  expect(rows.map(({ flag }) => flag)).toEqual(samples.map(({ flag }) => String(flag)));
  const read = await duckdb(
    `SELECT * FROM read_csv('${file}', header = true, quote = '"', escape = '"', types = {'text': 'VARCHAR', 'number': 'DOUBLE', 'whole': 'INTEGER', 'flag': 'BOOLEAN', 'list': 'VARCHAR'})`,
  );
  expect(read.map(({ text }) => text)).toEqual(
    samples.map(({ text }) => (blank(text) === null ? null : guarded(text ?? ""))),
  );
  expect(read.map(({ number, whole, flag, list }) => ({ number, whole, flag, list }))).toEqual(
    samples.map(({ number, whole, flag, list }) => ({ number, whole, flag, list: listText(list) })),
  );
});

test("CSV begins with a byte order mark where that is asked, and is left unguarded where that is", async () => {
  const file = join(folder, "bom.csv");
  await writeTableFile(tableOf(samples), "csv", file, { bom: true, guard: false });
  expect([...(await readFile(file)).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect((await csvRows(file)).map(({ text }) => text)).toEqual(samples.map(({ text }) => text ?? ""));
});

test("guarding can be undone whatever the text begins with", () => {
  for (const text of TEXTS.filter((each) => each !== null)) expect(unguarded(guarded(text))).toBe(text);
});

test("JSON and JSON Lines: DuckDB reads the same rows, lists as lists", async () => {
  const wanted = samples.map(({ ...sample }) => sample);
  for (const format of ["json", "jsonl"] as const) {
    const file = join(folder, `a.${format}`);
    await writeTableFile(tableOf(samples), format, file);
    const text = await readFile(file, "utf8");
    const parsed: unknown =
      format === "json"
        ? JSON.parse(text)
        : text
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as unknown);
    expect(parsed).toEqual(wanted);
    const read = await duckdb(
      `SELECT text, number, whole, flag FROM read_json('${file}', columns = {text: 'VARCHAR', number: 'DOUBLE', whole: 'INTEGER', flag: 'BOOLEAN'})`,
    );
    expect(read).toEqual(samples.map(({ text, number, whole, flag }) => ({ text, number, whole, flag })));
  }
});

test("XLSX: SheetJS reads the same rows, no cell is a formula", async () => {
  const file = join(folder, "a.xlsx");
  await writeTableFile(tableOf(samples), "xlsx", file);
  const rows = await xlsxRows(file);
  // SheetJS gives a lone carriage return as XML readers do
  expect(rows.map(({ text }) => blank(text))).toEqual(samples.map(({ text }) => blank(text)));
  expect(rows.map(({ number, whole, flag, list }) => ({ number, whole, flag, list }))).toEqual(
    samples.map(({ number, whole, flag, list }) => ({ number, whole, flag, list: listText(list) })),
  );
  expect(await formulas(file)).toEqual([]);
});

test("XLSX: the same rows make the same bytes", async () => {
  const [first, second] = [join(folder, "x1.xlsx"), join(folder, "x2.xlsx")];
  await writeTableFile(tableOf(samples), "xlsx", first);
  await writeTableFile(tableOf(samples), "xlsx", second);
  expect((await readFile(first)).equals(await readFile(second))).toBe(true);
});

test("XLSX: rows that a sheet cannot hold go on in another", async () => {
  const file = join(folder, "sheets.xlsx");
  await writeXlsx(tableOf(samples), createWriteStream(file), 9);
  expect((await xlsxRows(file)).map(({ whole }) => whole)).toEqual(samples.map(({ whole }) => whole));
});

test("Parquet: DuckDB reads the same rows, with types", async () => {
  const file = join(folder, "a.parquet");
  await writeTableFile(tableOf(samples), "parquet", file);
  expect(await duckdb(`SELECT * FROM '${file}'`)).toEqual(
    samples.map(({ list, ...sample }) => ({ ...sample, list: listText(list) })),
  );
  expect((await duckdb(`DESCRIBE SELECT * FROM '${file}'`)).map(({ column_type }) => column_type)).toEqual([
    "VARCHAR",
    "DOUBLE",
    "INTEGER",
    "BOOLEAN",
    "VARCHAR",
  ]);
});

test.each(["csv", "json", "jsonl", "xlsx", "parquet"] as const)("no rows make a whole %s", async (format) => {
  const file = join(folder, `none.${format}`);
  await writeTableFile(tableOf([]), format, file);
  const rows: Record<typeof format, () => Promise<unknown[]>> = {
    csv: () => csvRows(file),
    json: async () => JSON.parse(await readFile(file, "utf8")) as Row[],
    jsonl: async () => (await readFile(file, "utf8")).split("\n").filter((line) => line !== ""),
    xlsx: () => xlsxRows(file),
    parquet: () => duckdb(`SELECT * FROM '${file}'`),
  };
  expect(await rows[format]()).toEqual([]);
});

test.each(["csv", "json", "jsonl", "xlsx", "parquet"] as const)(
  "%s of rows that fail half way leaves no file",
  async (format) => {
    async function* failing() {
      for (const sample of samples) yield sample;
      throw new Error("the store went away");
    }
    await expect(writeTableFile(tableOf(failing()), format, join(folder, `broken.${format}`))).rejects.toThrow(
      "went away",
    );
    expect((await readdir(folder)).filter((name) => name.startsWith("broken"))).toEqual([]);
  },
);

test.each(["csv", "xlsx", "parquet"] as const)("%s that cannot be written says so", async (format) => {
  await expect(writeTableFile(tableOf(samples), format, "/nowhere/at/all")).rejects.toThrow("ENOENT");
});

test("a reader that stops early stops the rows", async () => {
  const { Writable } = await import("node:stream");
  let given = 0;
  let closed = false;
  async function* endless() {
    try {
      for (;;) {
        given++;
        yield samples[0] as Sample;
      }
    } finally {
      closed = true;
    }
  }
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) });
  await expect(writeTable(tableOf(endless()), "csv", full)).rejects.toThrow("disk full");
  expect(closed).toBe(true);
  expect(given).toBeLessThan(100_000);
});

test("columns have letters as spreadsheets do", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});
