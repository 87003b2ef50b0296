import type { Box } from "../doc/index.js";
import { crop, type Grey, turn } from "./image.js";
import type { OcrCharacter } from "./index.js";
import type { Glyph } from "./paddle/recognise.js";
import { inkColumns, type Strip } from "./strip.js";

/**
 * Lines set from top to bottom are read as lines from left to right: the page
 * is laid on its side, the line cut into its characters, these stood up one
 * beside the other. Numbers that lie on their side already stand then.
 */

/** A piece of a line laid anew: where it stands in the new strip, and where it came from on the side-lying page. */
export interface Tile {
  readonly from: number;
  readonly to: number;
  /** Pixels of the page laid on its side. */
  readonly box: Box;
  /** A number: its characters follow each other along the line. */
  readonly isRun: boolean;
}

export interface Relaid {
  readonly strip: Strip;
  readonly tiles: readonly Tile[];
}

/** Blank between tiles, in heights of the line. */
const BETWEEN = 0.08;

/** Lays the characters of a side-lying line upright. */
export async function relay(side: Strip, read: Reader): Promise<Relaid> {
  const [left, top, right, bottom] = side.ink;
  const height = bottom - top;
  const runs = await numbersIn(side, await read(side.grey), read);
  const pieces: { start: number; end: number; isRun: boolean }[] = [];
  let at = left;
  for (const run of [...runs, { start: right, end: right }]) {
    for (const [start, end] of cells(side, at, run.start)) pieces.push({ start, end, isRun: false });
    if (run.end > run.start) pieces.push({ ...run, isRun: true });
    at = run.end;
  }
  const gap = Math.max(1, Math.round(height * BETWEEN));
  const margin = Math.round(height * 0.25);
  const pictures = pieces.map(({ start, end, isRun }) => {
    const picture = crop(side.grey, [start, top, end, bottom]);
    return isRun ? picture : turn(picture, 90);
  });
  const tall = Math.max(height, ...pictures.map((picture) => picture.height));
  const width = pictures.reduce((sum, picture) => sum + picture.width + gap, 0);
  const data = new Uint8Array((width + 2 * margin) * (tall + 2 * margin)).fill(255);
  const grey: Grey = { data, width: width + 2 * margin, height: tall + 2 * margin };
  const tiles: Tile[] = [];
  let x = margin;
  pictures.forEach((picture, index) => {
    paste(grey, picture, x, margin + Math.floor((tall - picture.height) / 2));
    const { start, end, isRun } = pieces[index] as (typeof pieces)[number];
    const box: Box = [side.left + start, side.top + top, side.left + end, side.top + bottom];
    tiles.push({ from: x, to: x + picture.width, box, isRun });
    x += picture.width + gap;
  });
  return {
    strip: { grey, left: 0, top: 0, slope: 0, ink: [margin, margin, x - gap, margin + tall] },
    tiles,
  };
}

/** Characters of a relaid strip in pixels of the page; `width` is the page's. */
export function standing(characters: readonly OcrCharacter[], tiles: readonly Tile[], width: number): OcrCharacter[] {
  return characters.map((character) => {
    const middle = (character.box[0] + character.box[2]) / 2;
    const tile = tiles.reduce((best, each) => (away(each, middle) < away(best, middle) ? each : best));
    const [start, top, end, bottom] = tile.box;
    const along = (x: number) => start + ((x - tile.from) / (tile.to - tile.from)) * (end - start);
    const from = tile.isRun ? Math.max(start, along(character.box[0])) : start;
    const to = tile.isRun ? Math.min(end, along(character.box[2])) : end;
    // the page was turned to the left: what lies along it runs down the page, from the right
    return { ...character, box: [width - bottom, from, width - top, Math.max(from + 1, to)] };
  });
}

const away = (tile: Tile, x: number) => Math.max(tile.from - x, x - tile.to, 0);

/** Reads a picture of one line. */
export type Reader = (picture: Grey) => Promise<readonly Glyph[]>;

/** A number set sideways is read this surely when it is looked at alone. */
const SURE = 0.8;

/**
 * Numbers set sideways: where digits, or nothing, are read among the lying
 * characters, the stretch is looked at alone. Han characters lying down give
 * no sure digits, and 一 and 三 stand alone.
 */
async function numbersIn(
  side: Strip,
  glyphs: readonly Glyph[],
  read: Reader,
): Promise<{ start: number; end: number }[]> {
  const [left, top, right, bottom] = side.ink;
  const height = bottom - top;
  const columns = inkColumns(side.grey, top, bottom);
  const runs: { start: number; end: number }[] = [];
  for (const [from, to, digits] of stretches(side, glyphs)) {
    if (to - from < height * (digits > 0 ? 0.6 : 0.9)) continue;
    // the places of lying characters are rough: ends are tried at the blanks around, the longest number wins
    const starts = blanksNear(columns, from, height, left, right);
    const ends = blanksNear(columns, to, height, left, right).reverse();
    const tried = starts
      .flatMap((start) => ends.map((end) => ({ start, end })))
      .filter(({ start, end }) => end - start > height * 0.6)
      .sort((a, b) => b.end - b.start - (a.end - a.start));
    for (const run of tried) {
      if (!isNumber(await read(withMargin(side, run)), run, height)) continue;
      runs.push(run);
      break;
    }
  }
  return runs;
}

/** Stretches between characters that are no digits: left and right end, and how many digits are read there. */
function stretches(side: Strip, glyphs: readonly Glyph[]): [from: number, to: number, digits: number][] {
  const [left, top, right, bottom] = side.ink;
  const half = (bottom - top) * 0.5;
  const found: [number, number, number][] = [];
  let from = left;
  let digits = 0;
  for (const glyph of glyphs) {
    if (/^[\d.,%]$/.test(glyph.text)) {
      digits++;
      continue;
    }
    const middle = glyph.at * side.grey.width;
    found.push([from, middle - half, digits]);
    from = middle + half;
    digits = 0;
  }
  found.push([from, right, digits]);
  return found;
}

function withMargin({ grey, ink: [, top, , bottom] }: Strip, { start, end }: { start: number; end: number }): Grey {
  const margin = Math.round((bottom - top) * 0.2);
  return crop(grey, [start - margin, top - margin, end + margin, bottom + margin]);
}

function isNumber(glyphs: readonly Glyph[], { start, end }: { start: number; end: number }, height: number): boolean {
  const text = glyphs.map((glyph) => glyph.text).join("");
  const sure = glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / Math.max(1, glyphs.length);
  // a digit is at most 0.7 as wide as the line is high, a sign of percent as wide
  const isTight = end - start < height * (0.75 * glyphs.length + (text.includes("%") ? 0.6 : 0.2));
  return /^\d[\d.,]*%?$/.test(text) && text.length > 1 && sure > SURE && isTight;
}

/** The middles of up to four blanks around a place, in order; the ends of the line are such. */
function blanksNear(columns: Uint32Array, at: number, height: number, left: number, right: number): number[] {
  const found: number[] = [];
  const [from, to] = [Math.max(left, Math.round(at - height * 0.7)), Math.min(right, Math.round(at + height * 0.7))];
  if (from === left) found.push(left);
  for (let x = from; x < to; x++) {
    if ((columns[x] ?? 0) > 0) continue;
    let end = x;
    while (end < to && (columns[end] ?? 0) === 0) end++;
    found.push(Math.round((x + end) / 2));
    x = end;
  }
  if (to === right) found.push(right);
  return found
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at))
    .slice(0, 4)
    .sort((a, b) => a - b);
}

/** Cuts of a stretch into characters: even steps of about the line's height, through the least ink. */
function cells(side: Strip, from: number, to: number): [number, number][] {
  const [, top, , bottom] = side.ink;
  const height = bottom - top;
  const columns = inkColumns(side.grey, top, bottom);
  let [start, end] = [Math.round(from), Math.round(to)];
  while (start < end && (columns[start] ?? 0) === 0) start++;
  while (end > start && (columns[end - 1] ?? 0) === 0) end--;
  if (end - start < height * 0.08) return [];
  if (end - start < height * 1.3) return [[start, end]];
  let best: { cost: number; cuts: number[] } | undefined;
  for (let pitch = height * 0.92; pitch <= height * 1.7; pitch *= 1.025) {
    const tried = cutsAt(columns, start, end, pitch, height);
    if (tried && (!best || tried.cost < best.cost)) best = tried;
  }
  const cuts = best?.cuts ?? [start, end];
  return cuts.slice(1).map((cut, index) => [cuts[index] as number, cut]);
}

/** The best cuts for one pitch, by dynamic programming over the columns; `cost` is per cell. */
function cutsAt(
  columns: Uint32Array,
  start: number,
  end: number,
  pitch: number,
  height: number,
): { cost: number; cuts: number[] } | undefined {
  const length = end - start;
  const costs = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(length + 1);
  const count = new Int32Array(length + 1);
  costs[0] = 0;
  for (let x = 1; x <= length; x++) {
    const isLast = x === length;
    const ink = isLast ? 0 : (columns[start + x] as number) / height;
    for (let size = Math.floor(pitch * 0.35); size <= Math.ceil(pitch * 1.35); size++) {
      const from = x - size;
      if (from < 0 || costs[from] === Number.POSITIVE_INFINITY) continue;
      const isEdge = isLast || from === 0;
      // the blank of a mark at an end of the stretch is cut off
      const off = Math.max(0, Math.abs(size - pitch) - (isEdge && size < pitch ? pitch * 0.45 : 0)) / pitch;
      const cost = (costs[from] as number) + off * off * 5 + ink * 2.5;
      if (cost < (costs[x] as number)) {
        costs[x] = cost;
        before[x] = from;
        count[x] = (count[from] as number) + 1;
      }
    }
  }
  if (costs[length] === Number.POSITIVE_INFINITY) return undefined;
  const cuts: number[] = [];
  for (let x = length; x > 0; x = before[x] as number) cuts.unshift(start + x);
  cuts.unshift(start);
  return { cost: ((costs[length] as number) + 0.02) / Math.max(1, count[length] as number), cuts };
}

function paste(grey: Grey, picture: Grey, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++)
    grey.data.set(picture.data.subarray(y * picture.width, (y + 1) * picture.width), (top + y) * grey.width + left);
}
