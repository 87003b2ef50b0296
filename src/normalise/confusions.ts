import { readFileSync } from "node:fs";
import { z } from "zod";
import { catalogue } from "../catalogue/index.js";
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
  readonly words: RegExp;
  readonly right: Readonly<Record<string, string>>;
  readonly alike: readonly string[];
}

let loaded: Confusions | undefined;

export function confusions(): Confusions {
  if (loaded) return loaded;
  const file = ConfusionFile.parse(
    JSON.parse(readFileSync(new URL("../../schemas/confusions.json", import.meta.url), "utf8")),
  );
  const alternatives = Object.keys(file.words).sort((a, b) => b.length - a.length);
  loaded = {
    evidence: new RegExp(file.evidence.join("|")),
    words: new RegExp(alternatives.join("|"), "g"),
    right: file.words,
    alike: file.alike,
  };
  return loaded;
}

const LONGEST = 4;
let misreadings: ReadonlyMap<string, string> | undefined;

/** Words of the lexicon with one character misread, where only one word can be meant and the misreading is none. */
function misread(): ReadonlyMap<string, string> {
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
  misreadings = new Map([...found].filter((pair): pair is [string, string] => pair[1] !== undefined));
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
    for (let length = Math.min(LONGEST, text.length - at); length >= 2; length--) {
      const word = right.get(text.slice(at, at + length));
      if (word === undefined) continue;
      if (isNeeded(text, at + wrongAt(text.slice(at, at + length), word))) continue;
      const before = text.slice(Math.max(0, at - CONTEXT), at);
      const after = text.slice(at + length, at + length + CONTEXT);
      const gain = likelihood(before + word + after) - likelihood(before + text.slice(at, at + length) + after);
      if (gain < CLEAR) continue;
      edits.push({ start: at, end: at + length, after: word });
      at += length - 1;
      break;
    }
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
