import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue } from "../../src/catalogue/index.js";
import { csvOf } from "../../src/export/csv.js";
import {
  clippingsTable,
  decisionsTable,
  figuresTable,
  type Names,
  ReadError,
  readDecisions,
  readMetadata,
  unguarded,
  writePackage,
  writeTableFile,
} from "../../src/export/index.js";
import { extractText } from "../../src/pipeline.js";
import { type Decision, openSqliteReader, openSqliteStore, SqlError, type Store } from "../../src/store/index.js";
import { csvRows, duckdb, xlsxRows } from "./readers.js";

const run = { version: "1", catalogue: "a" };
const names: Names = {
  indicator: (id) => catalogue().indicators.find((each) => each.id === id)?.label ?? null,
  region: (code) => code,
};
const clip = (path: string, body: string, title: string) =>
  extractText(body, { path, metadata: { region: "410108", published: "2022-07-01", title } });
const clippings = [
  clip(
    "a.txt",
    "截至6月30日，惠济区收集问题200个，办结190个，办结率95%。发放贷款3.04亿元。",
    '=HYPERLINK("http://x","点")',
  ),
  clip("b.txt", "截至6月30日，惠济区走访企业120家次，收集问题210个。", '换\n行，“引号"和逗号'),
];

let folder = "";
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-export-"));
  store = await openSqliteStore(join(folder, "store.db"));
  for (const clipping of clippings) await store.save(clipping, run);
  const [first, second, third] = await store.figures({});
  const at = "2022-08-01T00:00:00.000Z";
  await store.decide({ kind: "accept", figure: first?.id ?? "", reviewer: "王老师", at });
  await store.decide({
    kind: "correct",
    figure: second?.id ?? "",
    reviewer: "-李",
    reason: "=漏了一个，\n“零”",
    at,
    change: { value: -5, scope: "规上" },
  });
  await store.decide({ kind: "reject", figure: third?.id ?? "", reviewer: "王老师", reason: "", at });
  await store.decide({ kind: "reopen", figure: third?.id ?? "", reviewer: "王老师", at });
  const [clipping] = clippings;
  const is = {
    indicator: "event.held",
    value: 3,
    unit: "count",
    qualifier: "exact",
    region: "410108",
    period: null,
    scope: null,
    status: "planned",
  } as const;
  await store.decide({
    kind: "add",
    clipping: clipping?.id ?? "",
    is,
    start: 0,
    end: 3,
    page: 1,
    box: [1, 2.5, 3, 4],
    reviewer: "王老师",
    at,
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** DuckDB takes numbers without a fraction for whole ones. */
const TYPED = "REPLACE (OBS_VALUE::DOUBLE AS OBS_VALUE, text_start::INTEGER AS text_start)";

const decisionsCsv = (from: Store) => text(Readable.from(csvOf(decisionsTable(from.eachDecision()))));

test("figures exported in each format are those of the store, with source, quote, place, confidence and review state", async () => {
  const figures = await store.figures({});
  const wanted = figures.map(({ id, value, quote, start, confidence, review, path, title }) => ({
    figure: id,
    OBS_VALUE: value,
    quote,
    text_start: start,
    confidence,
    review,
    path,
    title,
  }));
  const columns = Object.keys(wanted[0] ?? {});
  const pick = (rows: readonly Record<string, unknown>[], get = (value: unknown) => value) =>
    rows.map((row) => Object.fromEntries(columns.map((column) => [column, get(row[column])])));
  const file = (format: string) => join(folder, `figures.${format}`);
  for (const format of ["csv", "json", "jsonl", "xlsx", "parquet"] as const)
    await writeTableFile(figuresTable(store.eachFigure({}), names), format, file(format));
  expect(pick(await duckdb(`SELECT * FROM '${file("parquet")}'`))).toEqual(wanted);
  expect(pick(await xlsxRows(file("xlsx")))).toEqual(wanted);
  expect(pick(JSON.parse(await readFile(file("json"), "utf8")) as Record<string, unknown>[])).toEqual(wanted);
  expect(
    pick(await duckdb(`SELECT * ${TYPED} FROM read_json('${file("jsonl")}', format = 'newline_delimited')`)),
  ).toEqual(wanted);
  expect(pick(await csvRows(file("csv")), (value) => unguarded(String(value)))).toEqual(pick(wanted, String));
  const read = await duckdb(
    `SELECT * ${TYPED} FROM read_csv('${file("csv")}', header = true, quote = '"', escape = '"')`,
  );
  expect(read.map(({ OBS_VALUE }) => OBS_VALUE)).toEqual(figures.map(({ value }) => value));
  expect(read.some(({ OBS_VALUE }) => OBS_VALUE === -5)).toBe(true);
});

test("the documented views have the columns of the exports, and the same values", async () => {
  const reader = await openSqliteReader(join(folder, "store.db"));
  const tables = {
    figures: figuresTable(
      store.eachFigure({ review: ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"] }),
      names,
    ),
    clippings: clippingsTable(store.eachClipping()),
    decisions: decisionsTable(store.eachDecision()),
  };
  for (const [name, table] of Object.entries(tables)) {
    const { columns, rows } = reader.query(`SELECT * FROM ${name} ORDER BY 1`);
    expect(columns).toEqual(table.fields.map((field) => field.name));
    const exported: unknown[][] = [];
    for await (const record of table.rows as AsyncIterable<never>)
      exported.push(
        table.fields.map((field) => {
          const value = field.get(record) ?? null;
          if (typeof value === "boolean") return Number(value);
          if (field.name === "REF_AREA_LABEL") return "郑州市惠济区";
          return Array.isArray(value) ? (value.length > 0 ? JSON.stringify(value) : null) : value;
        }),
      );
    expect([...rows].map((row) => [...row])).toEqual(exported.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  }
  expect([...reader.query("SELECT count(*) FROM headlines WHERE review = 'rejected'").rows]).toEqual([[0]]);
  expect(reader.views().map(({ name }) => name)).toEqual([
    "figures",
    "headlines",
    "clippings",
    "texts",
    "decisions",
    "indicator",
    "region",
  ]);
  reader.close();
});

test.each([
  "DELETE FROM figure",
  "INSERT INTO seen VALUES (1, 'x')",
  "ATTACH 'other.db' AS other",
  "PRAGMA journal_mode = DELETE",
  "PRAGMA query_only = OFF",
  "VACUUM INTO 'copy.db'",
  "SELECT 1; DELETE FROM figure",
  "SELECT * FROM nothing",
  "SELECT load_extension('x')",
  "nonsense",
  "",
])("no writing through %j", async (sql) => {
  const reader = await openSqliteReader(join(folder, "store.db"));
  expect(() => [...reader.query(sql).rows]).toThrow(SqlError);
  reader.close();
});

test("the file opens in any SQLite: its views need nothing of ours", () => {
  const plain = new Database(join(folder, "store.db"), { readonly: true });
  const views = plain.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all() as string[];
  expect(views).toEqual(expect.arrayContaining(["figures", "headlines", "clippings", "texts", "decisions"]));
  for (const view of views) expect(() => plain.prepare(`SELECT * FROM "${view}" LIMIT 1`).all()).not.toThrow();
  const plan = plain
    .prepare("EXPLAIN QUERY PLAN SELECT * FROM headlines WHERE INDICATOR = 'x' AND REF_AREA = '410108'")
    .all() as { detail: string }[];
  expect(plan[0]?.detail).toMatch(/SEARCH o USING INDEX observation_(?:headline|by_indicator|by_region)/);
  plain.close();
});

test("decisions taken from their export are the same decisions, and taking them again changes nothing", async () => {
  const csv = await decisionsCsv(store);
  const other = await openSqliteStore(":memory:");
  for (const clipping of clippings) await other.save(clipping, run);
  const take = async () => {
    const decisions: Decision[] = [];
    for await (const row of readDecisions(Readable.from([csv]))) if ("decision" in row) decisions.push(row.decision);
    return other.addDecisions(decisions);
  };
  expect(await take()).toEqual({ added: 5, known: 0 });
  expect(await take()).toEqual({ added: 0, known: 5 });
  expect(await decisionsCsv(other)).toBe(csv);
  expect(await other.figures({})).toEqual(await store.figures({}));
  await other.close();
});

const collect = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

test("a decision that was edited in the spreadsheet is refused, not taken for the old one", async () => {
  const csv = (await decisionsCsv(store)).replace("王老师", "张老师");
  await expect(collect(readDecisions(Readable.from([csv])))).rejects.toThrow(/line 2: decision .* was changed since/);
});

test("rows of one's own are decisions to make", async () => {
  const csv = "\ufefffigure,kind,reviewer,OBS_VALUE,scope,reason\nabc,accept,王老师,,,\nabd,correct,,12,-,看错\n";
  expect(await collect(readDecisions(Readable.from([csv]), "李"))).toEqual([
    { line: 2, input: { kind: "accept", figure: "abc", reviewer: "王老师" } },
    {
      line: 3,
      input: { kind: "correct", figure: "abd", reviewer: "李", reason: "看错", change: { value: 12, scope: null } },
    },
  ]);
});

test.each([
  ["figure,kind\nabc,agree\n", /line 2: kind: 'agree' is none of accept, correct/],
  ["figure,kind\nabc,accept\n", /line 2: reviewer is empty/],
  ["figure,kind,reviewer,OBS_VALUE\nabc,correct,王,many\n", /line 2: OBS_VALUE: 'many' is no number/],
  ["figure,verdict\nabc,accept\n", /line 1: no column kind/],
  ['figure,kind\n"abc,accept\n', /line \d+: /],
])("%j is told by line", async (csv, message) => {
  const failed = collect(readDecisions(Readable.from([csv])));
  await expect(failed).rejects.toThrow(ReadError);
  await expect(failed).rejects.toThrow(message);
});

test("metadata comes from an export or with a side file's columns; - takes away, nothing leaves as it is", async () => {
  const csv = await text(Readable.from(csvOf(clippingsTable(store.eachClipping()))));
  const rows = await collect(readMetadata(Readable.from([csv])));
  const known = await store.clippings();
  expect(rows.map(({ clipping, metadata }) => [clipping, metadata])).toEqual(
    known.map(({ id, about }) => [id, Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null))]),
  );
  expect(await collect(readMetadata(Readable.from(["file,publisher,region,url\na.txt,-,410108,\n"])))).toEqual([
    { line: 2, clipping: undefined, path: "a.txt", metadata: { publisher: null, region: "410108" } },
  ]);
});

test("a package describes each of its files: columns, keys, size and hash; every reference has its row", async () => {
  const out = join(folder, "package");
  const sources = {
    figures: store.eachFigure({}),
    clippings: store.eachClipping(),
    decisions: store.eachDecision(),
    indicators: catalogue().indicators,
    names,
  };
  const counts = await writePackage(sources, out);
  const descriptor = JSON.parse(await readFile(join(out, "datapackage.json"), "utf8")) as {
    resources: {
      name: string;
      path: string;
      bytes: number;
      hash: string;
      schema: {
        fields: { name: string; constraints?: { required?: boolean; enum?: string[] } }[];
        primaryKey: string;
        foreignKeys?: { fields: string; reference: { resource: string; fields: string } }[];
      };
    }[];
  };
  const tables = new Map<string, Record<string, string>[]>();
  for (const { name, path, bytes, hash, schema } of descriptor.resources) {
    const data = await readFile(join(out, path));
    const rows = await csvRows(join(out, path));
    tables.set(name, rows);
    expect([data.byteLength, `sha256:${createHash("sha256").update(data).digest("hex")}`]).toEqual([bytes, hash]);
    expect(rows.length).toBe(counts[name]);
    expect(Object.keys(rows[0] ?? {})).toEqual(schema.fields.map((field) => field.name));
    expect(new Set(rows.map((row) => row[schema.primaryKey])).size).toBe(rows.length);
    for (const { name: field, constraints } of schema.fields) {
      if (constraints?.required)
        expect(
          rows.every((row) => row[field] !== ""),
          `${name}.${field}`,
        ).toBe(true);
      if (constraints?.enum)
        expect(constraints.enum).toEqual(expect.arrayContaining([...new Set(rows.map((row) => row[field]))]));
    }
  }
  expect([...tables.keys()]).toEqual(["figures", "clippings", "decisions", "indicators", "regions"]);
  for (const { name, schema } of descriptor.resources)
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const known = new Set(tables.get(reference.resource)?.map((row) => row[reference.fields]));
      for (const row of tables.get(name) ?? []) if (row[fields] !== "") expect(known).toContain(row[fields]);
    }
});

test("an export of a file that another process reads is whole", async () => {
  const file = join(folder, "whole.csv");
  await writeFile(file, "before");
  await writeTableFile(clippingsTable(store.eachClipping()), "csv", file);
  expect(await text(createReadStream(file))).toContain("a.txt");
});
