import type { Box, SourceLine } from "../doc/index.js";
import { type PageLine, type PageOrder, placeLines } from "./page-lines.js";

/** A run of text on a page; points from the top left, `baseline` from the top. */
export interface TextItem {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

/** Runs further apart than this, in heights of a character, stand in different columns. Justified Chinese stays under 1. */
const COLUMN_GAP = 1.35;

/** Joins the runs of a page into lines with boxes; runs on one baseline that lie in different columns stay apart. */
export function linesOfItems(
  items: readonly TextItem[],
  offset: number,
  page: number,
  order?: PageOrder,
): { text: string; lines: SourceLine[] } {
  const rows: TextItem[][] = [];
  const sorted = items
    .filter((item) => item.text.trim() !== "")
    .sort((a, b) => a.baseline - b.baseline || a.left - b.left);
  for (const item of sorted) {
    const row = rows
      .slice(-6)
      .reverse()
      .find((candidate) => sameBaseline(candidate[0] as TextItem, item));
    if (row) row.push(item);
    else rows.push([item]);
  }
  for (const row of rows) row.sort((a, b) => a.left - b.left);
  const gutters = guttersOf(rows);
  const lines = rows.flatMap((row) => splitAtColumns(row, gutters).map(toLine));
  return placeLines(lines, offset, page, order);
}

const sameBaseline = (a: TextItem, b: TextItem) =>
  Math.abs(a.baseline - b.baseline) <= Math.min(a.size, b.size) * 0.45 &&
  a.size / b.size < 1.8 &&
  b.size / a.size < 1.8;

/** A narrower gap is a gutter where it stands at one place in this many rows. */
const GUTTER_ROWS = 4;

/** Places where gaps of half a character and more stand under each other. */
function guttersOf(rows: readonly (readonly TextItem[])[]): number[] {
  const clusters: { at: number; rows: number; size: number }[] = [];
  for (const row of rows) {
    row.forEach((item, index) => {
      const before = row[index - 1];
      if (!before || item.left - before.right < item.size * 0.45) return;
      const at = (item.left + before.right) / 2;
      const near = clusters.find((cluster) => Math.abs(cluster.at - at) < item.size * 0.7);
      if (near) near.rows++;
      else clusters.push({ at, rows: 1, size: item.size });
    });
  }
  return clusters.filter((cluster) => cluster.rows >= GUTTER_ROWS).map((cluster) => cluster.at);
}

function splitAtColumns(row: readonly TextItem[], gutters: readonly number[]): TextItem[][] {
  const runs: TextItem[][] = [];
  for (const item of row) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const gap = last ? item.left - last.right : 0;
    const size = last ? Math.max(last.size, item.size) : item.size;
    const inGutter =
      last !== undefined && gap > size * 0.4 && gutters.some((at) => at > last.right - 1 && at < item.left + 1);
    if (run && gap <= size * COLUMN_GAP && !inGutter) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function toLine(run: readonly TextItem[]): PageLine {
  let text = "";
  const words: { start: number; end: number; box: Box }[] = [];
  let last: TextItem | undefined;
  for (const item of run) {
    const gap = last ? item.left - last.right : 0;
    if (last && gap > item.size * 0.2 && !/\s$/.test(text) && !/^\s/.test(item.text)) text += " ";
    words.push({ start: text.length, end: text.length + item.text.length, box: boxOf(item) });
    text += item.text;
    last = item;
  }
  const boxes = words.map((word) => word.box);
  const box: Box = [
    Math.min(...boxes.map((each) => each[0])),
    Math.min(...boxes.map((each) => each[1])),
    Math.max(...boxes.map((each) => each[2])),
    Math.max(...boxes.map((each) => each[3])),
  ];
  return { text, box, words };
}

const boxOf = (item: TextItem): Box => [
  item.left,
  item.baseline - item.size * 0.88,
  item.right,
  item.baseline + item.size * 0.12,
];
