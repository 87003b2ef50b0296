import type { Doubt } from "../doc/index.js";
import type { OcrCharacter, OcrGuess } from "./index.js";
import { hull } from "./lines.js";

/** Digits with their separators and sign of percent, as far as OCR may have broken them. */
const NUMBER = /[\d０-９]+(?:[.,．，·][\d０-９]+)*[%％‰]?/g;

/** A run of characters that is one number; half-open indices of a line's characters. */
export interface NumberRun {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The numbers of a line. */
export function numbersOf(characters: readonly OcrCharacter[]): NumberRun[] {
  const { text, indices } = joined(characters);
  return [...text.matchAll(NUMBER)].map((match) => ({
    start: indices[match.index] as number,
    end: (indices[match.index + match[0].length - 1] as number) + 1,
    text: match[0],
  }));
}

/** Half-width, without separators of thousands: what two readings of one number have in common. */
export const plain = (text: string): string => text.normalize("NFKC").replace(/[,，\s]/g, "");

/** A number whose weakest character is less sure than this is doubted (measured: no wrong one was surer). */
const SURE = 0.95;

/** Where both engines read the same, this is sure enough. */
const AGREED = 0.5;
/**
 * Against a number surer than this stands only another clean number, read as surely as `DISSENTING`:
 * Tesseract misreads half of the numbers of some fonts (Ming at 200 dpi) and tells it by its confidence.
 */
const CERTAIN = 0.99;
const DISSENTING = 0.98;
/**
 * A digit that takes more than this many heights of its line holds the ink of a character that was not read: a sign of
 * percent, a second digit (of 310 numbers on ordinary pages one is so wide; of 8 on very poor pages 5 are wrong).
 */
const WIDEST = 0.8;
const IS_NUMBER = /^[\d０-９.,．，]+[%％‰]?$/;

/**
 * Doubts of a line: numbers that a second engine reads otherwise, or that one
 * engine alone has read unsurely. A second engine's reading of a number is kept
 * whole with its first character.
 */
export function doubtsOf(characters: readonly OcrCharacter[], engine: string, vertical = false): Doubt[] {
  const offsets = offsetsOf(characters);
  const doubts: Doubt[] = [];
  for (const run of numbersOf(characters)) {
    const own = characters.slice(run.start, run.end);
    const confidence = Math.min(...own.map((character) => character.confidence));
    const second = own[0]?.others?.find((other) => other.engine !== engine && other.whole);
    // the boxes of other engines are rough
    const holdsMore = engine === "paddle" && !vertical && widestDigit(own) > WIDEST;
    if (!holdsMore && !isDoubted(run.text, confidence, second)) continue;
    doubts.push({
      start: offsets[run.start] as number,
      end: offsets[run.end] as number,
      box: hull(own.map((character) => character.box)),
      readings: [
        { engine, text: run.text, confidence },
        ...(second ? [{ engine: second.engine, text: second.text, confidence: second.confidence }] : []),
      ],
    });
  }
  return doubts;
}

/** Width of the widest digit, in heights of the line. */
const widestDigit = (own: readonly OcrCharacter[]): number =>
  Math.max(
    0,
    ...own
      .filter(({ text }) => /[\d０-９]/.test(text))
      .map(({ box: [left, top, right, bottom] }) => (right - left) / Math.max(1, bottom - top)),
  );

/** Whether one reading of a number is to be doubted in the face of another engine's. */
function isDoubted(text: string, confidence: number, second: OcrGuess | undefined): boolean {
  if (!second) return confidence < SURE;
  if (plain(second.text) === plain(text)) return confidence < AGREED;
  if (second.text.includes(".") && !text.includes(".")) return true;
  return confidence < CERTAIN || (IS_NUMBER.test(second.text) && second.confidence >= DISSENTING);
}

/** Where each character starts in the line's text, and where the last ends. */
export function offsetsOf(characters: readonly OcrCharacter[]): number[] {
  const offsets = [0];
  for (const character of characters) offsets.push((offsets.at(-1) as number) + character.text.length);
  return offsets;
}

function joined(characters: readonly OcrCharacter[]): { text: string; indices: number[] } {
  const indices: number[] = [];
  characters.forEach((character, index) => {
    for (let unit = 0; unit < character.text.length; unit++) indices.push(index);
  });
  return { text: characters.map((character) => character.text).join(""), indices };
}
