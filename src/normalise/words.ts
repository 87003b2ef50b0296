import { readFileSync } from "node:fs";
import { z } from "zod";
import { allRegions, catalogue } from "../catalogue/index.js";

const WordFile = z.object({
  words: z.record(z.string(), z.string()),
  characters: z.record(z.string(), z.string()),
  alone: z.record(z.string(), z.string()),
});

const readSchema = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8"));

interface Language {
  /** Natural logarithm of how likely a word, or a character as a word of its own, is. */
  readonly words: ReadonlyMap<string, number>;
  readonly alone: ReadonlyMap<string, number>;
  readonly common: ReadonlySet<string>;
}

/** Counts in words.json are of a corpus of this many words. */
const CORPUS = Math.log(6e7);
/** How much rarer than in all its words a character is as a word of its own, where nothing is known of that. */
const ALONE = 5;
/** A character seen less often than this in 6e7 words is rare. */
const COMMON = 12;
const UNKNOWN = -19;
const RARE = -16;
const LONGEST = 4;
/** Stands for a character that nothing decides. */
export const LOST = "〓";

let language: Language | undefined;

function load(): Language {
  if (language) return language;
  const file = WordFile.parse(readSchema("words.json"));
  const words = new Map<string, number>();
  const alone = new Map<string, number>();
  const common = new Set<string>();
  for (const concept of catalogue().concepts.values())
    for (const word of concept.zh) if (word.length > 1) words.set(word, -9);
  for (const region of allRegions()) for (const name of [region.name, ...region.aliases]) words.set(name, -11.5);
  const likely = (power: string) => ((Number(power) + 0.5) * Math.LN2) / 2 - CORPUS;
  const add = (words: Map<string, number>, word: string, value: number) =>
    words.set(word, Math.max(value, words.get(word) ?? Number.NEGATIVE_INFINITY));
  for (const [power, list] of Object.entries(file.words))
    for (const word of list.split(" ")) add(words, word, likely(power));
  for (const [power, list] of Object.entries(file.characters))
    for (const char of list) {
      add(alone, char, Math.max(likely(power) - ALONE, RARE));
      if (Number(power) >= COMMON * 2) common.add(char);
    }
  for (const [power, list] of Object.entries(file.alone))
    for (const char of list) if (common.has(char)) add(alone, char, likely(power));
  for (const [chars, value] of MARKS)
    for (const char of chars) {
      alone.set(char, value);
      common.add(char);
    }
  language = { words, alone, common };
  return language;
}

const MARKS: readonly (readonly [string, number])[] = [
  ["，。、", -4],
  ["；：（）《》0123456789.%", -6],
  ["“”‘’·—！？", -7],
  [LOST, -10],
];

export const isWord = (text: string): boolean => load().words.has(text);

/** Whether a (simplified) character stands in ordinary text. */
export const isCommon = (char: string): boolean => load().common.has(char);

export const likelihoodOf = (char: string): number => load().alone.get(char) ?? UNKNOWN;

/**
 * How likely a simplified text is, as the sum of the logarithms of its words
 * in the likeliest cut. Running prose has about -4.5 a character, bytes read
 * astray below -9.
 */
export function likelihood(text: string): number {
  const { words } = load();
  const best = new Float64Array(text.length + 1).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  for (let at = 0; at < text.length; at++) {
    const here = best[at] as number;
    const alone = here + likelihoodOf(text[at] as string);
    if (alone > (best[at + 1] as number)) best[at + 1] = alone;
    for (let length = 2; length <= LONGEST && at + length <= text.length; length++) {
      const word = words.get(text.slice(at, at + length));
      if (word !== undefined && here + word > (best[at + length] as number)) best[at + length] = here + word;
    }
  }
  return best[text.length] as number;
}

const PinyinFile = z.object({ readings: z.record(z.string(), z.string()) });
let readings: Readonly<Record<string, string>> | undefined;

/** Traditional characters read like this. */
export function charactersRead(pinyin: string): string {
  readings ??= PinyinFile.parse(readSchema("pinyin.json")).readings;
  return readings[pinyin] ?? "";
}
