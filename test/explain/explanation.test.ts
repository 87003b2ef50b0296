import { expect, test } from "vitest";
import { explain, explainUnused } from "../../src/explain/explanation.js";
import { extractText } from "../../src/pipeline.js";

const read = (text: string) => extractText(text, { metadata: { published: "2022-07-02" }, explain: true });

test("every figure is told: its words, its rivals, its slots, and what its confidence is made of", () => {
  const extraction = read("截至6月30日，开封市收集企业问题300个，办结290个，其余10个正在办理。");
  const told = explain(extraction);
  expect(told.map((each) => each.figure)).toEqual(extraction.figures);
  for (const { figure, sentence, rivals, confidence } of told) {
    expect(sentence.text.slice(sentence.start, sentence.end)).toContain(String(figure.value));
    expect(rivals[0]?.indicator).toBe(figure.indicator);
    const odds = confidence.parts.reduce((sum, part) => sum + part.odds, 0);
    expect(figure.confidence).toBeCloseTo(1 / (1 + Math.exp(-odds)), 2);
  }
  expect(told[0]?.frame?.heads[0]).toMatchObject({ word: "企业问题", how: "before" });
  expect(told[1]).toMatchObject({ frame: { elliptic: true }, region: { from: "named" }, period: { from: "part" } });
});

test.each([
  ["全市上下按“13710”工作法办理。", /neither a unit|slogan/],
  ["第三批干部全部到岗。", /ordinal/],
  ["贷款额度最高500万元。", /ceiling/],
  ["对新升规企业每户奖励5万元。", /average|rule/],
  ["截至6月30日，全部办理。", /date/],
])("%s tells why its number is no figure", (text, reason) => {
  const extraction = read(text);
  expect(extraction.figures).toEqual([]);
  expect(
    explainUnused(extraction)
      .map((each) => each.reason)
      .join("\n"),
  ).toMatch(reason);
});

test("nothing is kept where nothing was asked", () => {
  expect(extractText("收集问题300个。").grounds).toBeUndefined();
});
