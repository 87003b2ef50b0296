import { isComparable, shapeOf } from "./period.js";

/** Periods looked at as the one to compare by; the most frequent first. */
const CANDIDATES = 40;

export interface RegionPeriods {
  /** Of the best supported figure. */
  readonly first: string | null;
  /** Of all figures there are. */
  readonly all: readonly (string | null)[];
}

/**
 * The period that the values of most regions can be compared with. A region
 * that has to give up its best supported figure for it counts half, so that a
 * time is not left for an older one that a few more regions have. Among equals
 * the later.
 */
export function mainPeriod(regions: readonly RegionPeriods[], isShare: boolean): string | null {
  const numbers = new Map<string | null, number>();
  const counts: number[] = [];
  const numberOf = (period: string | null) => {
    const known = numbers.get(period);
    if (known !== undefined) return known;
    numbers.set(period, counts.length);
    counts.push(0);
    return counts.length - 1;
  };
  const numbered = regions.map(({ first, all }) => {
    const own = new Set(all.map(numberOf));
    for (const number of own) counts[number] = (counts[number] ?? 0) + 1;
    return { first: numberOf(first), all: [...own] };
  });
  const periods = [...numbers.keys()];
  const candidates = periods
    .filter((period) => period !== null)
    .sort((a, b) => (counts[numberOf(b)] ?? 0) - (counts[numberOf(a)] ?? 0) || byLater(a, b))
    .slice(0, CANDIDATES)
    .sort(byLater);
  let best: string | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const fits = periods.map((period) => isComparable(candidate, period, isShare));
    let score = 0;
    for (const { first, all } of numbered) score += fits[first] ? 1 : all.some((number) => fits[number]) ? 0.5 : 0;
    if (score > most) [best, most] = [candidate, score];
  }
  return best;
}

const byLater = (a: string, b: string) => shapeOf(b).end - shapeOf(a).end || (a < b ? -1 : 1);
