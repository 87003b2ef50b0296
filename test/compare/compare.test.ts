import { expect, test } from "vitest";
import { compare } from "../../src/compare/index.js";
import { extractText } from "../../src/pipeline.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

const run = { version: "1", catalogue: "a" };
const clip = (path: string, region: string, published: string, text: string) =>
  extractText(text, { path, metadata: { region, published } });

async function storeOf(...clippings: ReturnType<typeof clip>[]) {
  const store = openSqliteStore(":memory:");
  for (const clipping of clippings) await store.save(clipping, run);
  return store;
}

const huiji = clip("huiji", "410108", "2022-07-01", "截至6月30日，惠济区收集问题200个，办结190个。");
const shangjie = clip("shangjie", "410106", "2022-07-01", "截至6月30日，上街区收集问题100个，办结99个，办结率99%。");

test("regions are ranked by the first indicator", async () => {
  const { rows } = await compare(await storeOf(huiji, shangjie), ["problem.collected"]);
  expect(rows.map((row) => [row.region, row.cells["problem.collected"]?.value])).toEqual([
    ["410108", 200],
    ["410106", 100],
  ]);
});

test("a rate that no clipping states is computed from its counts, and marked", async () => {
  const { rows } = await compare(await storeOf(huiji, shangjie), ["problem.resolution_rate"]);
  expect(
    rows.map((row) => row.cells["problem.resolution_rate"]).map((cell) => [cell?.value, cell?.derivedFrom.length]),
  ).toEqual([
    [99, 0],
    [95, 2],
  ]);
});

test("missing is missing, not zero", async () => {
  const { rows } = await compare(await storeOf(huiji, shangjie), ["problem.collected", "satisfaction.rate"]);
  expect(rows.every((row) => row.cells["satisfaction.rate"] === undefined)).toBe(true);
});

test("clippings that disagree are told, never averaged", async () => {
  const other = clip("other", "410108", "2022-07-09", "截至6月30日，惠济区收集问题205个，办结190个。");
  const { rows, conflicts } = await compare(await storeOf(huiji, other), ["problem.collected"]);
  expect([200, 205]).toContain(rows[0]?.cells["problem.collected"]?.value);
  expect(conflicts[0]?.others).toHaveLength(1);
});

test("a repost counts once", async () => {
  const long =
    "截至6月30日，惠济区收集企业反映的各类问题200个，已经办结190个，其余10个正在加快办理，企业普遍表示满意。";
  const first = clip("first", "410108", "2022-07-01", long);
  const repost = clip("repost", "410108", "2022-07-05", `某某网\n${long}\n编辑：张三`);
  const { conflicts, rows } = await compare(await storeOf(first, repost), ["problem.collected"]);
  expect(conflicts).toEqual([]);
  expect(rows[0]?.cells["problem.collected"]?.figure.path).toBe("first");
});

test("a later period is preferred, a level selects regions", async () => {
  const later = clip("later", "410108", "2022-10-08", "截至9月30日，惠济区收集问题320个。");
  const city = clip("city", "410100", "2022-07-01", "截至6月30日，郑州市收集问题4200个。");
  const store = await storeOf(huiji, later, city);
  const counties = await compare(store, ["problem.collected"], { level: "county" });
  expect(counties.rows.map((row) => row.cells["problem.collected"]?.value)).toEqual([320]);
  const cities = await compare(store, ["problem.collected"], { level: "city", within: "410000" });
  expect(cities.rows.map((row) => row.region)).toEqual(["410100"]);
});
