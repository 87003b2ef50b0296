import { findRegions, type RegionMention } from "../catalogue/index.js";
import type { Normal } from "../doc/index.js";

interface Found {
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly RegionMention[];
}

const LAST = new WeakMap<Normal, Found>();

/** The places named in `[start, end)` of a text: what an article is about and where its numbers belong ask one after the other. */
export function mentionsIn(normal: Normal, start: number, end: number): readonly RegionMention[] {
  const last = LAST.get(normal);
  if (last && last.start === start && last.end === end) return last.mentions;
  const mentions = findRegions(normal.text, start, end);
  LAST.set(normal, { start, end, mentions });
  return mentions;
}
