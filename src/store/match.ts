import type { Meaning } from "./decision.js";

/** A figure with its place in a text. */
export interface Placed extends Meaning {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

type Test = (a: Placed, b: Placed) => boolean;

const overlap = (a: Placed, b: Placed) => Math.min(a.end, b.end) - Math.max(a.start, b.start);
const squeezed = (quote: string) => quote.replace(/\s+/g, "");
const isSameValue: Test = (a, b) => a.value === b.value && a.unit === b.unit;
const isSameIndicator: Test = (a, b) => a.indicator === b.indicator;
const isSameQuote: Test = (a, b) => squeezed(a.quote) === squeezed(b.quote);
const isWhere: Test = (a, b) => a.region === b.region && a.period === b.period;

/** Tests of being the same figure, the surest first; a figure is taken by the first that holds. */
const IN_ONE_TEXT: readonly Test[] = [
  (a, b) => a.id === b.id && isSameValue(a, b) && isWhere(a, b),
  (a, b) => isSameIndicator(a, b) && overlap(a, b) > 0 && isSameValue(a, b) && isWhere(a, b),
  (a, b) => a.id === b.id,
  (a, b) => isSameIndicator(a, b) && overlap(a, b) > 0 && isSameValue(a, b),
  (a, b) => isSameIndicator(a, b) && overlap(a, b) > 0,
];
/** Where the text itself was read otherwise, places mean nothing: the words must do. */
const IN_TWO_TEXTS: readonly Test[] = [
  (a, b) => isSameIndicator(a, b) && isSameQuote(a, b) && isSameValue(a, b) && isWhere(a, b),
  (a, b) => isSameIndicator(a, b) && isSameQuote(a, b),
  (a, b) => isSameIndicator(a, b) && isSameValue(a, b) && isWhere(a, b),
];

/**
 * Which figure of `after` each figure of `before` became: indexes, each taken
 * once. `sameText`: whether both were found in the same text, so that places
 * can be compared.
 */
export function matchFigures(
  before: readonly Placed[],
  after: readonly Placed[],
  sameText: boolean,
): ReadonlyMap<number, number> {
  const matched = new Map<number, number>();
  const taken = new Set<number>();
  for (const test of sameText ? IN_ONE_TEXT : IN_TWO_TEXTS) {
    for (const [index, figure] of before.entries()) {
      if (matched.has(index)) continue;
      const best = nearest(figure, after, test, taken);
      if (best === undefined) continue;
      matched.set(index, best);
      taken.add(best);
    }
  }
  return matched;
}

function nearest(
  figure: Placed,
  candidates: readonly Placed[],
  test: Test,
  taken: ReadonlySet<number>,
): number | undefined {
  let best: number | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of candidates.entries()) {
    if (taken.has(index) || !test(figure, candidate)) continue;
    const away = Math.abs(candidate.start - figure.start) + Math.abs(candidate.end - figure.end);
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}
