import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ingestPaths } from "../../src/batch/ingest.js";
import { BatchLog } from "../../src/batch/log.js";
import { adoptWaiting, compareVersions, currentVersion, reextract } from "../../src/batch/reextract.js";
import { watch } from "../../src/batch/watch.js";
import { catalogueFrom } from "../../src/catalogue/index.js";
import type { Store } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

let folder = "";
let store: Store;
const file = (name: string) => join(folder, name);
const text = (number: number) =>
  `截至2022年6月30日，开封市收集问题${number}00个，办结${number}0个。6月，省长带队走访企业28家。\n`;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-batch-"));
  for (const number of [1, 2, 3, 4, 5]) await writeFile(file(`${number}.txt`), text(number));
  store = openSqliteStore(":memory:");
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
const options = { ocr: false, jobs: 0 };
const paths = async () => (await store.clippings()).map(({ path }) => path.split("/").at(-1));

test("clippings are stored in the order of their names, the same bytes once", async () => {
  await writeFile(file("0.txt"), text(5));
  const summary = await ingestPaths([folder], store, options);
  expect(summary).toMatchObject({ stored: 5, known: 1, failures: 0, interrupted: false });
  expect(await paths()).toEqual(["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]);
  const [first] = await store.clippings();
  expect(await store.paths(first?.id ?? "")).toEqual([file("0.txt"), file("5.txt")]);
});

test("a second time nothing is read; what failed is told again and tried only when asked", async () => {
  await writeFile(file("broken.pdf"), "%PDF-1.4\nbroken");
  expect(await ingestPaths([folder, file("none")], store, options)).toMatchObject({ stored: 5, failures: 2 });
  expect(await ingestPaths([folder], store, options)).toMatchObject({ stored: 0, known: 5, failures: 1 });
  expect(await store.failure(file("broken.pdf"))).toMatchObject({ attempts: 1 });
  await ingestPaths([folder], store, { ...options, retry: true });
  expect(await store.failure(file("broken.pdf"))).toMatchObject({ attempts: 2 });
  await writeFile(file("broken.pdf"), "开封市办结问题99个。");
  expect(await ingestPaths([folder], store, options)).toMatchObject({ stored: 1, failures: 0 });
  expect((await store.failures()).map(({ path }) => path)).toEqual([file("none")]);
});

test("a clipping that cannot be stored fails alone", async () => {
  const inner = store;
  const refuse = (path: string) => {
    if (path.endsWith("3.txt")) throw new Error("refused");
  };
  const picky: Store = Object.assign(Object.create(inner), {
    saveAll: async (...[extracted, run]: Parameters<Store["saveAll"]>) => {
      for (const { path } of extracted) refuse(path);
      return inner.saveAll(extracted, run);
    },
    save: async (...[extracted, run]: Parameters<Store["save"]>) => {
      refuse(extracted.path);
      return inner.save(extracted, run);
    },
  });
  expect(await ingestPaths([folder], picky, options)).toMatchObject({ stored: 4, failures: 1 });
  expect(await paths()).toEqual(["1.txt", "2.txt", "4.txt", "5.txt"]);
  expect(await store.failures()).toMatchObject([{ path: file("3.txt"), detail: "Error: refused" }]);
});

test("a dry run counts and stores nothing", async () => {
  await ingestPaths([file("1.txt")], store, options);
  expect(await ingestPaths([folder], store, { ...options, dryRun: true })).toMatchObject({ stored: 4, known: 1 });
  expect(await paths()).toEqual(["1.txt"]);
});

test("stopped, it keeps what comes first, and goes on", async () => {
  const stop = new AbortController();
  const progress = { start() {}, stop() {}, page() {}, update: () => stop.abort() };
  for (let number = 100; number < 500; number++) await writeFile(file(`${number}.txt`), text(number));
  const first = await ingestPaths([folder], store, { ...options, progress, signal: stop.signal });
  expect(first.interrupted).toBe(true);
  const kept = await paths();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(405);
  const second = await ingestPaths([folder], store, options);
  expect(second).toMatchObject({ known: kept.length, stored: 405 - kept.length, interrupted: false });
});

test("the log has a line for each clipping, a beginning and an end", async () => {
  await writeFile(file("empty.txt"), "");
  const log = new BatchLog(file("log.jsonl"));
  await ingestPaths([file("1.txt"), file("1.txt"), file("empty.txt")], store, { ...options, log });
  log.close();
  const lines = (await readFile(file("log.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ event }) => event)).toEqual(["begin", "stored", "known", "failed", "end"]);
  expect(lines[3]).toMatchObject({ path: file("empty.txt"), code: "ingest/empty", at: expect.any(String) });
  expect(lines[4]).toMatchObject({ stored: 1, known: 1, failed: 1, interrupted: false });
});

test("what comes into a watched folder is read when it is whole, until it is stopped", async () => {
  await mkdir(file("in"));
  const stop = new AbortController();
  const more = watch([file("in")], stop.signal);
  const running = ingestPaths([file("in")], store, { ...options, more, signal: stop.signal });
  await sleep(500);
  await writeFile(file("in/new.txt"), text(7));
  await writeFile(file("in/.hidden"), text(8));
  for (let tries = 0; tries < 200 && (await paths()).length === 0; tries++) await sleep(50);
  stop.abort();
  expect(await running).toMatchObject({ stored: 1, interrupted: false });
  expect(await paths()).toEqual(["new.txt"]);
});

test("a store is read again with another catalogue: resumable, told of, then taken over", async () => {
  await ingestPaths([folder], store, options);
  await rm(file("1.txt"));
  const catalogue = catalogueFrom({
    indicators: [
      {
        ...{ id: "visit.governor", unit: "count", label: "省长调研", labelEn: "Governor", heads: ["enterprise"] },
        ...{ verbs: ["省长"], default: 0, names: ["省长走访企业"], examples: ["省长带队走访企业36家"] },
      },
    ],
  });
  const before = await store.figures({});
  const version = currentVersion({ catalogue });
  expect(await reextract(store, { ...options, catalogue })).toMatchObject({ read: 5, before: 0, gone: [], failed: [] });
  expect(await reextract(store, { ...options, catalogue })).toMatchObject({ read: 0, before: 5 });
  expect(await store.figures({})).toEqual(before);
  let waiting = 0;
  for await (const { changes } of store.waiting(version)) waiting += changes.length > 0 ? 1 : 0;
  expect(waiting).toBe(5);
  expect(await adoptWaiting(store, version)).toBe(5);
  expect((await store.figures({ indicators: ["visit.governor"] })).length).toBe(5);
  expect(await reextract(store, { ...options, catalogue })).toMatchObject({ upToDate: 5 });
  expect(await reextract(store, { ...options, since: version.version })).toMatchObject({ upToDate: 5, read: 0 });
});

test("what people told of a clipping is given to the next extraction", async () => {
  await writeFile(file("1.txt"), "收集问题100个，办结10个。");
  await ingestPaths([file("1.txt")], store, options);
  const [clipping] = await store.clippings();
  await store.describe(clipping?.id ?? "", { region: "410200" }, "王芳");
  expect(await reextract(store, options)).toMatchObject({ read: 1 });
  await adoptWaiting(store, currentVersion({}));
  expect((await store.figures({})).map(({ region }) => region)).toContain("410200");
});

test.each([
  ["0.9.0", "0.10.0", -1],
  ["1.0.0", "1.0.0", 0],
  ["2.0.0", "1.9.9", 1],
])("versions %s and %s", (a, b, sign) => expect(Math.sign(compareVersions(a, b))).toBe(sign));
