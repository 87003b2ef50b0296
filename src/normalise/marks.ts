import { BRACKET, CORNER_QUOTE, classes, HALF_MARK, isDigit, isHan } from "./classes.js";
import { applyEdits, type Draft, type Edit, rewrite } from "./rewrite.js";

const FULL: Readonly<Record<string, string>> = {
  ",": "，",
  ":": "：",
  ";": "；",
  "(": "（",
  ")": "）",
  "?": "？",
  "!": "！",
  ".": "。",
  "．": "。",
};
const QUOTES = /[「」『』﹁﹂﹃﹄]/g;
const CLOSERS = new Set("”’》）」』】%");
const OPENERS = new Set("“‘《（「『【");

/** Half-width marks beside Han → full width, never inside numbers; 「」 → “”. `bits` are those of the text's characters. */
export function mendMarks(draft: Draft, bits: number): Draft {
  let mended = draft;
  if (bits & CORNER_QUOTE)
    mended = rewrite(mended, QUOTES, "punctuation", (match) => (/[「『﹁﹃]/.test(match[0]) ? "“" : "”"));
  if (bits & (HALF_MARK | BRACKET)) {
    mended = applyEdits(mended, besideHan(mended.text), "punctuation");
    mended = applyEdits(mended, stops(mended.text), "punctuation");
  }
  return mended;
}

/** Commas, colons, question marks and brackets that Han stand beside. */
function besideHan(text: string): Edit[] {
  const bits = classes();
  const edits: Edit[] = [];
  let open = -1;
  let hanSince = false;
  for (let at = 0; at < text.length; at++) {
    const kind = bits[text.charCodeAt(at)] as number;
    if (!(kind & (HALF_MARK | BRACKET))) {
      if (!hanSince && isHan(text, at)) hanSince = true;
      continue;
    }
    const char = text[at] as string;
    if (kind & BRACKET) {
      const pairs = char === "(" ? hanBefore(text, at) : char === ")" && open >= 0 && hanSince;
      const beside = isHan(text, at - 1) || isHan(text, at + 1);
      if ((char === "(" || char === ")") && (pairs || beside))
        edits.push({ start: at, end: at + 1, after: full(char) });
      open = char === "(" ? at : -1;
      hanSince = false;
      continue;
    }
    if (char === "." || char === "．") continue;
    const edit = widened(text, at, char);
    if (edit && (edits.at(-1)?.end ?? 0) <= edit.start) edits.push(edit);
  }
  return edits;
}

const full = (char: string) => FULL[char] as string;

/** Whether the bracket at `at` closes again, with a Han character inside. */
function hanBefore(text: string, at: number): boolean {
  let han = false;
  for (let index = at + 1; index < text.length; index++) {
    const char = text[index];
    if (char === "(") return false;
    if (char === ")") return han;
    if (isHan(text, index)) han = true;
  }
  return false;
}

const isBlank = (text: string, at: number) => text[at] === " " || text[at] === "　" || text[at] === "\t";

function widened(text: string, at: number, char: string): Edit | undefined {
  const before = isBlank(text, at - 1) ? at - 2 : at - 1;
  const follows = isHan(text, before) || CLOSERS.has(text[before] ?? "");
  const leads = isHan(text, at + 1) || OPENERS.has(text[at + 1] ?? "");
  if (!follows && !leads) return undefined;
  if (char === "?" && !isQuestion(text, at)) return undefined;
  if (!follows) return { start: at, end: at + 1, after: full(char) };
  return { start: before + 1, end: isBlank(text, at + 1) ? at + 2 : at + 1, after: full(char) };
}

/** A question mark ends a question; on converted pages it may stand for a byte that was lost. */
function isQuestion(text: string, at: number): boolean {
  const clause = text.slice(Math.max(0, at - 30), at).replace(/^.*[，。；：！,.;]/, "");
  return /[吗呢么什怎何谁哪几]|多少|是否|能否|可否|如何/.test(clause);
}

/** Full stops behind Han, and marks between a digit and Han. */
function stops(text: string): Edit[] {
  const bits = classes();
  const edits: Edit[] = [];
  for (let at = 0; at < text.length; at++) {
    if (!((bits[text.charCodeAt(at)] as number) & HALF_MARK)) continue;
    const char = text[at] as string;
    if (char === "." || char === "．") {
      const before = isBlank(text, at - 1) ? at - 2 : at - 1;
      if ((isHan(text, before) || "”’》）%".includes(text[before] ?? "\0")) && endsHere(text, at + 1))
        edits.push({ start: before + 1, end: at + 1, after: "。" });
      else if (char === "." && isDigit(text, at - 1) && opensAfterDigit(text, at + 1) && !isListNumber(text, at))
        edits.push({ start: at, end: at + 1, after: "。" });
    } else if (
      char === "," &&
      isDigit(text, at - 1) &&
      (isHan(text, at + 1) || "“‘《（".includes(text[at + 1] ?? "\0"))
    ) {
      edits.push({ start: at, end: at + 1, after: "，" });
    }
  }
  return edits;
}

const opensAfterDigit = (text: string, at: number) =>
  at >= text.length || isHan(text, at) || "“‘《".includes(text[at] as string);

/** Whether no digit, Latin letter or further dot comes next, spaces aside. */
function endsHere(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && at < from + 20 && /\s/.test(text[at] as string)) at++;
  return at >= text.length || !/[0-9A-Za-z.]/.test(text[at] as string);
}

/** `1.企业` at the start of a block: the dot of a list number stays. */
function isListNumber(text: string, at: number): boolean {
  return /(?:^|[。；\s])\d{1,2}$/.test(text.slice(Math.max(0, at - 4), at)) && at < text.length - 1;
}

const GROUPS_FOLLOW = /^，\d{3}(?:[，,]\d{3})*(?:\.\d+)?\s?(?:[余多万亿]|[家户名人个件条项场次元份册])/;
const GROUPS_PRECEDE = /(?:^|[^\d.])\d{1,3}(?:[，,]\d{3})*$/;

/** `1，284家` → `1,284家`: a thousands separator that was widened with the rest. */
export function mendSeparators(draft: Draft): Draft {
  const { text } = draft;
  const edits: Edit[] = [];
  for (let at = text.indexOf("，"); at >= 0; at = text.indexOf("，", at + 1)) {
    if (!isDigit(text, at - 1) || !isDigit(text, at + 1)) continue;
    if (GROUPS_FOLLOW.test(text.slice(at, at + 24)) && GROUPS_PRECEDE.test(text.slice(Math.max(0, at - 16), at)))
      edits.push({ start: at, end: at + 1, after: "," });
  }
  return applyEdits(draft, edits, "punctuation");
}
