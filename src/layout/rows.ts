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

/** Cells that stand one under the other, each closed by a bar, as some pages give a table. */
function stackedRows(shapes: readonly Shape[]): [first: number, width: number][] {
  const rows: [number, number][] = [];
  for (let first = 0; first < shapes.length; first++) {
    let end = first;
    while (shapes[end]?.text.endsWith("|") && STACKED.test((shapes[end] as Shape).text)) end++;
    const width =
      end - first >= 6 ? widthOf(shapes.slice(first, end).map((shape) => /^[\d.,%\s]+\|$/.test(shape.text))) : 0;
    if (width > 0) for (let at = first; at + width <= end; at += width) rows.push([at, width]);
    first = Math.max(first, end - 1);
  }
  return rows;
}

/** The width at which the cells under the headings repeat, numbers under numbers; 0 where none does. */
function widthOf(isNumber: readonly boolean[]): number {
  for (let width = 2; width <= Math.min(14, isNumber.length / 2); width++) {
    if (isNumber.length % width !== 0 || isNumber.slice(0, width).some((cell) => cell)) continue;
    const body = isNumber.slice(width);
    if (body.some((cell) => cell) && body.every((cell, at) => cell === body[at % width])) return width;
  }
  return 0;
}
