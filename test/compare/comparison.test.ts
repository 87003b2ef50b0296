import { expect, test } from "vitest";
import { type CompareOptions, compareFigures, measureOf, type Observed, seriesOf } from "../../src/compare/index.js";
import { observed } from "./observed.js";

const over = (ids: readonly string[], figures: readonly Observed[], options: CompareOptions = {}) =>
  compareFigures(
    figures,
    ids.map((id) => measureOf(id)),
    options,
  );
const values = (comparison: ReturnType<typeof over>, key: string) =>
  comparison.rows.map(({ region, rank, cells }) => [region, rank, cells[key]?.value]);

const at = (region: string, value: number, more: Partial<Observed> = {}) => observed({ region, value, ...more });

test("each level is ranked for itself, equal values share a rank, and lowest first where that is asked", () => {
  const figures = [at("410000", 9000), at("410108", 200), at("410106", 300), at("410105", 200)];
  expect(values(over(["problem.collected"], figures), "problem.collected")).toEqual([
    ["410000", 1, 9000],
    ["410106", 1, 300],
    ["410105", 2, 200],
    ["410108", 2, 200],
  ]);
  const ascending = over(["problem.collected"], figures, { level: "county", ascending: true });
  expect(ascending.rows.map(({ region }) => region)).toEqual(["410105", "410108", "410106"]);
});

test("a figure of another time than the others' gives way to one of theirs, or is shown without a rank", () => {
  const figures = [
    at("410105", 100),
    at("410106", 300),
    at("410108", 12, { period: "2022-08" }),
    at("410108", 250),
    at("410102", 7, { period: "2022-08" }),
  ];
  const { rows, mains } = over(["problem.collected"], figures);
  expect(mains).toMatchObject([{ level: "county", period: "../2022-06-30" }]);
  expect(rows.map(({ region, rank, cells }) => [region, rank, cells["problem.collected"]?.reason])).toEqual([
    ["410106", 1, "only"],
    ["410108", 2, "like-others"],
    ["410105", 3, "only"],
    ["410102", null, "only"],
  ]);
  expect(rows[3]?.cells["problem.collected"]?.comparable).toBe(false);
});

test("rejected, planned and narrowed figures are none of the region's", () => {
  const none = [
    at("410108", 1, { review: "rejected" }),
    at("410108", 2, { status: "planned" }),
    at("410108", 3, { scope: "上市企业" }),
  ];
  expect(over(["problem.collected"], none).rows).toEqual([]);
});

test("a share is computed of counts of one passage, never of sets that stand apart or of more than the whole", () => {
  const clipping = { clipping: "a" };
  const whole = at("410108", 200, clipping);
  const rate = (part: Partial<Observed>, base: Observed = whole) =>
    over(
      ["problem.resolution_rate"],
      [base, at("410108", 190, { ...clipping, indicator: "problem.resolved", ...part })],
    ).rows[0]?.cells["problem.resolution_rate"];
  expect(rate({ start: 30 })).toMatchObject({ value: 95, unit: "percent", reason: "computed", basis: "passage" });
  expect(rate({ start: 5000 })).toBeUndefined();
  expect(rate({ value: 201 })).toBeUndefined();
  expect(rate({ period: "../2022-05-31" })).toBeUndefined();
  expect(rate({ clipping: "b" })).toMatchObject({ value: 95, basis: "period" });
  expect(rate({ qualifier: "over" })?.qualifier).toBe("about");
});

test("money per enterprise is divided by one thing for all regions, the one that serves the most", () => {
  const figures = ["410105", "410106", "410108"].flatMap((region, index) => {
    const clipping = `c${region}`;
    return [
      at(region, 1e6 * (index + 1), { clipping, indicator: "fund.loan", unit: "CNY" }),
      at(region, 10, { clipping, indicator: "enterprise.covered" }),
      ...(index === 0 ? [at(region, 2, { clipping, indicator: "enterprise.benefited" })] : []),
    ];
  });
  const comparison = over(["fund.loan_per_enterprise", "fund.loan/enterprise.benefited"], figures);
  expect(comparison.columns.map(({ per }) => per)).toEqual(["enterprise.covered", "enterprise.benefited"]);
  expect(values(comparison, "fund.loan_per_enterprise")).toEqual([
    ["410108", 1, 300_000],
    ["410106", 2, 200_000],
    ["410105", 3, 100_000],
  ]);
  expect(comparison.rows[2]?.cells["fund.loan/enterprise.benefited"]).toMatchObject({ value: 500_000, unit: "CNY" });
});

test.each([
  "problem.collected/satisfaction.rate",
  "satisfaction.rate/problem.collected",
  "a/b",
  "problem",
  "fund.loan/enterprise.covered/job.offered",
])("%s is no measure", (id) => expect(() => measureOf(id)).toThrow());

test("a region's share of its parent is of a like period, and missing where the parent has none", () => {
  const figures = [at("410100", 4000), at("410108", 200), at("410200", 50, { period: "2019" }), at("410203", 25)];
  const { rows } = over(["problem.collected"], figures, { level: "county" });
  expect(rows.map(({ region, cells }) => [region, cells["problem.collected"]?.share?.percent])).toEqual([
    ["410108", 5],
    ["410203", undefined],
  ]);
});

test("a conflict names what was taken and why, and what was not, with their sources", () => {
  const figures = [at("410108", 200, { path: "x.txt" }), at("410108", 205, { review: "accepted", path: "y.txt" })];
  expect(over(["problem.collected"], figures).conflicts).toMatchObject([
    { reason: "reviewed", chosen: { value: 205, path: "y.txt" }, others: [{ value: 200, path: "x.txt" }] },
  ]);
});

test("gaps are named: regions asked for without any value, and regions without some", () => {
  const figures = [at("410108", 200), at("410106", 97, { indicator: "satisfaction.rate", unit: "percent" })];
  const { gaps } = over(["problem.collected", "satisfaction.rate"], figures, { within: "410100", level: "county" });
  expect(gaps.find(({ region }) => region === "410108")?.missing).toEqual(["satisfaction.rate"]);
  expect(gaps.find(({ region }) => region === "410106")?.missing).toEqual(["problem.collected"]);
  expect(gaps.find(({ region }) => region === "410105")?.missing).toEqual(["problem.collected", "satisfaction.rate"]);
  expect(over(["problem.collected"], figures, { within: "410000" }).gaps.map(({ region }) => region)).not.toContain(
    "410100",
  );
});

test("regions × periods: a column for each step, the best supported of each, ranked by the last", () => {
  const figures = [
    at("410108", 200, { period: "../2021-12-31" }),
    at("410108", 320, { period: "../2022-12-31" }),
    at("410106", 400, { period: "../2022-12-31" }),
    at("410105", 100, { period: "../2021-12-31" }),
  ];
  const { columns, rows } = over(["problem.collected"], figures, { steps: "year" });
  expect(columns.map(({ key }) => key)).toEqual(["2021", "2022"]);
  expect(rows.map(({ region, rank, cells }) => [region, rank, cells["2021"]?.value, cells["2022"]?.value])).toEqual([
    ["410106", 1, undefined, 400],
    ["410108", 2, 200, 320],
    ["410105", null, 100, undefined],
  ]);
  expect(
    over(["problem.collected", "satisfaction.rate"], figures, { steps: "year" }).columns.map(({ key }) => key),
  ).toContain("problem.collected@2022");
});

test("a series has a point for each period, with what disagrees there, and marks spans unlike the others", () => {
  const figures = [
    at("410108", 200, { period: "../2022-03-31" }),
    at("410108", 300, { period: "../2022-06-30" }),
    at("410108", 305, { period: "../2022-06-30", confidence: 0.99 }),
    at("410108", 20, { period: "2022-05" }),
    at("410108", 1, { period: null }),
  ];
  const [series] = seriesOf(figures, [measureOf("problem.collected")]);
  expect(series?.points.map(({ end, cell, others, alike }) => [end, cell.value, others.length, alike])).toEqual([
    ["2022-03-31", 200, 0, true],
    ["2022-05-31", 20, 0, false],
    ["2022-06-30", 305, 1, true],
  ]);
});

test("the order that figures come in changes nothing", () => {
  const figures = Array.from({ length: 60 }, (_, index) =>
    at(["410108", "410106", "410105"][index % 3] as string, 100 + (index % 7), {
      period: ["../2022-06-30", "2022-06", "2021", null][index % 4] as string | null,
      work: index % 5 === 0 ? "w" : `w${index}`,
      confidence: 0.5 + (index % 9) / 20,
      indicator: index % 2 === 0 ? "problem.collected" : "problem.resolved",
    }),
  );
  const ids = ["problem.collected", "problem.resolution_rate"];
  expect(over(ids, [...figures].reverse())).toEqual(over(ids, figures));
});
