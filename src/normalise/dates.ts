import { isDigit } from "./classes.js";
import { applyEdits, type Draft, type Edit } from "./rewrite.js";

/** `20226月` → `2022年6月`, `2022年630日` → `2022年6月30日`: no count is written so, and only one date can be meant. */
export function mendDates(draft: Draft): Draft {
  const { text } = draft;
  const edits: Edit[] = [];
  for (let at = text.indexOf("月"); at >= 0; at = text.indexOf("月", at + 1)) {
    const start = digitsBefore(text, at);
    const year = Number(text.slice(start, start + 4));
    const month = text.slice(start + 4, at);
    if (year >= 1980 && year <= 2049 && isMonth(month)) edits.push(after(text, start + 3, "年"));
  }
  for (let at = text.indexOf("日"); at >= 0; at = text.indexOf("日", at + 1)) {
    const start = digitsBefore(text, at);
    if (text[start - 1] !== "年" || at - start < 3 || at - start > 4) continue;
    const digits = text.slice(start, at);
    const cuts = [1, 2].filter((cut) => isMonth(digits.slice(0, cut)) && isDay(digits.slice(cut)));
    const [cut] = cuts;
    if (cuts.length === 1 && cut !== undefined) edits.push(after(text, start + cut - 1, "月"));
  }
  return applyEdits(
    draft,
    edits.sort((a, b) => a.start - b.start),
    "date",
  );
}

const after = (text: string, at: number, lost: string): Edit => ({ start: at, end: at + 1, after: text[at] + lost });

/** Where the digits right before `at` start; at most eight are looked at. */
function digitsBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 8 && isDigit(text, start - 1)) start--;
  return /[.,\d]/.test(text[start - 1] ?? "") ? at : start;
}

const isMonth = (text: string) => /^(?:[1-9]|1[0-2])$/.test(text);
const isDay = (text: string) => /^(?:[1-9]|[12]\d|3[01])$/.test(text);
