import { expect, test } from "vitest";
import { findMoney, findNumbers, findPercents, findQuantities } from "../../src/index.js";
import { cpuMs } from "../cpu.js";

const numbers: [text: string, values: number[]][] = [
  ["共 三千 二百 零 五 册", [3205]],
  ["7万 5千 4百户", [75400]],
  ["负二十点五度，-3.5 度", [-20.5, -3.5]],
  ["二又四分之三，8/16，1 1/4", [2.75, 0.5, 1.25]],
  ["四百余万、二十几亿", [4000000, 2000000000]],
  ["兩萬，貳拾，參仟", [20000, 20, 3000]],
  ["3^4，5e3，60k", [81, 5000, 60000]],
  ["两打鸡蛋，打开一扇门", [24, 1]],
  ["一切、一看、四川、大陆、收拾、两两结对", []],
  ["４，５６５和1, 234", [4565, 1, 234]],
  ["编号A2021与https://example.com/2022?x=7%", []],
  ["十分之七，百分之七", [0.7, 7]],
];
test.each(numbers)("numbers of %s", (text, values) => {
  const found = findNumbers(text);
  expect(found.map(({ value }) => value)).toEqual(values);
  for (const { start, end, text: written } of found) expect(text.slice(start, end)).toBe(written);
});

const percents: [text: string, values: number[]][] = [
  ["百分之八十六点二，86.2％，八成六", [86.2, 86.2, 86]],
  ["百 分 之 九 十", [90]],
  ["千分之五，5‰，万分之二", [0.5, 0.5, 0.02]],
  ["三点五个百分点，-1.2%", [3.5, -1.2]],
  ["八折、八八折、7.5折、打对折", [80, 88, 75, 50]],
  ["九成半，半成", [95, 5]],
  ["百分之二三十，三百分之二，完成十项，对折", []],
  ["10%-15%，3-5%", [10, 15, 5]],
];
test.each(percents)("shares of %s", (text, values) => {
  expect(findPercents(text).map(({ value }) => value)).toEqual(values);
});

const money: [text: string, amounts: [number | null, string][]][] = [
  ["六元五角三分", [[6.53, "CNY"]]],
  [
    "两块五，三块零八",
    [
      [2.5, "CNY"],
      [3.08, "CNY"],
    ],
  ],
  [
    "US$ 300万和人民币  40元",
    [
      [3000000, "USD"],
      [40, "CNY"],
    ],
  ],
  [
    "二十亿港幣，五百万台币",
    [
      [2000000000, "HKD"],
      [5000000, "TWD"],
    ],
  ],
  ["兌換1.02瑞士法郎", [[1.02, "CHF"]]],
  [
    "4.5到6元",
    [
      [4.5, "CNY"],
      [6, "CNY"],
    ],
  ],
  [
    "人民币兑美元",
    [
      [null, "CNY"],
      [null, "USD"],
    ],
  ],
  ["1注大乐透1600万，五角大楼", []],
  ["500多万元", [[5000000, "CNY"]]],
];
test.each(money)("money of %s", (text, amounts) => {
  expect(findMoney(text).map(({ value, currency }) => [value, currency])).toEqual(amounts);
});

test("a qualifier of money is told", () => {
  expect(findMoney("最多一块二，至少三块四分").map(({ qualifier }) => qualifier)).toEqual(["under", "over"]);
});

test("measures are given when asked for", () => {
  expect(findQuantities("办理时限5天，铁路30公里")).toEqual([]);
  expect(findQuantities("办理时限5天，铁路30公里", { measures: true }).map(({ unit }) => unit)).toEqual([
    "day",
    "length",
  ]);
});

test("spans lead back through repairs", () => {
  const text = "企業(yè)問題２ ，８７５個";
  const [quantity] = findQuantities(text);
  expect(quantity).toMatchObject({ value: 2875, measure: "个" });
  expect(text.slice(quantity?.start, quantity?.end)).toBe(quantity?.text);
});

const stutters = [
  "零",
  "百",
  "1,1",
  "1.",
  "1,111",
  "9",
  "万",
  "二三",
  "百分之",
  "1/",
  "一 ",
  "又",
  "一点",
  "元1",
  "“1+",
  "half ",
];
test.each(stutters)("%s over and over is read in no time, and gives finite numbers", (piece) => {
  const text = piece.repeat(Math.ceil(30000 / piece.length));
  const start = process.cpuUsage();
  for (const find of [
    findNumbers,
    findPercents,
    findMoney,
    (given: string) => findQuantities(given, { language: "en" }),
  ])
    for (const { value } of find(text)) expect(value === null || Number.isFinite(value)).toBe(true);
  expect(cpuMs(start)).toBeLessThan(4000);
});
