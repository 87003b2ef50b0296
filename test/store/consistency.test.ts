import { expect, test } from "vitest";
import { extractText } from "../../src/pipeline.js";
import { type CrossFinding, consistencyOf, type StoredFigure } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

const base: StoredFigure = {
  ...{ id: "a", clipping: "a", work: "a", indicator: "problem.collected", value: 300, unit: "count" },
  ...{ qualifier: "exact", region: "410200", period: "2022", scope: null, status: "actual", confidence: 0.9 },
  ...{ quote: "", start: 0, end: 1, page: null, box: null, article: 0, grounding: "exact", findings: [] },
  ...{ title: null, publisher: null, published: null, path: "", review: "unreviewed", decision: null },
};
let number = 0;
/** A figure of a clipping of its own. */
const figure = (change: Partial<StoredFigure>): StoredFigure => {
  const id = `f${number++}`;
  return { ...base, id, clipping: id, work: id, ...change };
};

async function findingsOf(...figures: StoredFigure[]): Promise<CrossFinding[]> {
  const found: CrossFinding[] = [];
  const stream = (async function* () {
    yield* figures;
  })();
  for await (const finding of consistencyOf(stream)) found.push(finding);
  return found;
}

test("another value for the same is a conflict, the surest first", async () => {
  const [finding, ...rest] = await findingsOf(figure({ value: 305, confidence: 0.5 }), figure({}), figure({}));
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ code: "check/conflict", indicator: "problem.collected", region: "410200" });
  expect(finding?.figures.map(({ value }) => value)).toEqual([300, 305]);
});

test.each<[string, Partial<StoredFigure>]>([
  ["another region", { region: "410300" }],
  ["another indicator", { indicator: "problem.resolved" }],
  ["another period", { period: "2021" }],
  ["no period", { period: null }],
  ["another scope", { scope: "重点企业" }],
  ["a plan", { status: "planned" }],
  ["a lower bound that holds", { value: 290, qualifier: "over" }],
  ["a repost", { value: 305, work: "w" }],
])("%s is no conflict", async (_, change) => {
  expect(await findingsOf(figure({ work: "w" }), figure({ value: 305, ...change }))).toEqual([]);
});

test.each<[string, number, number, number]>([
  ["percent", 98.7, 98.65, 0],
  ["percent", 98.7, 98.5, 1],
  ["CNY", 304_000_000, 304_120_000, 0],
  ["CNY", 304_000_000, 305_120_000, 1],
  ["count", 300, 304, 1],
])("%s of %d and %d: %d findings", async (unit, a, b, count) => {
  expect(await findingsOf(figure({ unit, value: a }), figure({ unit, value: b }))).toHaveLength(count);
});

test("a count since a day must not fall", async () => {
  const since = (period: string, value: number) => figure({ period, value });
  const falling = await findingsOf(
    since("2022-01-01/2022-07-31", 280),
    since("2022-01-01/2022-06-30", 300),
    since("2022-01-01/2022-05-31", 200),
  );
  expect(falling).toMatchObject([
    { code: "check/cumulative-falls", level: "warning", period: "2022-01-01/2022-07-31" },
  ]);
  expect(await findingsOf(since("../2022-06-30", 300), since("../2022-05-31", 310))).toMatchObject([{ level: "note" }]);
  expect(await findingsOf(since("../2023-06-30", 300), since("../2022-05-31", 310))).toEqual([]);
  expect(await findingsOf(since("2022-06", 300), since("2022-05", 310))).toEqual([]);
  const share = { unit: "percent", indicator: "problem.resolution_rate" };
  expect(
    await findingsOf(
      figure({ ...share, period: "../2022-06-30", value: 90 }),
      figure({ ...share, period: "../2022-05-31", value: 95 }),
    ),
  ).toEqual([]);
});

test("clippings of a store that disagree are found", async () => {
  const store = openSqliteStore(":memory:");
  for (const [path, count] of [
    ["a", 300],
    ["b", 320],
  ] as const)
    await store.save(
      extractText(`截至2022年6月30日，开封市收集问题${count}个。`, { path, metadata: { region: "410200" } }),
      { version: "1", catalogue: "a" },
    );
  const found: CrossFinding[] = [];
  for await (const finding of consistencyOf(store.eachFigure({}))) found.push(finding);
  expect(found.map(({ code }) => code)).toEqual(["check/conflict"]);
  await store.close();
});
