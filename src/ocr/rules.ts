import { apply, type Box, type Matrix } from "../doc/index.js";
import type { Grey } from "./image.js";
import { INK } from "./strip.js";

/** Rules are at least this long and at most this thick, in points. */
const LEAST = 36;
const THICKEST = 4;
/** A broken or dotted rule has gaps up to this, in points. */
const GAP = 2.5;
/** Blurred edges of a rule reach this far, in points. */
const BESIDE = 0.7;
/** Pixels of the bitmap in which rules are looked for, to the point. */
const SCALE = 1.4;

/**
 * The rules printed on a page, as boxes in points of the upright page.
 * `toPixels` leads from those points to pixels of the picture. Strokes of
 * letters are shorter, pictures thicker.
 */
export function rulesOf(grey: Grey, toPixels: Matrix, width: number, height: number): Box[] {
  const bitmap = bitmapOf(grey, toPixels, Math.floor(width * SCALE), Math.floor(height * SCALE));
  const level = thinRuns(bitmap).map(([left, top, right, bottom]): Box => [left, top, right, bottom]);
  const upright = thinRuns(transposed(bitmap)).map(([top, left, bottom, right]): Box => [left, top, right, bottom]);
  return [...level, ...upright].map((box) => box.map((edge) => edge / SCALE) as unknown as Box);
}

/** A page without some of its rules, which are given as boxes in points: what they touch is read as if they were not there. */
export function withoutRules(grey: Grey, rules: readonly Box[], toPixels: Matrix): Grey {
  if (rules.length === 0) return grey;
  const data = Uint8Array.from(grey.data);
  const [origin] = apply(toPixels, 0, 0);
  const [unit] = apply(toPixels, 1, 0);
  const step = 0.5 / Math.max(0.1, Math.abs(unit - origin));
  for (const [left, top, right, bottom] of rules)
    for (let y = top; y < bottom; y += step) {
      const [from, row] = apply(toPixels, left - BESIDE, y);
      const [to] = apply(toPixels, right + BESIDE, y);
      const start = Math.round(row) * grey.width;
      if (start < 0 || start >= data.length) continue;
      data.fill(255, start + Math.max(0, Math.floor(from)), start + Math.min(grey.width, Math.ceil(to)));
    }
  return { ...grey, data };
}

/** The ink of the upright page: a pixel is set where any pixel of the picture under it is dark. */
function bitmapOf(grey: Grey, toPixels: Matrix, width: number, height: number): Grey {
  const data = new Uint8Array(width * height);
  const [origin] = apply(toPixels, 0, 0);
  const [unit] = apply(toPixels, 1, 0);
  const reach = Math.max(1, Math.ceil(Math.abs(unit - origin) / SCALE));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = apply(toPixels, x / SCALE, y / SCALE);
      const [left, top] = [Math.round(u), Math.round(v)];
      let dark = 0;
      for (let row = Math.max(0, top); row < Math.min(grey.height, top + reach) && dark === 0; row++)
        for (let column = Math.max(0, left); column < Math.min(grey.width, left + reach); column++)
          if ((grey.data[row * grey.width + column] as number) < INK + 30) dark = 1;
      data[y * width + x] = dark;
    }
  }
  return { data, width, height };
}

function transposed({ data, width, height }: Grey): Grey {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x] as number;
  return { data: out, width: height, height: width };
}

interface Run {
  left: number;
  readonly top: number;
  right: number;
  bottom: number;
}

/** Long level runs of ink, those of neighbouring rows joined; the thick ones are pictures. */
function thinRuns({ data, width, height }: Grey): Box[] {
  const found: Run[] = [];
  let open: Run[] = [];
  for (let y = 0; y < height; y++) {
    const still: Run[] = [];
    for (const [left, right] of longRuns(data, y * width, width)) {
      const above = open.find((run) => run.left < right && run.right > left);
      if (above) {
        above.left = Math.min(above.left, left);
        above.right = Math.max(above.right, right);
        above.bottom = y + 1;
        if (!still.includes(above)) still.push(above);
      } else {
        const run = { left, top: y, right, bottom: y + 1 };
        found.push(run);
        still.push(run);
      }
    }
    // a rule that climbs a pixel may miss one row
    open = [...still, ...open.filter((run) => !still.includes(run) && run.bottom >= y - 1)];
  }
  return found
    .filter((run) => run.bottom - run.top <= THICKEST * SCALE && run.right - run.left >= LEAST * SCALE)
    .map((run): Box => [run.left, run.top, run.right, run.bottom]);
}

function* longRuns(data: Uint8Array, base: number, width: number): Generator<[number, number]> {
  const gap = Math.round(GAP * SCALE);
  let start = -1;
  let last = -1;
  let ink = 0;
  const isRule = () => start >= 0 && last - start >= LEAST * SCALE && ink > (last - start) * 0.75;
  for (let x = 0; x < width; x++) {
    if (data[base + x] === 0) continue;
    if (start >= 0 && x - last > gap) {
      if (isRule()) yield [start, last + 1];
      start = -1;
    }
    if (start < 0) {
      start = x;
      ink = 0;
    }
    last = x;
    ink++;
  }
  if (isRule()) yield [start, last + 1];
}
