import { applyEdits, type Draft, type Edit, rewrite } from "./rewrite.js";

const MARKS = "〇，。；：、！？“”‘’《》（）〔〕【】—…";
const HAN_OR_MARK = `\\u3400-\\u9fff${MARKS}`;
const GROUPS = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,])/g;
const GROUP_COMMA = /(?<=\d) ?, ?(?=\d{3}(?!\d))/g;
const POINT = /(?<=\d) ?\. ?(?=\d)/g;
const HAN_HAN = new RegExp(`(?<=[${HAN_OR_MARK}]) (?=[${HAN_OR_MARK}])`, "g");
const JUSTIFIED = new RegExp(`(?<=(?:^|[ ${HAN_OR_MARK}])[${HAN_OR_MARK}]) (?=[${HAN_OR_MARK}](?: |$))`, "g");
const WIDE = /[ \t　]{2,}/g;
const CELLS = /[ \t　]{2,}|\t/g;

/**
 * Closes spaces that stand for nothing: in numbers (93 000, 98 . 6%), beside
 * digits, between Han of running text and of justified lines. A space that
 * separates two phrases of a headline stays as one full-width space.
 */
export function closeSpaces(draft: Draft, options: { row: boolean; heading: boolean }): Draft {
  if (options.row) return closeIn(cellsOf(draft), GROUPS);
  const wide = rewrite(draft, WIDE, "space", () => "　");
  const places = placesOf(wide.text);
  if (places === 0) return wide;
  let closed = wide;
  if (places & IN_NUMBER) closed = [GROUPS, GROUP_COMMA, POINT].reduce(closeIn, closed);
  if (places & (BESIDE | (options.heading ? 0 : BETWEEN_HAN)))
    closed = applyEdits(closed, needless(closed.text, !options.heading), "space");
  if (!options.heading || !(places & BETWEEN_HAN)) return closed;
  closed = rewrite(closed, JUSTIFIED, "space", () => "");
  return rewrite(closed, HAN_HAN, "space", () => "　");
}

const cellsOf = (draft: Draft): Draft => rewrite(draft, CELLS, "space", () => "\t");
const closeIn = (draft: Draft, pattern: RegExp): Draft =>
  rewrite(draft, pattern, "space", (match) => match[0].replaceAll(" ", ""));

/** What a space may be by the characters right beside it: closing others changes none of them. */
const IN_NUMBER = 1;
const BESIDE = 2;
const BETWEEN_HAN = 4;

function placesOf(text: string): number {
  let all = 0;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) all |= placeOf(text, at);
  return all;
}

/** Spaces beside digits and Latin letters; with `han` also those between Han. */
function needless(text: string, han: boolean): Edit[] {
  const asked = han ? BESIDE | BETWEEN_HAN : BESIDE;
  const edits: Edit[] = [];
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1))
    if (placeOf(text, at) & asked) edits.push({ start: at, end: at + 1, after: "" });
  return edits;
}

function placeOf(text: string, at: number): number {
  if (at === 0 || at === text.length - 1) return 0;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at + 1);
  const [digitBefore, digitAfter] = [isDigit(before), isDigit(after)];
  if ((digitBefore || isPoint(before)) && (digitAfter || isPoint(after))) return IN_NUMBER;
  const [hanBefore, hanAfter] = [isHanOrMark(before), isHanOrMark(after)];
  if (hanBefore && hanAfter) return BETWEEN_HAN;
  if (hanAfter) return digitBefore || before === PERCENT || isLatin(before) ? BESIDE : 0;
  if (hanBefore) return digitAfter || isLatin(after) ? BESIDE : 0;
  return after === PERCENT && (digitBefore || before === PERCENT) ? BESIDE : 0;
}

const PERCENT = 37;
const MARK_CODES: ReadonlySet<number> = new Set([...MARKS].map((mark) => mark.charCodeAt(0)));
const isDigit = (code: number) => code >= 48 && code <= 57;
const isPoint = (code: number) => code === 44 || code === 46;
const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isHanOrMark = (code: number) => (code >= 0x3400 && code <= 0x9fff) || (code >= 0x2014 && MARK_CODES.has(code));
