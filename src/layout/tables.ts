import { around, type Box } from "../doc/index.js";
import { lineOf } from "./line.js";
import { byPlace, middleOf, overlap, type Piece, rowsOf, textOf, widthOf } from "./piece.js";
import type { Frame, Grid } from "./rules.js";

/** More characters than this in the middle cell, and a grid of rules holds articles, not a table. */
const CELL = 30;

/** The rows of a ruled grid; undefined where its cells are too long for a table. Cells that a rule does not part are one. */
export function ruledTable(pieces: readonly Piece[], grid: Grid): Piece | undefined {
  const { rows, columns } = grid;
  const cells = new Map<number, Piece[]>();
  for (const piece of pieces.flatMap(flat)) {
    const row = slotOf(rows, middleOf(piece.box, 1));
    const column = slotOf(columns, middleOf(piece.box, 0));
    const key = anchorOf(grid, row, column);
    cells.set(key, [...(cells.get(key) ?? []), piece]);
  }
  const sizes = [...cells.values()].map((held) => held.reduce((sum, piece) => sum + textOf(piece).length, 0));
  if (sizes.length < 4 || sizes.filter((size) => size > CELL).length > sizes.length * 0.25) return undefined;
  const width = columns.length - 1;
  const lines = rows
    .slice(1)
    .map((_, row) =>
      Array.from({ length: width }, (_, column) => (cells.get(row * width + column) ?? []).sort(byPlace)),
    );
  return tableOf(lines.filter((row) => row.some((cell) => cell.length > 0)));
}

const flat = (piece: Piece): Piece[] => (piece.inner ? piece.inner.flat().flatMap(flat) : [piece]);

/** The cell whose text an unparted neighbour shares: the first of its row, in the first of its rows. */
function anchorOf(grid: Grid, row: number, column: number): number {
  let left = column;
  while (left > 0 && !grid.closedRight(row, left - 1)) left--;
  let top = row;
  while (top > 0 && !grid.closedBelow(top - 1, left)) top--;
  return top * (grid.columns.length - 1) + left;
}

function slotOf(lines: readonly number[], at: number): number {
  let slot = 0;
  while (slot + 2 < lines.length && at > (lines[slot + 1] as number)) slot++;
  return slot;
}

/** Rows of cells as a piece that reads row by row; cells of a row are joined by tabs. */
function tableOf(rows: readonly (readonly (readonly Piece[])[])[]): Piece | undefined {
  const run = rows.map((row): Piece => {
    const cells = row.map((cell) => cell.flatMap((piece) => piece.lines));
    const line = lineOf(cells, "\t");
    return { box: line.box, em: Math.max(...row.flat().map((piece) => piece.em)), lines: [line], role: "row" };
  });
  const box = around(run.map((piece) => piece.box));
  return box ? { box, em: run[0]?.em ?? 0, lines: [], inner: [run] } : undefined;
}

const NUMBER = /^[\d.,%％‰+\-—–/()（）]+$/;
/** Longest text of a cell in a table that no rules hold together. */
const SHORT = 16;

/**
 * Tables without rules among pieces: rows that follow each other, of as many
 * short cells, numbers under headings. Returns the pieces with each table made one.
 */
export function withTables(pieces: readonly Piece[], frames: readonly Frame[] = []): Piece[] {
  if (pieces.length < 6 || frames.length > 0) return [...pieces];
  const rows = rowsOf(pieces);
  const made: Piece[] = [];
  let open: Piece[][] = [];
  const close = () => {
    const table = isTable(open) ? unruledTable(open) : undefined;
    if (table) made.push(table);
    else made.push(...open.flat());
    open = [];
  };
  for (const row of rows) {
    const last = open.at(-1);
    const follows = last && (row[0]?.box[1] ?? 0) - (last[0]?.box[3] ?? 0) < (row[0]?.em ?? 0) * 2.5;
    if (isRow(row) && (!last || (follows && Math.abs(row.length - last.length) <= 1))) open.push(row);
    else {
      close();
      if (isRow(row)) open.push(row);
      else made.push(...row);
    }
  }
  close();
  return made;
}

const isRow = (row: readonly Piece[]) =>
  row.length >= 2 && row.every((piece) => !piece.inner && textOf(piece).trim().length <= SHORT);

function isTable(rows: readonly (readonly Piece[])[]): boolean {
  if (rows.length < 3) return false;
  const width = Math.max(...rows.map((row) => row.length));
  const body = rows.slice(1).flatMap((row) => row.slice(1));
  const numbers =
    body.filter((piece) => NUMBER.test(textOf(piece).replace(/\s/g, ""))).length / Math.max(1, body.length);
  const full = rows.filter((row) => row.length === width).length / rows.length;
  const labels = rows.filter((row) => !NUMBER.test(textOf(row[0] as Piece).trim())).length / rows.length;
  return full >= 0.7 && numbers >= (width === 2 ? 0.9 : 0.5) && labels >= 0.7;
}

/** Cells go to the column they stand in, so that an empty one stays empty. */
function unruledTable(rows: readonly (readonly Piece[])[]): Piece | undefined {
  const width = Math.max(...rows.map((row) => row.length));
  const full = rows.filter((row) => row.length === width);
  const columns = Array.from({ length: width }, (_, at) => around(full.map((row) => (row[at] as Piece).box)) as Box);
  return tableOf(
    rows.map((row) => {
      const cells: Piece[][] = columns.map(() => []);
      for (const piece of row) {
        const best = columns.reduce(
          (top, column, at) => {
            const shared = overlap(column, piece.box, 0) / Math.min(widthOf(column), widthOf(piece.box));
            return shared > top.shared ? { at, shared } : top;
          },
          { at: 0, shared: Number.NEGATIVE_INFINITY },
        );
        cells[best.at]?.push(piece);
      }
      return cells;
    }),
  );
}
