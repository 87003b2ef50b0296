import type { Box, SourceLine } from "../doc/index.js";

type Boxed = SourceLine & { readonly box: Box };

/**
 * Reading order of the lines of one page by recursive cutting: free vertical
 * gutters first (columns, left to right), else the widest free horizontal band
 * (headlines above columns, articles above each other). Returns the lines in
 * order, in runs that each stand in one column.
 */
export function orderByColumns(lines: readonly SourceLine[]): SourceLine[][] {
  const boxed = lines.filter((line): line is Boxed => line.box !== undefined);
  if (boxed.length === 0) return lines.length > 0 ? [[...lines]] : [];
  const height = median(boxed.map((line) => line.box[3] - line.box[1]));
  return cut(boxed, height, 0);
}

const MAX_DEPTH = 40;

function cut(lines: readonly Boxed[], height: number, depth: number): SourceLine[][] {
  if (lines.length <= 1 || depth > MAX_DEPTH) return lines.length > 0 ? [[...lines]] : [];
  if (isTable(lines, height)) return [tableRows(lines, height)];
  const columns = splitAt(lines, gaps(lines, 0, height * 0.45), 0);
  if (columns.length > 1) return columns.flatMap((column) => cut(column, height, depth + 1));
  const bands = gaps(lines, 1, height * 0.12);
  const widest = bands.reduce<(typeof bands)[number] | undefined>(
    (best, gap) => (!best || gap.size > best.size ? gap : best),
    undefined,
  );
  if (widest && hasColumnsInside(lines, height)) {
    const parts = splitAt(lines, [widest], 1);
    if (parts.length > 1) return parts.flatMap((part) => cut(part, height, depth + 1));
  }
  return [
    [...lines].sort((a, b) =>
      Math.abs(a.box[1] - b.box[1]) < height * 0.5 ? a.box[0] - b.box[0] : a.box[1] - b.box[1],
    ),
  ];
}

/** Whether two lines stand side by side: without that there is nothing to cut. */
function hasColumnsInside(lines: readonly Boxed[], height: number): boolean {
  const sorted = [...lines].sort((a, b) => a.box[1] - b.box[1]);
  for (let index = 0; index < sorted.length; index++) {
    const line = sorted[index] as Boxed;
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next] as Boxed;
      if (other.box[1] > line.box[3] - height * 0.4) break;
      if (other.box[0] > line.box[2] || line.box[0] > other.box[2]) return true;
    }
  }
  return false;
}

interface Gap {
  readonly at: number;
  readonly size: number;
}

/** Free stretches between the boxes along an axis (0 across, 1 down). */
function gaps(lines: readonly Boxed[], axis: 0 | 1, least: number): Gap[] {
  const spans = lines
    .map((line): [number, number] => [line.box[axis], axis === 0 ? line.box[2] : line.box[3]])
    .sort((a, b) => a[0] - b[0]);
  const found: Gap[] = [];
  let reach = spans[0]?.[1] ?? 0;
  for (const [start, end] of spans) {
    if (start - reach >= least) found.push({ at: (start + reach) / 2, size: start - reach });
    reach = Math.max(reach, end);
  }
  return found;
}

function splitAt(lines: readonly Boxed[], cuts: readonly Gap[], axis: 0 | 1): Boxed[][] {
  if (cuts.length === 0) return [[...lines]];
  const parts: Boxed[][] = cuts.map(() => []);
  parts.push([]);
  for (const line of lines) {
    const middle = axis === 0 ? (line.box[0] + line.box[2]) / 2 : (line.box[1] + line.box[3]) / 2;
    let part = 0;
    while (part < cuts.length && middle > (cuts[part]?.at ?? 0)) part++;
    parts[part]?.push(line);
  }
  return parts.filter((part) => part.length > 0);
}

/** Short cells on common baselines in three or more columns. */
function isTable(lines: readonly Boxed[], height: number): boolean {
  if (lines.length < 9) return false;
  const rows = rowsOf(lines, height);
  const full = rows.filter((row) => row.length >= 3);
  const short = lines.filter((line) => line.text.trim().length <= 12).length / lines.length;
  return (
    rows.length >= 3 && full.length / rows.length >= 0.7 && short >= 0.8 && lines.some((line) => /\d/.test(line.text))
  );
}

function rowsOf(lines: readonly Boxed[], height: number): Boxed[][] {
  const rows: Boxed[][] = [];
  for (const line of [...lines].sort((a, b) => a.box[1] - b.box[1])) {
    const row = rows.at(-1);
    if (row && Math.abs((row[0] as Boxed).box[1] - line.box[1]) < height * 0.5) row.push(line);
    else rows.push([line]);
  }
  return rows.map((row) => row.sort((a, b) => a.box[0] - b.box[0]));
}

/** Cells one after the other, row by row, each marked as part of a row. */
function tableRows(lines: readonly Boxed[], height: number): SourceLine[] {
  return rowsOf(lines, height).flatMap((row, index) =>
    row.map((cell) => ({ ...cell, role: "row" as const, row: index })),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
