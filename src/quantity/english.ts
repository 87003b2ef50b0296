import type { Quantity } from "../doc/index.js";
import {
  englishQualifierAfter,
  englishQualifierBefore,
  isAge,
  isCode,
  isLowerBound,
  isShare,
  isYear,
} from "./english-context.js";
import {
  digitsToNumber,
  fractionToPercent,
  NUMBER_WORDS,
  PART_WORDS,
  SCALE_WORDS,
  SCALES,
  WORD_STARTS,
  wordsToNumber,
} from "./english-words.js";
import { round } from "./numeral.js";
import type { QuantityOptions } from "./options.js";

const MONEY_BEFORE = "(?:RMB|CNY|US\\$|HK\\$|NT\\$|MOP\\$?|[$¥￥€£])";
const MONEY_AFTER =
  "(?:yuan|renminbi|RMB|(?:U\\.?S\\.?|Hong Kong|HK|New Taiwan|NT) dollars|dollars|euros?|yen|pounds|patacas)";
const TEN = "(?:one|two|three|four|five|six|seven|eight|nine|ten)";
/** 13 400 enquiries: Hong Kong papers part thousands by a space. */
const DIGITS = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?: \\d{3})+(?![\\d,.])|\\d+(?:\\.\\d+)?";
/** Two thirds, 9-tenths, a quarter; nine out of ten; half. */
const SHARE =
  `\\b(?:(?<above>an?|${TEN}|\\d{1,2})[\\s-](?<below>${PART_WORDS})\\b(?!\\s+(?:batch|phase|party|quarter))` +
  `|(?<out>${TEN}|\\d{1,2})\\s+(?:out\\s+of|in)(?:\\s+every)?\\s+(?<of>${TEN}|100)\\b` +
  "|(?<half>half)\\b(?!\\s+an?\\s+(?:hundred|thousand|million|billion|trillion|dozen)))";
const AMOUNT =
  `(?:\\b(?<halfA>half an? )(?<halfScale>${SCALE_WORDS})\\b` +
  `|(?<![\\w.,])(?<digits>${DIGITS})(?:(?<andHalf> and a half)?[\\s-]?(?<scale>${SCALE_WORDS}|mln|bln|bn|tn|mn)\\b|(?<letter>[mk])\\b)?` +
  `|\\b(?<words>${NUMBER_WORDS})\\b(?:(?<wordsHalf>\\sand a half)\\s(?<wordsScale>${SCALE_WORDS})\\b)?)`;
const TOKEN = new RegExp(
  `${SHARE}|(?:(?<before>${MONEY_BEFORE})\\s?)?${AMOUNT}` +
    `(?:[\\s-]?(?<percent>percent(?:age points?)?|per cent|%)|[\\s-](?<after>${MONEY_AFTER})\\b)?`,
  "giy",
);

/** Finds every number of an English text. Number words that the grammar does not know are read by compromise. */
export function findEnglishQuantities(
  text: string,
  options: QuantityOptions = {},
  start = 0,
  end = text.length,
): Quantity[] {
  const found: Quantity[] = [];
  for (let at = start; at < end; ) {
    TOKEN.lastIndex = at;
    const match = mayStart(text, at) ? TOKEN.exec(text) : null;
    at = match ? TOKEN.lastIndex : at + 1;
    const quantity = match ? toQuantity(text, match, found.at(-1), options) : undefined;
    if (quantity) found.push(quantity);
  }
  return markRanges(text, found);
}

const codesOf = (words: Iterable<string>): ReadonlySet<number> => new Set([...words].map((word) => startCode(word, 0)));
const SIGNS: ReadonlySet<number> = new Set([..."$¥￥€£"].map((sign) => sign.charCodeAt(0)));
/** What may stand before an amount, also at the end of a word: theUS$. */
const MONEY_STARTS = codesOf(["rmb", "cny", "us$", "hk$", "nt$", "mop"]);
const STARTS = codesOf(WORD_STARTS);

/** Whether TOKEN may match at a place: it is asked there only, as it is slow to say no. */
function mayStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return !isWordCode(text.charCodeAt(at - 1));
  const letter = code | 32;
  if (letter < 97 || letter > 122 || code >= 0x80) return SIGNS.has(code);
  if (letter === 97 && isArticle(text, at)) return true;
  const three = startCode(text, at);
  return (STARTS.has(three) && !isWordCode(text.charCodeAt(at - 1))) || MONEY_STARTS.has(three);
}

/** `a` or `an` before a space or a hyphen. */
function isArticle(text: string, at: number): boolean {
  if (isWordCode(text.charCodeAt(at - 1))) return false;
  const end = (text.charCodeAt(at + 1) | 32) === 110 ? at + 2 : at + 1;
  return !isWordCode(text.charCodeAt(end));
}

/** Three characters as one number, capitals as small letters. */
function startCode(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 14) | ((text.charCodeAt(at + 1) | 32) << 7) | (text.charCodeAt(at + 2) | 32);
}

const isWordCode = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** What is larger is an identifier. */
const LARGEST = 1e20;

type Groups = Record<string, string | undefined>;

function toQuantity(
  text: string,
  match: RegExpExecArray,
  previous: Quantity | undefined,
  options: QuantityOptions,
): Quantity | undefined {
  const groups = match.groups ?? {};
  const numberStart = match.index;
  const unitEnd = numberStart + match[0].length;
  const share = shareOf(groups);
  const value = share ?? amountOf(groups);
  if (value === undefined || value > LARGEST) return undefined;
  const unit = share === undefined ? unitOf(groups, options) : "percent";
  const before = text.slice(Math.max(0, numberStart - 32), numberStart);
  const after = text.slice(unitEnd, unitEnd + 28);
  const not = share === undefined ? notQuantity(groups, unit, before, after) : notShare(groups, before, after);
  if (not === "word" && share !== undefined) return undefined;
  const bounded = englishQualifierBefore(before);
  const behind = englishQualifierAfter(after);
  const start = numberStart - (bounded?.length ?? 0);
  const quantity: { -readonly [key in keyof Quantity]: Quantity[key] } = {
    value,
    unit: unit === "bare" && not === undefined ? "count" : unit,
    measure: "",
    qualifier: behind?.qualifier ?? bounded?.qualifier ?? "exact",
    start,
    end: unitEnd + (behind?.length ?? 0),
    numberStart,
    numberEnd: unitEnd,
    ceiling: bounded?.ceiling ?? false,
    range: false,
    conversion: isConversion(text, previous, start, unit),
    scaled: false,
    one: false,
  };
  // not by spreading: that gives every quantity a shape of its own, which is slow to make and to read
  if (not) quantity.not = not;
  return quantity;
}

/** 2.15 billion yuan (about 301 million dollars). */
function isConversion(text: string, previous: Quantity | undefined, start: number, unit: string): boolean {
  if (previous === undefined || previous.unit === unit || !/^(?:USD|EUR|HKD|GBP)$/.test(unit)) return false;
  const between = text.slice(previous.end, Math.min(start, previous.end + 40));
  return /^\s*\((?:about|around|approximately|some|nearly|over|or|equivalent to)?\s*$/i.test(between);
}

function shareOf({ above, below, out, of, half }: Groups): number | undefined {
  if (half) return 50;
  if (above && below) return fractionToPercent(above, below);
  return out && of ? fractionToPercent(out, of) : undefined;
}

/** `half`, `a third` and `one in ten` are shares only where something is shared. */
function notShare({ above, half, of, out }: Groups, before: string, after: string): Quantity["not"] {
  if (half || /^(?:an?|one)$/i.test(above ?? "")) return isShare(before, after) ? undefined : "word";
  if (out && of && /^(?:one|ten)$/i.test(of) && !/^\s/.test(after)) return "word";
  return /\b(?:first|last|past|previous|next)\s+$/i.test(before) ? "word" : undefined;
}

function amountOf(groups: Groups): number | undefined {
  const { digits, words } = groups;
  const scale = (name: string) => SCALES[(groups[name] ?? "").toLowerCase()] ?? 1;
  if (groups["halfA"]) return scale("halfScale") / 2;
  if (digits) {
    const value = digitsToNumber(digits, groups["scale"] ?? (groups["before"] ? groups["letter"] : "") ?? "");
    return groups["andHalf"] ? round(value + scale("scale") / 2) : value;
  }
  const value = words ? wordsToNumber(words) : undefined;
  return value !== undefined && groups["wordsHalf"] ? (value + 0.5) * scale("wordsScale") : value;
}

function notQuantity(groups: Groups, unit: string, before: string, after: string): Quantity["not"] {
  if (/percentage point/i.test(groups["percent"] ?? "")) return "code";
  if (/^s\b/.test(after)) return "indefinite";
  if (unit !== "bare") return undefined;
  const digits = groups["digits"] ?? "";
  if (digits && (isLowerBound(digits, after) || (UPPER_BOUND.test(before) && !/^[-/:]\d/.test(after))))
    return undefined;
  if (groups["letter"] || isCode(before, after) || isYear(digits, before, after) || isAge(digits, before, after))
    return "code";
  const spelled = groups["words"];
  if (/^one$/i.test(spelled ?? "")) return "word";
  return spelled && new RegExp(`^(?:${SCALE_WORDS})$`, "i").test(spelled) ? "indefinite" : undefined;
}
/** The lower bound of a range before a number: 20-; no year, no part of a date. */
const UPPER_BOUND = /(?:^|[\s(])(?!(?:19|20)\d{2}\b)\d[\d,]{0,8}\s?[-–—]\s?$/;

function unitOf(groups: Groups, options: QuantityOptions): string {
  if (groups["percent"]) return /point/i.test(groups["percent"]) ? "percentage-point" : "percent";
  const money = (groups["before"] ?? groups["after"] ?? "").toLowerCase();
  if (!money) return "bare";
  if (/^(?:rmb|cny|¥|￥|yuan|renminbi)/.test(money)) return "CNY";
  if (/^(?:hk|hong)/.test(money)) return "HKD";
  if (/^(?:nt|new taiwan)/.test(money)) return "TWD";
  if (/^(?:mop|pataca)/.test(money)) return "MOP";
  if (/^(?:€|euro)/.test(money)) return "EUR";
  if (/^(?:£|pound)/.test(money)) return "GBP";
  if (/^yen/.test(money)) return "JPY";
  // what a bare dollar is, the place of the report tells
  const { currency } = options;
  return money === "$" && currency && currency !== "CNY" ? currency : "USD";
}

/** 20-30 percent, between 50 and 60 officials: the lower bound has the unit of the upper. */
function markRanges(text: string, found: Quantity[]): Quantity[] {
  for (let index = 0; index + 1 < found.length; index++) {
    const first = found[index] as Quantity;
    const second = found[index + 1] as Quantity;
    if (second.numberStart - first.end > 5 || first.not || second.not) continue;
    const gap = text.slice(first.end, second.numberStart);
    const between =
      /^\sand\s$/.test(gap) && /\bbetween\s+$/i.test(text.slice(Math.max(0, first.start - 9), first.start));
    if (!between && !/^\s?[-–—]\s?$/.test(gap)) continue;
    const unit = first.unit === "count" ? second.unit : first.unit;
    if (unit !== second.unit) continue;
    found[index] = { ...first, unit, range: true };
    found[index + 1] = { ...second, range: true };
  }
  return found;
}
