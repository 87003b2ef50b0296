import { expect, test } from "vitest";
import { eachLine } from "../../src/ingest/text.js";
import { blocksOfPlainText } from "../../src/layout/plain.js";

const paragraphs = (text: string) =>
  blocksOfPlainText([...eachLine(text)]).map((block) => block.lines.map((line) => line.text.trim()).join(""));

test("hard wraps are joined, also over a blank line in mid-sentence", () => {
  const text =
    "清河县把企业的难处放在心上，自\n三月以来派出干部二百名，走访企\n\n业八百家次，收集问题三百个，办\n结二百九十个。\n";
  expect(paragraphs(text)).toEqual([text.replace(/\n/g, "")]);
});

test("a text with a paragraph a line keeps its lines", () => {
  const text = "全市共收集问题300个，办结290个。\n企业满意率为99%。\n下一步将继续走访。";
  expect(paragraphs(text)).toEqual(text.split("\n"));
});

test("every line followed by a blank one is still one paragraph", () => {
  const text =
    "县里成立了工作专班，由县委常委任组长，从各局抽调\n\n干部四十名，分赴十二个乡镇，逐户走访规模以上工业\n\n企业，把问题带回来，把政策送上门，截至三月底共收\n\n集问题一百二十个，办结一百一十个，其余十个正在协\n\n调推进之中，企业普遍表示满意，办理的成效较为明显\n\n并且得到了上级有关部门的肯定。";
  expect(paragraphs(text)).toHaveLength(1);
});

test("cells set side by side are rows", () => {
  const blocks = blocksOfPlainText([
    ...eachLine("办理情况\n县区    收集    办结\n东县    120    118\n西县    95    90\n"),
  ]);
  expect(blocks.filter((block) => block.kind === "row")).toHaveLength(3);
});

test("no line is lost", () => {
  const text = "甲\n\n— 3 —\n乙丙丁\n  戊  己  庚\n";
  expect(paragraphs(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
});

test("a number broken over lines, a blank line or a caption is whole again", () => {
  const text =
    "县里今年共收集企业反映的各类问题1,2\n84个，办结率达到93.\n5%，为企业落实资金420 万\n\n元，走访企业二百一十\n图为：干部在企业走访。\n三家，满意率百分之\n— 3 —\n九十八。";
  expect(paragraphs(text)[0]).toBe(
    "县里今年共收集企业反映的各类问题1,284个，办结率达到93.5%，为企业落实资金420 万元，走访企业二百一十三家，满意率百分之九十八。",
  );
});

test("items of a list are no broken numbers", () => {
  const text = "全市重点工作有三\n一、收集问题\n二、办结问题\n2021\n1、走访企业";
  expect(paragraphs(text)).toEqual(text.split("\n"));
});

test("debris and running heads are furniture", () => {
  const text = `${["收集问题300个。", "办结290个。", "满意率99%。"].map((line) => `东山县政务简报\n${line}`).join("\n")}\n责任编辑：李四\n【打印本页】【关闭窗口】`;
  const kinds = blocksOfPlainText([...eachLine(text)]).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "furniture")).toHaveLength(5);
});
