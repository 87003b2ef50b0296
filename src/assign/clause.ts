import type { Lexeme, Lexicon } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import type { TimePhrase } from "./time-chinese.js";

/** A clause with its quantities and the words between them. */
export interface ClauseParts {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
  const edges = [input.start, ...input.quantities.flatMap((quantity) => [quantity.start, quantity.end]), input.end];
  const gaps: Gap[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const start = edges[index] ?? input.start;
    const end = Math.max(start, edges[index + 1] ?? input.end);
    gaps.push({
      start,
      end,
      text: text.slice(start, end),
      words: untitled(text, start, end, wordsOutside(lexicon.scan(text, start, end), input.times)),
    });
  }
  return { ...input, text: text.slice(input.start, input.end), gaps };
}

/** Words that are no part of a title: 《惠企政策十八条》 counts no policies. */
function untitled(text: string, start: number, end: number, words: Lexeme[]): Lexeme[] {
  const open = text.indexOf("《", start);
  if (open < 0 || open >= end) return words;
  return words.filter((word) => {
    const before = text.lastIndexOf("《", word.start);
    const close = before < start ? -1 : text.indexOf("》", before);
    return before < start || close < 0 || word.end > close;
  });
}

/** Words that are no part of a phrase of time (年底 is no plan when it dates a number). */
function wordsOutside(words: Lexeme[], times: readonly TimePhrase[]): Lexeme[] {
  return words.filter((word) => !times.some((time) => word.start >= time.start && word.end <= time.end));
}

/** Whether a word belongs to a concept of this kind. */
export const isKind = (word: Lexeme, kind: string) => word.concepts.some((concept) => concept.kind === kind);
export const isConcept = (word: Lexeme, id: string) => word.concepts.some((concept) => concept.id === id);
