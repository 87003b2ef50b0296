import { createHash } from "node:crypto";

/** Characters of a shingle. */
const SHINGLE = 5;
const BANDS = 8;
const ROWS = 2;
/** Of one text. */
export const MOST_KEYS = BANDS + 1;
/** Texts with fewer letters and digits than this are too short to be told apart by their shingles. */
const SHORT = 60;

/** Texts that are short or have no number of weight need to be this alike; those that share their numbers, this. */
const ALIKE_WITHOUT_NUMBERS = 0.85;
const ALIKE = 0.6;
/** Texts with the same long lines. */
const SAME_SENTENCES = 0.3;
/** Share of numbers that both must have. */
const SAME_NUMBERS = 0.7;

/** Letters and digits of a normal text, without what sites put between them. */
function lettersOf(normalText: string): string {
  let letters = "";
  let run = 0;
  for (let at = 0; at < normalText.length; at++) {
    if (isLetter(normalText, at)) continue;
    letters += normalText.slice(run, at);
    run = at + 1;
  }
  return (letters + normalText.slice(run)).toLowerCase();
}

const LETTER = /[\p{L}\p{N}]/u;

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  if (code < 0x80) return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);
  // halves of rare characters are kept together
  return (code >= 0xd800 && code <= 0xdfff) || LETTER.test(text[at] as string);
}

/** Numbers that tell one report from another: no years, nothing that could be a day or a month. */
function numbersOf(normalText: string): Set<string> {
  const numbers = new Set<string>();
  for (const [number] of normalText.matchAll(/\d+(?:\.\d+)?/g))
    if (number.length > 2 && !/^(?:19|20)\d\d$/.test(number)) numbers.add(number);
  return numbers;
}

/** Lines of a normal text long enough to be sentences: what sites put above and below it is left out. */
export function fingerprintOf(normalText: string): string {
  const lines = normalText
    .split("\n")
    .map((line) => line.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter((line) => line.length >= 40);
  return createHash("sha256")
    .update(lines.length > 0 ? lines.join("\n") : normalText)
    .digest("hex")
    .slice(0, 32);
}

function mix(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** Odd multipliers, one a band, that make another order of the numbers for each. */
const FACTORS = Int32Array.from({ length: BANDS }, (_, index) => mix(index * 2 + 1) | 1);
const EMPTY = 0x7fffffff;

/**
 * One hash a shingle: it falls into one of the bins, and each bin keeps its
 * least. An empty bin takes from the next that is not (one permutation hashing
 * with rotation; Shrivastava and Li 2014).
 */
function minimaOf(letters: string): Int32Array {
  const minima = new Int32Array(BANDS * ROWS).fill(EMPTY);
  for (let at = 0; at + SHINGLE <= letters.length; at++) {
    const hash = hashOf(letters, at, at + SHINGLE);
    const bin = (hash >>> 0) % minima.length;
    if (hash < (minima[bin] as number)) minima[bin] = hash;
  }
  const filled = minima.slice();
  for (let bin = 0; bin < minima.length; bin++)
    for (let away = 1; minima[bin] === EMPTY && away < minima.length; away++) {
      const next = filled[(bin + away) % minima.length] as number;
      if (next !== EMPTY) minima[bin] = next + away;
    }
  return minima;
}

/**
 * Keys of a text, one a band: texts that share one may be reposts of each
 * other (MinHash with locality-sensitive bands; Broder 1997, Leskovec et al.,
 * Mining of Massive Datasets, ch. 3). Each key also holds a minimum over the
 * text's numbers, so that reports of one template, which differ in nothing
 * else, do not all meet. Texts alike to 0.75 with 0.9 of their numbers share a
 * key in 99 of 100 cases, by (1 - 0.75² · 0.9)^8; each key costs a page of the
 * store, so that more of them would cost more than they find. Signed 32-bit; one more key
 * is of the fingerprint.
 */
export function duplicateKeys(normalText: string, fingerprint: string): number[] {
  const keys = [mix(Number.parseInt(fingerprint.slice(0, 8), 16) | 0)];
  const letters = lettersOf(normalText);
  if (letters.length < SHORT) return keys;
  const minima = minimaOf(letters);
  const numbers = [...numbersOf(normalText)].map((number) => hashOf(number, 0, number.length));
  for (let band = 0; band < BANDS; band++) {
    let key = mix(band + 0x9e3779b9);
    for (let row = 0; row < ROWS; row++) key = mix(key ^ (minima[band * ROWS + row] as number)) + row;
    const factor = FACTORS[band] as number;
    const least = numbers.reduce((least, hash) => Math.min(least, Math.imul(hash, factor)), 0x7fffffff);
    keys.push(mix(key ^ least));
  }
  return [...new Set(keys)];
}

const shinglesOf = (letters: string): Set<number> => {
  const shingles = new Set<number>();
  for (let at = 0; at + SHINGLE <= letters.length; at++) shingles.add(hashOf(letters, at, at + SHINGLE));
  return shingles;
};

function jaccard<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let both = 0;
  for (const each of a) if (b.has(each)) both++;
  return both / (a.size + b.size - both);
}

/** A text to be held against others. */
export class Likeness {
  private readonly letters: string;
  private readonly shingles: ReadonlySet<number>;
  private readonly numbers: ReadonlySet<string>;

  constructor(
    normalText: string,
    private readonly fingerprint: string,
  ) {
    this.letters = lettersOf(normalText);
    this.shingles = shinglesOf(this.letters);
    this.numbers = numbersOf(normalText);
  }

  /** How alike two normal texts are where one is a repost of the other (0–1); undefined where it is none. */
  to(normalText: string, fingerprint: string): number | undefined {
    const letters = lettersOf(normalText);
    if (letters === this.letters) return 1;
    const numbers = numbersOf(normalText);
    if (jaccard(this.numbers, numbers) < SAME_NUMBERS) return undefined;
    const alike = jaccard(this.shingles, shinglesOf(letters));
    const least =
      Math.min(letters.length, this.letters.length) < SHORT || numbers.size === 0 ? ALIKE_WITHOUT_NUMBERS : ALIKE;
    // the same sentences between other lines: what stands around a report may be as long as the report
    const enough = fingerprint === this.fingerprint ? SAME_SENTENCES : least;
    return alike >= enough ? Math.round(alike * 1000) / 1000 : undefined;
  }
}
