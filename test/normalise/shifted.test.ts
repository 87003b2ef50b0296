import { expect, test } from "vitest";
import { normaliseText } from "../../src/normalise/index.js";
import { extractText } from "../../src/pipeline.js";
import { cpuMs } from "../cpu.js";

const annotated = "企業(yè)問題(tí)得到解決(jué)。";

test.each([
  // an annotation fires over 兩 and 目, and the rest of the clause runs one byte off until 決
  ["堅持產業、項目?jī)墒肿ィ越鉀Q企業(yè)問題為核心", "坚持产业、项目两手抓，以解决企业问题为核心"],
  // …until the next annotated character
  ["開展“局長談?wù)摺⑿虚L談?wù)摺被顒?dòng),拓寬渠道", "开展“局长谈政策、行长谈政策”活动，拓宽渠道"],
  // …until the letter that was the second byte of 揚
  ["表現優秀受到表?yè)P(yáng),省級獎勵", "表现优秀受到表扬，省级奖励"],
])("%s → %s", (before, after) => expect(normaliseText(annotated + before).text).toBe(`企业问题得到解决。${after}`));

test("a run without its first and last byte is read again where words prove it", () => {
  const { text, repairs } = normaliseText("对参加的员工发放补贴,?耙蹬嘌?补贴共计4万元");
  expect(text).toContain("职业培训补贴共计4万元");
  expect(repairs).toMatchObject([{ kind: "shifted-gbk", before: "?耙蹬嘌?", after: "职业培训" }]);
});

test("a page cut at the bytes of marks is put together", () => {
  expect(normaliseText("问题解决了?！逼髽I负责人说").text).toBe("问题解决了。”企业负责人说");
});

test("every restored character leads back into the damaged run", () => {
  const source = "項目?jī)墒肿ィ越鉀Q企業(yè)問題";
  const { text, map } = normaliseText(source);
  expect(text).toBe("项目两手抓，以解决企业问题");
  const { start, end } = map.range(text.indexOf("两"), text.indexOf("决") + 1);
  expect(source.slice(start, end)).toBe("?jī)墒肿ィ越鉀Q");
});

test("what nobody can read again is said, with its place", () => {
  const source = "全县要做的不是包办,是??责任,一件一件抓";
  const { messages, text } = normaliseText(source);
  expect(text).toContain("??");
  expect(messages.map(({ code, at }) => [code, source.slice(at.start, at.end)])).toEqual([
    ["normalise/unrepaired", "??"],
  ]);
});

test("a number whose first digit may be lost is told of, and is no figure", () => {
  const source = "截至6月底，东山县企业梳理问题873个，解决821个，向?⒙湓?32家企业发放贷款。";
  const { figures, messages } = extractText(source);
  expect(figures.map((figure) => figure.value)).not.toContain(32);
  expect(figures.map((figure) => figure.value)).toContain(821);
  expect(messages.some(({ detail }) => detail.includes("32"))).toBe(true);
});

test.each([
  "招工难怎么破?县人社局把直播间搬进车间,举办招聘会33场.",
  "问题解决了吗?解决了!企业满意吗?满意!",
  "办结了多少？31035个。剩下1125个，大头是融资。",
  "为什么?因为龘靐齉爩等字少见!",
])("%s was not damaged", (text) => {
  const { repairs, messages } = normaliseText(text);
  expect(repairs.filter(({ kind }) => kind === "shifted-gbk")).toEqual([]);
  expect(messages).toEqual([]);
});

test.each(["目?jī)墒", "?刃幸盜", "？！企业", "睂!", "鍏ㄥ幙?"])("%s over and over comes to an end", (unit) => {
  const text = unit.repeat(3000);
  const start = process.cpuUsage();
  expect(normaliseText(text).map.length).toBeGreaterThan(0);
  expect(cpuMs(start)).toBeLessThan(8000);
});
