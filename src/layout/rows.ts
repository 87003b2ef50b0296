import type { Shape } from "./line-shape.js";

const CELL_GAP = /\t+|[ 　]{2,}|\|/;
const MAY_PART = /[\t|]|[ 　]{2}/;
const RULE = /^[-=—─━_*|+\s]{4,}$/;
const STACKED = /^[^|]{0,40}\|$/;

/** Rows of a table among the lines of a text: for each first line of a row, how many lines the row takes. */
export function rowsAmong(shapes: readonly Shape[]): Map<number, number> {
  const rows = new Map<number, number>();
  const cells = shapes.map(({ text }) =>
    !MAY_PART.test(text) || "，。；".includes(text[text.length - 1] as string)
      ? 1
      : text.split(CELL_GAP).filter((cell) => cell.trim() !== "").length,
  );
  const isRule = shapes.map((shape) => RULE.test(shape.text));
  cells.forEach((count, index) => {
    if (count < 3 || isRule[index]) return;
    const alike = [beside(isRule, index, -1), beside(isRule, index, 1)].some(
      (other) => (cells[other] ?? 0) >= 3 && Math.abs((cells[other] ?? 0) - count) <= 2,
    );
    if (alike) rows.set(index, 1);
  });
  for (const index of [...rows.keys()]) {
    const above = beside(isRule, index, -1);
    if (!rows.has(above) && isHeadingOf(shapes[above], cells[index] ?? 0)) rows.set(above, 1);
  }
  isRule.forEach((rule, index) => {
    if (rule && (rows.has(index - 1) || rows.has(beside(isRule, index, 1)))) rows.set(index, 1);
  });
  for (const [first, width] of stackedRows(shapes)) rows.set(first, width);
  return rows;
}

/** The next line in a direction that is no rule. */
function beside(isRule: readonly boolean[], index: number, step: 1 | -1): number {
  let at = index + step;
  while (isRule[at]) at += step;
  return at;
}

/** A line over a row whose cells stand one space apart: 地区　走访（家次） 征集（件）. */
function isHeadingOf(shape: Shape | undefined, width: number): boolean {
  if (!shape || /[，。；]/.test(shape.text)) return false;
  const words = shape.text.split(/[\s　]+/);
  return words.length === width && words.every((word) => !/^\d/.test(word));
}

/** A cell that is a number, or says that there is none. */
const NUMBER_CELL = /^[-+−]?\d[\d.,%％‰ ]{0,30}\|?$|^[—–-]{1,2}\|?$/;
/** Cells of a table are short and no sentences. */
const LONGEST_CELL = 32;
const FEWEST_CELLS = 9;
/** Lines above a table that may look like cells of it. */
const MOST_ABOVE = 4;

/** Cells that stand one under the other, each on its line, as some pages and copied texts give a table. */
function stackedRows(shapes: readonly Shape[]): [first: number, width: number][] {
  const rows: [number, number][] = [];
  for (let first = 0; first < shapes.length; first++) {
    let end = first;
    while (end < shapes.length && isCell(shapes[end] as Shape)) end++;
    if (end - first < (isBarred(shapes[first]) ? 6 : FEWEST_CELLS)) {
      first = Math.max(first, end);
      continue;
    }
    const isNumber = shapes.slice(first, end).map(({ text }) => NUMBER_CELL.test(text));
    const table = tableIn(isNumber);
    if (table)
      for (let at = table.start; at + table.width <= table.end; at += table.width) rows.push([first + at, table.width]);
    first = end;
  }
  return rows;
}

const isBarred = (shape: Shape | undefined) => shape !== undefined && STACKED.test(shape.text);
const isCell = ({ text, width }: Shape) => STACKED.test(text) || (width <= LONGEST_CELL && !/[，。；：]/.test(text));

/** Where a table starts and ends among cells, and how wide it is: headings, then rows of one label and like cells. */
function tableIn(isNumber: readonly boolean[]): { start: number; end: number; width: number } | undefined {
  const first = isNumber.indexOf(true);
  let best: { start: number; end: number; width: number } | undefined;
  for (let width = 2; width <= 14 && first >= width; width++) {
    // the first number stands behind the row's label, or is the row's rank
    for (let label = 0; label < width; label++) {
      const start = first - label - width;
      const body = start + width;
      if (start < 0 || start > MOST_ABOVE || isNumber.slice(body, body + width).every((cell) => cell)) continue;
      const end = lastRowOf(isNumber, body, width);
      if ((end - start) / width >= 3 && end - start > (best ? best.end - best.start : 0)) best = { start, end, width };
    }
  }
  return best;
}

/** How far the cells repeat: labels under labels, numbers under numbers. */
function lastRowOf(isNumber: readonly boolean[], body: number, width: number): number {
  let end = body;
  while (end + width <= isNumber.length) {
    for (let at = 0; at < width; at++) if (isNumber[end + at] !== isNumber[body + at]) return end;
    end += width;
  }
  return end;
}
