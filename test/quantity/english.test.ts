import { expect, test } from "vitest";
import { findQuantities } from "../../src/quantity/index.js";

type Case = [text: string, value: number, unit: string, qualifier?: string];
const found: Case[] = [
  ["more than thirteen thousand officials", 13000, "count", "over"],
  ["eighty-six officials", 86, "count"],
  ["1,126 civil servants", 1126, "count"],
  ["2.63 billion yuan in refunds", 2630000000, "CNY"],
  ["half a million yuan", 500000, "CNY"],
  ["RMB 7.13 billion", 7130000000, "CNY"],
  ["HK$1.2 billion", 1200000000, "HKD"],
  ["97.9 percent", 97.9, "percent"],
  ["98 per cent", 98, "percent"],
  ["nearly 120 requests", 120, "count", "under"],
  ["about two-thirds of them", 66.67, "percent", "about"],
  ["some 41.5 million yuan", 41500000, "CNY", "about"],
];
test.each(found)("%s is %d %s", (text, value, unit, qualifier = "exact") => {
  expect(findQuantities(text, "en")[0]).toMatchObject({ value, unit, qualifier });
});

test.each(["in 2021", "Chen, 47, owns", "a 31-year-old official", "on May 20", "the No 3 document"])(
  "%s counts nothing",
  (text) => expect(findQuantities(text, "en")).toEqual([]),
);

test("an amount in brackets behind another is a conversion", () => {
  expect(
    findQuantities("2.15 billion yuan (about 301 million U.S. dollars)", "en").map((each) => each.conversion),
  ).toEqual([false, true]);
});
