import type { Box } from "../../doc/index.js";
import type { OcrCharacter } from "../index.js";
import { inkColumns, type Strip } from "../strip.js";
import type { Glyph } from "./recognise.js";

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** Marks that stand in full width between Chinese characters; the recogniser mixes both. */
const FULL: ReadonlyMap<string, string> = new Map(
  Object.entries({ ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！" }),
);

/** The characters of a strip with boxes in pixels of the page: each reaches to the columns of least ink beside it. */
export function charactersOf(strip: Strip, glyphs: readonly Glyph[]): OcrCharacter[] {
  const [left, top, right, bottom] = strip.ink;
  const columns = inkColumns(strip.grey, top, bottom);
  const height = bottom - top;
  const middles = glyphs.map((glyph) => glyph.at * strip.grey.width);
  const cuts = middles.slice(1).map((middle, index) => leastInk(columns, middles[index] as number, middle));
  const characters = glyphs.map((glyph, index): OcrCharacter => {
    const middle = middles[index] as number;
    // no character is wider than it is high by more than a quarter
    const from = Math.max(cuts[index - 1] ?? left, middle - height * 0.75);
    const to = Math.min(cuts[index] ?? right, middle + height * 0.75);
    const [start, end] = inked(columns, from, Math.max(from + 1, to));
    const sunk = strip.top + strip.slope * middle;
    const box: Box = [strip.left + start, sunk + top, strip.left + end, sunk + bottom];
    return {
      text: glyph.text,
      box,
      confidence: glyph.confidence,
      ...(glyph.second ? { others: [{ ...glyph.second, engine: "paddle" }] } : {}),
    };
  });
  return characters
    .map((character, index) => inContext(characters, character, index))
    .filter(({ text }) => text !== "");
}

/** Blanks stand between Latin words only; marks between Chinese characters are wide. */
function inContext(all: readonly OcrCharacter[], character: OcrCharacter, index: number): OcrCharacter {
  const before = all[index - 1]?.text ?? "";
  const after = all[index + 1]?.text ?? "";
  if (character.text === " ") {
    const latin = /[A-Za-z0-9,.;:%)]/;
    return latin.test(before) && /[A-Za-z0-9(]/.test(after) && /[A-Za-z]/.test(before + after)
      ? character
      : { ...character, text: "" };
  }
  const full = FULL.get(character.text);
  const wide = WIDE.test(before) || (WIDE.test(after) && !/[A-Za-z]/.test(before));
  return full && wide ? { ...character, text: full } : character;
}

/** The middle of the emptiest columns between two middles, near halfway. */
function leastInk(columns: Uint32Array, from: number, to: number): number {
  const start = Math.round(from + (to - from) * 0.2);
  const end = Math.round(from + (to - from) * 0.8);
  const half = (from + to) / 2;
  let best = Math.round(half);
  let least = Number.POSITIVE_INFINITY;
  for (let x = start; x <= end; x++) {
    const ink = (columns[x] ?? 0) + Math.abs(x - half) * 0.05;
    if (ink < least) {
      least = ink;
      best = x;
    }
  }
  return best;
}

/** A stretch without the blank columns at its ends; the stretch itself where it has no ink. */
function inked(columns: Uint32Array, from: number, to: number): [number, number] {
  let start = Math.floor(from);
  let end = Math.ceil(to);
  while (start < end && (columns[start] ?? 0) === 0) start++;
  while (end > start && (columns[end - 1] ?? 0) === 0) end--;
  return start < end ? [start, end] : [from, to];
}
