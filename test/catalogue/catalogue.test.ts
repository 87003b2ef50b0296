import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  findRegions,
  indicators,
  isWithin,
  RegionFile,
  regionLabel,
  searchRegions,
} from "../../src/catalogue/index.js";
import { extractText } from "../../src/pipeline.js";

test("the region table is of its form", () => {
  RegionFile.parse(JSON.parse(readFileSync("schemas/regions.json", "utf8")));
});

test.each([
  ["河南省郑州市惠济区", ["410000", "410100", "410108"]],
  ["江苏盐城：大丰区", ["320000", "320900", "320904"]],
  ["邵东县改为市", ["430582"]],
  ["北京市朝阳区", ["110000", "110105"]],
])("%s is read as its codes", (text, codes) => {
  expect(findRegions(text).map((mention) => mention.candidates[0])).toEqual(codes);
});

test("a company's name is no place", () => {
  expect(findRegions("郑州市毛庄印刷有限公司")[0]?.inName).toBe(true);
});

test.each([
  ["惠济", "河南省郑州市惠济区"],
  ["kaifeng", "河南省开封市"],
  ["810000", "香港特别行政区"],
  ["Shaanxi", "陕西省"],
])("%s finds %s", (query, label) => expect(regionLabel(searchRegions(query)[0]?.code ?? "")).toBe(label));

test("a county lies in its city and province", () => {
  expect(isWithin("410108", "410000")).toBe(true);
  expect(isWithin("410108", "420000")).toBe(false);
});

test.each(indicators().flatMap((indicator) => indicator.examples.map((example) => [example, indicator.id] as const)))(
  "the catalogue's example %s gives %s",
  (example, id) => {
    expect(extractText(example).figures.map((figure) => figure.indicator)).toContain(id);
  },
);
