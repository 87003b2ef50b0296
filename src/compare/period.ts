import { boundsOf } from "../store/period-bounds.js";

/** What a figure's period looks like, as far as it bears on comparing. Days are counted since 1970. */
export interface PeriodShape {
  readonly kind: "unknown" | "until" | "span";
  /** Last day; NaN where unknown. */
  readonly end: number;
  /** Days from first to last; undefined where the start is open. */
  readonly days: number | undefined;
}

const DAY_MS = 86_400_000;
/** Ends further apart than a year speak of different times. */
const FAR_DAYS = 366;
/** Half a quarter: a span this short holds only a part of what an open one ("by 30 June") holds. */
const SHORT_DAYS = 46;

const dayOf = (date: string | null): number => (date === null ? Number.NaN : Date.parse(date) / DAY_MS);

const shapes = new Map<string, PeriodShape>();

/**
 * The shape of an ISO date or interval; a single day counts as "until that
 * day", as reports write 6月30日 for 截至6月30日.
 */
export function shapeOf(period: string | null): PeriodShape {
  if (period === null) return { kind: "unknown", end: Number.NaN, days: undefined };
  const known = shapes.get(period);
  if (known) return known;
  const bounds = boundsOf(period);
  const start = dayOf(bounds.start);
  const end = dayOf(bounds.end);
  const days = Number.isNaN(start) ? undefined : end - start + 1;
  const shape: PeriodShape =
    days === undefined || days <= 1 ? { kind: "until", end, days: undefined } : { kind: "span", end, days };
  // a store has a few thousand different periods; a stream of made-up ones must not fill the memory
  if (shapes.size > 50_000) shapes.clear();
  shapes.set(period, shape);
  return shape;
}

/** Years between the ends of two periods; 0 where one is unknown. */
export function yearsApart(a: string | null, b: string | null): number {
  const days = Math.abs(shapeOf(a).end - shapeOf(b).end);
  return Number.isNaN(days) ? 0 : days / 365.25;
}

/**
 * Whether figures of two periods may stand in one ranking: both end within a
 * year; and, as more comes together in more time, sums and counts are of spans
 * of like length. A share does not grow with time, so that only its end counts.
 * Periods that are not known contradict nothing.
 */
export function isComparable(a: string | null, b: string | null, isShare: boolean): boolean {
  if (a === b) return true;
  const first = shapeOf(a);
  const second = shapeOf(b);
  if (first.kind === "unknown" || second.kind === "unknown") return true;
  if (Math.abs(first.end - second.end) > FAR_DAYS) return false;
  return isShare || isLikeSpan(a, b);
}

/** Whether two periods are about as long: spans within a factor of two; open ones with all but the short. */
export function isLikeSpan(a: string | null, b: string | null): boolean {
  const first = shapeOf(a).days;
  const second = shapeOf(b).days;
  if (first !== undefined && second !== undefined) return Math.max(first, second) <= 2 * Math.min(first, second);
  return (first ?? second ?? SHORT_DAYS) >= SHORT_DAYS;
}

/** Steps that time is cut into, the finest last. */
export const STEPS = ["year", "half", "quarter", "month"] as const;
export type Step = (typeof STEPS)[number];

/** The step that the end of a period falls into: 2022, 2022-S1, 2022-Q2, 2022-06 (as SDMX writes them); undefined where the end is unknown. */
export function stepOf(period: string | null, step: Step): string | undefined {
  const end = boundsOf(period).end;
  if (end === null) return undefined;
  const year = end.slice(0, 4);
  const month = Number(end.slice(5, 7));
  if (step === "year") return year;
  if (step === "half") return `${year}-S${Math.ceil(month / 6)}`;
  if (step === "quarter") return `${year}-Q${Math.ceil(month / 3)}`;
  return end.slice(0, 7);
}

/** The finest step that cuts these periods into at most `columns` columns; years where none does. */
export function stepFor(periods: Iterable<string | null>, columns = 12): Step {
  const all = [...new Set(periods)];
  const fits = (step: Step) => new Set(all.map((period) => stepOf(period, step))).size <= columns;
  return STEPS.findLast(fits) ?? "year";
}
