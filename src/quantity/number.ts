import { CharKind, fold, kindAt, spaceKind } from "./chars.js";
import { endOfDigits, round, scanNumeral } from "./numeral.js";

/** A number of any form at a place of a folded text. */
export interface NumberAt {
  readonly value: number;
  readonly end: number;
  /** Scales alone (百, 千万): no number unless something before it says how many. */
  readonly bare: boolean;
  /** 余, 多, 几 between number and scale: 十余万. */
  readonly over: boolean;
}

const POWER = /(?<base>\d+(?:\.\d+)?) ?\^ ?(?<sign>[+-]{0,2})(?<exponent>\d{1,3})/y;
const SCIENTIFIC = /(?<mantissa>(?:\d+(?:\.\d+)?|\.\d+))[eE](?<exponent>[+-]?\d{1,3})(?![\dA-Za-z])/y;
const SLASH = /(?:(?<whole>\d{1,9}) )?(?<above>\d{1,12}) ?\/ ?(?<below>\d{1,12})(?![\d/.])/y;
const METRIC = / ?(?<letter>[kKmMgGtTbB])(?![A-Za-z0-9])/y;
const METRICS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, b: 1e9, t: 1e12 };
/** 分之 with the spaces of damaged or justified text. */
const PARTS = /\s{0,3}分\s{0,3}之\s{0,3}/y;
const AND_PART = /\s{0,3}又\s{0,3}/y;
const INFIX = /\s{0,3}零?\s{0,3}[余多几来]\s{0,3}(?<scales>[十百千万亿兆]{1,3})/y;
const DOZEN = /打(?![击造开通印破响好包扮断工假法架电官压捞理算听动磨牌球非黑卡消])/y;
const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8, 兆: 1e12 };

/**
 * Reads the number that starts at `at` of a folded text, without its sign:
 * numerals, `三又五分之一`, `1 4/3`, `2^5`, `2e5`, `40k`, `十余万`, `一打`.
 */
export function scanNumber(text: string, at: number, end = text.length): NumberAt | undefined {
  return scanWritten(text, at, end) ?? scanParts(text, at, end);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const number = (value: number, end: number, over = false): NumberAt => ({
  value: round(value),
  end,
  bare: false,
  over,
});

/** Forms written with digits and signs: 2^5, 2e5, 3/4, .5, 40k. */
function scanWritten(text: string, at: number, end: number): NumberAt | undefined {
  const dot = text[at] === "." && kindAt(text, at + 1) === CharKind.arabic && !/[\d.]/.test(text[at - 1] ?? "");
  if (!dot && kindAt(text, at) !== CharKind.arabic) return undefined;
  const stop = dot ? endOfDigits(text, at + 1, end) : endOfDigits(text, at, end);
  const next = text[stop] ?? "";
  if (/[eE]/.test(next)) {
    const found = match(SCIENTIFIC, text, at);
    if (found) return number(Number(found[0]), at + found[0].length);
  }
  if (next === "^" || text.startsWith(" ^", stop)) {
    const power = match(POWER, text, at)?.groups;
    if (power) return number(powerOf(power), POWER.lastIndex);
  }
  if (next === "/" || next === " ") {
    const found = text[at - 1] === "/" ? undefined : match(SLASH, text, at);
    const { whole = "0", above = "", below = "" } = found?.groups ?? {};
    if (found && Number(below) > 0) return number(Number(whole) + Number(above) / Number(below), at + found[0].length);
  }
  const value = Number(text.slice(at, stop).replaceAll(",", ""));
  const letter = match(METRIC, text, stop)?.groups?.["letter"];
  if (letter) return number(value * (METRICS[letter.toLowerCase()] ?? 1), METRIC.lastIndex);
  return dot ? number(value, stop) : undefined;
}

function powerOf(groups: Record<string, string | undefined>): number {
  const minus = [...(groups["sign"] ?? "")].at(-1) === "-" && groups["sign"] === "-";
  const exponent = Number(groups["exponent"]);
  return Number(groups["base"]) ** (minus ? -exponent : exponent);
}

/** A numeral, and what may follow it: 分之, 又, 余万, 打. */
function scanParts(text: string, at: number, end: number): NumberAt | undefined {
  const first = scanNumeral(text, at, end, true);
  if (!first) return undefined;
  const fraction = scanFraction(text, first, end);
  if (fraction) return fraction;
  const and = match(AND_PART, text, first.end);
  if (and && !first.bare) {
    const below = scanNumeral(text, first.end + and[0].length, end, true);
    const part = below && scanFraction(text, below, end);
    if (part) return number(first.value + part.value, part.end);
  }
  const infix = match(INFIX, text, first.end);
  if (infix && !first.bare) {
    const scales = infix.groups?.["scales"] ?? "";
    return number(
      [...scales].reduce((value, scale) => value * (SCALES[scale] ?? 1), first.value),
      INFIX.lastIndex,
      true,
    );
  }
  if (!first.bare && match(DOZEN, text, first.end)) return number(first.value * 12, DOZEN.lastIndex);
  return { value: first.value, end: first.end, bare: first.bare, over: false };
}

function scanFraction(
  text: string,
  below: { value: number; end: number; bare: boolean },
  end: number,
): NumberAt | undefined {
  const parts = match(PARTS, text, below.end);
  if (!parts || below.bare || below.value === 0) return undefined;
  let from = below.end + parts[0].length;
  const negative = text[from] === "负";
  if (negative) from++;
  const above = scanNumeral(text, from, end, true);
  return above && number(((negative ? -1 : 1) * above.value) / below.value, above.end);
}

/** 又十分一, 十份十一: fractions as they are said in Cantonese. */
const SAID_PART = /^(?:(?<whole>.{1,12})又)?(?<below>[^分份又]{1,12})[分份](?<above>[^分份又]{1,12})$/;
const SUM =
  /^(?<yuan>[^元块角毛分]{1,30})[元块](?:[整正]|(?:(?<jiao>[^元块角毛分]{1,2})[角毛])?(?:(?<fen>[^元块角毛分]{1,2})分)?)$/;
const PAIR = /^(?<count>.{1,20})(?<word>[个双对])$/;

/**
 * Reads a text that is a number as a whole: `"一万二千"` → `12000`.
 *
 * Simplified, traditional and formal numerals, full and half width. Digits
 * (`"1,284"`), positional (`"一九三〇"`), mixed (`"3万5千"`, `"1万3,482"`),
 * decimal (`"五点七二亿"`) and negative (`"负一点五"`) forms, short ends
 * (`"一万五"` → 15000), fractions (`"三又五分之一"` → 3.2, `"1/2"`), `"2e5"`,
 * `"40k"`, `"十余万"` → 100000, dozens and pairs (`"五双"` → 10), sums
 * (`"壹拾壹元壹角"` → 11.1). Not ordinals, not percentages.
 * `undefined` when `text` is not wholly a number. Never throws.
 */
export function parseNumeral(text: string): number | undefined {
  const clean = fold(text).trim();
  const sign = /^[-+负]\s*/.exec(clean)?.[0] ?? "";
  const value = parseUnsigned(clean.slice(sign.length));
  return value !== undefined && /^[-负]/.test(sign) ? -value : value;
}

function parseUnsigned(text: string): number | undefined {
  if (/^\d{1,3}(?: \d{3})+(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(" ", ""));
  const direct = parseDirect(text);
  if (direct !== undefined) return direct;
  const half = /^[一1]半$/.test(text) ? 0.5 : undefined;
  const pair = PAIR.exec(text)?.groups;
  const sum = SUM.exec(text)?.groups;
  const part = SAID_PART.exec(text)?.groups;
  if (half !== undefined) return half;
  if (pair) return times(parseDirect(pair["count"] ?? ""), pair["word"] === "个" ? 1 : 2);
  if (sum) {
    const [yuan, jiao, fen] = [sum["yuan"], sum["jiao"], sum["fen"]].map((piece) => parseDirect(piece ?? "零"));
    return yuan === undefined || jiao === undefined || fen === undefined
      ? undefined
      : round(yuan + jiao / 10 + fen / 100);
  }
  if (!part) return undefined;
  const [whole, below, above] = [part["whole"] ?? "零", part["below"], part["above"]].map((piece) =>
    parseDirect(piece ?? ""),
  );
  return whole === undefined || !below || above === undefined ? undefined : round(whole + above / below);
}

const times = (value: number | undefined, factor: number) => (value === undefined ? undefined : value * factor);

function parseDirect(text: string): number | undefined {
  const found = scanNumber(text, 0);
  if (!found || found.end !== text.length) return undefined;
  return found.bare && text.length === 1 ? undefined : found.value;
}

/** Where the spaces that start at `at` end. */
export function endOfSpaces(text: string, at: number): number {
  let stop = at;
  while (kindAt(text, stop) === spaceKind) stop++;
  return stop;
}
