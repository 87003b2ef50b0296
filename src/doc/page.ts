import type { Box, Doubt, LineRole } from "./doc.js";

/** A line of a page before its place in the source text is known. Words are half-open ranges of its text. */
export interface PageLine {
  readonly text: string;
  readonly box: Box;
  readonly words: readonly {
    readonly start: number;
    readonly end: number;
    readonly box: Box;
    readonly confidence?: number;
  }[];
  /** Set from top to bottom. */
  readonly vertical?: boolean;
  /** Numbers that OCR is not sure of; offsets of `text`. */
  readonly doubts?: readonly Doubt[];
  /** `furniture` where it is known to be no part of the text: watermarks. */
  readonly role?: LineRole;
}

/** What stands on one page, in no order. Boxes in points from the top left. */
export interface PageContent {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PageLine[];
  /** Drawn rules, as the boxes of their ink: wider than high, or higher than wide. */
  readonly rules: readonly Box[];
  readonly pictures: readonly Box[];
  /**
   * Quarters of a turn to the left after which lines run from left to right and
   * follow each other downwards: 0 for an ordinary page, 1 for vertical text.
   */
  readonly turn: Quarters;
}

/** A line in reading order. Lines of one column share a `region`, which counts up through the page. */
export interface OrderedLine extends PageLine {
  readonly region: number;
}

/** Puts what stands on a page in reading order. No character is dropped. */
export type PageOrder = (page: PageContent) => readonly OrderedLine[];

/** Quarters of a turn to the left. */
export type Quarters = 0 | 1 | 2 | 3;

/**
 * A box as it lies after the page was turned to the left by quarters;
 * `width` and `height` are the page's before. A turn by 1 makes lines of
 * vertical text, read from the right, lines read from the top.
 */
export function turned(box: Box, quarters: Quarters, width: number, height: number): Box {
  const [left, top, right, bottom] = box;
  if (quarters === 1) return [top, width - right, bottom, width - left];
  if (quarters === 2) return [width - right, height - bottom, width - left, height - top];
  if (quarters === 3) return [height - bottom, left, height - top, right];
  return box;
}

/** The smallest box around others; undefined around none. */
export function around(boxes: readonly Box[]): Box | undefined {
  const [first, ...rest] = boxes;
  if (!first) return undefined;
  return rest.reduce<Box>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    first,
  );
}
