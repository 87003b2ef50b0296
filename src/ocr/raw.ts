import { type Box, chained, type Matrix, scaling } from "../doc/index.js";
import type { Grey } from "./image.js";
import type { OcrCharacter, OcrOutcome, Preparation } from "./index.js";
import type { Strip } from "./strip.js";
import type { Tile } from "./vertical.js";

/** A line, perhaps with its picture; boxes in pixels of the page as turned. */
export interface RawLine {
  /** Absent where an engine reads whole pages. */
  readonly strip?: Strip;
  readonly characters: readonly OcrCharacter[];
  /** Of a line set from top to bottom: its characters' boxes are then in pixels of `strip`. */
  readonly tiles?: readonly Tile[];
}

/** A page as an engine read it, before it is measured in points. */
export interface RawPage {
  readonly dpi: number;
  /** The page made ready. */
  readonly grey: Grey;
  readonly outcome: OcrOutcome;
  readonly lines: readonly RawLine[];
  readonly preparations: readonly Preparation[];
  /** In points of the upright page; looked for later where they are not given. */
  readonly rules?: readonly Box[];
  /** From pixels of the turned page to pixels of the picture as given. */
  readonly turned: Matrix | undefined;
  /** From upright pixels to pixels of the turned page. */
  readonly upright: Matrix | undefined;
}

/** From pixels of a page turned clockwise back to pixels of the picture. */
export function turning(degrees: 90 | 180 | 270, width: number, height: number): Matrix {
  if (degrees === 180) return [-1, 0, width, 0, -1, height, 0, 0, 1];
  return degrees === 90 ? [0, 1, 0, -1, 0, height, 0, 0, 1] : [0, -1, width, 1, 0, 0, 0, 0, 1];
}

/** From points of the upright page to pixels of the turned page. */
export const toPixels = ({ dpi, upright }: Pick<RawPage, "dpi" | "upright">): Matrix =>
  upright ? chained(scaling(dpi / 72), upright) : scaling(dpi / 72);

/** From points of the upright page to points of the picture; undefined where they are the same. */
export function toPicture({ dpi, turned, upright }: RawPage): Matrix | undefined {
  if (!turned && !upright) return undefined;
  let matrix = toPixels({ dpi, upright });
  if (turned) matrix = chained(matrix, turned);
  return chained(matrix, scaling(72 / dpi));
}
