import type { OcrCharacter } from "./index.js";

/** Two readings of one line side by side: indices into each, undefined where one has nothing there. */
export type Pair = readonly [first: number | undefined, second: number | undefined];

/** Costs: characters that stand at one place are the same one, whatever they were taken for. */
const APART = 3;
const OTHER = 0.8;
const GAP = 1;

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
  const overlap = Math.min(a.box[2], b.box[2]) - Math.max(a.box[0], b.box[0]);
  const least = Math.min(a.box[2] - a.box[0], b.box[2] - b.box[0]);
  const apart = overlap < least * 0.3 ? APART : 0;
  return apart + (a.text.normalize("NFKC") === b.text.normalize("NFKC") ? 0 : OTHER);
}
