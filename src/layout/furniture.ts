import { PAGE_NUMBER } from "./line-shape.js";
import { heightOf, type Piece, rowsOf, textOf, widthOf } from "./piece.js";
import type { Rules } from "./rules.js";

/** Words of running heads and imprints: page and date of a newspaper, its editors, price, telephone. */
const IMPRINT =
  /\d\s?版|^[A-Z]\d{1,2}$|\d{4}\s?年\s?\d|星期|责任?编辑?|責任?編輯|责编|版式|美编|邮发代号|零售价|https?:|www\.|电话|電話|Page|总第|第\s?\d{1,5}\s?期|出版/i;
/** Longest running head, and the margin its row may reach into, as a share of the page. */
const LONGEST = 34;
const MARGIN = 0.12;

/** Running heads at the top of a page, page numbers and imprints at its end, and the rest. */
export function partFurniture(
  pieces: readonly Piece[],
  height: number,
  rules: Rules,
  em: number,
): { head: Piece[]; body: Piece[]; foot: Piece[] } {
  const rows = rowsOf(pieces);
  const [first] = rows;
  const last = rows.at(-1);
  const isHead =
    first && rows.length > 2 && isEdge(first, em) && isRunningHead(first, rows[1] ?? [], height, rules, em);
  const isFoot = last && rows.length > 2 && isEdge(last, em) && isFooting(last, height);
  const head = isHead ? first : [];
  const foot = isFoot ? last : [];
  const aside = new Set([...head, ...foot]);
  return { head, body: pieces.filter((piece) => !aside.has(piece)), foot };
}

const isEdge = (row: readonly Piece[], em: number) =>
  row.every((piece) => !piece.inner && piece.em <= em * 1.2 && textOf(piece).trim().length <= LONGEST);

function isRunningHead(
  row: readonly Piece[],
  next: readonly Piece[],
  height: number,
  rules: Rules,
  em: number,
): boolean {
  const bottom = Math.max(...row.map((piece) => piece.box[3]));
  if (bottom > height * MARGIN) return false;
  const below = Math.min(...next.map((piece) => piece.box[1]));
  const named = row.some((piece) => IMPRINT.test(textOf(piece).trim()) || PAGE_NUMBER.test(textOf(piece).trim()));
  const width = Math.max(...row.map((piece) => piece.box[2])) - Math.min(...row.map((piece) => piece.box[0]));
  const ruled = rules.across.some(
    (rule) =>
      widthOf(rule) >= width * 0.9 && rule[1] >= bottom - em * 0.5 && rule[3] <= Math.min(below, bottom + em * 2.5),
  );
  return named ? ruled || below - bottom > em * 0.4 : ruled && row.length > 1;
}

function isFooting(row: readonly Piece[], height: number): boolean {
  const top = Math.min(...row.map((piece) => piece.box[1]));
  const numbered = row.some((piece) => PAGE_NUMBER.test(textOf(piece).trim()));
  return (
    top > height * (1 - MARGIN) &&
    (numbered || row.some((piece) => IMPRINT.test(textOf(piece).trim()))) &&
    row.every((piece) => heightOf(piece.box) < height * 0.1)
  );
}
