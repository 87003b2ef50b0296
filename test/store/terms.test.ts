import { expect, test } from "vitest";
import { duplicateKeys, fingerprintOf, Likeness } from "../../src/store/sketch.js";
import { needed, parseSearch, patternOf, snippetOf, termsOf } from "../../src/store/terms.js";

test.each([
  ["办结率", "办 结 办结 率 结率"],
  ["办办办", "办 办办"],
  ["A01版, 300个Enterprises", "版 个 a01 300 enterprises"],
  ["𠮷野家", "野 家 野家 𠮷 𠮷野"],
  ["，。!", ""],
])("terms of %s are %j", (text, terms) => expect(termsOf(text)).toBe(terms));

test("a query asks for no more than it needs", () => {
  const [term] = parseSearch("办结率");
  expect(term && needed(term)).toEqual([
    { term: "办结", prefix: false },
    { term: "结率", prefix: false },
  ]);
  expect(parseSearch('税 "tax relief" firms 。')).toEqual([
    { kind: "phrase", text: "税" },
    { kind: "phrase", text: "tax relief" },
    { kind: "word", text: "firms" },
  ]);
});

test.each([
  ["office", "officers", true],
  ["office", "post-office", true],
  ["fice", "office", false],
  ["300", "1300个", false],
  ["(一)", "第(一)条", true],
])("%s in %s: %s", (query, text, isThere) => {
  const [term] = parseSearch(query);
  expect(term && text.search(patternOf(term)) >= 0).toBe(isThere);
});

test("a snippet marks every hit in it, and breaks no character", () => {
  const text = `${"𠮷".repeat(60)}办结${"甲".repeat(200)}`;
  const { snippet, marks } = snippetOf(text, parseSearch("办结").map(patternOf));
  expect(marks.map(({ start, end }) => snippet.slice(start, end))).toEqual(["办结"]);
  expect(() => encodeURIComponent(snippet)).not.toThrow();
});

const report = (collected: number, resolved: number) =>
  `截至6月30日，开封市各级领导干部共走访企业${collected * 2}家，收集企业反映的各类问题${collected}个，已经办结${resolved}个，帮助企业落实贷款${resolved}.36亿元，减免各类税费${collected + 7}万元，企业普遍表示满意，下一步将继续跟踪服务。`;
const keysOf = (text: string) => duplicateKeys(text, fingerprintOf(text));
const meet = (a: string, b: string) => keysOf(a).filter((key) => keysOf(b).includes(key)).length;

test("a repost with small edits shares keys with its original, another month's report of the same template does not", () => {
  const original = report(1300, 1290);
  const edited = `${original.replace("普遍表示", "都表示")}（记者 李四 编辑 张三）`;
  const another = report(1755, 1612);
  expect(meet(original, edited)).toBeGreaterThan(0);
  expect(meet(original, another)).toBe(0);
  const likeness = new Likeness(original, fingerprintOf(original));
  expect(likeness.to(edited, fingerprintOf(edited))).toBeGreaterThan(0.7);
  expect(likeness.to(another, fingerprintOf(another))).toBeUndefined();
  expect(likeness.to(original.replace(/[，。]/g, " "), "")).toBe(1);
});
