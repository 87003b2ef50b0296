import { expect, test } from "vitest";
import { choose, isAgreeing, type Observed } from "../../src/compare/index.js";
import { observed } from "./observed.js";

const reasons: [string, Partial<Observed>, Partial<Observed>][] = [
  ["reviewed", { review: "accepted", period: "../2022-03-31" }, { review: "unreviewed" }],
  ["reviewed", { review: "corrected", confidence: 0.3 }, { confidence: 0.99 }],
  ["later-period", { period: "../2022-09-30" }, { period: "../2022-06-30", confidence: 0.99 }],
  ["surer", { confidence: 0.9, published: "2022-07-01" }, { confidence: 0.4, published: "2022-08-01" }],
  ["later-published", { published: "2022-08-01" }, { published: "2022-07-01", confidence: 0.99 }],
  ["surer", { confidence: 0.97 }, { confidence: 0.95 }],
];
test.each(reasons)("%s decides between %j and %j, in whatever order they come", (reason, better, worse) => {
  const first = observed({ value: 200, ...better });
  const second = observed({ value: 300, ...worse });
  for (const figures of [
    [first, second],
    [second, first],
  ])
    expect(choose(figures)).toMatchObject({ figure: { value: 200 }, reason });
});

test("a decision that has to be renewed counts as none", () => {
  const old = observed({ value: 1, review: "renew", period: "../2022-03-31" });
  expect(choose([old, observed({ value: 2 })])).toMatchObject({ figure: { value: 2 }, reason: "later-period" });
});

test("what is later than a reviewed value and not yet reviewed is told", () => {
  const reviewed = observed({ value: 200, review: "accepted" });
  expect(choose([reviewed, observed({ value: 320, period: "../2022-09-30" })]).newer?.value).toBe(320);
});

test("the only one, and those that agree, are told from those that had to give way", () => {
  expect(choose([observed({ value: 200 })])).toMatchObject({ reason: "only", support: 1 });
  expect(choose([observed({ value: 200 }), observed({ value: 200 })])).toMatchObject({ reason: "agreed", support: 2 });
});

test("a repost is no second witness, and its original is shown", () => {
  const original = observed({ value: 200, clipping: "a", published: "2022-07-01" });
  const repost = observed({ value: 200, clipping: "b", work: "a", published: "2022-07-09" });
  expect(choose([repost, original])).toMatchObject({ figure: { clipping: "a" }, support: 1, others: [] });
  // an edited repost does not contradict its own original from outside
  const edited = observed({ value: 210, clipping: "c", work: "a", published: "2022-07-02" });
  expect(choose([edited, original]).others).toEqual([]);
});

test("an original goes before its repost with another number", () => {
  const original = observed({ value: 200, clipping: "a" });
  const repost = observed({ value: 210, clipping: "b", work: "a", published: "2022-07-02" });
  expect(choose([repost, original])).toMatchObject({ figure: { value: 200 }, reason: "original" });
});

test("of the counts of one clipping the largest is the whole, but not before one that a reviewer confirmed", () => {
  const part = observed({ value: 80, clipping: "a", period: "../2022-06-30" });
  const whole = observed({ value: 200, clipping: "a", period: "../2022-05-31" });
  expect(choose([part, whole]).figure.value).toBe(200);
  expect(choose([{ ...part, review: "accepted" }, whole]).figure.value).toBe(80);
});

test("conflicts are of the same period and another work only", () => {
  const taken = observed({ value: 205, published: "2022-08-01" });
  const other = observed({ value: 200 });
  const earlier = observed({ value: 90, period: "../2022-03-31" });
  expect(choose([taken, other, earlier]).others).toEqual([other]);
});

const pairs: [boolean, Partial<Observed>, Partial<Observed>][] = [
  [true, { value: 236e6, quote: "2.36亿元" }, { value: 236_120_000, quote: "23612万元" }],
  [false, { value: 236e6, quote: "2.36亿元" }, { value: 237e6, quote: "2.37亿元" }],
  [true, { value: 98.7, quote: "98.7%", unit: "percent" }, { value: 98.68, quote: "98.68%", unit: "percent" }],
  [false, { value: 98.7, quote: "98.7%", unit: "percent" }, { value: 98.6, quote: "98.6%", unit: "percent" }],
  [true, { value: 1500, quote: "1500余", qualifier: "over" }, { value: 1512, quote: "1512" }],
  [false, { value: 1500, quote: "1500余", qualifier: "over" }, { value: 1490, quote: "1490" }],
  [true, { value: 1500, quote: "近1500", qualifier: "under" }, { value: 1490, quote: "1490" }],
  [true, { value: 15_000, quote: "1.5万" }, { value: 15_012, quote: "15,012" }],
  [false, { value: 200, quote: "200个" }, { value: 201, quote: "201个" }],
  [false, { value: 200, quote: "200个" }, { value: 200.4, quote: "200.4万", unit: "CNY" }],
];
test.each(pairs)("can both be true: %s, %j and %j", (agreeing, a, b) => {
  const unit = { unit: "count" };
  expect(isAgreeing(observed({ ...unit, ...a } as Observed), observed({ ...unit, ...b } as Observed))).toBe(agreeing);
});
