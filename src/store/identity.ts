import { createHash } from "node:crypto";
import type { Figure } from "../doc/index.js";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** The first characters of a hash in Crockford's base 32, five bits a character. */
export function toBase32(hash: Uint8Array, length: number): string {
  let text = "";
  for (let index = 0; index < length; index++) text += ALPHABET[(hash[index] ?? 0) & 31];
  return text;
}

type Anchored = Pick<Figure, "at" | "indicator" | "value" | "region" | "period" | "scope" | "status">;

/** Characters of an id that are of the clipping, and of the figure. */
const OF_CLIPPING = 5;
const OF_FIGURE = 7;

/**
 * Ids of the figures of one run of a clipping, in their order: 12 characters
 * over what a figure is tied to, which is the bytes, the place and the
 * indicator. Its value is not part of it: a newer version that reads another
 * value at the place speaks of the same figure. Figures that share a place and
 * indicator (各办结300个) are told apart by their rank. Those of one clipping
 * begin alike, so that they lie together in an index.
 */
export function figureIds(clipping: string, figures: readonly Anchored[]): string[] {
  const prefix = base32Of(clipping, OF_CLIPPING);
  const anchors = new Map<string, number[]>();
  for (const [index, { at, indicator }] of figures.entries()) {
    const anchor = `${clipping}\n${at.start}\n${at.end}\n${indicator}`;
    const known = anchors.get(anchor);
    if (known) known.push(index);
    else anchors.set(anchor, [index]);
  }
  const ids: string[] = new Array(figures.length);
  for (const [anchor, members] of anchors) {
    if (members.length > 1)
      members.sort((a, b) => compareText(rankOf(figures[a] as Anchored), rankOf(figures[b] as Anchored)) || a - b);
    for (const [rank, index] of members.entries())
      ids[index] = prefix + base32Of(rank === 0 ? anchor : `${anchor}\n${rank}`, OF_FIGURE);
  }
  return ids;
}

const base32Of = (text: string, length: number) => toBase32(createHash("sha256").update(text).digest(), length);

const rankOf = ({ region, period, scope, status, value }: Anchored) =>
  JSON.stringify([region, period, scope, status, value]);

/** Order of code units: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
