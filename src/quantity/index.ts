import { unitTable } from "../catalogue/units.js";
import type { Quantity } from "../doc/index.js";
import { findChineseQuantities } from "./chinese.js";
import { findEnglishQuantities } from "./english.js";
import type { QuantityOptions } from "./options.js";

export {
  type FoundMoney,
  type FoundNumber,
  type FoundPercent,
  findNumbers as findAnyNumbers,
  findPercents,
} from "./find.js";
export { findMoney } from "./money.js";
export { parseNumeral } from "./number.js";
export type { QuantityOptions } from "./options.js";

/**
 * Every number of a normal text, in order, none overlapping another. Numbers
 * that count nothing (ordinals, slogans, dates) carry `not`.
 */
export function findNumbers(text: string, language: "zh" | "en", options: QuantityOptions = {}): Quantity[] {
  return language === "en" ? findEnglishQuantities(text, options) : findChineseQuantities(text, options);
}

/** Only what counts or measures something. */
export function findQuantities(text: string, language: "zh" | "en" = "zh", options: QuantityOptions = {}): Quantity[] {
  return findNumbers(text, language, options).filter(
    (quantity) => quantity.not === undefined && quantity.unit !== "bare",
  );
}

/** What a unit of a quantity measures; `other` for units that no table has. */
export function kindOf(unit: string): "count" | "money" | "percent" | "other" {
  return unitTable().byId(unit)?.kind ?? "other";
}
