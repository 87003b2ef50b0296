import type { Lexeme } from "../catalogue/index.js";
import type { Quantity, Sentence } from "../doc/index.js";
import type { ClauseParts } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Filler, Frame } from "./frame.js";
import type { TimePhrase } from "./time-phrase.js";

const MONEY_UNITS = new Set(["CNY", "TWD", "HKD", "USD"]);
export const isMoney = (quantity: Quantity) =>
  MONEY_UNITS.has(quantity.unit) || (quantity.unit === "bare" && quantity.scaled);

/** Clauses of a sentence; one that cuts a number in two, or holds nothing but a number (3,041, or 92.9 percent, had been settled), goes with the next. */
export function clausesOf(
  text: string,
  sentence: Sentence,
  numbers: readonly Quantity[],
): { start: number; end: number }[] {
  const clauses: { start: number; end: number }[] = [];
  for (const clause of sentence.clauses) {
    const last = clauses[clauses.length - 1];
    const cuts = last && numbers.some((number) => number.start < clause.start && number.end > clause.start);
    const bare = last && mayBeNumber(text, last.start) && ONLY_NUMBER.test(text.slice(last.start, last.end));
    if (last && (cuts || bare)) last.end = clause.end;
    else clauses.push({ start: clause.start, end: clause.end });
  }
  return clauses;
}

const ONLY_NUMBER =
  /^\s*(?:(?:or|and)\s+)?[\d.,%]+(?:\s+(?:percent|per cent|thousand|million))?\s*(?:,\s*or\s+[\d.,]+\s*(?:percent|per cent|%)\s*)?$/i;

/** What ONLY_NUMBER may start with. */
function mayBeNumber(text: string, start: number): boolean {
  const code = text.charCodeAt(start);
  return code < 0x80 || code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x202f) || code === 0xfeff;
}

/** The numbers that lie in `[start, end)`, of numbers in the order of the text. */
export function within(numbers: readonly Quantity[], start: number, end: number): readonly Quantity[] {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as Quantity).start < start) low = middle + 1;
    else high = middle;
  }
  let stop = low;
  while (stop < numbers.length && (numbers[stop] as Quantity).start < end) stop++;
  const isInside = (number: Quantity) => number.end <= end;
  const found = numbers.slice(low, stop);
  return found.every(isInside) ? found : found.filter(isInside);
}

/** Numbers inside a phrase of time are no counts. */
export function isInTime(number: Quantity, phrases: readonly TimePhrase[]): boolean {
  for (const phrase of phrases) if (number.numberStart >= phrase.start && number.numberEnd <= phrase.end) return true;
  return false;
}

export function quoteSpan(
  clause: ClauseParts,
  order: number,
  frame: Frame | undefined,
  claim: Claim,
): { start: number; end: number } {
  const quantity = clause.quantities[order] as Quantity;
  let { start, end } = quantity;
  const reach = (word: Lexeme) => {
    if (word.start < clause.start || word.end > clause.end) return;
    if (word.end <= quantity.start && quantity.start - word.start <= 30) start = Math.min(start, word.start);
    if (word.start >= quantity.end && word.end - quantity.end <= 24) end = Math.max(end, word.end);
  };
  const { heads, verbs } = claim.indicator;
  const take = ({ word, concepts }: Filler) => {
    if (word && concepts.some((id) => heads.includes(id) || verbs.includes(id))) reach(word);
  };
  if (frame) {
    if (frame.heads[0]) take(frame.heads[0]);
    for (const verb of frame.verbs) take(verb);
  } else for (const word of clause.gaps[order]?.words ?? []) if (claim.because.includes(word.text)) reach(word);
  if (!frame) {
    const after = clause.gaps[order + 1]?.words.find(
      (word) => claim.because === word.text && word.start - quantity.end <= 16,
    );
    if (after && start === quantity.start) end = Math.max(end, after.end);
  }
  return { start, end };
}

const isDigit = (code: number) => code >= 48 && code <= 57;
/** 年, 月, 日 and 号 behind digits make a date of them. */
const isOfDate = (code: number) => code === 0x5e74 || code === 0x6708 || code === 0x65e5 || code === 0x53f7;

/** How many numbers that are no dates `text[start, end)` holds before its last character; no more than `most` are counted. */
export function numbersIn(text: string, start: number, end: number, most: number): number {
  let count = 0;
  for (let at = start; at < end && count < most; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let stop = at + 1;
    let code = text.charCodeAt(stop);
    while (stop < end && (isDigit(code) || code === 46 || code === 44)) code = text.charCodeAt(++stop);
    // a number gives back its last digits where a date follows
    let last = stop;
    while (last > at && (last >= end || isDigit(text.charCodeAt(last)) || isOfDate(text.charCodeAt(last)))) last--;
    if (last > at) count++;
    at = (last > at ? last : stop) - 1;
  }
  return count;
}

/** How many commas and semicolons `text[start, end)` holds; no more than `most` are counted. */
export function commasIn(text: string, start: number, end: number, most: number): number {
  let count = 0;
  for (let at = start; at < end && count < most; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xff0c || code === 0xff1b || code === 44 || code === 59) count++;
  }
  return count;
}
