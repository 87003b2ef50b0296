import { shortValue, unitWord } from "../chart/numbers.js";
import type { Language } from "./i18n/say.js";

export { shortValue };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const SIGN = { exact: "", over: ">", about: "≈", under: "<" } as const;
export type Qualifier = keyof typeof SIGN;

/** `>`, `≈`, `<` before a value that is not exact. */
export const signOf = (qualifier: Qualifier): string => SIGN[qualifier];

/** A value with all its digits and its unit apart, so that digits stand under digits. */
export function fullValue(value: number, unit: string, language: Language): { number: string; unit: string } {
  const number = value.toLocaleString("en", { maximumFractionDigits: 6 });
  return { number, unit: unit === "percent" ? "%" : unitWord(unit, language) };
}

/** One or two digits: what shares and confidences are told by. */
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)}%`;

interface DateParts {
  readonly year: string;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

function partsOf(iso: string): DateParts {
  const [year = "", month, day] = iso.split("-");
  return { year, month: month ? Number(month) : undefined, day: day ? Number(day) : undefined };
}

function dateWords({ year, month, day }: DateParts, language: Language, withYear = true): string {
  if (language === "zh")
    return `${withYear ? `${year}年` : ""}${month === undefined ? "" : `${month}月`}${day === undefined ? "" : `${day}日`}`;
  const name = month === undefined ? "" : MONTHS[month - 1];
  return [day, name, withYear ? year : ""].filter((part) => part !== "" && part !== undefined).join(" ");
}

/** A day of the calendar: 2022年6月30日, 30 Jun 2022. */
export const dayWords = (iso: string, language: Language): string => dateWords(partsOf(iso), language);

/** An ISO date or interval for people: 2021年6月–12月, 截至2022年6月30日, Jan–Jun 2022. */
export function periodWords(period: string, language: Language): string {
  const [first = "", last] = period.split("/");
  if (last === undefined) return dayWords(first, language);
  if (first === "..")
    return language === "zh" ? `截至${dayWords(last, language)}` : `until ${dayWords(last, language)}`;
  if (last === "..")
    return language === "zh" ? `${dayWords(first, language)}以来` : `since ${dayWords(first, language)}`;
  const from = partsOf(first);
  const to = partsOf(last);
  const sameYear = from.year === to.year && from.month !== undefined && to.month !== undefined;
  if (!sameYear) return `${dateWords(from, language)}–${dateWords(to, language)}`;
  return language === "zh"
    ? `${dateWords(from, language)}–${dateWords(to, language, false)}`
    : `${dateWords(from, language, false)}–${dateWords(to, language)}`;
}

/** A moment in the reader's own time: 2022-06-30 14:05. */
export function momentWords(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** 812 B, 1.4 MB. */
export function byteWords(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let at = 0;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at++;
  }
  return `${at === 0 ? size : size.toPrecision(3)} ${units[at]}`;
}

/** The last part of a path: what a file is called. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
