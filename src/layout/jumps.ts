import type { Block, SourceLine } from "../doc/index.js";
import { endsSentence } from "./line-shape.js";

/** Where a report goes on, and where it came from: （下转A02版②）, （上接第1版）. The mark tells several apart. */
const TO = /[（(]?\s?(?:下转|下轉|转|轉)\s?第?\s?[A-Z]?\d{1,2}\s?版\s?[·、]?\s?([①-⑳]|[（(]?\d[)）]?)?\s?[）)]?$/;
const FROM = /^[（(]?\s?(?:上接|紧接|緊接)\s?第?\s?[A-Z]?\d{1,2}\s?版\s?[·、]?\s?([①-⑳]|[（(]?\d[)）]?)?/;
const LONGEST = 24;

const textOf = (block: Block) =>
  block.lines
    .map((line) => line.text)
    .join("")
    .trim();

/**
 * Puts the rest of a report that goes on elsewhere right behind its beginning,
 * and joins a sentence that the jump breaks. The marks themselves stay as
 * furniture. A jump that leads nowhere in this clipping is left as it is.
 */
export function joinJumps(blocks: readonly Block[]): Block[] {
  const result = [...blocks];
  for (const from of blocks) {
    const coming = FROM.exec(textOf(from));
    if (!coming || textOf(from).length > LONGEST) continue;
    const at = result.indexOf(from);
    const target = result.findIndex((block, index) => {
      const going = textOf(block).length <= LONGEST ? TO.exec(textOf(block)) : null;
      return index < at && going !== null && block.kind !== "furniture" && (going[1] ?? "") === (coming[1] ?? "");
    });
    const going = result[target];
    if (!going) continue;
    const end = endOf(result, at + 1);
    const rest = result.splice(at + 1, end - at - 1);
    result[at] = { ...from, kind: "furniture" };
    const [before, joined] = joinedAt(result.slice(0, target), rest);
    result.splice(0, target + 1, ...before, ...joined, { ...going, kind: "furniture" });
  }
  return result;
}

/** The rest of a report ends where the next headline or the next page begins. */
function endOf(blocks: readonly Block[], start: number): number {
  const page = blocks[start]?.lines[0]?.page;
  let end = start;
  while (end < blocks.length && blocks[end]?.kind !== "heading" && blocks[end]?.lines[0]?.page === page) end++;
  return end;
}

/** The last paragraph before a jump takes in the first behind it where its sentence goes on. */
function joinedAt(before: readonly Block[], rest: readonly Block[]): [Block[], Block[]] {
  const last = before.findLastIndex((block) => block.kind === "paragraph");
  const [first, ...others] = rest;
  const open = before[last];
  if (!open || first?.kind !== "paragraph" || endsSentence(textOf(open))) return [[...before], [...rest]];
  const lines: SourceLine[] = [...open.lines, ...first.lines];
  return [[...before.slice(0, last), { ...open, lines }, ...before.slice(last + 1)], others];
}
