import type { Qualifier } from "../doc/index.js";

/** A number found in a text; offsets are of that text. */
export interface FoundQuantity {
  /** In the base unit: 3.04亿元 is 304000000, 98.6% is 98.6. */
  readonly value: number;
  /** An id of units.json; `bare` where no unit stands. */
  readonly unit: string;
  /** The measure word as written; "" where none stands. */
  readonly measure: string;
  readonly qualifier: Qualifier;
  /** Qualifier, number and unit. */
  readonly start: number;
  readonly end: number;
  /** The number with its scale, without qualifier and unit. */
  readonly numberStart: number;
  readonly numberEnd: number;
  /** A bound, not a value: 最高, 不超过, up to. */
  readonly ceiling: boolean;
  /** One of the two bounds of a range. */
  readonly range: boolean;
  /** An amount in another currency, in brackets behind the first. */
  readonly conversion: boolean;
  /** A bare number with 万 or 亿 behind it. */
  readonly scaled: boolean;
  /** 一个, 一家: mostly an article, not a count. */
  readonly one: boolean;
  /** What a number is that counts nothing; undefined for quantities. */
  readonly not?: "ordinal" | "slogan" | "indefinite" | "word" | "code";
}

export interface QuantityOptions {
  /** The currency of a bare 元. */
  readonly currency?: "CNY" | "TWD" | "HKD";
}
