import { expect, test } from "vitest";
import { normaliseText } from "../../src/normalise/index.js";

const text = "全县共收集企业问题2875个，办结2867个。“满意率”100%";
const utf8 = new TextEncoder().encode(text);
const decoded = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);

test.each([
  ["UTF-8 read as GBK", decoded(utf8, "gbk"), /^全县共收集企业问题2875个，办结2867个。“满意率[”〓]100%$/],
  ["UTF-8 read as Latin-1", decoded(utf8, "windows-1252"), new RegExp(text)],
  [
    "UTF-8 read as Latin-1 twice",
    decoded(new TextEncoder().encode(decoded(utf8, "windows-1252")), "windows-1252"),
    new RegExp(text),
  ],
  ["GBK read as Latin-1", "ÆóÒµÎÊÌâ2875¸ö£¬°ì½á2867¸ö¡£", /^企业问题2875个，办结2867个。$/],
  ["UTF-8 read as GBK, short", "涓婁竴绡囷細", /^上一篇：$/],
])("%s is read again", (_, damaged, right) => {
  const { text: mended, repairs, map } = normaliseText(damaged);
  expect(mended).toMatch(right);
  expect(repairs.every(({ kind }) => kind === "mojibake")).toBe(true);
  const at = mended.indexOf("2875");
  if (at >= 0) {
    const { start, end } = map.range(at, at + 4);
    expect(damaged.slice(start, end)).toBe("2875");
  }
});

test("signs of loss that were read as characters are told of", () => {
  const { messages } = normaliseText("收集锟斤拷锟斤拷300个");
  expect(messages.map(({ code }) => code)).toContain("normalise/unrepaired");
});

test.each([
  "Café au lait, naïve façade, über München, señor, résumé",
  "Zürich’s “élan” – 5 €…",
  "浼河镇有涓流、闂里和绗缝厂",
])("%s stays", (clean) => expect(normaliseText(clean).repairs).toEqual([]));
