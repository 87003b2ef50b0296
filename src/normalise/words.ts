import { readFileSync } from "node:fs";
import { z } from "zod";
import { allRegions, catalogue, Trie } from "../catalogue/index.js";

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
  /** The same likelihoods, by the node that a word ends in (NaN: none does), and by code unit. */
  readonly tree: Trie;
  readonly likely: Float64Array;
  readonly single: Float64Array;
  readonly numbers: Uint16Array;
  readonly pairs: Uint8Array;
}

/** Counts in words.json are of a corpus of this many words. */
const CORPUS = Math.log(6e7);
/** How much rarer than in all its words a character is as a word of its own, where nothing is known of that. */
const ALONE = 5;
/** A character seen less often than this in 6e7 words is rare. */
const COMMON = 12;
const UNKNOWN = -19;
const RARE = -16;
const LONGEST = 5;
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
  const single = new Float64Array(0x10000).fill(UNKNOWN);
  for (const [char, value] of alone) if (char.length === 1) single[char.charCodeAt(0)] = value;
  language = { words, alone, common, single, ...treeOf(words), ...pairsOf(words.keys()) };
  return language;
}

function treeOf(words: ReadonlyMap<string, number>): Pick<Language, "tree" | "likely"> {
  const tree = new Trie();
  const nodes: [number, number][] = [];
  let last = 0;
  for (const [word, value] of words) {
    if (word.length < 2 || word.length > LONGEST) continue;
    const node = tree.add(word);
    nodes.push([node, value]);
    last = Math.max(last, node);
  }
  const likely = new Float64Array(last + 1).fill(Number.NaN);
  for (const [node, value] of nodes) likely[node] = value;
  return { tree, likely };
}

const MARKS: readonly (readonly [string, number])[] = [
  ["，。、", -4],
  ["；：（）《》0123456789.%", -6],
  ["“”‘’·—！？", -7],
  [LOST, -10],
];

export const isWord = (text: string): boolean => load().words.has(text);

/** Whether two characters are a word. */
export function isPair(first: string, second: string): boolean {
  const { numbers, pairs } = load();
  const a = numbers[first.charCodeAt(0)] as number;
  const b = numbers[second.charCodeAt(0)] as number;
  const bit = a * BITS + b;
  return a > 0 && b > 0 && ((pairs[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
}

/** Room for this many characters that stand in words of two. */
const BITS = 6144;

/** The words of two characters, a bit each, so that thousands of guesses cost nothing. */
function pairsOf(words: Iterable<string>): Pick<Language, "numbers" | "pairs"> {
  const numbers = new Uint16Array(0x10000);
  const pairs = new Uint8Array((BITS * BITS) / 8);
  let last = 0;
  for (const word of words) {
    if (word.length !== 2) continue;
    const [a = 0, b = 0] = [0, 1].map((at) => {
      const code = word.charCodeAt(at);
      if (numbers[code] === 0 && last + 1 < BITS) numbers[code] = ++last;
      return numbers[code];
    });
    const bit = a * BITS + b;
    if (a > 0 && b > 0) pairs[bit >> 3] = (pairs[bit >> 3] as number) | (1 << (bit & 7));
  }
  return { numbers, pairs };
}

/** Whether a (simplified) character stands in ordinary text. */
export const isCommon = (char: string): boolean => load().common.has(char);

export const likelihoodOf = (char: string): number => load().alone.get(char) ?? UNKNOWN;

/**
 * How likely a simplified text is, as the sum of the logarithms of its words
 * in the likeliest cut. Running prose has about -4.5 a character, bytes read
 * astray below -9.
 */
export function likelihood(text: string): number {
  const { tree, likely, single } = load();
  const size = text.length;
  const best = size < scratch.length ? scratch : new Float64Array(size + 1);
  best.fill(Number.NEGATIVE_INFINITY, 1, size + 1);
  best[0] = 0;
  for (let at = 0; at < size; at++) {
    const here = best[at] as number;
    const code = text.charCodeAt(at);
    const alone = here + (single[code] as number);
    if (alone > (best[at + 1] as number)) best[at + 1] = alone;
    let node = tree.open(code);
    for (let next = at + 1; node > 0 && next < size; next++) {
      node = tree.step(node, text.charCodeAt(next));
      // no word: not a number, and greater than nothing
      const word = here + (likely[node] as number);
      if (word > (best[next + 1] as number)) best[next + 1] = word;
    }
  }
  return best[size] as number;
}

const scratch = new Float64Array(200);

const PinyinFile = z.object({ readings: z.record(z.string(), z.string()) });
let readings: Readonly<Record<string, string>> | undefined;

/** Traditional characters read like this. */
export function charactersRead(pinyin: string): string {
  readings ??= PinyinFile.parse(readSchema("pinyin.json")).readings;
  return readings[pinyin] ?? "";
}
