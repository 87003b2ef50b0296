import { expect, test } from "vitest";
import { normaliseText } from "../../src/normalise/index.js";
import { extractText } from "../../src/pipeline.js";

/** Shows that the page was scanned. */
const SCAN = "全巿收集问題300个。";
const mended = (text: string) => normaliseText(SCAN + text).text.slice(SCAN.length);

test.each([
  ["走访企业l O29家次，派出干部2 1O6名", "走访企业1029家次，派出干部2106名"],
  ["办结率87 。4％，比上月高l.4个百分点", "办结率87.4%，比上月高1.4个百分点"],
  ["贷款4．56忆元，补贴l284.7方元", "贷款4.56亿元，补贴1284.7万元"],
  ["己办妥53l件，末办结l8件", "已办妥531件，未办结18件"],
  ["2O23年7月l0曰至8月3l曰，二O二二年五月三曰", "2023年7月10日至8月31日，二〇二二年五月三日"],
  ["办理问题4OO令，其中己办结38O令", "办理问题400个，其中已办结380个"],
  ["资全问题得到解诀，选泒千部入企", "资金问题得到解决，选派干部入企"],
])("%s → %s", (before, after) => expect(mended(before)).toBe(after));

test.each([
  "属于部分企业自己有的货款，投资全部到位",
  "时间题库和周末办结的事，收藏至今，圆满总结",
  "拖欠货款38笔，三千部手机，知己解决不了",
])("%s stays on a scanned page too", (text) => expect(mended(text)).toBe(text));

test("words and digits that were mended are recorded", () => {
  const { repairs } = normaliseText(`${SCAN}选泒专员l04人`);
  expect(repairs).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "ocr-digit", before: "l04", after: "104" }),
      expect.objectContaining({ kind: "ocr-word", before: "选泒", after: "选派" }),
    ]),
  );
});

test("a number with a blot for a digit is told of, and is no figure", () => {
  const { figures, messages } = extractText("东山县走访企业5▇7户，收集问题300个。");
  expect(figures.map(({ value }) => value)).toEqual([300]);
  expect(messages.some(({ detail }) => detail.includes("5▇7"))).toBe(true);
});
