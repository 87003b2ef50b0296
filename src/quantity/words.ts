import { readFileSync } from "node:fs";
import { z } from "zod";
import { CharKind, kindAt } from "./chars.js";

/** Words that hold a numeral, by the codes of the numeral and of what follows it in the word (0: nothing). */
const words = loadWords();

/** Where the word that holds the Han numeral at `at` ends (一带一路); 0 when there is none. */
export function wordEndAt(text: string, at: number, start: number): number {
  const kind = kindAt(text, at);
  if (kind === CharKind.arabic || kind === CharKind.none) return 0;
  const holders = words.get(text.charCodeAt(at));
  if (holders === undefined) return 0;
  return longest(holders.get(text.charCodeAt(at + 1)), text, at, start) || longest(holders.get(0), text, at, start);
}

/** Where the longest word of a list ends, if one stands around `at`. */
function longest(list: readonly Holder[] | undefined, text: string, at: number, start: number): number {
  for (const { word, offset } of list ?? []) {
    const from = at - offset;
    if (from >= start && text.startsWith(word, from) && !isQuantityAfterAll(text, from, at)) return from + word.length;
  }
  return 0;
}

/** 近千名, 上百家: bare scales are numbers behind a qualifier; 五十一 is no 十一. */
function isQuantityAfterAll(text: string, wordStart: number, at: number): boolean {
  // 十分 is very, 十分之九 nine tenths
  if (text.startsWith("分之", at + 1)) return true;
  const before = text[wordStart - 1] ?? "";
  if (wordStart === at && QUALIFIED.test(before) && /[百千万]/.test(text[at] ?? "")) return true;
  const kind = kindAt(text, wordStart - 1);
  return kind !== CharKind.none && kind !== CharKind.space && kind !== CharKind.half;
}
const QUALIFIED = /[近上超逾约过达]/;

interface Holder {
  readonly word: string;
  readonly offset: number;
}

function loadWords(): Map<number, Map<number, Holder[]>> {
  const path = new URL("../../schemas/number-words.json", import.meta.url);
  const file = z.object({ words: z.array(z.string()) }).parse(JSON.parse(readFileSync(path, "utf8")));
  const holders = new Map<number, Map<number, Holder[]>>();
  for (const word of [...file.words].sort((a, b) => b.length - a.length)) {
    for (let offset = 0; offset < word.length; offset++) {
      if (kindAt(word, offset) === CharKind.none) continue;
      const [code, next] = [word.charCodeAt(offset), word.charCodeAt(offset + 1) || 0];
      const byNext = holders.get(code) ?? new Map<number, Holder[]>();
      byNext.set(next, [...(byNext.get(next) ?? []), { word, offset }]);
      holders.set(code, byNext);
    }
  }
  return holders;
}
