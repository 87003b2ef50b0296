import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { parseSearch } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

test("a store of the first version keeps all it has, and can be searched", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-migration-"));
  const file = join(folder, "old.db");
  const old = new Database(file);
  old.exec("CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT");
  old.exec(await readFile("schemas/sql/0001-clippings-and-figures.sql", "utf8"));
  old.exec(`
    INSERT INTO migration VALUES ('0001-clippings-and-figures.sql', '2026-01-01');
    INSERT INTO clipping VALUES ('aa', 'text', 'a.txt', 9, 'utf-8', '开封办结29个', '开封办结29个', 'f', '2026-01-01');
    INSERT INTO clipping VALUES ('bb', 'pdf', 'b.pdf', 9, NULL, '开封收集 30个', '开封收集30个', 'g', '2026-01-01');
    INSERT INTO seen VALUES ('aa', 'a.txt'), ('aa', 'again.txt'), ('bb', 'b.pdf');
    INSERT INTO page VALUES ('bb', 1, 0, 9, 595, 842, 'text-layer');
    INSERT INTO run VALUES (1, 'aa', '0.0.9', 'c', 'T', NULL, '2021', '410200', NULL, 'complete', '2026-01-01');
    INSERT INTO run VALUES (2, 'aa', '0.1.0', 'c', 'T', NULL, '2021', '410200', NULL, 'complete', '2026-01-02');
    INSERT INTO run VALUES (3, 'bb', '0.1.0', 'c', NULL, NULL, NULL, NULL, NULL, 'partial', '2026-01-02');
    INSERT INTO article VALUES (2, 0, 'T', 0, 8);
    INSERT INTO figure VALUES (1, 'x1', 'aa', 0, 'problem.resolved', 28, 'count', 'exact', '410200', NULL, NULL, NULL, NULL, 'actual', 0.9, '办结29个', 2, 7, NULL, NULL, 'exact');
    INSERT INTO figure VALUES (2, 'x2', 'aa', 0, 'problem.resolved', 29, 'count', 'exact', '410200', '2021', '2021-01-01', '2021-12-31', NULL, 'actual', 0.9, '办结29个', 2, 7, NULL, NULL, 'exact');
    INSERT INTO finding VALUES (2, 'x2', 'check/implausible', 'warning', 'small');
    INSERT INTO message VALUES (3, 'ingest/page-failed', 'error', 'page 2', 0, 0, 2);
    INSERT INTO failure VALUES ('c.pdf', 'ingest/damaged', 'broken', '2026-01-01');`);
  old.close();

  const store = openSqliteStore(file);
  const [figure, ...rest] = await store.figures({});
  expect(rest).toEqual([]);
  expect(figure).toMatchObject({
    ...{ clipping: "aa", value: 29, quote: "办结29个", start: 2, title: "T", period: "2021" },
    findings: [{ code: "check/implausible", level: "warning", detail: "small" }],
  });
  expect((await store.history(figure?.id ?? ""))?.runs.map((run) => run.figure?.value)).toEqual([28, 29]);
  expect(await store.paths("aa")).toEqual(["a.txt", "again.txt"]);
  expect((await store.clippings()).map(({ path, outcome }) => [path, outcome])).toEqual([
    ["a.txt", "complete"],
    ["b.pdf", "partial"],
  ]);
  expect(await store.text("bb")).toBe("开封收集 30个");
  expect(await store.failures()).toMatchObject([{ path: "c.pdf", attempts: 1 }]);
  expect((await store.search({ terms: parseSearch("开封收集") })).hits.map(({ clipping }) => clipping.id)).toEqual([
    "bb",
  ]);
  await store.close();

  const again = openSqliteStore(file);
  expect(await again.figures({})).toHaveLength(1);
  await again.close();
  const raw = new Database(file, { readonly: true });
  expect(raw.pragma("foreign_key_check")).toEqual([]);
  expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
  raw.close();
  await rm(folder, { recursive: true });
});
