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
  language = { words, alone, common, single, ...treeOf(words) };
  return language;
}

function treeOf(words: ReadonlyMap<string, number>): Pick<Language, "tree" | "likely"> {
  const tree = new Trie(75_000);
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

/** Room for this many characters that stand in words of two. */
const BITS = 6144;

interface Pairs {
  /** Places of characters in the tables; 0 for one that no word of two has. */
  readonly numbers: Uint16Array;
  /** A bit for each word of two characters, in the row of its first. */
  readonly byFirst: Uint8Array;
  /** The same in the row of its second: guesses that share a neighbour look into one row only. */
  readonly bySecond: Uint8Array;
}

let pairs: Pairs | undefined;

/** The words of two characters, so that thousands of guesses cost nothing. */
function loadPairs(): Pairs {
  if (pairs) return pairs;
  const numbers = new Uint16Array(0x10000);
  const byFirst = new Uint8Array((BITS * BITS) / 8);
  const bySecond = new Uint8Array((BITS * BITS) / 8);
  let last = 0;
  const numberOf = (code: number): number => {
    if (numbers[code] === 0 && last + 1 < BITS) numbers[code] = ++last;
    return numbers[code] as number;
  };
  for (const word of load().words.keys()) {
    if (word.length !== 2) continue;
    const a = numberOf(word.charCodeAt(0));
    const b = numberOf(word.charCodeAt(1));
    if (a === 0 || b === 0) continue;
    setBit(byFirst, a * BITS + b);
    setBit(bySecond, b * BITS + a);
  }
  pairs = { numbers, byFirst, bySecond };
  return pairs;
}

function setBit(table: Uint8Array, bit: number): void {
  table[bit >> 3] = (table[bit >> 3] as number) | (1 << (bit & 7));
}

const hasBit = (table: Uint8Array, bit: number): boolean => ((table[bit >> 3] as number) & (1 << (bit & 7))) !== 0;

/** Whether two characters are a word. */
export function isPair(first: string, second: string): boolean {
  const { numbers, byFirst } = loadPairs();
  const a = numbers[first.charCodeAt(0)] as number;
  const b = numbers[second.charCodeAt(0)] as number;
  return a > 0 && b > 0 && hasBit(byFirst, a * BITS + b);
}

/** The same, where many firsts are tried before one second. */
export function isPairBefore(second: string, first: string): boolean {
  const { numbers, bySecond } = loadPairs();
  const a = numbers[first.charCodeAt(0)] as number;
  const b = numbers[second.charCodeAt(0)] as number;
  return a > 0 && b > 0 && hasBit(bySecond, b * BITS + a);
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
  const best = roomFor(text.length, 0);
  cut(load(), text, best);
  return best[text.length] as number;
}

const scratch = new Float64Array(200);

/** Best values up to each place of a text: `first` before it, nothing known behind. They hold until the next call. */
function roomFor(size: number, first: number): Float64Array {
  const best = size < scratch.length ? scratch : new Float64Array(size + 1);
  best.fill(Number.NEGATIVE_INFINITY, 1, size + 1);
  best[0] = first;
  return best;
}

/** The best value up to each place of a text, over all cuts into words and characters. */
function cut({ tree, likely, single }: Language, text: string, best: Float64Array): void {
  const size = text.length;
  for (let at = 0; at < size; at++) {
    const here = best[at] as number;
    const code = text.charCodeAt(at);
    const alone = here + (single[code] as number);
    if (alone > (best[at + 1] as number)) best[at + 1] = alone;
    if (at + 1 < size && tree.mayOpen(code, text.charCodeAt(at + 1)))
      reach(tree, likely, text, at + 1, here, tree.open(code), best);
  }
}

/** Likelihoods of texts that open and end alike and differ by a few characters between. */
export class Filled {
  /** Best values of the opening, as in `likelihood`. */
  private readonly value: number;
  /** Words that the opening begins and may not end: their value before, and their node. */
  private readonly open: { readonly here: number; readonly node: number }[] = [];

  constructor(
    before: string,
    private readonly after: string,
  ) {
    const { tree } = load();
    this.value = likelihood(before);
    for (let at = 0; at < before.length; at++) {
      let node = tree.open(before.charCodeAt(at));
      for (let next = at + 1; node > 0 && next < before.length; next++) node = tree.step(node, before.charCodeAt(next));
      if (node > 0) this.open.push({ here: likelihood(before.slice(0, at)), node });
    }
  }

  /** `likelihood(before + between + after)`. */
  with(between: string): number {
    const language = load();
    const text = between + this.after;
    const best = roomFor(text.length, this.value);
    for (const { here, node } of this.open) reach(language.tree, language.likely, text, 0, here, node, best);
    cut(language, text, best);
    return best[text.length] as number;
  }
}

/** Where the words lead that are at `node` before `text[from]`, and were worth `here` before they began. */
function reach(
  tree: Trie,
  likely: Float64Array,
  text: string,
  from: number,
  here: number,
  opened: number,
  best: Float64Array,
): void {
  let node = opened;
  for (let next = from; node > 0 && next < text.length; next++) {
    node = tree.step(node, text.charCodeAt(next));
    // no word: not a number, and greater than nothing
    const word = here + (likely[node] as number);
    if (word > (best[next + 1] as number)) best[next + 1] = word;
  }
}

const PinyinFile = z.object({ readings: z.record(z.string(), z.string()) });
let readings: Readonly<Record<string, string>> | undefined;

/** Traditional characters read like this. */
export function charactersRead(pinyin: string): string {
  readings ??= PinyinFile.parse(readSchema("pinyin.json")).readings;
  return readings[pinyin] ?? "";
}
