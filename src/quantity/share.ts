import type { Qualifier } from "../doc/index.js";
import { CharKind, kindAt } from "./chars.js";
import { type Numeral, round, scanNumeral } from "./numeral.js";

/** A share in percent, as a normal text writes it without a sign. */
export interface ShareAt {
  readonly value: number;
  readonly measure: string;
  readonly end: number;
  readonly qualifier?: Qualifier;
  readonly not?: "approximate";
  /** Characters before the number that belong to it: the 过 of 过半. */
  readonly lead?: number;
}

const PER: Readonly<Record<string, number>> = { 百: 100, 千: 1e3, 万: 1e4 };
const TENTHS = /成(?<part>[一二三四五六七八九半])?(?![立为果员功本效长都品熟交人绩语分份]|就(?![地近业医读诊餐]))/y;
/** 过半企业, 过半的诉求; 时间过半 is none. */
const OVER_HALF = "企的";
/** Before 成 these make a word (完成, 建成), or the number another. */
const NO_TENTHS_AFTER = "0123456789一二三四五六七八九十完达建形合变促生组构养";

/** 百分之九十八点六, 千分之三, 三分之二, 八成五, 半数; `numeral` is what starts at `at`. */
export function readShare(text: string, at: number, end: number, numeral: Numeral): ShareAt | undefined {
  const first = text[at] ?? "";
  const per = PER[first];
  if (per !== undefined && text.startsWith("分之", at + 1)) return readParts(text, at + 3, end, per);
  if (text.startsWith("半数", at) || text.startsWith("一半", at))
    return {
      value: 50,
      measure: "",
      end: at + 2,
      ...(text[at - 1] === "过" ? { qualifier: "over" as const, lead: 1 } : {}),
    };
  if (first === "半" && text[at - 1] === "过" && OVER_HALF.includes(text[at + 1] ?? "。"))
    return { value: 50, measure: "", end: at + 1, qualifier: "over", lead: 1 };
  if (numeral.bare) return undefined;
  if (text[numeral.end] === "/") return readSlash(text, at, numeral.end);
  if (text.startsWith("分之", numeral.end)) return readParts(text, numeral.end + 2, end, numeral.value);
  return text[numeral.end] === "成" ? readTenths(text, at, numeral) : undefined;
}

function readParts(text: string, at: number, end: number, base: number): ShareAt | undefined {
  const numerator = scanNumeral(text, at, end);
  if (!numerator || base <= 0) return undefined;
  // 百分之百; 百分之二三十 has no value
  const { value } = numerator;
  if (/^[一二三四五六七八九两]{2}[十百千]/.test(text.slice(at, at + 3))) return undefined;
  const percent = (value / base) * 100;
  return {
    value: base === 100 ? value : base >= 1000 ? round(percent) : Math.round(percent * 100 + Number.EPSILON) / 100,
    measure: "",
    end: numerator.end,
  };
}

/** 1/3的企业. */
function readSlash(text: string, at: number, slash: number): ShareAt | undefined {
  const below = scanNumeral(text, slash + 1);
  const above = Number(text.slice(at, slash));
  if (!below || !(above < below.value) || below.value > 100 || below.end - slash > 4) return undefined;
  if (!/[的以左]/.test(text[below.end] ?? "") || /[\d/]/.test(text[at - 1] ?? "")) return undefined;
  return { value: Math.round((above / below.value) * 1e4) / 100, measure: "", end: below.end };
}

function readTenths(text: string, at: number, numeral: Numeral): ShareAt | undefined {
  const before = text[at - 1];
  const lower = Math.floor(numeral.value / 10);
  // 六七成: two neighbours, not sixty-seven
  if (numeral.end - at === 2 && kindAt(text, at) === CharKind.digit && numeral.value === lower * 11 + 1)
    return { value: lower * 10, measure: "成", end: numeral.end + 1, qualifier: "about", not: "approximate" };
  const long = numeral.end - at > (kindAt(text, at) === CharKind.arabic ? 3 : 1);
  if (long || numeral.value > 10 || (before !== undefined && NO_TENTHS_AFTER.includes(before))) return undefined;
  TENTHS.lastIndex = numeral.end;
  const found = TENTHS.exec(text);
  if (!found) return undefined;
  const part = found.groups?.["part"];
  const more = part === "半" ? 5 : part ? (scanNumeral(part, 0)?.value ?? 0) : 0;
  return { value: numeral.value * 10 + more, measure: "成", end: numeral.end + found[0].length };
}
