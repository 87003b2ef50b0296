import type { Box } from "../doc/index.js";
import { crop, type Grey } from "./image.js";
import type { Band } from "./paddle/detect.js";

/** A line of text cut out of its page and laid level. */
export interface Strip {
  readonly grey: Grey;
  /** Of the strip's left edge, in pixels of the page. */
  readonly left: number;
  /** Of the strip's top edge at `left`; it sinks by `slope` to the right. */
  readonly top: number;
  readonly slope: number;
  /** Rows and columns of the ink inside the strip. */
  readonly ink: Box;
}

/** Greys darker than this are ink on a page made ready. */
export const INK = 150;

/** Blanks wider than this many heights of a line part it. Justified Chinese stays under 1. */
const GAP = 1.35;
/** Blank rows and columns kept around the ink of a strip, in heights of the ink. */
const MARGIN = 0.22;

/** How far letters reach out of a line that few of them leave, in heights of the line. */
const TAIL = 0.3;

/** The strips of a band: trimmed to the ink, parted at wide blanks. */
export function stripsOf(page: Grey, band: Band): Strip[] {
  const level = levelled(page, band);
  const rows = inkRows(level.grey);
  if (!rows) return [];
  const [top, bottom] = rows;
  const height = bottom - top;
  const columns = inkColumns(level.grey, top, bottom);
  const runs: [number, number][] = [];
  columns.forEach((count, x) => {
    if (count === 0) return;
    const run = runs.at(-1);
    if (run && x - run[1] <= Math.max(3, height * GAP)) run[1] = x + 1;
    else runs.push([x, x + 1]);
  });
  const margin = Math.max(2, Math.round(height * MARGIN));
  return runs
    .filter(([start, end]) => end - start >= Math.max(2, height * 0.12))
    .map(([start, end]) => ({
      grey: crop(level.grey, [start - margin, top - margin, end + margin, bottom + margin]),
      left: level.left + start - margin,
      top: level.top + top - margin + level.slope * (start - margin),
      slope: level.slope,
      ink: [margin, margin, margin + end - start, margin + height],
    }));
}

/** The band without its slope, with room above and below. */
function levelled(page: Grey, band: Band): { grey: Grey; left: number; top: number; slope: number } {
  const room = band.height * 0.15;
  const left = Math.floor(band.left);
  const width = Math.ceil(band.right) - left;
  const height = Math.ceil(band.height + 2 * room);
  const top = Math.round(band.middle - height / 2);
  if (Math.abs(band.slope) * width < 1)
    return { grey: crop(page, [left, top, left + width, top + height]), left, top, slope: 0 };
  const data = new Uint8Array(width * height).fill(255);
  for (let x = 0; x < width; x++) {
    const column = left + x;
    if (column < 0 || column >= page.width) continue;
    const shift = band.slope * x;
    const whole = Math.floor(shift);
    const part = shift - whole;
    for (let y = 0; y < height; y++) {
      const row = top + y + whole;
      if (row < 0 || row + 1 >= page.height) continue;
      const at = row * page.width + column;
      data[y * width + x] = Math.round(
        (page.data[at] as number) * (1 - part) + (page.data[at + page.width] as number) * part,
      );
    }
  }
  return { grey: { data, width, height }, left, top, slope: band.slope };
}

/** The rows of the line's own ink: from its middle out to the first blank rows, not into its neighbours. */
function inkRows({ data, width, height }: Grey): [number, number] | undefined {
  const counts = new Uint32Array(height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if ((data[y * width + x] as number) < INK) counts[y] = (counts[y] as number) + 1;
  const peak = Math.max(...counts);
  if (peak < 2) return undefined;
  const least = Math.max(1, peak * 0.02);
  const quarter = Math.round(height * 0.3);
  let top = quarter;
  let bottom = height - quarter;
  // a thin line (一, a dash) may lie inside; a headline's strokes reach out
  while (top > 0 && (counts[top - 1] as number) > least) top--;
  while (bottom < height && (counts[bottom] as number) > least) bottom++;
  while (top < bottom && (counts[top] as number) <= least) top++;
  while (bottom > top && (counts[bottom - 1] as number) <= least) bottom--;
  // the tail of a lone comma, y or g is but a few pixels wide
  const most = Math.round((bottom - top) * TAIL);
  for (let step = 0; step < most && top > 0 && (counts[top - 1] as number) > 0; step++) top--;
  for (let step = 0; step < most && bottom < height && (counts[bottom] as number) > 0; step++) bottom++;
  return bottom - top < 3 ? undefined : [top, bottom];
}

export function inkColumns({ data, width }: Grey, top: number, bottom: number): Uint32Array {
  const counts = new Uint32Array(width);
  for (let y = top; y < bottom; y++)
    for (let x = 0; x < width; x++) if ((data[y * width + x] as number) < INK) counts[x] = (counts[x] as number) + 1;
  return counts;
}
