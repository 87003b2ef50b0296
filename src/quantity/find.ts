import { unitTable } from "../catalogue/units.js";
import type { Qualifier } from "../doc/index.js";
import { CharKind, fold, kindAt } from "./chars.js";
import { endOfSpaces, type NumberAt, scanNumber } from "./number.js";
import { scanNumeral } from "./numeral.js";
import { wordEndAt } from "./words.js";

/** A number found in a text of any kind; offsets are UTF-16 code units of that text, half-open. */
export interface FoundNumber {
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** A share: 25 for 25%, 百分之二十五, 二成五; 90 for 九折. */
export interface FoundPercent extends FoundNumber {
  /** `point` for 个百分点, `discount` for 折. */
  readonly kind: "percent" | "point" | "discount";
}

/** A sum of money. `value` is null where a currency is named without an amount. */
export interface FoundMoney extends Omit<FoundNumber, "value"> {
  readonly value: number | null;
  /** ISO 4217 code; `BTC`. */
  readonly currency: string;
  readonly qualifier: Qualifier;
  /** One of the two bounds of a range: 5.6到5.78元. */
  readonly range: boolean;
}

/** A number in a folded text, with its sign. */
export interface SignedNumber extends NumberAt {
  readonly start: number;
}

const URL = /(?:https?|ftp):\/\/[!-~]{1,2000}/g;
const APPROXIMATION = /[一二三四五六七八九两]{2}[十百千万亿]/y;
const TOUCHES_WORD = /[A-Za-z_]/;

/** Addresses of the web blanked out: their digits are no numbers. Every place stays. */
export function foldForFinding(text: string): string {
  const folded = fold(text);
  return folded.includes("://") ? folded.replace(URL, (url) => "\u0000".repeat(url.length)) : folded;
}

/** Every number of a folded text in order; `accept` decides on each, and says where to go on. */
export function eachNumber<T>(folded: string, read: (at: number) => { found?: T; end: number } | undefined): T[] {
  const all: T[] = [];
  let at = 0;
  while (at < folded.length) {
    const kind = kindAt(folded, at);
    const starts = (kind !== CharKind.none && kind !== CharKind.space && kind !== CharKind.point) || folded[at] === ".";
    const result = starts ? read(at) : undefined;
    if (result?.found !== undefined) all.push(result.found);
    at = Math.max(result?.end ?? 0, kind === CharKind.arabic && !result ? endOfRun(folded, at) : 0, at + 1);
  }
  return all;
}

/** Where the digits that hold `at` end. */
export function endOfRun(folded: string, at: number): number {
  let stop = at;
  while (kindAt(folded, stop) === CharKind.arabic) stop++;
  return stop;
}

/** The number at a place with the sign before it; `undefined` for digits inside a word (A4, x2). */
export function signedNumberAt(folded: string, at: number, from = 0): SignedNumber | undefined {
  const number = scanNumber(folded, at);
  if (!number) return undefined;
  let start = at;
  const before = folded[at - 1] ?? "";
  const minus = before === "-" && !/[\w\-)%]/.test(folded[at - 2] ?? "");
  if (minus || before === "负") start = at - 1;
  else if (before === " " && folded[at - 2] === "负") start = at - 2;
  // 五元-六元: between two numbers it is a range
  if (start < from || (from > 0 && start === from && minus)) start = at;
  return start === at ? { ...number, start } : { ...number, start, value: -number.value };
}

/**
 * Every number of a Chinese text, whatever it counts: `"一百 五 十 二"`,
 * `"-2.5 M"`, `"三又五分之一"`, `"7万5千4百"`. A single Han digit counts where
 * it stands free or before a measure word (一只, not 一切, 四川, 一美元).
 */
export function findNumbers(text: string): FoundNumber[] {
  const folded = foldForFinding(text);
  let from = 0;
  return eachNumber(folded, (at) => {
    const number = signedNumberAt(folded, at, from);
    if (!number) return undefined;
    if (TOUCHES_WORD.test(folded[at - 1] ?? "")) return { end: number.end };
    if (number.bare || !isNumber(folded, at, number)) return { end: number.bare ? number.end : at + 1 };
    from = number.end;
    return { found: toFound(text, number), end: number.end };
  });
}

export const toFound = (text: string, number: SignedNumber): FoundNumber => ({
  text: text.slice(number.start, number.end),
  start: number.start,
  end: number.end,
  value: number.value,
});

const FREE = /^(?:$|[^\p{Script=Han}A-Za-z%‰])/u;
const FUNCTION_WORD = /^(?:[的和与及或是不而却这那还也至到又]|分之|块(?!钱)\p{Script=Han})/u;
const BEFORE_FORMAL = /(?:^|[^\p{Script=Han}]|[是为写即])$/u;
const FORMAL = /[壹贰叁肆伍陆柒捌玖拾佰仟]/;

function isNumber(folded: string, at: number, number: NumberAt): boolean {
  if (kindAt(folded, at) === CharKind.arabic || folded[at] === ".") return true;
  if (isApproximation(folded, at)) return false;
  const written = folded.slice(at, number.end);
  // 两两, 九九: doubled, it says each
  if (written.length === 2 && written[0] === written[1])
    return isFreeOrMeasured(folded, number.end) && isFree(folded, at);
  if (written.length > 1) return true;
  const before = kindAt(folded, at - 1);
  if (before === CharKind.pair || before === CharKind.digit || wordEndAt(folded, at, 0) > 0) return false;
  if (FORMAL.test(written) && !BEFORE_FORMAL.test(folded.slice(Math.max(0, at - 1), at))) return false;
  return isFreeOrMeasured(folded, number.end);
}

const isFree = (folded: string, at: number) => !/[\p{Script=Han}]/u.test(folded[at - 1] ?? "");

function isFreeOrMeasured(folded: string, end: number): boolean {
  const rest = folded.slice(end, end + 2);
  if (FREE.test(rest) && !/^[%‰]/.test(folded[endOfSpaces(folded, end)] ?? "")) return true;
  if (FUNCTION_WORD.test(rest)) return true;
  const unit = unitTable().at(folded, end)?.unit;
  return unit !== undefined && unit.kind !== "money" && unit.kind !== "percent";
}

function isHanNumeral(folded: string, at: number): boolean {
  const kind = kindAt(folded, at);
  return kind >= CharKind.digit && kind <= CharKind.large;
}

/** 二三十: about twenty or thirty. */
export function isApproximation(folded: string, at: number): boolean {
  APPROXIMATION.lastIndex = at;
  if (APPROXIMATION.test(folded)) return true;
  APPROXIMATION.lastIndex = at - 1;
  return at > 0 && APPROXIMATION.test(folded);
}

const PER = /(?<base>百万万|千万|百万|万万|百|千|万|佰|仟)\s{0,8}分\s{0,8}之\s{0,8}(?<minus>[负-]?)\s{0,8}/y;
const BASES: Readonly<Record<string, number>> = {
  百: 100,
  佰: 100,
  千: 1e3,
  仟: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  万万: 1e8,
  百万万: 1e10,
};
const SIGN = /\s{0,8}(?<sign>%|‰|个?\s{0,8}百\s{0,8}分\s{0,8}点)/y;
const TENTHS =
  /\s{0,8}成(?![立为果员功本效长都品熟交人绩语分份]|就(?![地近业医读诊餐]))(?:\s{0,8}(?<part>[一二三四五六七八九半]))?(?![个家名])/y;
const DISCOUNT = /\s{0,8}折(?![合算旧叠扣磨射腾])/y;
const DISCOUNT_DIGITS = /(?<tens>[一二三四五六七八九\d])\s{0,8}(?<ones>[一二三四五六七八九\d])(?=\s{0,8}折)/y;

/**
 * Every share of a Chinese text: `%`, `‰`, 百分之, 千分之, 个百分点, 成 and
 * 折 (九折 is 90 of a hundred, 打对折 50). Fractions (三分之二) are left to
 * `findNumbers`.
 */
export function findPercents(text: string): FoundPercent[] {
  const folded = foldForFinding(text);
  let from = 0;
  return eachPercent(folded, (at) => {
    const found =
      perAt(folded, at) ?? (folded.startsWith("打对折", at - 1) ? percent(at, at + 2, 50, "discount") : undefined);
    const share = found ?? shareAt(folded, at, from);
    if (!share) return undefined;
    from = share.end;
    return { found: { ...share, text: text.slice(share.start, share.end) }, end: share.end };
  });
}

type Share = Omit<FoundPercent, "text">;
const percent = (start: number, end: number, value: number, kind: FoundPercent["kind"] = "percent"): Share => ({
  start,
  end,
  value: Number(value.toPrecision(15)),
  kind,
});

function eachPercent<T>(folded: string, read: (at: number) => { found: T; end: number } | undefined): T[] {
  const all: T[] = [];
  for (let at = 0; at < folded.length; at++) {
    const kind = kindAt(folded, at);
    if (kind === CharKind.none && folded[at] !== "对" && folded[at] !== ".") continue;
    if (kind === CharKind.space) continue;
    const result = read(at);
    if (result) {
      all.push(result.found);
      at = result.end - 1;
    } else if (kind === CharKind.arabic) at = endOfRun(folded, at) - 1;
  }
  return all;
}

/** 百分之九十八点六. */
function perAt(folded: string, at: number): Share | undefined {
  PER.lastIndex = at;
  const found = PER.exec(folded);
  if (!found || isHanNumeral(folded, at - 1) || kindAt(folded, at - 1) === CharKind.arabic) return undefined;
  const from = at + found[0].length;
  if (isApproximation(folded, from)) return undefined;
  const base = BASES[found.groups?.["base"] ?? ""] ?? 100;
  const sign = found.groups?.["minus"] ? -1 : 1;
  const number = scanNumber(folded, from);
  if (!number) return undefined;
  const value = (sign * number.value * 100) / base;
  // 百分之七十百分位: the numeral ends before the second 百
  return percent(at, number.end, number.bare ? 100 : value);
}

/** 25%, 12个百分点, 九成五, 七二折. */
function shareAt(folded: string, at: number, from: number): Share | undefined {
  const discounted = discountAt(folded, at);
  if (discounted) return discounted;
  if (isApproximation(folded, at) || (at > from && isHanNumeral(folded, at - 1))) return undefined;
  const number = signedNumberAt(folded, at, from);
  if (!number || number.bare) return undefined;
  const { start, value, end } = number;
  SIGN.lastIndex = end;
  const sign = SIGN.exec(folded)?.groups?.["sign"];
  if (sign)
    return percent(start, SIGN.lastIndex, sign === "‰" ? value / 10 : value, /点$/.test(sign) ? "point" : "percent");
  TENTHS.lastIndex = end;
  const tenths = TENTHS.exec(folded);
  if (tenths && value <= 10) {
    const part = tenths.groups?.["part"];
    const more = part === "半" ? 5 : part ? (scanNumeral(part, 0)?.value ?? 0) : 0;
    return percent(start, TENTHS.lastIndex, value * 10 + more);
  }
  DISCOUNT.lastIndex = end;
  if (!DISCOUNT.test(folded) || value >= 100 || (value === 10 && !/\d/.test(folded[at] ?? ""))) return undefined;
  const whole = value === 0.5 ? 50 : value >= 10 ? value : value * 10;
  return percent(start, DISCOUNT.lastIndex, whole, "discount");
}

/** 七二折, 7 2 折: two digits of a hundred. */
function discountAt(folded: string, at: number): Share | undefined {
  DISCOUNT_DIGITS.lastIndex = at;
  const digits = DISCOUNT_DIGITS.exec(folded)?.groups;
  if (!digits || kindAt(folded, at - 1) === CharKind.arabic || folded[at - 1] === ".") return undefined;
  const [tens = 0, ones = 0] = [digits["tens"], digits["ones"]].map((digit) => scanNumeral(digit ?? "", 0)?.value ?? 0);
  DISCOUNT.lastIndex = DISCOUNT_DIGITS.lastIndex;
  return DISCOUNT.test(folded) ? percent(at, DISCOUNT.lastIndex, tens * 10 + ones, "discount") : undefined;
}
