import { around, type Box } from "../doc/index.js";
import { heightOf, median, middleOf, overlap, type Piece, rowsOf, widthOf } from "./piece.js";
import type { Rules } from "./rules.js";
import { withTables } from "./tables.js";

/** A gutter that is free from top to bottom may be this narrow, in heights of a character. */
const GUTTER = 0.42;
/** A headline that stands alone is this much larger than the text. */
const LARGE = 1.12;
/** One that stands over no gutter is this much larger, and stands in the middle. */
const CENTRED = 1.2;
/** Headlines beside each other that open what stands below are this much larger. */
const OPENING = 1.25;
const DEEPEST = 60;

/**
 * Reading order by recursive cutting: along rules that run across, then above
 * and below what stands alone over several columns (headlines), then between
 * columns where a gutter is free from top to bottom, then into bands that
 * share their gutters. Returns runs of pieces, each run in one column.
 */
export function cut(pieces: readonly Piece[], rules: Rules, depth = 0): Piece[][] {
  if (pieces.length === 0) return [];
  const held = withTables(pieces);
  const parts =
    depth > DEEPEST
      ? undefined
      : (byRules(held, rules) ?? byHeadlines(held) ?? byGutters(held, rules) ?? byBands(held));
  if (parts) return parts.flatMap((part) => cut(part, rules, depth + 1));
  return unfolded(rowsOf(held).flat());
}

/** A run with the runs of its frames and tables in their places. */
function unfolded(run: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [[]];
  for (const piece of run) {
    if (piece.inner) runs.push(...piece.inner.map((column) => [...column]), []);
    else runs.at(-1)?.push(piece);
  }
  return runs.filter((each) => each.length > 0);
}

/** Parts above and below the rules that run across all of a region. */
function byRules(pieces: readonly Piece[], rules: Rules): Piece[][] | undefined {
  const region = around(pieces.map((piece) => piece.box));
  if (!region || pieces.length < 2) return undefined;
  const width = widthOf(region);
  const cuts = rules.across
    .filter((rule) => overlap(rule, region, 0) >= width * 0.85 && rule[1] > region[1] && rule[3] < region[3])
    .map((rule) => (rule[1] + rule[3]) / 2)
    .filter((y) => pieces.every(({ box, em }) => y < box[1] + em * 0.2 || y > box[3] - em * 0.2))
    .sort((a, b) => a - b);
  return partsAt(pieces, cuts, 1);
}

/** Parts above, at and below lines that have nothing beside them and stand over several columns: headlines, openings set wide. */
function byHeadlines(pieces: readonly Piece[]): Piece[][] | undefined {
  const slices = slicesOf(pieces);
  if (slices.length < 2) return undefined;
  const em = median(pieces.map((piece) => piece.em));
  const parts: { wide: boolean; row: boolean; pieces: Piece[] }[] = [];
  slices.forEach((slice, at) => {
    const wide = slice.length === 1 && standsOver(slice[0] as Piece, slices, at, em);
    const row = opensRow(slice, slices[at - 1], em);
    const part = parts.at(-1);
    if (part && part.wide === wide && !row) part.pieces.push(...slice);
    else parts.push({ wide, row, pieces: [...slice] });
  });
  const kept: Piece[][] = [];
  let open = false;
  for (const { wide, row, pieces: held } of parts) {
    const cuts = wide && !isBetweenLines(held, pieces, em);
    const last = kept.at(-1);
    if (last && !cuts && !open && !row) last.push(...held);
    else kept.push([...held]);
    open = cuts;
  }
  return kept.length > 1 ? kept : undefined;
}

/** Whether a slice begins with headlines beside each other, under a blank. */
function opensRow(slice: readonly Piece[], above: readonly Piece[] | undefined, em: number): boolean {
  if (!above || slice.length < 2) return false;
  const top = Math.min(...slice.map(({ box }) => box[1]));
  const tallest = Math.max(...slice.filter(({ box }) => box[1] === top).map((piece) => piece.em));
  const first = slice.filter(({ box }) => box[1] < top + Math.max(em * 1.2, tallest * 0.9));
  if (first.length < 2 || first.some((piece) => piece.inner || piece.em < em * OPENING)) return false;
  // a second line of headlines goes with the first
  const isHeaded = above.length > 1 && above.every((piece) => piece.em >= em * OPENING);
  return !isHeaded && top - Math.max(...above.map(({ box }) => box[3])) >= em;
}

/** Whether what stands alone merely fits between two lines of a column beside it: then it does not stand over that column. */
function isBetweenLines(held: readonly Piece[], pieces: readonly Piece[], em: number): boolean {
  const [left, top, right, bottom] = around(held.map((piece) => piece.box)) as Box;
  const beside = pieces.filter(({ box }) => box[2] < left || box[0] > right);
  const middle = (top + bottom) / 2;
  const above = Math.max(...beside.filter(({ box }) => middleOf(box, 1) < middle).map(({ box }) => box[3]));
  const below = Math.min(...beside.filter(({ box }) => middleOf(box, 1) >= middle).map(({ box }) => box[1]));
  return below - above < bottom - top + em * 0.6;
}

/** Whether a piece lies over a gutter of the columns nearest to it, or is a headline with columns beside its own right below. */
function standsOver(piece: Piece, slices: readonly (readonly Piece[])[], at: number, em: number): boolean {
  const columns = (slice: readonly Piece[] | undefined) => slice !== undefined && slice.length > 1;
  const crosses = [nearest(slices.slice(at + 1)), nearest(slices.slice(0, at).reverse())].some((run) =>
    guttersIn(run, em).some(({ from, to }) => piece.box[0] < from - em * 0.5 && piece.box[2] > to + em * 0.5),
  );
  if (crosses) return true;
  // a headline narrower than a column, set over the middle of several
  const region = around(slices.flat().map(({ box }) => box)) as Box;
  const next = slices.slice(at + 1).find((slice) => (slice[0]?.em ?? 0) < em * LARGE || slice.length > 1);
  return (
    piece.em >= em * CENTRED &&
    !piece.inner &&
    Math.abs(middleOf(piece.box, 0) - middleOf(region, 0)) < widthOf(region) * 0.05 &&
    columns(next) &&
    startsBeside(piece, next ?? [], em)
  );
}

/** Gaps of a run of slices that more than one piece ends at and more than one begins at: one alone is a character that OCR missed. */
function guttersIn(run: readonly (readonly Piece[])[], em: number): Gap[] {
  const pieces = run.flat();
  return run
    .flatMap((slice) => gapsOf(slice, 0, em * GUTTER))
    .filter(({ from, to }) => {
      const ending = pieces.filter(({ box }) => box[2] > from - em * 3 && box[2] < from + em * 0.5).length;
      const beginning = pieces.filter(({ box }) => box[0] > to - em * 0.5 && box[0] < to + em * 2.5).length;
      const over = pieces.filter(({ box }) => box[0] < from - em && box[2] > to + em).length;
      return ending > 1 && beginning > 1 && over * 2 <= Math.min(ending, beginning);
    });
}

/** The slices with several pieces that come first, up to the next that has one: a picture may leave out a column of some. */
function nearest(slices: readonly (readonly Piece[])[]): (readonly Piece[])[] {
  const first = slices.findIndex((slice) => slice.length > 1);
  if (first < 0) return [];
  const end = slices.findIndex((slice, at) => at > first && slice.length === 1);
  return slices.slice(first, end < 0 ? slices.length : end);
}

/** Whether columns start below a headline on both its sides or beyond its own column. */
const startsBeside = (piece: Piece, below: readonly Piece[], em: number) =>
  below.some((other) => overlap(other.box, piece.box, 0) < -em * 0.3);

/** Columns from left to right, where gutters are free from top to bottom. */
function byGutters(pieces: readonly Piece[], rules: Rules): Piece[][] | undefined {
  if (pieces.length < 3 || rowsOf(pieces).length < 2) return undefined;
  const em = median(pieces.map((piece) => piece.em));
  const cuts = gapsOf(pieces, 0, em * GUTTER)
    .filter(({ from, to }) => to - from >= em * 0.9 || isRuled(from, to, pieces, rules) || isGutter(from, to, pieces))
    .map(({ from, to }) => (from + to) / 2)
    .filter((x) => !isListEdge(pieces, x));
  return partsAt(pieces, cuts, 0);
}

const isRuled = (from: number, to: number, pieces: readonly Piece[], { down }: Rules) => {
  const region = around(pieces.map((piece) => piece.box)) as Box;
  return down.some(
    (rule) => rule[0] >= from - 1 && rule[2] <= to + 1 && overlap(rule, region, 1) > heightOf(region) * 0.5,
  );
};

/** A narrow gap parts columns where several lines stand on both sides, wide enough for text. */
const isGutter = (from: number, to: number, pieces: readonly Piece[]) =>
  pieces.filter((piece) => piece.box[2] <= from + 1).length >= 2 &&
  pieces.filter((piece) => piece.box[0] >= to - 1).length >= 2;

/** Numbers or labels that hang left of the lines they belong to are no column: widest, in heights of a character. */
const LABEL = 5;

function isListEdge(pieces: readonly Piece[], x: number): boolean {
  const left = pieces.filter((piece) => middleOf(piece.box, 0) < x);
  const right = pieces.filter((piece) => middleOf(piece.box, 0) >= x);
  const widest = Math.max(...left.map((piece) => (piece.inner ? Number.POSITIVE_INFINITY : widthOf(piece.box))));
  if (widest > median(left.map((piece) => piece.em)) * LABEL) return false;
  if (Math.max(...right.map((piece) => widthOf(piece.box))) < widest * 2.5) return false;
  const beside = left.filter((piece) =>
    right.some((other) => overlap(piece.box, other.box, 1) > Math.min(piece.em, other.em) * 0.6),
  );
  return beside.length === left.length && left.length <= right.length;
}

/** Bands that share their gutters, from top to bottom. A piece that crosses a gutter, with nothing beside it, ends a band. */
function byBands(pieces: readonly Piece[]): Piece[][] | undefined {
  const slices = slicesOf(pieces);
  if (slices.length < 2) return undefined;
  const em = median(pieces.map((piece) => piece.em));
  const bands: { pieces: Piece[]; gutters: Gap[] }[] = [];
  slices.forEach((slice, at) => {
    const band = bands.at(-1);
    const free = gapsOf(slice, 0, em * GUTTER);
    if (band && !endsBand(slice, slices[at + 1], band, em)) {
      const shared = band.gutters.flatMap((gutter) => narrowed(gutter, slice, em));
      const grown = band.gutters.length === 0 ? [] : shared;
      if (band.gutters.length === grown.length && (band.gutters.length > 0 || free.length === 0)) {
        band.pieces.push(...slice);
        band.gutters = grown;
        return;
      }
    }
    bands.push({ pieces: [...slice], gutters: free });
  });
  return bands.length > 1 ? bands.map((band) => band.pieces) : undefined;
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What is left of a gutter beside a slice; nothing where a piece crosses it. */
function narrowed(gutter: Gap, slice: readonly Piece[], em: number): Gap[] {
  let { from, to } = gutter;
  for (const { box } of slice) {
    if (box[2] <= from || box[0] >= to) continue;
    const middle = (from + to) / 2;
    if (box[0] < from && box[2] > to) return [];
    if ((box[0] + box[2]) / 2 < middle) from = Math.max(from, box[2]);
    else to = Math.min(to, box[0]);
  }
  return to - from >= em * GUTTER ? [{ from, to }] : [];
}

/** A large line with nothing beside it opens what stands below, unless that is its own column only. */
function endsBand(slice: readonly Piece[], below: readonly Piece[] | undefined, band: { gutters: Gap[] }, em: number) {
  const [piece] = slice;
  if (!piece || slice.length > 1 || piece.inner || band.gutters.length === 0 || piece.em < em * LARGE || !below)
    return false;
  return below.some((other) => overlap(other.box, piece.box, 0) < -em * 0.3) || below.length > 1;
}

/** Stretches of the page that no free line across parts. */
function slicesOf(pieces: readonly Piece[]): Piece[][] {
  const slices: Piece[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const piece of [...pieces].sort((a, b) => a.box[1] - b.box[1])) {
    const top = piece.box[1] + Math.min(piece.em, heightOf(piece.box)) * 0.12;
    const slice = slices.at(-1);
    if (slice && top < reach) slice.push(piece);
    else slices.push([piece]);
    reach = Math.max(reach, piece.box[3] - Math.min(piece.em, heightOf(piece.box)) * 0.12);
  }
  return slices;
}

/** Free stretches between pieces along an axis (0 across, 1 down). */
function gapsOf(pieces: readonly Piece[], axis: 0 | 1, least: number): Gap[] {
  const found: Gap[] = [];
  let reach = Number.POSITIVE_INFINITY;
  for (const { box } of [...pieces].sort((a, b) => a.box[axis] - b.box[axis])) {
    if (box[axis] - reach >= least) found.push({ from: reach, to: box[axis] });
    const end = box[axis + 2] as number;
    reach = reach === Number.POSITIVE_INFINITY ? end : Math.max(reach, end);
  }
  return found;
}

function partsAt(pieces: readonly Piece[], cuts: readonly number[], axis: 0 | 1): Piece[][] | undefined {
  if (cuts.length === 0) return undefined;
  const parts: Piece[][] = Array.from({ length: cuts.length + 1 }, () => []);
  for (const piece of pieces) {
    const middle = middleOf(piece.box, axis);
    parts[cuts.filter((at) => middle > at).length]?.push(piece);
  }
  const filled = parts.filter((part) => part.length > 0);
  return filled.length > 1 ? filled : undefined;
}
