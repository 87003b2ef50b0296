import { readFileSync } from "node:fs";
import { z } from "zod";
import { catalogue, Trie } from "../catalogue/index.js";
import type { Edit } from "./rewrite.js";
import { isPair, isWord, likelihood } from "./words.js";

const ConfusionFile = z.object({
  evidence: z.array(z.string()),
  words: z.record(z.string(), z.string()),
  alike: z.array(z.string()),
});

interface Confusions {
  /** What nobody writes, only OCR. */
  readonly evidence: RegExp;
  readonly words: WordTable;
  readonly alike: readonly string[];
}

/** Misread words, and what each is read for. */
class WordTable {
  private readonly tree = new Trie();
  private readonly right: (string | undefined)[] = [];

  constructor(words: Iterable<readonly [wrong: string, right: string]>) {
    for (const [wrong, right] of words) this.right[this.tree.add(wrong)] = right;
  }

  /** The words that start at a place, the longest first. */
  at(text: string, start: number): readonly { readonly end: number; readonly right: string }[] {
    const first = text.charCodeAt(start);
    if (!this.tree.mayOpen(first, text.charCodeAt(start + 1))) return NONE;
    const found: { end: number; right: string }[] = [];
    let node = this.tree.open(first);
    for (let at = start + 1; node > 0; at++) {
      const right = this.right[node];
      if (right !== undefined) found.unshift({ end: at, right });
      node = at < text.length ? this.tree.step(node, text.charCodeAt(at)) : 0;
    }
    return found;
  }
}

const NONE: readonly never[] = [];

let loaded: Confusions | undefined;

export function confusions(): Confusions {
  if (loaded) return loaded;
  const file = ConfusionFile.parse(
    JSON.parse(readFileSync(new URL("../../schemas/confusions.json", import.meta.url), "utf8")),
  );
  loaded = {
    evidence: new RegExp(file.evidence.join("|")),
    words: new WordTable(Object.entries(file.words)),
    alike: file.alike,
  };
  return loaded;
}

const LONGEST = 4;
let misreadings: WordTable | undefined;

/** Words of the lexicon with one character misread, where only one word can be meant and the misreading is none. */
function misread(): WordTable {
  if (misreadings) return misreadings;
  const others = new Map<string, Set<string>>();
  for (const group of confusions().alike)
    for (const char of group)
      others.set(char, new Set([...(others.get(char) ?? []), ...group].filter((other) => other !== char)));
  const lexicon = new Set([...catalogue().concepts.values()].flatMap((concept) => concept.zh));
  const found = new Map<string, string | undefined>();
  for (const word of lexicon) {
    if (word.length < 2 || word.length > LONGEST) continue;
    for (let at = 0; at < word.length; at++)
      for (const other of others.get(word[at] as string) ?? []) {
        const wrong = word.slice(0, at) + other + word.slice(at + 1);
        if (lexicon.has(wrong) || isWord(wrong)) continue;
        found.set(wrong, found.has(wrong) && found.get(wrong) !== word ? undefined : word);
      }
  }
  misreadings = new WordTable([...found].filter((pair): pair is [string, string] => pair[1] !== undefined));
  return misreadings;
}

/** How much likelier the words around must become: e^6 times. */
const CLEAR = 6;
const CONTEXT = 3;

/** Mends words of the genre in which OCR confused one character, where the text around says so too. */
export function misreadWords(text: string): Edit[] {
  const right = misread();
  const edits: Edit[] = [];
  for (let at = 0; at < text.length - 1; at++) {
    const word = right.at(text, at).find(({ end, right }) => isClearer(text, at, end, right));
    if (!word) continue;
    edits.push({ start: at, end: word.end, after: word.right });
    at = word.end - 1;
  }
  return edits;
}

/** Whether a word reads much better than what stands at `[start, end)`. */
function isClearer(text: string, start: number, end: number, word: string): boolean {
  const shown = text.slice(start, end);
  if (isNeeded(text, start + wrongAt(shown, word))) return false;
  const before = text.slice(Math.max(0, start - CONTEXT), start);
  const after = text.slice(end, end + CONTEXT);
  return likelihood(before + word + after) - likelihood(before + shown + after) >= CLEAR;
}

/** Mends words that are written so by OCR only, the longest first. */
export function wronglyRead(text: string): Edit[] {
  const { words } = confusions();
  const edits: Edit[] = [];
  for (let at = 0; at < text.length; at++) {
    const [word] = words.at(text, at);
    if (!word) continue;
    edits.push({ start: at, end: word.end, after: word.right });
    at = word.end - 1;
  }
  return edits;
}

const wrongAt = (wrong: string, right: string): number => {
  let at = 0;
  while (wrong[at] === right[at]) at++;
  return at;
};

/** Whether the character at `at` makes a word with a neighbour as it stands: 周末, not 未办结. */
const isNeeded = (text: string, at: number): boolean =>
  isPair(text[at - 1] ?? "", text[at] as string) || isPair(text[at] as string, text[at + 1] ?? "");
