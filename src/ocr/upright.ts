import type { Matrix } from "../doc/index.js";
import type { Band } from "./paddle/detect.js";

/** Slopes under this are left: 0.1°, half a line over a page. */
const LEVEL = 0.0018;
/** By how much another slant must sharpen the edges of lines to be believed. */
const SHARPER = 1.35;
/** Columns that slant otherwise than the lines are turned are believed from so many lines on: indents slant too. */
const ENOUGH = 20;
/** Longer lines tell the slope; in heights. */
const LONG = 6;

/**
 * How the page lies in its picture, told by its lines: the map from upright
 * pixels to pixels of the picture. Lines of text give the slope at each
 * height, the edges of columns the slant at each width; where they differ
 * over the page it was taken aslant. Undefined where the page lies straight.
 */
export function uprightOf(bands: readonly Band[], width: number, height: number): Matrix | undefined {
  const long = bands.filter((band) => band.right - band.left > band.height * LONG);
  if (long.length < 4) return undefined;
  const [middleX, middleY] = [width / 2, height / 2];
  const slopes = long.map((band) => ({
    at: band.middle + band.slope * (middleX - band.left) - middleY,
    slope: band.slope,
    weight: band.right - band.left,
  }));
  const lines = lineThrough(slopes, height);
  const edges = long.flatMap((band): [number, number][] => [
    [band.left - middleX, band.middle - middleY],
    [band.right - middleX, band.middle + band.slope * (band.right - band.left) - middleY],
  ]);
  const size = median(long.map((band) => band.height));
  const columns =
    long.length < ENOUGH && lines.by === 0 ? { at0: -lines.at0, by: 0 } : slantOf(edges, width, size, lines.at0);
  const far = Math.max(Math.abs(lines.at0), (Math.abs(lines.by) * height) / 2, (Math.abs(columns.by) * width) / 2);
  if (far < LEVEL && Math.abs(columns.at0) < LEVEL * 3) return undefined;
  const corners: [number, number][] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const seen = corners.map(([x, y]): [number, number] => {
    const slope = lines.at0 + lines.by * (y - middleY);
    const slant = columns.at0 + columns.by * (x - middleX);
    // where the line at height y and the column edge at width x meet in the picture
    const dx = (slant * (y - middleY)) / (1 - slant * slope);
    return [x + dx, y + slope * (x + dx - middleX)];
  });
  return homography(corners, seen);
}

interface Straight {
  readonly at0: number;
  readonly by: number;
}

/** Slope by height, without the outliers; constant where the lines do not reach over half the page. */
function lineThrough(points: readonly { at: number; slope: number; weight: number }[], height: number): Straight {
  const usual = median(points.map((point) => point.slope));
  const spread = Math.max(0.002, 2.5 * median(points.map((point) => Math.abs(point.slope - usual))));
  const kept = points.filter((point) => Math.abs(point.slope - usual) <= spread);
  let [sum, sumAt, sumSlope, sumAtAt, sumAtSlope] = [0, 0, 0, 0, 0];
  for (const { at, slope, weight } of kept) {
    sum += weight;
    sumAt += weight * at;
    sumSlope += weight * slope;
    sumAtAt += weight * at * at;
    sumAtSlope += weight * at * slope;
  }
  const variance = sumAtAt / sum - (sumAt / sum) ** 2;
  if (kept.length < 12 || variance < (height * 0.15) ** 2) return { at0: sumSlope / sum, by: 0 };
  const by = (sumAtSlope / sum - (sumAt / sum) * (sumSlope / sum)) / variance;
  return { at0: sumSlope / sum - (by * sumAt) / sum, by: Math.abs(by) * height < 0.004 ? 0 : by };
}

/** The slant under which the edges of lines stand most sharply under each other. */
function slantOf(edges: readonly [number, number][], width: number, size: number, slope: number): Straight {
  const sharpness = (at0: number, by: number): number => {
    const bins = new Map<number, number>();
    for (const [x, y] of edges) {
      const at = (x - (at0 + by * x) * y) / (size * 0.35);
      const bin = Math.floor(at);
      const share = at - bin;
      bins.set(bin, (bins.get(bin) ?? 0) + 1 - share);
      bins.set(bin + 1, (bins.get(bin + 1) ?? 0) + share);
    }
    let sum = 0;
    for (const count of bins.values()) sum += count * count;
    return sum;
  };
  // a page that is only turned slants as its lines do
  let best = { at0: -slope, by: 0 };
  // a slant of its own must make the edges clearly sharper: few lines fit anything
  let most = sharpness(best.at0, 0) * SHARPER;
  for (let at0 = -0.06; at0 <= 0.0601; at0 += 0.002)
    for (let by = -0.06; by <= 0.0601; by += 0.006) {
      const sharp = sharpness(at0, by / width);
      if (sharp > most) {
        most = sharp;
        best = { at0, by: by / width };
      }
    }
  return best;
}

/** The projective map that takes four points to four others (Gauss, eight unknowns). */
export function homography(from: readonly [number, number][], to: readonly [number, number][]): Matrix {
  const rows = from.flatMap(([x, y], index) => {
    const [u, v] = to[index] as [number, number];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column++) {
    let best = column;
    for (let row = column + 1; row < 8; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = row;
    const pivot = rows[best] as number[];
    rows[best] = rows[column] as number[];
    rows[column] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] as number) / (pivot[column] as number);
      for (let at = column; at < 9; at++) row[at] = (row[at] as number) - factor * (pivot[at] as number);
    }
  }
  const found = rows.map((row, at) => (row[8] as number) / (row[at] as number));
  return [...found, 1] as unknown as Matrix;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
