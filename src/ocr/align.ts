import type { OcrCharacter } from "./index.js";

/** Two readings of one line side by side: indices into each, undefined where one has nothing there. */
export type Pair = readonly [first: number | undefined, second: number | undefined];

/** Costs in units of one character too many; two others are likelier than one missing here and one there. */
const OTHER = 1.2;
/** Digits are mostly taken for digits. */
const OTHER_DIGIT = 0.6;
const GAP = 0.7;
/** Tesseract's boxes are off by up to this many heights of the line; beyond it a pair costs more, up to `MOST`. */
const OFF = 0.8;
const MOST = 1;

/** Aligns two readings of one line by their characters and where these stand (Needleman and Wunsch). */
export function align(first: readonly OcrCharacter[], second: readonly OcrCharacter[]): Pair[] {
  const [rows, columns] = [first.length, second.length];
  const width = columns + 1;
  const costs = new Float32Array((rows + 1) * width);
  for (let column = 1; column <= columns; column++) costs[column] = column * GAP;
  for (let row = 1; row <= rows; row++) {
    costs[row * width] = row * GAP;
    for (let column = 1; column <= columns; column++) {
      const pair = cost(first[row - 1] as OcrCharacter, second[column - 1] as OcrCharacter);
      costs[row * width + column] = Math.min(
        (costs[(row - 1) * width + column - 1] as number) + pair,
        (costs[(row - 1) * width + column] as number) + GAP,
        (costs[row * width + column - 1] as number) + GAP,
      );
    }
  }
  const pairs: Pair[] = [];
  let [row, column] = [rows, columns];
  while (row > 0 || column > 0) {
    const here = costs[row * width + column] as number;
    if (
      row > 0 &&
      column > 0 &&
      Math.abs(
        here -
          (costs[(row - 1) * width + column - 1] as number) -
          cost(first[row - 1] as OcrCharacter, second[column - 1] as OcrCharacter),
      ) < 1e-3
    )
      pairs.push([--row, --column]);
    else if (row > 0 && Math.abs(here - (costs[(row - 1) * width + column] as number) - GAP) < 1e-3)
      pairs.push([--row, undefined]);
    else pairs.push([undefined, --column]);
  }
  return pairs.reverse();
}

function cost(a: OcrCharacter, b: OcrCharacter): number {
  const height = Math.max(1, a.box[3] - a.box[1]);
  const apart = Math.abs(a.box[0] + a.box[2] - b.box[0] - b.box[2]) / 2 / height;
  return Math.min(MOST, Math.max(0, apart - OFF)) + difference(a.text, b.text);
}

function difference(a: string, b: string): number {
  if (a === b || a.normalize("NFKC") === b.normalize("NFKC")) return 0;
  return /\d/.test(a) && /\d/.test(b) ? OTHER_DIGIT : OTHER;
}
