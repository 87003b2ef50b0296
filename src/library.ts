import type { OffsetMap, Quantity, Repair } from "./doc/index.js";
import { normaliseText } from "./normalise/index.js";
import { findNumbers, kindOf, type QuantityOptions } from "./quantity/index.js";

/** A text in normal form, and the way back. */
export interface NormalTextResult {
  /** Simplified, repaired. */
  readonly text: string;
  /** From each UTF-16 code unit of `text` to those of the input. */
  readonly map: OffsetMap;
  readonly repairs: readonly Repair[];
  /** Whether the input was written in traditional characters. */
  readonly traditional: boolean;
  readonly language: "zh" | "en";
}

/** Normalises a text, a line at a time: hard wraps are kept. */
export function normaliseForLibrary(input: string): NormalTextResult {
  const { text, map, repairs, traditional, language } = normaliseText(input);
  return { text, map, repairs, traditional, language };
}

/** A quantity of a text, as `findQuantities` gives it; offsets are UTF-16 code units of that text, half-open. */
export interface FoundQuantity {
  /** Number, unit and the qualifiers before and after it, as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The number with its scale alone. */
  readonly numberStart: number;
  readonly numberEnd: number;
  /** In the base unit: 3.04亿元 is 304000000, 98.6% is 98.6, 三分之二 is 66.67. */
  readonly value: number;
  readonly kind: "count" | "money" | "percent" | "other";
  /** `count`, an ISO 4217 currency, `percent`, or another id of units.json (`goods`, `day`, `mass` …). */
  readonly unit: string;
  /** The currency of money; null for other kinds. */
  readonly currency: string | null;
  /** The measure word or unit as written, simplified; "" where none stands. */
  readonly measure: string;
  /** `over` (余, 多, 超过, 以上), `under` (近, 不足, 以内, 最高), `about` (约, 左右), or `exact`. */
  readonly qualifier: Quantity["qualifier"];
  /** A bound, not a value: 最高, 不超过, up to. */
  readonly ceiling: boolean;
  /** One of the two bounds of a range: 10—20家 is 10 and 20. */
  readonly range: boolean;
  /** 十几家, 两三个: `value` is the lower bound. */
  readonly approximate: boolean;
  /** 一个, 一家: mostly an article, not a count. */
  readonly one: boolean;
}

export interface FindOptions extends QuantityOptions {
  /** Told by the text where it is not given. */
  readonly language?: "zh" | "en";
  /** Also what is measured: days, tonnes, kilometres, percentage points (`kind` is `other`). */
  readonly measures?: boolean;
}

/**
 * The quantities of a text, traditional, spaced or damaged as it may be:
 * counts with their measure words, sums of money, shares. No dates, ages,
 * ordinals, slogans, capacities, document and phone numbers, nor numbers
 * without a value (数百家).
 */
export function findQuantitiesForLibrary(input: string, options: FindOptions = {}): FoundQuantity[] {
  const { text, map, language } = normaliseText(input);
  return findNumbers(text, options.language ?? (/[a-z]{2}/i.test(text) ? language : "zh"), options)
    .filter(({ not, unit }) => (not === undefined || not === "approximate") && unit !== "bare" && unit !== "date")
    .map((quantity) => toFound(input, quantity, map))
    .filter(({ kind }) => options.measures || kind !== "other");
}

function toFound(input: string, quantity: Quantity, map: OffsetMap): FoundQuantity {
  const at = map.range(quantity.start, quantity.end);
  const number = map.range(quantity.numberStart, quantity.numberEnd);
  const { value, unit, measure, qualifier, ceiling, range, one } = quantity;
  // wares are counted too: 20台; the catalogue keeps them apart as no indicator has them
  const kind = unit === "goods" ? "count" : kindOf(unit);
  return {
    text: input.slice(at.start, at.end),
    ...at,
    numberStart: number.start,
    numberEnd: number.end,
    value,
    kind,
    unit,
    currency: kind === "money" ? unit : null,
    measure,
    qualifier,
    ceiling,
    range,
    approximate: quantity.not === "approximate",
    one,
  };
}
