import type { SearchTerm } from "./store.js";

const NONE = 0;
const WORD = 1;
const GRAM = 2;

/** What a character is to the index: part of a word, one that stands for itself (Han, kana, hangul), or neither. */
function kindOf(code: number): number {
  if (code < 0x80) {
    const letter = code | 0x20;
    return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x7a) ? WORD : NONE;
  }
  if ((code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || (code >= 0x370 && code <= 0x52f))
    return WORD;
  const isGram =
    code === 0x3007 ||
    (code >= 0x3041 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    code >= 0x20000;
  return isGram ? GRAM : NONE;
}

/**
 * Cuts a text into what the index holds: words (in lower case); of runs of Han
 * every character and every two that stand together. One character is found
 * as such, a longer word by its pairs. Tells where each begins and ends.
 */
function cut(text: string, add: (from: number, to: number, kind: number) => void): void {
  let word = -1;
  let before = -1;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    const code = isSurrogate(unit) ? (text.codePointAt(at) as number) : unit;
    const size = code > 0xffff ? 2 : 1;
    const kind = kindOf(code);
    if (kind === WORD) {
      if (word < 0) word = at;
    } else if (word >= 0) {
      add(word, at, WORD);
      word = -1;
    }
    if (kind === GRAM) {
      add(at, at + size, GRAM);
      if (before >= 0) add(before, at + size, GRAM);
      before = at;
    } else before = -1;
    at += size;
  }
  if (word >= 0) add(word, text.length, WORD);
}

/** The different terms of a text, as the index takes them: separated by spaces. */
export function termsOf(text: string): string {
  const terms: string[] = [];
  const grams = new Grams(text.length);
  const others = new Set<string>();
  cut(text, (from, to, kind) => {
    const first = text.charCodeAt(from);
    if (kind === GRAM && to - from === 1) {
      if (grams.add(first)) terms.push(text[from] as string);
    } else if (kind === GRAM && to - from === 2 && !isSurrogate(first)) {
      if (grams.add((first << 16) | text.charCodeAt(from + 1))) terms.push(text.slice(from, to));
    } else others.add(text.slice(from, to).toLowerCase());
  });
  return [...terms, ...others].join(" ");
}

const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;

/** A set of numbers other than 0; a Set of as many strings takes three times as long. */
class Grams {
  private readonly slots: Int32Array;

  /** `most`: half of what may be added. */
  constructor(most: number) {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * most + 16)));
  }

  /** False where it was there. */
  add(gram: number): boolean {
    const mask = this.slots.length - 1;
    const hash = Math.imul(gram, 0x9e3779b1);
    for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
      const there = this.slots[at];
      if (there === gram) return false;
      if (there !== 0) continue;
      this.slots[at] = gram;
      return true;
    }
  }
}

/**
 * Reads what a person types, already in simplified characters: words separated
 * by spaces must all be there; what stands in quotation marks must stand there
 * so. Chinese needs no spaces: 办结率 is found as it stands. Empty for nothing
 * that could be searched for.
 */
export function parseSearch(query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const match of query.matchAll(/["“”]([^"“”]+)["“”]|([^\s"“”]+)/g)) {
    const [, quoted, plain] = match;
    const text = (quoted ?? plain ?? "").trim();
    let parts = 0;
    cut(text, () => parts++);
    if (parts === 0) continue;
    const kind = quoted === undefined && [...text].every((char) => kindOf(char.codePointAt(0) as number) === WORD);
    terms.push({ kind: kind ? "word" : "phrase", text });
  }
  return terms;
}

/** What of the index a search term needs, all of it; `prefix` where a longer word will do. */
export function needed(term: SearchTerm): { term: string; prefix: boolean }[] {
  const all: { term: string; prefix: boolean; gram: boolean }[] = [];
  cut(term.text, (from, to, kind) =>
    all.push({ term: term.text.slice(from, to).toLowerCase(), prefix: false, gram: kind === GRAM }),
  );
  const last = all.at(-1);
  // the text may go on with the word: resol finds resolved
  if (last && !last.gram && /[\p{L}\p{N}]$/u.test(term.text)) last.prefix = true;
  // pairs imply their characters
  const pairs = all.filter(({ gram, term: each }) => gram && [...each].length === 2).map((each) => each.term);
  const kept = all.filter(
    ({ gram, term: each }) => !gram || [...each].length === 2 || !pairs.some((pair) => pair.includes(each)),
  );
  return [...new Map(kept.map(({ term: each, prefix }) => [each, { term: each, prefix }])).values()];
}

/** Finds a term in a text as `search` means it; with the flags g and i. */
export function patternOf({ kind, text }: SearchTerm): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\s+/g, "\\s+");
  const start = kind === "word" || /^[\p{L}\p{N}]/u.test(text) ? startOf(text) : "";
  return new RegExp(start + literal + (kind === "word" ? "[a-z0-9\u00c0-\u024f]*" : ""), "gi");
}

/** A word or number begins where no word or number goes before it. */
const startOf = (text: string) => (kindOf(text.codePointAt(0) as number) === WORD ? "(?<![a-z0-9\u00c0-\u024f])" : "");

/** Characters before and after the first hit. */
const AROUND = 48;

/** A piece of a text around the first place that any of the patterns is found at. */
export function snippetOf(
  text: string,
  patterns: readonly RegExp[],
): { snippet: string; marks: { start: number; end: number }[] } {
  const first = Math.min(...patterns.map((pattern) => firstOf(text, pattern)));
  const at = Number.isFinite(first) ? first : 0;
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + AROUND * 2);
  const head = from > 0 ? "…" : "";
  const snippet = `${head}${text.slice(wholeAt(text, from), wholeAt(text, to)).replace(/\s/g, " ")}${to < text.length ? "…" : ""}`;
  const marks = patterns
    .flatMap((pattern) => [...snippet.matchAll(pattern)].map((m) => ({ start: m.index, end: m.index + m[0].length })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return { snippet, marks: marks.filter((mark, index) => index === 0 || mark.start >= (marks[index - 1]?.end ?? 0)) };
}

function firstOf(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** Not between the halves of a character. */
function wholeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
