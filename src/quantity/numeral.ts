import { CharKind, kindAt, numeralValue, spaceKind } from "./chars.js";

/** A numeral found at a place of a text. */
export interface Numeral {
  readonly value: number;
  readonly end: number;
  /** Whether 万, 亿 or 兆 is its last character. */
  readonly scaled: boolean;
  /** Whether it is scales alone: 百, 千万. */
  readonly bare: boolean;
}

/** More digits than this are an identifier. */
const MOST_DIGITS = 30;
/** What no sum of money nor count of anything reaches: 万万万万 is a stutter. */
const LARGEST = 1e20;

/**
 * Reads the longest numeral that starts at `at`: digits (`1,284`, `3.04`), Han
 * numerals with scales, positional ones (`二〇二一`), and the two mixed
 * (`3万5千`, `15万377`). With `spaced`, spaces may stand around scales
 * (`7 万5 千`). Expects folded text. `undefined` when none starts there.
 */
export function scanNumeral(text: string, at: number, end = text.length, spaced = false): Numeral | undefined {
  const digits = kindAt(text, at) === CharKind.arabic ? endOfDigits(text, at, end) : 0;
  // digits alone, as most numbers are
  if (digits > 0 && !spaced && digits - at <= MOST_DIGITS && !isNumeralPart(text, digits, end))
    return { value: round(valueOfDigits(text, at, digits)), end: digits, scaled: false, bare: false };
  const state = new NumeralState();
  let good: Numeral | undefined;
  let here = at;
  while (here < end) {
    let start = here;
    while (spaced && start > at && start < end && kindAt(text, start) === spaceKind) start++;
    const next = readToken(state, text, start, end, start > here);
    if (next === 0) break;
    here = next;
    if (state.complete) good = { value: state.value(), end: here, scaled: state.lastLarge, bare: state.bare };
  }
  return good;
}

function isNumeralPart(text: string, at: number, end: number): boolean {
  const kind = at < end ? kindAt(text, at) : CharKind.none;
  return kind !== CharKind.none && kind !== CharKind.space;
}

function valueOfDigits(text: string, start: number, end: number): number {
  const literal = text.slice(start, end);
  return Number(end - start > 4 && literal.includes(",") ? literal.replaceAll(",", "") : literal);
}

/** Gives the token at `at` to the state; where it ends, or 0 when it cannot stand there. */
function readToken(state: NumeralState, text: string, at: number, end: number, gap: boolean): number {
  if (at >= end) return 0;
  const code = text.charCodeAt(at);
  switch (kindAt(text, at)) {
    case CharKind.arabic: {
      const stop = endOfDigits(text, at, end);
      if (stop - at > MOST_DIGITS) return 0;
      return state.literal(valueOfDigits(text, at, stop), text.slice(at, stop).includes(".")) ? stop : 0;
    }
    case CharKind.digit:
      return state.digit(numeralValue(code), gap) ? at + 1 : 0;
    case CharKind.pair:
      return state.pair(numeralValue(code)) ? at + 1 : 0;
    case CharKind.tens:
      return state.tens(numeralValue(code)) ? at + 1 : 0;
    case CharKind.small:
      return state.small(numeralValue(code)) ? at + 1 : 0;
    case CharKind.large:
      return state.large(numeralValue(code)) ? at + 1 : 0;
    case CharKind.half:
      return state.half() ? at + 1 : 0;
    case CharKind.point:
      return readFraction(state, text, at + 1, end);
    default:
      return 0;
  }
}

/** Where the digits that start at `at` end: `1,284`, `10,000.5`; the comma only before groups of three. */
export function endOfDigits(text: string, at: number, end = text.length): number {
  const isDigit = (place: number) => place < end && kindAt(text, place) === CharKind.arabic;
  let stop = at;
  while (isDigit(stop)) stop++;
  const first = stop - at;
  while (
    first > 0 &&
    first <= 3 &&
    text[stop] === "," &&
    isDigit(stop + 1) &&
    isDigit(stop + 2) &&
    isDigit(stop + 3) &&
    !isDigit(stop + 4)
  )
    stop += 4;
  if (text[stop] === "." && isDigit(stop + 1)) {
    let decimals = stop + 1;
    while (isDigit(decimals)) decimals++;
    // 1.2.3 is no number with decimals but a numbering
    if (!(text[decimals] === "." && isDigit(decimals + 1)) && text[at - 1] !== ".") stop = decimals;
  }
  return stop;
}

function readFraction(state: NumeralState, text: string, from: number, end: number): number {
  let at = from;
  while (at < end && kindAt(text, at) === spaceKind) at++;
  let digits = "";
  for (; at < end; at++) {
    const kind = kindAt(text, at);
    if (kind === CharKind.arabic) digits += text[at];
    else if (kind === CharKind.digit) digits += numeralValue(text.charCodeAt(at));
    else break;
  }
  // 三点五十 is a time
  return digits !== "" && kindAt(text, at) !== CharKind.small && state.point(digits) ? at : 0;
}

/** What has been read of a numeral. Each method takes one token and says whether it may stand there. */
class NumeralState {
  private total = 0;
  private section = 0;
  private pending: number | undefined;
  /** Han digits in `pending`; 0 when it came as digits, a fraction, or with a pair word. */
  private run = 0;
  private smallest = Number.POSITIVE_INFINITY;
  private largest = Number.POSITIVE_INFINITY;
  private lastScale = 0;
  private zero = false;
  /** A fraction was scaled: only larger scales may follow. */
  private closed = false;
  private fraction = false;
  private leading = false;
  private touched = false;
  lastLarge = false;
  complete = false;
  bare = true;

  /** A digit of Han: 三, or 二〇二一 as long as no scale was read. */
  digit(value: number, gap: boolean): boolean {
    if (this.closed) return false;
    if (value === 0 && this.lastScale > 0) return this.placeholder();
    if (this.pending === undefined) return this.set(value, 1);
    if (this.run < 1 || this.run > MOST_DIGITS || this.lastScale > 0 || gap) return false;
    return this.set(this.pending * 10 + value, this.run + 1);
  }

  /** 两: a digit that no positional numeral has. */
  pair(value: number): boolean {
    if (this.closed || this.pending !== undefined) return false;
    this.set(value, 1);
    this.run = this.lastScale > 0 ? 1 : -1;
    return true;
  }

  literal(value: number, decimals: boolean): boolean {
    const room = Math.min(this.smallest, this.largest);
    if (this.closed || this.pending !== undefined || value >= room) return false;
    this.fraction = decimals;
    return this.set(value, 0);
  }

  tens(value: number): boolean {
    if (this.closed || this.pending !== undefined || this.smallest <= 10) return false;
    this.section += value;
    this.bare = false;
    return this.scaled(10, false);
  }

  small(scale: number): boolean {
    const implied = this.pending === undefined || (this.pending === 0 && this.run === 1);
    if (Math.abs(this.run) > 1 || scale >= this.smallest || (implied && this.closed)) return false;
    if (implied && scale !== 10 && this.touched && !this.zero) return false;
    if (implied && scale !== 10 && !this.touched) this.leading = true;
    else this.bare = false;
    this.section += (implied ? 1 : (this.pending ?? 1)) * scale;
    this.closed ||= this.fraction;
    return this.scaled(scale, this.fraction);
  }

  large(scale: number): boolean {
    if (Math.abs(this.run) > 1) return false;
    if (!this.touched) {
      this.leading = true;
      this.total = scale;
    } else if (this.pending === undefined && this.section === 0) {
      // 万亿, 万万
      if (!this.lastLarge || this.zero || this.total * scale > LARGEST) return false;
      this.total *= scale;
      this.largest = this.largest * scale;
      this.lastScale = scale;
      return true;
    } else {
      if (this.zero && this.pending === undefined) return false;
      const section = this.section + (this.leading ? this.ending() : (this.pending ?? 0));
      if (section === 0) return false;
      if (this.total === 0 || scale < this.largest) this.total += section * scale;
      else if (this.total < scale) this.total = (this.total + section) * scale;
      else return false;
      this.closed ||= this.fraction;
    }
    this.section = 0;
    this.smallest = Number.POSITIVE_INFINITY;
    this.largest = scale;
    this.scaled(scale, this.fraction);
    this.smallest = Number.POSITIVE_INFINITY;
    this.lastLarge = true;
    return true;
  }

  half(): boolean {
    if (!this.touched) {
      this.fraction = true;
      return this.set(0.5, 0);
    }
    if (this.pending !== undefined || this.lastScale === 0 || this.closed) return false;
    this.section += this.lastScale / 2;
    this.closed = true;
    this.lastLarge = false;
    return true;
  }

  point(digits: string): boolean {
    if (!this.touched || this.fraction || this.closed || (this.zero && this.pending === undefined)) return false;
    if ((this.leading && this.bare) || (this.lastScale === 0 && this.run === 0)) return false;
    if (this.lastScale === 0) this.set(Number(`${this.pending}.${digits}`), 0);
    else {
      this.section += this.ending();
      this.set(Number(`0.${digits}`), 0);
    }
    this.fraction = true;
    return true;
  }

  value(): number {
    return round(this.total + this.section + this.ending());
  }

  private placeholder(): boolean {
    if (this.pending !== undefined) return false;
    this.zero = true;
    this.complete = false;
    return true;
  }

  private set(value: number, run: number): boolean {
    this.pending = value;
    this.run = run;
    this.touched = true;
    this.complete = true;
    this.bare = false;
    this.lastLarge = false;
    return true;
  }

  private scaled(scale: number, fraction: boolean): boolean {
    this.pending = undefined;
    this.run = 0;
    this.smallest = scale;
    this.lastScale = scale;
    this.zero = false;
    this.fraction = false;
    this.closed ||= fraction;
    this.touched = true;
    this.lastLarge = false;
    this.complete = true;
    return true;
  }

  /** The last digit: 一万五 ends in five thousand, 一万零五 in five. */
  private ending(): number {
    if (this.pending === undefined) return 0;
    const short = this.run === 1 && !this.zero && !this.fraction && this.lastScale >= 100;
    return short ? (this.pending * this.lastScale) / 10 : this.pending;
  }
}

/** Takes out the dust of binary fractions: 5.72 × 1e8 is 572000000. */
export function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}
