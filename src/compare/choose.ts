import { isAgreeing } from "./agree.js";
import { groupBy } from "./group.js";
import { isOriginal, isReviewed, type Observed } from "./observed.js";
import { shapeOf, yearsApart } from "./period.js";

/** Why one of several figures was taken; `agreed`: all say the same, `like-others`: it is of a time that the other regions have too. */
export const REASONS = [
  "only",
  "agreed",
  "like-others",
  "asked-period",
  "reviewed",
  "later-period",
  "surer",
  "later-published",
  "original",
  "by-id",
  "computed",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Choice {
  readonly figure: Observed;
  readonly reason: Reason;
  /** Works that say so; reposts are no work of their own. */
  readonly support: number;
  /** Other works' figures of the same period that cannot be true beside it, the better supported first. */
  readonly others: readonly Observed[];
  /** A later figure that was passed over because this one is reviewed and that one is not. */
  readonly newer: Observed | undefined;
}

/** Days since 1970, half-open on neither side. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** What is read with less confidence than this gives way to what is surer, whichever was published later. */
const DOUBTFUL = 0.6;

const endOf = (figure: Observed): number => {
  const { end } = shapeOf(figure.period);
  return Number.isNaN(end) ? Number.NEGATIVE_INFINITY : end;
};

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Without a difference of infinities, which is no number. */
const compareNumbers = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

/** The steps of support, in their order: the first that tells two figures apart decides, and is the reason. */
function steps(asked: Window | undefined): readonly (readonly [Reason, (a: Observed, b: Observed) => number])[] {
  const isInside = (figure: Observed) =>
    asked !== undefined && endOf(figure) >= asked.start && endOf(figure) <= asked.end;
  return [
    ["asked-period", (a, b) => Number(isInside(b)) - Number(isInside(a))],
    ["reviewed", (a, b) => Number(isReviewed(b)) - Number(isReviewed(a))],
    ["later-period", (a, b) => compareNumbers(endOf(b), endOf(a))],
    ["surer", (a, b) => Number(b.confidence >= DOUBTFUL) - Number(a.confidence >= DOUBTFUL)],
    ["later-published", (a, b) => compareText(b.published ?? "", a.published ?? "")],
    ["original", (a, b) => Number(isOriginal(b)) - Number(isOriginal(a))],
    ["surer", (a, b) => b.confidence - a.confidence],
    // so that the answer never depends on the order of ingest
    ["by-id", (a, b) => compareText(a.id, b.id)],
  ];
}

/** Orders figures of one region and indicator by how well they are supported. */
export function bySupport(asked?: Window): (a: Observed, b: Observed) => number {
  const all = steps(asked);
  return (a, b) => {
    for (const [, compare] of all) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** The best supported of figures of one region and indicator; `figures` must not be empty. */
export function choose(figures: readonly Observed[], asked?: Window): Choice {
  const ranked = voicesOf(figures, asked);
  const figure = ranked[0] as Observed;
  const same = ranked.filter((other) => other.period === figure.period);
  const others = same.filter((other) => other.work !== figure.work && !isAgreeing(figure, other));
  return {
    figure,
    reason: reasonOf(ranked, asked),
    support: new Set(same.filter((other) => isAgreeing(figure, other)).map((other) => other.work)).size,
    others,
    newer: isReviewed(figure) ? ranked.find((other) => !isReviewed(other) && endOf(other) > endOf(figure)) : undefined,
  };
}

/** One figure for each thing said: parts left out, reposts with their originals; best supported first. */
export function voicesOf(figures: readonly Observed[], asked?: Window): Observed[] {
  return withoutReposts(withoutParts(figures, asked)).sort(bySupport(asked));
}

function reasonOf(ranked: readonly Observed[], asked: Window | undefined): Reason {
  const [first, ...rest] = ranked as [Observed, ...Observed[]];
  if (rest.length === 0) return "only";
  const rival = rest.find((other) => other.period !== first.period || !isAgreeing(first, other));
  if (!rival) return "agreed";
  return steps(asked).find(([, compare]) => compare(first, rival) < 0)?.[0] ?? "by-id";
}

/**
 * Of the counts and sums that one clipping gives for one place within a year,
 * the largest is the whole: the others are parts of it, or what it was before.
 * What a reviewer confirmed is a whole whatever stands beside it.
 */
function withoutParts(figures: readonly Observed[], asked: Window | undefined): Observed[] {
  const order = bySupport(asked);
  const byClipping = groupBy(figures, (figure) => figure.clipping);
  const wholes: Observed[] = [];
  for (const group of byClipping.values()) {
    let best: Observed | undefined;
    for (const figure of group.length > 1 ? [...group].sort(order) : group) {
      if (best === undefined || isLargerWhole(figure, best)) best = figure;
    }
    if (best) wholes.push(best);
  }
  return wholes;
}

const isLargerWhole = (figure: Observed, best: Observed): boolean =>
  figure.unit !== "percent" &&
  isReviewed(figure) === isReviewed(best) &&
  figure.value > best.value &&
  yearsApart(figure.period, best.period) < 1;

/** What a repost says as its original does is said once: by the reviewed one, then by the original, then by the earliest. */
function withoutReposts(figures: readonly Observed[]): Observed[] {
  if (figures.length < 2) return [...figures];
  const kept = new Map<string, Observed>();
  for (const figure of figures) {
    const key = `${figure.work}|${figure.value}|${figure.period}`;
    const known = kept.get(key);
    if (!known || isBetterCopy(figure, known)) kept.set(key, figure);
  }
  return [...kept.values()];
}

function isBetterCopy(a: Observed, b: Observed): boolean {
  const order =
    Number(isReviewed(b)) - Number(isReviewed(a)) ||
    Number(isOriginal(b)) - Number(isOriginal(a)) ||
    compareText(a.published ?? "9", b.published ?? "9") ||
    compareText(a.id, b.id);
  return order < 0;
}
