import type { OffsetMap, Repair } from "./doc/index.js";
import { normaliseText } from "./normalise/index.js";

/** A text in normal form, and the way back. */
export interface NormalTextResult {
  /** Simplified, repaired. */
  readonly text: string;
  /** From each UTF-16 code unit of `text` to those of the input. */
  readonly map: OffsetMap;
  readonly repairs: readonly Repair[];
  /** Whether the input was written in traditional characters. */
  readonly traditional: boolean;
  readonly language: "zh" | "en";
}

/** Normalises a text, a line at a time: hard wraps are kept. */
export function normaliseForLibrary(input: string): NormalTextResult {
  const { text, map, repairs, traditional, language } = normaliseText(input);
  return { text, map, repairs, traditional, language };
}
