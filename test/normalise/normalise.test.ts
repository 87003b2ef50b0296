import { expect, test } from "vitest";
import { normaliseText, toSimplified } from "../../src/normalise/index.js";

const forms: readonly (readonly [before: string, after: string])[] = [
  ["企業(yè)問題(tí)得到解決(jué)", "企业问题得到解决"],
  ["為企業減免房租,解決難題", "为企业减免房租，解决难题"],
  ["共收集１，２８４件，办结率９８．６％", "共收集1,284件，办结率98.6%"],
  ["受理投訴93 000宗", "受理投诉93000宗"],
  ["收集问题2 ,875个，办结率98 . 6%", "收集问题2,875个，办结率98.6%"],
  ["10月 17日，8 月当月获 得 工 业 企 业补助", "10月17日，8月当月获得工业企业补助"],
  ["工作简 报里说累 计办结800件。", "工作简报里说累计办结800件。"],
  ["「專精特新」企業", "“专精特新”企业"],
  ["走访1O36家次，办结l8ll个，贷款3。27忆元，仝巿千部", "走访1036家次，办结1811个，贷款3.27亿元，全市干部"],
  ["⽉底⻔店⻓期", "月底门店长期"],
  ["乾安县干部著书", "乾安县干部著书"],
  ["乾安縣幹部著書，後勤發展頭髮", "乾安县干部著书，后勤发展头发"],
];
test.each(forms)("%s → %s", (before, after) => expect(normaliseText(before).text).toBe(after));

test.each(["A4(LPR)为3.65%", "12:30开会", "https://a.cn/b?c=1,2", "比分3:1"])("%s keeps its marks", (text) => {
  const { text: after } = normaliseText(text);
  expect(after.replace(/[（）]/g, (mark) => (mark === "（" ? "(" : ")"))).toBe(text);
});

test("交办给 stays where no scan was misread", () => {
  expect(normaliseText("问题交办给部门，转办给区直单位").text).toBe("问题交办给部门，转办给区直单位");
});

test("every character leads back to its source", () => {
  const source = "共 收 集企業(yè)問題２８７５個,其餘 8 個正在辦理（含“老大難”)．";
  const { text, map } = normaliseText(source);
  for (let at = 0; at < text.length; at++) {
    const { start, end } = map.range(at, at + 1);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(source.length);
    expect(end).toBeGreaterThan(start);
    if (/\d/.test(text[at] as string)) expect(source.slice(start, end).normalize("NFKC")).toBe(text[at]);
  }
});

const converted: readonly (readonly [traditional: string, simplified: string])[] = [
  ["乾安縣乾縣乾隆，乾淨乾杯", "乾安县乾县乾隆，干净干杯"],
  ["皇后後宮後土，前後以後", "皇后后宫后土，前后以后"],
  ["發展頭髮理髮店發現白髮", "发展头发理发店发现白发"],
  ["記者著名著作，穿著看著著手", "记者著名著作，穿着看着着手"],
  ["鍾先生時鐘鍾情，鍾山縣", "钟先生时钟钟情，钟山县"],
  ["瞭解瞭望，憑藉藉口慰藉狼藉", "了解瞭望，凭借借口慰藉狼藉"],
  ["餘姚剩餘余先生", "余姚剩余余先生"],
];
test.each(converted)("%s → %s", (traditional, simplified) => {
  expect(toSimplified(traditional)).toBe(simplified);
  expect(normaliseText(traditional).text).toBe(simplified);
});

test("Taiwan's words become mainland ones where that is asked for", () => {
  expect(toSimplified("滑鼠與硬碟", "twp")).toBe("鼠标与硬盘");
  expect(toSimplified("滑鼠與硬碟")).toBe("滑鼠与硬碟");
});

test.each(["乾县干部在乾安调研，后勤部门著书；肖昇、喆、堃、於潜镇，藉此", "瞭望塔上的瞭望员，覆盖沈阳，徵信"])(
  "simplified text comes through as it is: %s",
  (text) => expect(normaliseText(text).text).toBe(text),
);

test.each([
  ["截至20226月，收集问题300个", "截至2022年6月，收集问题300个"],
  ["202412月31日前办结", "2024年12月31日前办结"],
  ["2022年630日收集", "2022年6月30日收集"],
  ["2022年111日收集", "2022年111日收集"],
  ["走访20226家，12036月", "走访20226家，12036月"],
])("%s → %s", (before, after) => expect(normaliseText(before).text).toBe(after));
