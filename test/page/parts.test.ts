import { describe, expect, test } from "vitest";
import { toNormal, toSource } from "../../src/page/components/text-map.js";
import { piecesOf } from "../../src/page/components/text-pieces.js";
import { fullValue, periodWords } from "../../src/page/format.js";
import { en } from "../../src/page/i18n/en.js";
import { languageOf, say } from "../../src/page/i18n/say.js";
import { zh } from "../../src/page/i18n/zh.js";
import { changeOf, check, type Draft, readValue } from "../../src/page/views/review/draft.js";

describe("words", () => {
  const values = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

  test("have the same values in both languages", () => {
    for (const word of Object.keys(zh) as (keyof typeof zh)[])
      for (const form of en[word].split("|")) expect([word, values(form)]).toEqual([word, values(zh[word])]);
  });

  test("one is told from several, and numbers are written in groups", () => {
    expect(say("en", "figures.count", { count: 1 })).toBe("1 figure");
    expect(say("en", "figures.count", { count: 12_345 })).toBe("12,345 figures");
    expect(say("zh", "figures.count", { count: 12_345 })).toBe("12,345 条");
  });

  test("the first language that is known is spoken, and Chinese where none is", () => {
    expect(languageOf(["fr-FR", "en-GB", "zh-CN"])).toBe("en");
    expect(languageOf(["zh-TW"])).toBe("zh");
    expect(languageOf(["fr"])).toBe("zh");
  });
});

describe("values", () => {
  test.each([
    ["1,121", 1121],
    ["2.36亿", 236_000_000],
    ["23612万元", 236_120_000],
    ["三百二十", 320],
    ["９８．６％", 98.6],
    [" 12 件 ", 12],
  ])("%s is %d", (text, value) => expect(readValue(text)).toBe(value));

  test.each(["", "many", "12 or 13", "1.2.3", "第"])("%j is no value", (text) =>
    expect(readValue(text)).toBeUndefined(),
  );

  test("all digits are shown, the unit beside them", () => {
    expect(fullValue(236_120_000, "CNY", "zh")).toEqual({ number: "236,120,000", unit: "元" });
    expect(fullValue(98.6, "percent", "en")).toEqual({ number: "98.6", unit: "%" });
  });
});

describe("periods", () => {
  test.each([
    ["2021-06/2021-12", "2021年6月–12月", "Jun–Dec 2021"],
    ["../2022-06-30", "截至2022年6月30日", "until 30 Jun 2022"],
    ["2022", "2022年", "2022"],
    ["2021-12/2022-03", "2021年12月–2022年3月", "Dec 2021–Mar 2022"],
  ])("%s is told in plain words", (period, chinese, english) => {
    expect(periodWords(period, "zh")).toBe(chinese);
    expect(periodWords(period, "en")).toBe(english);
  });
});

describe("a figure's draft", () => {
  const figure = {
    indicator: "problem.collected",
    value: 200,
    unit: "count",
    qualifier: "exact",
    region: "410108",
    period: "../2022-06-30",
    scope: null,
    status: "actual",
  } as const;
  const draft: Draft = { ...figure, value: "200", indicatorLabel: "", regionLabel: "" };

  test("nothing changed is no correction", () => {
    const { meaning } = check(draft);
    expect(meaning && changeOf(figure, meaning)).toEqual({});
  });

  test("what was changed is told, and nothing else", () => {
    const { meaning } = check({ ...draft, value: "2.1万", scope: " 民营企业 " });
    expect(meaning && changeOf(figure, meaning)).toEqual({ value: 21_000, scope: "民营企业" });
  });

  test.each([
    [{ value: "-3" }, "value"],
    [{ value: "3.5" }, "value"],
    [{ value: "" }, "value"],
    [{ indicator: "" }, "indicator"],
  ] as const)("%j is not taken", (change, field) => {
    expect(Object.keys(check({ ...draft, ...change }).errors ?? {})).toEqual([field]);
  });
});

describe("marks in a text", () => {
  test("pieces make up the text, and the current mark goes before others", () => {
    const text = "解决1121个问题";
    const pieces = piecesOf(text, [
      { start: 2, end: 7 },
      { start: 2, end: 6, current: true },
      { start: 90, end: 99 },
    ]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ mark }) => mark?.current).map((piece) => piece.text)).toEqual(["1121"]);
    expect(pieces.find(({ mark }) => mark && !mark.current)?.text).toBe("个");
  });

  test("a text without marks is one piece", () =>
    expect(piecesOf("全市", []).map((piece) => piece.text)).toEqual(["全市"]));

  test("ranges are carried between the source and the normal text", () => {
    // 業(yè)務200 → 业务200
    const map = [
      [0, 1, 0, 5],
      [1, 5, 5, 9],
    ] as const;
    expect(toNormal(map, { start: 6, end: 9 })).toEqual({ start: 2, end: 5 });
    expect(toSource(map, { start: 2, end: 5 })).toEqual({ start: 6, end: 9 });
    expect(toSource(map, { start: 0, end: 1 })).toEqual({ start: 0, end: 5 });
    expect(toNormal(map, { start: 20, end: 22 })).toBeUndefined();
  });
});
