import { unitTable } from "../catalogue/units.js";
import type { Qualifier } from "../doc/index.js";
import { CharKind, kindAt } from "./chars.js";
import { type Numeral, round, scanNumeral } from "./numeral.js";

/** A number of a normal text with what stands inside it: 50多万, 二百余, 两三百. */
export interface Amount {
  readonly value: number;
  readonly end: number;
  readonly qualifier: Qualifier | undefined;
  /** Whether 万, 亿 or 兆 is its last scale. */
  readonly scaled: boolean;
  readonly not: "indefinite" | "approximate" | undefined;
  /** Characters before the number that belong to it: the 上 of 上百家. */
  readonly lead?: number;
}

const NEIGHBOURS =
  /(?:[一二三四五六七八九两]?[十百千万]){0,3}(?<low>[一二三四五六七八九两])(?<high>[二三四五六七八九])(?<scales>[十百千万亿]{0,2})(?![一二三四五六七八九十百千万亿〇零两])/y;
const LEAD = /(?:近|上|超|超过|逾|约|过|达|突破)$/;
const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8, 兆: 1e12 };

/** Reads the amount at `at`, whose numeral is already read; `undefined` when it is none. */
export function readAmount(text: string, at: number, start: number, end: number, numeral: Numeral): Amount | undefined {
  const before = at > start ? (text[at - 1] ?? "") : "";
  const first = kindAt(text, at);
  const scale = first === CharKind.small || first === CharKind.large;
  const indefinite = scale && (before === "几" || before === "数" || before === "多");
  if (numeral.bare) return readBareScale(text, at, start, end, numeral, indefinite);
  return (
    (first !== CharKind.arabic && mayBeNeighbours(text, numeral.end) ? readNeighbours(text, at, end) : undefined) ??
    withInfix(text, end, numeral, undefined, indefinite)
  );
}

/** 近千名, 上百家, 百余家: a scale alone is a number when a qualifier stands beside it. */
function readBareScale(
  text: string,
  at: number,
  start: number,
  end: number,
  numeral: Numeral,
  indefinite: boolean,
): Amount | undefined {
  const before = text.slice(Math.max(start, at - 2), at);
  const after = text[numeral.end] ?? "";
  if (!indefinite && !LEAD.test(before) && after !== "余" && after !== "多") return undefined;
  if (!before.endsWith("上")) return withInfix(text, end, numeral, undefined, indefinite);
  return { ...withInfix(text, end, numeral, "over", indefinite), lead: 1 };
}

/** Whether two digits meet where a numeral ended: a numeral has them only when it is positional. */
function mayBeNeighbours(text: string, end: number): boolean {
  const next = kindAt(text, end);
  if (next >= CharKind.digit && next <= CharKind.large) return true;
  return kindAt(text, end - 1) === CharKind.digit && kindAt(text, end - 2) === CharKind.digit;
}

/** 两三个, 三四百名, 十五六家: the lower of two neighbours. */
function readNeighbours(text: string, at: number, end: number): Amount | undefined {
  NEIGHBOURS.lastIndex = at;
  const found = NEIGHBOURS.exec(text);
  const { low = "", high = "", scales = "" } = found?.groups ?? {};
  if (!found || at + found[0].length > end) return undefined;
  const [lower, upper] = [scanNumeral(low, 0)?.value ?? 0, scanNumeral(high, 0)?.value ?? 0];
  if (upper - lower !== 1 && low + high !== "三五") return undefined;
  const written = found[0].slice(0, found[0].length - scales.length - 1) + scales;
  const numeral = scanNumeral(written, 0);
  if (!numeral || numeral.end !== written.length) return undefined;
  return {
    value: numeral.value,
    end: at + found[0].length,
    qualifier: "about",
    scaled: numeral.scaled,
    not: "approximate",
  };
}

/** 余, 多, 几, 来 behind a number, with the scale that may follow: 50多万元, 二百余家, 20来户. */
function withInfix(
  text: string,
  end: number,
  numeral: Numeral,
  qualifier: Qualifier | undefined,
  indefinite: boolean,
): Amount {
  const { end: stop } = numeral;
  const infix = stop < end ? (text[stop] ?? "") : "";
  const not = indefinite ? "indefinite" : infix === "几" ? "approximate" : undefined;
  if (
    (infix === "余" || infix === "多" || infix === "几" || infix === "来") &&
    !(infix === "来" && !isRound(text, stop))
  ) {
    let next = stop + 1;
    let { value, scaled } = numeral;
    for (; next < end && (text[next] ?? "") in SCALES; next++) {
      value = round(value * (SCALES[text[next] ?? ""] ?? 1));
      scaled = (SCALES[text[next] ?? ""] ?? 1) >= 1e4;
    }
    if (next > stop + 1 || unitTable().at(text, next) !== undefined || (infix === "余" && text[next] === " "))
      return { value, end: next, qualifier: infix === "来" ? "about" : "over", scaled, not };
  }
  return { value: numeral.value, end: stop, qualifier, scaled: numeral.scaled, not: indefinite ? not : undefined };
}

/** 20来家, 三十来户: 来 goes with round numbers. */
const isRound = (text: string, stop: number) => /[0十百千]/.test(text[stop - 1] ?? "");
