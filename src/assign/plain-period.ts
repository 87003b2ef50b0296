import { isoOf, lastDayOf, type PartialDate, parseIso } from "./calendar.js";
import { ChineseTime } from "./time-chinese.js";
import { EnglishTime } from "./time-english.js";
import type { TimePhrase } from "./time-phrase.js";

/** A date as typed: 2022, 2022-6, 2022.06.30, 2022/6, 202206, 20220630. */
const DATE = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?|(\d{2})(\d{2})?)?$/;
const PART = /^(\d{4})(?:年)?[-\s]?(?:([hHsS])([12])|[qQ]([1-4]))$/;
/** Between two dates; a slash only where both are whole, as it also stands inside of dates. */
const BETWEEN = /^(\S{4,10}?)\s*(?:\/|至|到|~|～|—|–|-{1,2}|\bto\b)\s*(\d{4}\S{0,6})$/;
const UNTIL = /^(?:\.\.\/?|截[至止]到?|至|until |by )\s*(\d\S{3,9}?)(?:日|号)?$/i;

/**
 * Periods that a person's words may mean, the best first, as ISO dates or
 * intervals: `2021年上半年`, `截至6月底`, `last quarter of 2022`, `2022-06`,
 * `2021Q2`. Expects normal text. `near` is what words without a year are
 * counted from. Empty where the words name no time.
 */
export function periodsOf(text: string, near?: PartialDate): string[] {
  const words = text.trim();
  if (words === "") return [];
  const typed = typedPeriod(words);
  if (typed) return [typed];
  // digits alone that are no date are a slip of the hand, not words
  if (/^[\d\s./-]+$/.test(words)) return [];
  const found = phrasesOf(words, near).filter((phrase) => phrase.period !== null);
  const periods = found.map(({ period }) => period as string);
  const [first, second] = periods;
  const joined = first && second && isBefore(first, second) ? [`${startOfText(first)}/${endOfText(second)}`] : [];
  return [...new Set([...joined, ...periods])];
}

function typedPeriod(text: string): string | undefined {
  const until = UNTIL.exec(text);
  if (until) {
    const end = dateOf(until[1] ?? "");
    return end && `../${isoOf(end)}`;
  }
  const date = dateOf(text);
  if (date) return isoOf(date);
  const part = PART.exec(text);
  if (part) return partOfYear(Number(part[1]), part[3], part[4]);
  const between = BETWEEN.exec(text);
  const [from, to] = [dateOf(between?.[1] ?? ""), dateOf(between?.[2] ?? "")];
  return from && to && isBefore(isoOf(from), isoOf(to)) ? `${isoOf(from)}/${isoOf(to)}` : undefined;
}

function partOfYear(year: number, half: string | undefined, quarter: string | undefined): string {
  const months = half ? 6 : 3;
  const last = Number(half ?? quarter) * months;
  return `${isoOf({ year, month: last - months + 1 })}/${isoOf({ year, month: last })}`;
}

/** Undefined for what is no day of the calendar. */
function dateOf(text: string): PartialDate | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year, month = match[4], day = match[5]] = match;
  const date = parseIso([year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter(Boolean).join("-"));
  if (!date || date.year < 1900 || date.year > 2100) return undefined;
  if (date.month !== undefined && (date.month < 1 || date.month > 12)) return undefined;
  if (date.day !== undefined && (date.day < 1 || date.day > lastDayOf(date.year, date.month ?? 1))) return undefined;
  return date;
}

function phrasesOf(words: string, near: PartialDate | undefined): TimePhrase[] {
  const anchor = { published: near, year: near?.year, minguo: false };
  if (/\p{Script=Han}/u.test(words)) return new ChineseTime(anchor).find(words, 0, words.length);
  // a month and a year alone are told by the word before them
  for (const text of [words, `in ${words}`]) {
    const found = new EnglishTime(anchor).find(text, 0, text.length);
    if (found.some(({ period }) => period !== null)) return found;
  }
  return [];
}

const startOfText = (period: string) => period.split("/")[0] ?? period;
const endOfText = (period: string) => period.split("/").at(-1) ?? period;
const isBefore = (a: string, b: string) =>
  startOfText(a) !== ".." && startOfText(b) !== ".." && startOfText(a) < endOfText(b);
