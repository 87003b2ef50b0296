import { expect, test } from "vitest";
import { findNumbers, findQuantities } from "../../src/quantity/index.js";

type Case = [text: string, value: number, unit: string, qualifier?: string];

const found: Case[] = [
  ["补助资金64万元", 640000, "CNY"],
  ["发放手册1.5万余份", 15000, "count", "over"],
  ["到账50多万元", 500000, "CNY", "over"],
  ["二百余万元", 2000000, "CNY", "over"],
  ["近千名干部", 1000, "count", "under"],
  ["上百家企业", 100, "count", "over"],
  ["九成以上的诉求", 90, "percent", "over"],
  ["占八成五", 85, "percent"],
  ["百分之九十八点六", 98.6, "percent"],
  ["千分之三", 0.3, "percent"],
  ["三分之二", 66.67, "percent"],
  ["五百一十五名干部", 515, "count"],
  ["两亿零六百万元", 206000000, "CNY"],
  ["新台币5亿2,340万元", 523400000, "TWD"],
  ["1万3,482家次", 13482, "count"],
  ["HK$3亿元", 300000000, "HKD"],
  ["1000个以上岗位", 1000, "count", "over"],
  ["约22.97亿元", 2297000000, "CNY", "about"],
  ["不足300家", 300, "count", "under"],
  ["300万元左右", 3000000, "CNY", "about"],
  ["93,000宗", 93000, "count"],
  ["1.1003家企业", 1003, "count"],
  ["签约63个", 63, "count", "exact"],
];
test.each(found)("%s is %d %s", (text, value, unit, qualifier = "exact") => {
  const [quantity] = findQuantities(text);
  expect(quantity).toMatchObject({ value, unit, qualifier });
});

const nothing = [
  "“13710”工作制",
  "“1+3+8+8+N”体系",
  "惠政办〔2021〕7号",
  "一带一路",
  "万人助万企",
  "百强县",
  "千方百计",
  "“四个50”企业",
  "第三批",
  "前三批",
  "《破解融资难题十项措施》",
  "数百家",
  "十几家企业",
  "两三个月前的",
  "三个一批",
  "专精特新“小巨人”",
  "三亚",
  "十四五",
];
test.each(nothing)("%s holds no quantity of things", (text) => {
  expect(findQuantities(text).filter((quantity) => quantity.unit === "count" && !quantity.one)).toEqual([]);
});

test("both bounds of a range have the unit", () => {
  expect(findQuantities("每镇10—20家").map(({ value, measure, range }) => [value, measure, range])).toEqual([
    [10, "家", true],
    [20, "家", true],
  ]);
});

test("a percentage point is no percent", () => {
  expect(findQuantities("提高5.1个百分点")[0]?.unit).toBe("percentage-point");
});

test("spans slice to numbers, whatever the text", () => {
  const pieces = [
    "企业",
    "1",
    "2.5",
    "万",
    "亿元",
    "，",
    "约",
    "余",
    "百",
    "三",
    "成",
    "%",
    "家",
    "。",
    "第",
    "—",
    "“",
    "》",
    "〇",
    "点",
    "分之",
    "a",
    " ",
  ];
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: 12 }, () => pieces[next() % pieces.length]).join("");
    let end = 0;
    for (const quantity of findNumbers(text, "zh")) {
      expect(quantity.numberStart).toBeGreaterThanOrEqual(quantity.start);
      expect(quantity.end).toBeLessThanOrEqual(text.length);
      expect(quantity.numberStart).toBeGreaterThanOrEqual(end);
      expect(Number.isFinite(quantity.value)).toBe(true);
      end = quantity.numberEnd;
    }
  }
});
