import { around, type Box, type PageContent, type PageLine, type Quarters, turned } from "../doc/index.js";
import { directionOf, type TextItem, turnedItems } from "./pdf-items.js";

/**
 * The lines of a text layer. A page that was set sideways is told by the way its characters
 * stand; its lines are put together as they are read, their boxes stay those of the page as shown.
 */
export function contentOfItems(
  items: readonly TextItem[],
  page: { width: number; height: number; rules: readonly Box[]; pictures: readonly Box[] },
): PageContent {
  const { width, height } = page;
  const { turn, vertical } = directionOf(items);
  const quarters = vertical ? 1 : turn;
  const straight = items.filter((item) => item.turn !== undefined);
  const slanted = items.filter((item) => item.turn === undefined);
  const back = ((4 - quarters) % 4) as Quarters;
  const flat = quarters % 2 === 0 ? ([width, height] as const) : ([height, width] as const);
  const lines = linesOfItems(turnedItems(straight, quarters, width, height)).map((line) => ({
    ...line,
    box: turned(line.box, back, ...flat),
    words: line.words.map((word) => ({ ...word, box: turned(word.box, back, ...flat) })),
  }));
  const marks = slanted.map((item): PageLine => ({ ...toLine([item]), role: "furniture" }));
  return { ...page, turn: quarters, lines: [...lines, ...marks] };
}

/** Joins runs on one baseline; columns are told apart later, by the layout. */
function linesOfItems(items: readonly TextItem[]): PageLine[] {
  const rows: TextItem[][] = [];
  const sorted = [...items].sort((a, b) => middle(a) - middle(b) || a.box[0] - b.box[0]);
  for (const item of sorted) {
    const row = rows
      .slice(-6)
      .reverse()
      .find((candidate) => isBeside(candidate[0] as TextItem, item));
    if (row) row.push(item);
    else rows.push([item]);
  }
  return rows.map((row) => toLine(row.sort((a, b) => a.box[0] - b.box[0])));
}

const middle = (item: TextItem) => (item.box[1] + item.box[3]) / 2;

const isBeside = (a: TextItem, b: TextItem) =>
  Math.abs(middle(a) - middle(b)) <= Math.min(a.size, b.size) * 0.45 && a.size / b.size < 1.8 && b.size / a.size < 1.8;

function toLine(run: readonly TextItem[]): PageLine {
  let text = "";
  const words: { start: number; end: number; box: Box }[] = [];
  let last: TextItem | undefined;
  for (const item of run) {
    const gap = last ? item.box[0] - last.box[2] : 0;
    if (last && gap > item.size * 0.2 && !/\s$/.test(text) && !/^\s/.test(item.text)) text += " ";
    words.push(...wordsOf(item, text.length));
    text += item.text;
    last = item;
  }
  return { text, box: around(words.map((word) => word.box)) as Box, words };
}

/** Each Han character and each run of letters or digits of an item, its width shared out as characters are wide. */
function wordsOf(item: TextItem, offset: number): { start: number; end: number; box: Box }[] {
  const parts = [...item.text.matchAll(/[A-Za-z0-9.,%'’-]+|\s+|[^\s]/gu)];
  const widths = parts.map(([part]) =>
    [...part].reduce((sum, each) => sum + (each.charCodeAt(0) < 0x1100 ? 0.55 : 1), 0),
  );
  const total = widths.reduce((sum, each) => sum + each, 0) || 1;
  const [left, top, right, bottom] = item.box;
  let at = left;
  return parts.flatMap((part, index) => {
    const from = at;
    at += ((right - left) * (widths[index] ?? 0)) / total;
    if (part[0].trim() === "") return [];
    return [
      { start: offset + part.index, end: offset + part.index + part[0].length, box: [from, top, at, bottom] as Box },
    ];
  });
}
