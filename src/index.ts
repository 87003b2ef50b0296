/**
 * jianbao as a library, for text already in hand.
 *
 * `extract` finds the figures of a text, `normalise` makes it simplified and
 * repaired with a way back to every character, `findQuantities` finds numbers
 * with their units.
 */
import { type FoundQuantity, findQuantitiesForLibrary, type NormalTextResult, normaliseForLibrary } from "./library.js";

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
export {
  type FoundMoney,
  type FoundNumber,
  type FoundPercent,
  findAnyNumbers as findNumbers,
  findMoney,
  findPercents,
  parseNumeral,
  type QuantityOptions,
} from "./quantity/index.js";
export type { FoundQuantity, NormalTextResult };
export const findQuantities: typeof findQuantitiesForLibrary = findQuantitiesForLibrary;
export const normalise: (text: string) => NormalTextResult = normaliseForLibrary;
