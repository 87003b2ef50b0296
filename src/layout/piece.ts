import type { Box, LineRole, PageLine } from "../doc/index.js";

/** What is put in order: a run of text in one column, or a frame or table that is ordered in itself. */
export interface Piece {
  readonly box: Box;
  /** Height of its characters. */
  readonly em: number;
  readonly lines: readonly PageLine[];
  readonly role?: LineRole;
  /** The ordered columns inside a frame. */
  readonly inner?: readonly (readonly Piece[])[];
}

export const widthOf = (box: Box) => box[2] - box[0];
export const heightOf = (box: Box) => box[3] - box[1];
export const middleOf = (box: Box, axis: 0 | 1) => ((box[axis] as number) + (box[axis + 2] as number)) / 2;
export const textOf = (piece: Piece) => piece.lines.map((line) => line.text).join("");

/** How far two boxes overlap along an axis; below 0 the distance between them. */
export const overlap = (a: Box, b: Box, axis: 0 | 1) =>
  Math.min(a[axis + 2] as number, b[axis + 2] as number) - Math.max(a[axis] as number, b[axis] as number);

export const contains = (outer: Box, inner: Box, slack: number) =>
  inner[0] >= outer[0] - slack &&
  inner[1] >= outer[1] - slack &&
  inner[2] <= outer[2] + slack &&
  inner[3] <= outer[3] + slack;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export const byPlace = (a: { readonly box: Box }, b: { readonly box: Box }) =>
  a.box[1] - b.box[1] || a.box[0] - b.box[0];

/** Pieces in rows of like height on the page, each from left to right. */
export function rowsOf<T extends Piece>(pieces: readonly T[]): T[][] {
  const rows: T[][] = [];
  for (const piece of [...pieces].sort(byPlace)) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row && last && overlap(last.box, piece.box, 1) > Math.min(heightOf(last.box), heightOf(piece.box)) * 0.5)
      row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => row.sort((a, b) => a.box[0] - b.box[0]));
}
