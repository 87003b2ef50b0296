import { type Concept, kindBit, type Lexeme, type Lexicon } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import type { TimePhrase } from "./time-phrase.js";

/** A clause with its quantities and the words between them. */
export interface ClauseParts {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it says 分别 or 依次为: few clauses do. */
  readonly isRespective: boolean;
  readonly quantities: readonly Quantity[];
  /** `gaps[i]` lies before `quantities[i]`; the last one behind the last quantity. */
  readonly gaps: readonly Gap[];
  readonly times: readonly TimePhrase[];
  /** Whether a semicolon or the sentence's start stands before it. */
  readonly opensPart: boolean;
}

/** The text between two quantities of a clause, and the known words in it. */
export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly Lexeme[];
}

export interface ClauseInput {
  readonly start: number;
  readonly end: number;
  readonly quantities: readonly Quantity[];
  readonly times: readonly TimePhrase[];
  readonly opensPart: boolean;
}

export function clauseParts(text: string, lexicon: Lexicon, input: ClauseInput): ClauseParts {
  const { start, end, quantities, times, opensPart } = input;
  const gaps: Gap[] = [];
  let from = start;
  for (let index = 0; index <= quantities.length; index++) {
    const to = Math.max(from, quantities[index]?.start ?? end);
    const gap = text.slice(from, to);
    const words = wordsOutside(lexicon.scan(text, from, to), times);
    gaps.push({ start: from, end: to, text: gap, words: untitled(gap, text, from, words) });
    from = quantities[index]?.end ?? to;
  }
  const own = text.slice(start, end);
  const isRespective = own.includes("分别") || own.includes("依次为");
  return { start, end, text: own, isRespective, quantities, gaps, times, opensPart };
}

/** Characters; a longer one is a mark that nobody closed. */
const LONGEST_TITLE = 200;

/** Words that are no part of a title: 《惠企政策十八条》 counts no policies. */
function untitled(gap: string, text: string, start: number, words: Lexeme[]): Lexeme[] {
  if (words.length === 0 || !gap.includes("《")) return words;
  return words.filter((word) => {
    const before = gap.lastIndexOf("《", word.start - start);
    const close = before < 0 ? -1 : text.slice(start + before, start + before + LONGEST_TITLE).indexOf("》");
    return before < 0 || close < 0 || word.end > start + before + close;
  });
}

/** Words that are no part of a phrase of time (年底 is no plan when it dates a number). */
function wordsOutside(words: Lexeme[], times: readonly TimePhrase[]): Lexeme[] {
  if (words.length === 0 || times.length === 0) return words;
  const isInTime = (word: Lexeme) => times.some((time) => word.start >= time.start && word.end <= time.end);
  return words.some(isInTime) ? words.filter((word) => !isInTime(word)) : words;
}

/** Whether a word belongs to a concept of this kind. */
export const isKind = (word: Lexeme, kind: Concept["kind"]): boolean => (word.kinds & BITS[kind]) !== 0;

const BITS: Readonly<Record<Concept["kind"], number>> = {
  noun: kindBit("noun"),
  verb: kindBit("verb"),
  money: kindBit("money"),
  rate: kindBit("rate"),
  cue: kindBit("cue"),
};

export function isConcept(word: Lexeme, id: string): boolean {
  for (const concept of word.concepts) if (concept.id === id) return true;
  return false;
}
