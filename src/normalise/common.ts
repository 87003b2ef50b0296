import { charOf, isPrivate } from "./gbk.js";
import { toSimplified } from "./traditional.js";
import { isCommon } from "./words.js";

interface Half {
  readonly byte: number;
  readonly char: string;
}

interface Halves {
  /** The common character of two bytes, simplified; "" where they make none. */
  readonly chars: readonly string[];
  /** For each first byte the common characters whose second byte could open a pair for private use. */
  readonly openers: readonly (readonly Half[])[];
  /** For each second byte the common characters that end in it. */
  readonly closers: readonly (readonly Half[])[];
  /** Second bytes that a pair for private use may have, by its first. */
  readonly private: Uint8Array;
}

let halves: Halves | undefined;

function load(): Halves {
  if (halves) return halves;
  const chars: string[] = new Array(0x10000).fill("");
  const isLost = new Uint8Array(0x10000);
  const opens = new Set<number>();
  const openers: Half[][] = Array.from({ length: 0x100 }, () => []);
  const closers: Half[][] = Array.from({ length: 0x100 }, () => []);
  const pairs: [number, number][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      pairs.push([lead, trail]);
      if (!isPrivate(lead, trail)) continue;
      isLost[(lead << 8) | trail] = 1;
      opens.add(lead);
    }
  for (const [lead, trail] of pairs) {
    const shown = charOf(lead, trail);
    const char = shown === undefined ? "" : toSimplified(shown);
    if (char === "" || !isCommon(char)) continue;
    chars[(lead << 8) | trail] = char;
    if (opens.has(trail)) openers[lead]?.push({ byte: trail, char });
    closers[trail]?.push({ byte: lead, char });
  }
  halves = { chars, openers, closers, private: isLost };
  return halves;
}

/** The character of two GBK bytes in simplified form, if it is one that ordinary text has. */
export const commonOf = (lead: number, trail: number): string | undefined =>
  load().chars[(lead << 8) | trail] || undefined;

export const openersOf = (lead: number): readonly Half[] => load().openers[lead] ?? [];
export const closersOf = (trail: number): readonly Half[] => load().closers[trail] ?? [];
export const isDropped = (lead: number, trail: number): boolean => load().private[(lead << 8) | trail] === 1;
