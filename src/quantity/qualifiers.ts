import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Qualifier } from "../doc/index.js";

const Words = z.record(z.string(), z.array(z.string()));
const QualifierFile = z.object({
  qualifiers: z.object({
    $comment: z.string().optional(),
    before: Words,
    after: Words,
    apart: Words,
    notAfter: z.record(z.string(), z.string()),
    onlyAfter: z.record(z.string(), z.string()),
  }),
});

interface Word {
  readonly word: string;
  readonly means: Qualifier;
  readonly ceiling: boolean;
  readonly notAfter: string;
  readonly onlyAfter: string | undefined;
}
/** A qualifying word found beside a number. */
export interface Qualified {
  readonly length: number;
  readonly qualifier: Qualifier;
  /** A bound, not a value: 最高, 不超过. */
  readonly ceiling: boolean;
}

const { before, after, apart } = load();
const NONE: readonly Word[] = [];
const OPENERS: ReadonlySet<number> = new Set(apart.map(({ word }) => word.charCodeAt(0)));

/** The qualifier that ends at `at`: 超过, 近, 约, 最高. The longest wins. */
export function qualifierBefore(text: string, at: number): Qualified | undefined {
  for (const { word, means, ceiling, notAfter, onlyAfter } of before.get(text.charCodeAt(at - 1)) ?? NONE) {
    if (!text.startsWith(word, at - word.length)) continue;
    const previous = text[at - word.length - 1] ?? "\u0000";
    if (notAfter.includes(previous) || onlyAfter?.includes(previous) === false) continue;
    return { length: word.length, qualifier: means, ceiling };
  }
  return qualifierApart(text, at);
}

/** 至少走访20家: a verb may stand between; the quantity does not reach back to it. */
function qualifierApart(text: string, at: number): Qualified | undefined {
  const from = startOfStretch(text, at);
  if (from === at) return undefined;
  const near = text.slice(from, at);
  for (const { word, means, ceiling } of apart) {
    const found = near.lastIndexOf(word);
    if (found >= 0) return { length: 0, qualifier: means, ceiling };
  }
  return undefined;
}

/** Where the six characters before `at` start, cut behind the last mark or digit; `at` where no qualifier opens in them. */
function startOfStretch(text: string, at: number): number {
  let from = at;
  let opens = false;
  while (from > 0 && at - from < 6) {
    const code = text.charCodeAt(from - 1);
    if ((code >= 48 && code <= 57) || STOPS.has(code)) break;
    if (OPENERS.has(code)) opens = true;
    from--;
  }
  return opens ? from : at;
}
const STOPS: ReadonlySet<number> = new Set([..."，。；、："].map((mark) => mark.charCodeAt(0)));

/** The qualifier that starts at `at`: 以上, 左右. */
export function qualifierAfter(text: string, at: number): Qualified | undefined {
  for (const { word, means } of after.get(text.charCodeAt(at)) ?? NONE) {
    if (!text.startsWith(word, at)) continue;
    // 多 and 余 qualify what they end: 3000余，
    if (word.length === 1 && !CLOSING.test(text[at + 1] ?? "")) continue;
    return { length: word.length, qualifier: means, ceiling: false };
  }
  return undefined;
}
const CLOSING = /^(?:$|[，。；、：的）)”\s])/;

function load(): { before: Map<number, Word[]>; after: Map<number, Word[]>; apart: Word[] } {
  const path = new URL("../../schemas/number-words.json", import.meta.url);
  const { qualifiers } = QualifierFile.parse(JSON.parse(readFileSync(path, "utf8")));
  const read = (words: z.infer<typeof Words>, keyOf: (word: string) => number) => {
    const byChar = new Map<number, Word[]>();
    for (const [means, list] of Object.entries(words)) {
      for (const word of list) {
        const ceiling = means === "ceiling";
        const entry = {
          word,
          means: (ceiling ? "under" : means) as Qualifier,
          ceiling,
          notAfter: qualifiers.notAfter[word] ?? "",
          onlyAfter: qualifiers.onlyAfter[word],
        };
        byChar.set(keyOf(word), [...(byChar.get(keyOf(word)) ?? []), entry]);
      }
    }
    for (const list of byChar.values()) list.sort((a, b) => b.word.length - a.word.length);
    return byChar;
  };
  return {
    before: read(qualifiers.before, (word) => word.charCodeAt(word.length - 1)),
    after: read(qualifiers.after, (word) => word.charCodeAt(0)),
    apart: read(qualifiers.apart, () => 0).get(0) ?? [],
  };
}
