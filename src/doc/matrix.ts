import type { Box, Matrix } from "./doc.js";

export function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const all = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return all.map((value) => value / (all[8] as number)) as unknown as Matrix;
}

/** First `first`, then `then`. */
export function chained(first: Matrix, then: Matrix): Matrix {
  const out: number[] = [];
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++)
      out.push(
        [0, 1, 2].reduce((sum, k) => sum + (then[row * 3 + k] as number) * (first[k * 3 + column] as number), 0),
      );
  return out as unknown as Matrix;
}

export const scaling = (factor: number): Matrix => [factor, 0, 0, 0, factor, 0, 0, 0, 1];

export function apply([a, b, c, d, e, f, g, h, i]: Matrix, x: number, y: number): [number, number] {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** The box around a box's corners after a map. */
export function mapBox(matrix: Matrix, [left, top, right, bottom]: Box): Box {
  const corners = [
    apply(matrix, left, top),
    apply(matrix, right, top),
    apply(matrix, right, bottom),
    apply(matrix, left, bottom),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
