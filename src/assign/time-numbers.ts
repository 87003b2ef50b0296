import { isoOf, lastDayOf, type PartialDate } from "./calendar.js";

export const DIGIT: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  "○": 0,
  O: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  两: 2,
};

/** `12`, `十二`, `廿三` → number. */
export function small(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text.startsWith("廿")) return 20 + (DIGIT[text[1] ?? ""] ?? 0);
  if (text.startsWith("卅")) return 30 + (DIGIT[text[1] ?? ""] ?? 0);
  const ten = text.indexOf("十");
  if (ten < 0) return DIGIT[text] ?? 0;
  return (ten === 0 ? 1 : (DIGIT[text[0] ?? ""] ?? 1)) * 10 + (DIGIT[text[ten + 1] ?? ""] ?? 0);
}

/** From a day to a day of a month; all of its days are the month. */
export function daysIn(year: number, month: number, first: number, last: number): string {
  if (first === 1 && last === lastDayOf(year, month)) return isoOf({ year, month });
  return `${isoOf({ year, month, day: first })}/${isoOf({ year, month, day: last })}`;
}

/** 5月底 is the 31st of May, 年底 the 31st of December. */
export function edgeOf(text: string, date: PartialDate): { date: PartialDate; isEdge: boolean } {
  if (date.day !== undefined) return { date, isEdge: false };
  if (/(?:底|末)$/.test(text)) {
    const month = date.month ?? 12;
    return { date: { year: date.year, month, day: lastDayOf(date.year, month) }, isEdge: true };
  }
  return { date, isEdge: false };
}
