/**
 * jianbao as a library, for text already in hand.
 *
 * `extract` finds the figures of a text, `normalise` makes it simplified and
 * repaired with a way back to every character, `findQuantities` finds numbers
 * with their units.
 */
import { type NormalTextResult, normaliseForLibrary } from "./library.js";

export { type Catalogue, CatalogueError, catalogueFrom, readCatalogue } from "./catalogue/index.js";
export type {
  Box,
  ClippingKind,
  Figure,
  Finding,
  Message,
  Metadata,
  Qualifier,
  Quantity,
  Repair,
  Span,
  Status,
} from "./doc/index.js";
export { ClippingError, OffsetMap } from "./doc/index.js";
export { type Extraction, extractFile, extractText as extract, version } from "./pipeline.js";
export { findQuantities, parseNumeral } from "./quantity/index.js";
export type { NormalTextResult };
export const normalise: (text: string) => NormalTextResult = normaliseForLibrary;
