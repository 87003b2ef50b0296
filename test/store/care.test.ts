import { copyFile, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ThreadReader } from "../../src/batch/extractor.js";
import { version } from "../../src/pipeline.js";
import { type Checked, care, type Store } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

let folder = "";
let file = "";
let store: Store;
const RUN = { version, catalogue: "0123456789abcdef" };
const reader = new ThreadReader({ ocr: false });

async function add(text: string): Promise<void> {
  const { extracted } = await reader.read({ path: join(folder, "a.txt"), bytes: new TextEncoder().encode(text) });
  await store.save(extracted, RUN);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-care-"));
  file = join(folder, "s.db");
  store = openSqliteStore(file);
  await add("截至2022年6月30日，惠济区收集问题200个，办结190个。");
  const [figure] = await store.figures({});
  await store.decide({ kind: "accept", figure: figure?.id ?? "", reviewer: "r" });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const around = { version, pdfjs: "5.4.296", node: "20.20.2", now: new Date() };
const examine = (more: Partial<typeof around> = {}) => care.examine(file, { ...around, ...more });
const troubles = (checked: readonly Checked[]) =>
  checked.filter(({ state }) => state !== "ok").map(({ check, state }) => `${state} ${check}`);

test("a sound store is told sound, and nothing is written", async () => {
  const before = (await readdir(folder)).sort();
  expect(troubles(await examine())).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(before);
});

test.each([
  ["UPDATE head SET run = 99", "error references"],
  ["DELETE FROM head", "error orphans"],
  ["UPDATE decision SET follows = 'nobody'", "error orphans"],
  ["UPDATE observation SET decision = 'nobody'", "error orphans"],
  ["INSERT INTO clipping_terms (clipping_terms) VALUES ('delete-all')", "error orphans"],
  ["INSERT INTO duplicate_key VALUES (1, 77)", "error orphans"],
  ["INSERT INTO migration VALUES ('9999-later.sql', '2030-01-01')", "error schema"],
  ["DELETE FROM migration WHERE name LIKE '0020%'", "note schema"],
  ["PRAGMA user_version = 0", "note schema"],
  ["UPDATE run SET ended_at = '2099-01-01T00:00:00Z'", "warning clock"],
  ["UPDATE run SET version = '0.0.1'", "note versions"],
] as const)("%s is found out", async (sql, trouble) => {
  const database = new Database(file);
  database.pragma("foreign_keys = OFF");
  database.exec(sql);
  database.close();
  const checked = await examine();
  expect(troubles(checked)).toContain(trouble);
  expect(checked.filter(({ state }) => state !== "ok").every(({ todo }) => todo)).toBe(true);
});

test("programs with known faults are found out", async () => {
  expect(troubles(await examine({ pdfjs: "5.6.205" }))).toEqual(["error programs"]);
  expect(troubles(await examine({ pdfjs: "4.1.392" }))).toEqual(["error programs"]);
  expect(troubles(await examine({ pdfjs: "6.2.108" }))).toEqual([]);
});

test("broken pages, a broken head, an empty file: each names the file and says what to do", async () => {
  await store.close();
  const whole = await readFile(file);
  for (const [from, size] of [
    [0, 16],
    [4096, 40_000],
    [0, whole.length],
  ] as const) {
    const broken = Buffer.from(whole);
    broken.fill(from === 0 && size === 16 ? 0x41 : 0x5a, from, from + size);
    await writeFile(file, size === whole.length ? "" : broken);
    const checked = await examine();
    const errors = checked.filter(({ state }) => state === "error");
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.some(({ todo }) => todo?.includes("jianbao restore"))).toBe(true);
  }
  await writeFile(file, whole);
  store = openSqliteStore(file);
});

test("a backup made while others write is one moment of the store, checked, with its hash beside it", async () => {
  const target = join(folder, "b.db");
  let pages = 0;
  const copied = await care.backUp(file, target, {
    onProgress: () => {
      pages++;
    },
  });
  expect(pages).toBeGreaterThan(0);
  expect(copied.counts).toMatchObject({ clipping: 1, decision: 1 });
  expect(await readFile(`${target}.sha256`, "utf8")).toBe(`${copied.sha256}  b.db\n`);
  // what is written during the copy is not in it, and does not begin it anew
  let isWritten = false;
  const again = await care.backUp(file, join(folder, "c.db"), {
    onProgress: () => {
      if (!isWritten) void add("截至2022年7月30日，上街区收集问题300个。");
      isWritten = true;
    },
  });
  expect(again.counts["clipping"]).toBe(1);
  expect((await readdir(folder)).filter((name) => name.includes("partial") || name.startsWith("b.db-"))).toEqual([]);
  await expect(care.backUp(file, target)).rejects.toThrow("--force");
});

test("restoring never overwrites by itself, keeps what was there, and leaves no log of it", async () => {
  const backup = join(folder, "b.db");
  await care.backUp(file, backup);
  await add("截至2022年7月30日，上街区收集问题300个。");
  await expect(care.restore(backup, file)).rejects.toThrow("--force");
  await store.close();
  const { before } = await care.restore(backup, file, { force: true });
  store = openSqliteStore(file);
  expect((await store.status()).clippings).toBe(1);
  expect((await store.status()).decisions).toBe(1);
  const old = openSqliteStore(before ?? "");
  expect((await old.status()).clippings).toBe(2);
  await old.close();
});

test("what is no sound backup is not restored", async () => {
  const backup = join(folder, "b.db");
  await care.backUp(file, backup);
  const target = join(folder, "new.db");
  const handle = await open(backup, "r+");
  await handle.write(Buffer.alloc(9000, 0x5a), 0, 9000, 8192);
  await handle.close();
  await expect(care.restore(backup, target)).rejects.toThrow("SHA-256");
  await rm(`${backup}.sha256`);
  await expect(care.restore(backup, target)).rejects.toThrow(/broken|malformed/);
  await copyFile(file, join(folder, "other.db"));
  const other = new Database(join(folder, "foreign.db"));
  other.exec("CREATE TABLE x (y)");
  other.close();
  await expect(care.restore(join(folder, "foreign.db"), target)).rejects.toThrow("no store of jianbao");
  await expect(care.restore(join(folder, "none.db"), target)).rejects.toThrow("no such file");
  expect((await readdir(folder)).filter((name) => name.startsWith("new.db"))).toEqual([]);
});

test("a store that another program has open is not replaced", async () => {
  const backup = join(folder, "b.db");
  await care.backUp(file, backup);
  // open, and idle
  await expect(care.restore(backup, file, { force: true })).rejects.toThrow("another program holds it");
  expect((await store.status()).clippings).toBe(1);
});

test("stats tell stages, kinds, the slowest clippings and batches", async () => {
  const batch = await store.beginBatch({ command: "ingest", paths: ["in"] });
  await store.updateBatch(batch, { done: 1, total: 1 }, true);
  const stats = await care.stats(file, 3);
  expect(stats.runs).toBe(1);
  expect(stats.stages.map(({ stage }) => stage)).toEqual([
    "all",
    "ingest",
    "layout",
    "normalise",
    "segment",
    "quantity",
    "assign",
    "check",
    "prepare",
  ]);
  const [all, ...parts] = stats.stages;
  expect(parts.reduce((sum, { totalMs }) => sum + totalMs, 0)).toBeCloseTo(all?.totalMs ?? 0);
  expect(all?.medianMs).toBeGreaterThan(0);
  expect(stats.kinds).toMatchObject([{ kind: "text", runs: 1 }]);
  expect(stats.slowest).toMatchObject([{ path: join(folder, "a.txt"), kind: "text" }]);
  expect(stats.batches).toMatchObject([{ command: "ingest", done: 1, failed: 0 }]);
});
