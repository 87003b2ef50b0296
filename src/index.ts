/**
 * jianbao as a library, for text already in hand.
 *
 * `extract` finds the figures of a text, `normalise` makes it simplified and
 * repaired with a way back to every character, `findQuantities` finds counts,
 * money and shares with their units. For any Chinese text, of the genre or not:
 * `parseNumeral` reads a whole number, `findNumbers`, `findPercents` and
 * `findMoney` find all of their kind.
 */
import {
  type FindOptions,
  type FoundQuantity,
  findQuantitiesForLibrary,
  type NormalTextResult,
  normaliseForLibrary,
} from "./library.js";

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
export type { FindOptions, FoundQuantity, NormalTextResult };
export const findQuantities: typeof findQuantitiesForLibrary = findQuantitiesForLibrary;
export const normalise: (text: string) => NormalTextResult = normaliseForLibrary;
export { toSimplified, type Variant } from "./normalise/index.js";
