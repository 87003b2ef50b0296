import type { Box } from "../doc/index.js";
import { heightOf, overlap, widthOf } from "./piece.js";

/** Ends of rules that belong together lie this near, in points. */
const NEAR = 3;

/** Rules of a page by their direction, pieces of one rule put together. */
export interface Rules {
  readonly across: readonly Box[];
  readonly down: readonly Box[];
}

export function rulesOf(boxes: readonly Box[]): Rules {
  return {
    across: merged(
      boxes.filter((box) => widthOf(box) > heightOf(box)),
      0,
    ),
    down: merged(
      boxes.filter((box) => widthOf(box) <= heightOf(box)),
      1,
    ),
  };
}

/** Rules on one line that touch: a table draws each cell's side for itself. */
function merged(boxes: readonly Box[], along: 0 | 1): Box[] {
  const across = along === 0 ? 1 : 0;
  const rules: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a[along] - b[along])) {
    const at = rules.findIndex(
      (rule) => Math.abs(rule[across] - box[across]) <= NEAR / 2 && box[along] <= (rule[along + 2] as number) + NEAR,
    );
    const known = rules[at];
    if (!known) rules.push(box);
    else
      rules[at] = [
        Math.min(known[0], box[0]),
        Math.min(known[1], box[1]),
        Math.max(known[2], box[2]),
        Math.max(known[3], box[3]),
      ];
  }
  return rules;
}

/** A rectangle of rules; `grid` when only rules inside it hold it together (no sides). */
export interface Frame {
  readonly box: Box;
  readonly open: boolean;
}

/** Rectangles that rules draw, the largest first. */
export function framesOf({ across, down }: Rules): Frame[] {
  const frames: Frame[] = [];
  for (const top of across) {
    const below = across
      .filter((rule) => rule[1] > top[1] + 2 * NEAR && sameEnds(rule, top))
      .sort((a, b) => b[1] - a[1]);
    for (const bottom of below) {
      const box: Box = [Math.min(top[0], bottom[0]), top[1], Math.max(top[2], bottom[2]), bottom[3]];
      const through = down.filter((rule) => spans(rule, box));
      const sides = [box[0], box[2]].every((x) =>
        through.some((rule) => Math.abs((rule[0] + rule[2]) / 2 - x) <= NEAR),
      );
      const inside = through.some((rule) => rule[0] > box[0] + NEAR && rule[2] < box[2] - NEAR);
      const between = across.filter(
        (rule) => rule[1] > box[1] + NEAR && rule[3] < box[3] - NEAR && sameEnds(rule, top),
      );
      if (!sides && !(inside && between.length > 0)) continue;
      frames.push({ box, open: !sides });
      break;
    }
  }
  return frames
    .filter(({ box }, at) => !frames.some((other, index) => index !== at && swallows(other.box, box, index < at)))
    .sort((a, b) => area(b.box) - area(a.box));
}

const area = (box: Box) => widthOf(box) * heightOf(box);

const sameEnds = (a: Box, b: Box) => Math.abs(a[0] - b[0]) <= NEAR && Math.abs(a[2] - b[2]) <= NEAR;

const spans = (rule: Box, box: Box) =>
  rule[1] <= box[1] + NEAR && rule[3] >= box[3] - NEAR && rule[0] >= box[0] - NEAR && rule[2] <= box[2] + NEAR;

/** A frame whose ends and bottom are another's is a lower part of that one. */
const swallows = (outer: Box, inner: Box, earlier: boolean) =>
  sameEnds(outer, inner) &&
  Math.abs(outer[3] - inner[3]) <= NEAR &&
  (outer[1] < inner[1] - NEAR || (earlier && Math.abs(outer[1] - inner[1]) <= NEAR));

/** The cells that rules cut a frame into: the lines between rows and columns, and whether a rule parts two neighbours. */
export interface Grid {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Whether the cell has a rule on its right. */
  readonly closedRight: (row: number, column: number) => boolean;
  /** Whether the cell has a rule below. */
  readonly closedBelow: (row: number, column: number) => boolean;
}

/** The grid inside a frame; undefined where it has fewer than two rows and two columns. */
export function gridOf({ box }: Frame, { across, down }: Rules): Grid | undefined {
  const inside = (rule: Box) => overlap(rule, box, 0) > NEAR / 2 || overlap(rule, box, 1) > NEAR / 2;
  const horizontal = across.filter(
    (rule) => inside(rule) && rule[1] >= box[1] - NEAR && rule[3] <= box[3] + NEAR && overlap(rule, box, 0) > 2 * NEAR,
  );
  const vertical = down.filter(
    (rule) => inside(rule) && rule[0] >= box[0] - NEAR && rule[2] <= box[2] + NEAR && overlap(rule, box, 1) > 2 * NEAR,
  );
  const rows = clustered([box[1], box[3], ...horizontal.map((rule) => (rule[1] + rule[3]) / 2)]);
  const columns = clustered([box[0], box[2], ...vertical.map((rule) => (rule[0] + rule[2]) / 2)]);
  if (rows.length < 3 || columns.length < 3) return undefined;
  const covers = (rules: readonly Box[], axis: 0 | 1, at: number, from: number, to: number) =>
    rules.some(
      (rule) =>
        Math.abs(((rule[axis] as number) + (rule[axis + 2] as number)) / 2 - at) <= NEAR &&
        Math.min(rule[1 - axis + 2] as number, to) - Math.max(rule[1 - axis] as number, from) > (to - from) * 0.6,
    );
  const at = (lines: readonly number[], index: number) => lines[index] as number;
  return {
    rows,
    columns,
    closedRight: (row, column) =>
      column + 2 >= columns.length || covers(vertical, 0, at(columns, column + 1), at(rows, row), at(rows, row + 1)),
    closedBelow: (row, column) =>
      row + 2 >= rows.length || covers(horizontal, 1, at(rows, row + 1), at(columns, column), at(columns, column + 1)),
  };
}

function clustered(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.filter((value, at) => at === 0 || value - (sorted[at - 1] as number) > NEAR);
}
