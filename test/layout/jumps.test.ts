import { expect, test } from "vitest";
import { type Block, OffsetMap } from "../../src/doc/index.js";
import { joinJumps } from "../../src/layout/jumps.js";

const block = (kind: Block["kind"], page: number, text: string): Block => ({
  kind,
  lines: [{ text, map: OffsetMap.identity(text.length), page }],
});
const texts = (blocks: readonly Block[]) => blocks.map((each) => each.lines.map((line) => line.text).join(""));

test("a report that goes on elsewhere is read on, in mid-word", () => {
  const blocks = [
    block("heading", 1, "把难题解在车间里"),
    block("paragraph", 1, "全市共收集问题23"),
    block("heading", 1, "（下转A03版②）"),
    block("heading", 1, "另一篇"),
    block("paragraph", 3, "（上接A01版①）"),
    block("paragraph", 3, "别的报道。"),
    block("heading", 3, "新的一篇"),
    block("paragraph", 3, "（上接A01版②）"),
    block("paragraph", 3, "00个，办结2100个。"),
    block("paragraph", 3, "群众满意。"),
    block("heading", 3, "又一篇"),
  ];
  const joined = joinJumps(blocks);
  expect(texts(joined)).toEqual([
    "把难题解在车间里",
    "全市共收集问题2300个，办结2100个。",
    "群众满意。",
    "（下转A03版②）",
    "另一篇",
    "（上接A01版①）",
    "别的报道。",
    "新的一篇",
    "（上接A01版②）",
    "又一篇",
  ]);
  expect(joined.filter((each) => each.kind === "furniture")).toHaveLength(2);
});

test("a jump that leads nowhere in the clipping stays as it is", () => {
  const blocks = [block("paragraph", 3, "（上接第1版）"), block("paragraph", 3, "办结2100个。")];
  expect(joinJumps(blocks)).toEqual(blocks);
});
