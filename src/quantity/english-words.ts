import { createRequire } from "node:module";
import { round } from "./numeral.js";

/** What English number words are worth. `reads` of compromise fall back on where a phrase is none of these. */
const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
const SMALL = new Map<string, number>([
  ...UNITS.split(" ").map((word, value) => [word, value] as const),
  ...TENS.split(" ").map((word, index) => [word, index * 10 + 20] as const),
]);
export const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  dozen: 12,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  mln: 1e6,
  bln: 1e9,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  bn: 1e9,
  tn: 1e12,
};
const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  hundredth: 100,
};

export const SCALE_WORDS = "hundred|thousand|million|billion|trillion|dozen";
const WORD = `(?:${[...SMALL.keys()].sort((a, b) => b.length - a.length).join("|")}|hundred|thousand|million|billion|trillion|dozen)`;
/** A phrase of number words: eighty-six, one hundred and twenty-three, a thousand. */
export const NUMBER_WORDS = `(?:an?[\\s-](?=hundred|thousand|million|billion|trillion|dozen))?${WORD}(?:[\\s-](?:and[\\s-])?${WORD}){0,12}`;
/** How number words begin: their first three letters. */
export const WORD_STARTS: ReadonlySet<string> = new Set(
  [...SMALL.keys(), ...SCALE_WORDS.split("|"), "half"].map((word) => word.slice(0, 3)),
);
/** The lower part of a fraction: thirds, fifth. */
export const PART_WORDS = "(?:halves|half|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)s?)";

const known = new Map<string, number | undefined>();

/** `eighty-six` → 86, `thirteen thousand` → 13000, `three dozen` → 36. `undefined` when the words are no number. */
export function wordsToNumber(words: string): number | undefined {
  const key = words.toLowerCase();
  if (!known.has(key)) {
    if (known.size > 5000) known.clear();
    known.set(key, sumOf(key) ?? byCompromise(key));
  }
  return known.get(key);
}

/** Sums of small numbers times falling scales; what is not so built is left to compromise. */
function sumOf(words: string): number | undefined {
  let total = 0;
  let section: number | undefined;
  for (const word of words.split(/[\s-]+/)) {
    const scale = SCALES[word];
    const small = SMALL.get(word);
    if (word === "and") continue;
    if (word === "a" || word === "an") section = 1;
    else if (small !== undefined) {
      // twenty one, but not one twenty
      if (section !== undefined && (section % 100 !== 0 || small > 99) && !(section % 10 === 0 && small < 10))
        return undefined;
      section = (section ?? 0) + small;
    } else if (scale === undefined) return undefined;
    else if (scale <= 100) section = (section ?? 1) * scale;
    else {
      total += (section ?? 1) * scale;
      section = undefined;
    }
  }
  return total + (section ?? 0);
}

type Compromise = typeof import("compromise").default;
const load = createRequire(import.meta.url);

/** The reading of compromise, which knows odder phrases (`nineteen eighty`). */
function byCompromise(words: string): number | undefined {
  // half a second to load, and few texts need it
  const nlp = load("compromise") as Compromise;
  const numbers = nlp(words).numbers().json() as { number?: { num?: number | null } }[];
  const parsed = numbers[0]?.number?.num;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
}

/** `two thirds`, `a quarter`, `9 tenths` → percent, to two decimals. */
export function fractionToPercent(above: string, below: string): number | undefined {
  const numerator = countOf(above);
  const denominator = PARTS[below.toLowerCase()] ?? PARTS[below.toLowerCase().replace(/s$/, "")] ?? countOf(below);
  if (numerator === undefined || !denominator || numerator > denominator) return undefined;
  return Math.round((numerator / denominator) * 1e4) / 100;
}

function countOf(word: string): number | undefined {
  if (/^an?$/i.test(word)) return 1;
  return /^\d/.test(word) ? Number(word) : wordsToNumber(word);
}

/** `1,284` and `1.2`, times the scale named after them. */
export const digitsToNumber = (digits: string, scale: string): number =>
  round(Number(digits.replace(/[, ]/g, "")) * (SCALES[scale.toLowerCase()] ?? 1));
