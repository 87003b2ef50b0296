import { around, type Box, type PageLine } from "../doc/index.js";
import { type Gutter, guttersOf } from "./gutters.js";
import { lineOf, partOf } from "./line.js";
import { byPlace, heightOf, median, middleOf, overlap, type Piece, textOf } from "./piece.js";

/** Words further apart than this, in heights of a character, stand in different columns. Justified Chinese stays under 1. */
const COLUMN_GAP = 1.35;
/** Where a gutter or a rule runs between words, this much is enough. */
const GUTTER_GAP = 0.4;

/** The runs of text on a page: lines cut where columns part, pieces of headlines that were set wide put together again. */
export function piecesOf(lines: readonly PageLine[], rules: readonly Box[]): Piece[] {
  const trimmed = mended(
    lines.map(trimToInk).filter((line) => line.text.trim() !== ""),
    rules,
  );
  const gutters = guttersOf(trimmed);
  const parts = trimmed.flatMap((line) => cutLine(line, gutters, rules));
  return rejoined(
    parts.map((line) => ({ box: line.box, em: heightOf(line.box), lines: [line] })),
    rules,
  );
}

/** A line's box is drawn around its words: engines leave margins, some of them wide. */
function trimToInk(line: PageLine): PageLine {
  const ink = around(line.words.map((word) => word.box));
  return ink ? { ...line, box: ink } : line;
}

/** Pieces of a line that an engine broke lie this near, in heights of a character. */
const BREAK = 1;
/** Words of Latin letters are spread over a narrow column up to this far apart, in heights of a character. */
const SPREAD = 3;
/** Whether two pieces are words of Latin letters, or such a word and a number. */
const areWords = (before: PageLine, after: PageLine) =>
  /[A-Za-z0-9,.;:)”"']$/.test(before.text) &&
  /^[A-Za-z0-9($“"']/.test(after.text) &&
  /[A-Za-z]{2}/.test(before.text + after.text);
/** Lines above and below a break that are asked whether it is a gutter, in heights of a character. */
const ASKED = 5;

/** Lines that an engine broke within a column: where lines above or below run over the gap, it is no gutter. */
function mended(lines: readonly PageLine[], rules: readonly Box[]): PageLine[] {
  const rest = new Set([...lines].sort((a, b) => a.box[0] - b.box[0]));
  const made: PageLine[] = [];
  for (const line of rest) {
    rest.delete(line);
    let whole = line;
    for (let next = goingOn(whole, rest, lines, rules); next; next = goingOn(whole, rest, lines, rules)) {
      rest.delete(next);
      whole = lineOf([[whole], [next]], areWords(whole, next) ? " " : "");
    }
    made.push(whole);
  }
  return made;
}

/** The piece right of a line that belongs to it. */
function goingOn(
  line: PageLine,
  rest: ReadonlySet<PageLine>,
  all: readonly PageLine[],
  rules: readonly Box[],
): PageLine | undefined {
  const em = heightOf(line.box);
  for (const next of rest) {
    const size = Math.min(em, heightOf(next.box));
    const gap: Box = [line.box[2], line.box[1], next.box[0], line.box[3]];
    if (gap[2] - gap[0] > size * (areWords(line, next) ? SPREAD : BREAK) || gap[2] - gap[0] < -size * 0.5) continue;
    if (overlap(line.box, next.box, 1) < size * 0.6 || em / heightOf(next.box) > 1.5 || heightOf(next.box) / em > 1.5)
      continue;
    if (!ruled(gap, rules) && isCrossed(gap, all, size)) return next;
  }
  return undefined;
}

/** Whether more lines near a gap run over it than end at it. */
function isCrossed(gap: Box, lines: readonly PageLine[], em: number): boolean {
  const near = lines.filter(({ box }) => -overlap(box, gap, 1) < em * ASKED && overlap(box, gap, 1) < em * 0.5);
  const over = near.filter(({ box }) => box[0] < gap[0] - em && box[2] > gap[2] + em).length;
  const ending = near.filter(({ box }) => box[2] <= gap[2] && box[2] > gap[0] - em * 2).length;
  return over > ending;
}

function cutLine(line: PageLine, gutters: readonly Gutter[], rules: readonly Box[]): PageLine[] {
  const em = heightOf(line.box);
  const spread = spreadOf(line, em);
  const cuts = line.words.slice(1).flatMap((word, at) => {
    const before = line.words[at];
    if (!before) return [];
    const gap = word.box[0] - before.box[2];
    const size = Math.max(em * 0.8, heightOf(before.box), heightOf(word.box));
    if (gap < Math.min(size * GUTTER_GAP, 4)) return [];
    const between: Box = [before.box[2], line.box[1], word.box[0], line.box[3]];
    const parts = gap > Math.max(size * COLUMN_GAP, spread) || inGutter(between, gutters) || ruled(between, rules);
    return parts ? [at + 1] : [];
  });
  if (cuts.length === 0) return [line];
  return [0, ...cuts].map((from, at) => partOf(line, from, cuts[at] ?? line.words.length));
}

/** In a line of Latin words that was spread to its column's width, gaps up to this are blanks; 0 elsewhere. */
function spreadOf(line: PageLine, em: number): number {
  if (line.text.split(/\s/).filter((word) => /[A-Za-z]{3}/.test(word)).length < 2) return 0;
  const gaps = line.words.slice(1).map((word, at) => word.box[0] - (line.words[at]?.box[2] ?? 0));
  const usual = median(gaps.filter((gap) => gap > em * 0.15));
  return Math.min(usual * 1.5, em * 2);
}

const inGutter = (gap: Box, gutters: readonly Gutter[]) =>
  gutters.some(({ box }) => overlap(box, gap, 0) > 0 && overlap(box, gap, 1) > 0);

const ruled = (gap: Box, rules: readonly Box[]) =>
  rules.some(
    (rule) =>
      heightOf(rule) > heightOf(gap) * 1.5 &&
      overlap(rule, gap, 0) >= 0 &&
      overlap(rule, gap, 1) > heightOf(gap) * 0.6 &&
      rule[0] >= gap[0] - 1 &&
      rule[2] <= gap[2] + 1,
  );

/** A headline is at least this much larger than the body. */
const LARGE = 1.15;

/** Large characters set wide apart on one line are one headline, unless a gutter or a rule parts them. */
function rejoined(pieces: readonly Piece[], rules: readonly Box[]): Piece[] {
  const body = median(pieces.map((piece) => piece.em));
  const large = pieces.filter((piece) => piece.em >= body * LARGE).sort(byPlace);
  const joined = new Set<Piece>();
  const made: Piece[] = [];
  for (const piece of large) {
    if (joined.has(piece)) continue;
    let whole = piece;
    for (let next = nextOf(whole, large, joined); next; next = nextOf(whole, large, joined)) {
      const gap: Box = [whole.box[2], whole.box[1], next.box[0], whole.box[3]];
      if (ruled(gap, rules) || (textOf(next).length > 1 && isColumnEdge(gap, whole, pieces))) break;
      joined.add(next);
      whole = together(whole, next);
    }
    joined.add(piece);
    made.push(whole);
  }
  return [...pieces.filter((piece) => !joined.has(piece)), ...made];
}

/** Whether the lines below end and begin where a gap does: then two headlines stand over two columns. A broken one reaches into the gutter. */
function isColumnEdge(gap: Box, headline: Piece, pieces: readonly Piece[]): boolean {
  const middle = middleOf(gap, 0);
  const below = pieces.filter(
    ({ box, em }) => box[1] > headline.box[3] - em * 0.3 && box[1] - headline.box[3] < headline.em * ASKED,
  );
  const left = below.filter(({ box }) => middleOf(box, 0) < middle).map(({ box }) => box[2]);
  const right = below.filter(({ box }) => middleOf(box, 0) >= middle).map(({ box }) => box[0]);
  if (left.length === 0 || right.length === 0) return false;
  const slack = headline.em * 0.2;
  const [from, to] = [Math.max(...left), Math.min(...right)];
  return from < to && gap[0] < from + slack && gap[2] > to - slack;
}

/** The piece that goes on with a broken headline to the right. */
function nextOf(piece: Piece, large: readonly Piece[], used: ReadonlySet<Piece>): Piece | undefined {
  const few = (each: Piece) => each.lines.every((line) => line.text.length <= 2);
  return large.find((other) => {
    const gap = other.box[0] - piece.box[2];
    return (
      other !== piece &&
      !used.has(other) &&
      overlap(piece.box, other.box, 1) > Math.min(piece.em, other.em) * 0.7 &&
      Math.abs(piece.em / other.em - 1) < 0.25 &&
      gap > -piece.em * 0.3 &&
      gap < piece.em * (few(other) ? 4 : 2)
    );
  });
}

function together(a: Piece, b: Piece): Piece {
  const line = lineOf([a.lines, b.lines]);
  return { box: line.box, em: heightOf(line.box), lines: [line] };
}
