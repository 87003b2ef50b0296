import type { Code } from "../doc/index.js";
import { boundsOf } from "./period-bounds.js";
import type { StoredFigure } from "./store.js";

/** What clippings say against each other. */
export interface CrossFinding {
  readonly code: Code;
  readonly level: "note" | "warning";
  readonly indicator: string;
  readonly region: string;
  /** Of a fall, the later one. */
  readonly period: string;
  readonly scope: string | null;
  readonly status: StoredFigure["status"];
  readonly detail: string;
  /** One of each work that says something else, the surest first; of a fall, the earlier and the later. */
  readonly figures: readonly StoredFigure[];
}

/**
 * Holds the figures of clippings against each other: the same region,
 * indicator, period, scope and status with another value; and counts since a
 * fixed day that fall. Figures of one work (reposts) and of one clipping never
 * disagree. Expects figures in the order of `Store.eachFigure`, and keeps no
 * more of them than one place has for one indicator.
 */
export async function* consistencyOf(figures: AsyncIterable<StoredFigure>): AsyncGenerator<CrossFinding> {
  let group: StoredFigure[] = [];
  for await (const figure of figures) {
    const [first] = group;
    if (first && (first.indicator !== figure.indicator || first.region !== figure.region)) {
      yield* ofPlace(group);
      group = [];
    }
    if (figure.region !== null && figure.period !== null) group.push(figure);
  }
  yield* ofPlace(group);
}

function* ofPlace(figures: readonly StoredFigure[]): Generator<CrossFinding> {
  if (figures.length < 2) return;
  const same = grouped(figures, ({ period, scope, status }) => JSON.stringify([period, scope, status]));
  for (const group of same.values()) {
    const finding = disagreement(group);
    if (finding) yield finding;
  }
  const headlines = figures.filter(
    ({ scope, status, unit }) => scope === null && status === "actual" && unit !== "percent",
  );
  for (const series of grouped(headlines, seriesOf).values()) yield* falls(series);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const surestFirst = (a: StoredFigure, b: StoredFigure) =>
  b.confidence - a.confidence || (a.published ?? "9").localeCompare(b.published ?? "9") || (a.id < b.id ? -1 : 1);

function disagreement(figures: readonly StoredFigure[]): CrossFinding | undefined {
  if (figures.every(({ value }) => value === figures[0]?.value)) return undefined;
  const works = [...grouped([...figures].sort(surestFirst), ({ work }) => work).values()];
  const [first, ...others] = works;
  const against = others.filter((other) => !first?.some((a) => other.some((b) => isCompatible(a, b))));
  const [chosen] = first ?? [];
  if (!chosen || against.length === 0) return undefined;
  const told = [chosen, ...against.flatMap(([each]) => each ?? [])];
  return {
    ...placeOf(chosen),
    code: "check/conflict",
    level: "warning",
    detail: `clippings say ${[...new Set(told.map(({ value }) => value))].join(" and ")}`,
    figures: told,
  };
}

const placeOf = (figure: StoredFigure) => ({
  indicator: figure.indicator,
  region: figure.region as string,
  period: figure.period as string,
  scope: figure.scope,
  status: figure.status,
});

/** Whether two values can both be true as they are printed: one may be rounded, or a bound. */
export function isCompatible(a: StoredFigure, b: StoredFigure): boolean {
  if (a.value === b.value) return true;
  if (a.unit !== b.unit) return false;
  return isWithin(a, b) || isWithin(b, a);
}

/** Share by which 约 and 余 may be off. */
const ABOUT = 0.1;

/** Whether `exact` lies within what `loose` admits. */
function isWithin(loose: StoredFigure, exact: StoredFigure): boolean {
  const ratio = exact.value / loose.value;
  if (loose.qualifier === "over" && ratio >= 1 && ratio <= 1 + ABOUT) return true;
  if (loose.qualifier === "under" && ratio <= 1 && ratio >= 1 - ABOUT) return true;
  if (loose.qualifier === "about" && Math.abs(ratio - 1) <= ABOUT) return true;
  return isRounding(loose.value, exact.value, loose.unit);
}

/** 98.7% for 98.65%, 3.04亿 for 30412万; counts are never rounded without a word that says so. */
function isRounding(rounded: number, value: number, unit: string): boolean {
  if (unit === "percent") {
    const places = (String(rounded).split(".")[1] ?? "").length;
    return Math.abs(rounded - value) <= 0.5 * 10 ** -places + 1e-9;
  }
  if (unit === "count") return false;
  const digits = (rounded.toExponential().split("e")[0] ?? "").replace(/\D/g, "").length;
  // of an amount such as 3亿 a single digit says too little
  return digits >= 2 && Number(value.toPrecision(digits)) === rounded;
}

/** Figures that count on from one day: the same known start, or an open one within a year. */
function seriesOf({ period }: StoredFigure): string | undefined {
  const [start = "", end] = (period ?? "").split("/");
  if (end === undefined) return undefined;
  return start === ".." ? `.. ${end.slice(0, 4)}` : start;
}

/** Neighbours in time of which the later is smaller. */
function* falls(series: readonly StoredFigure[]): Generator<CrossFinding> {
  const byEnd = grouped(series, ({ period }) => boundsOf(period).end ?? undefined);
  const ends = [...byEnd.keys()].sort();
  for (const [index, end] of ends.entries()) {
    if (index === 0) continue;
    const earlier = [...(byEnd.get(ends[index - 1] as string) ?? [])].sort((a, b) => a.value - b.value)[0];
    const later = [...(byEnd.get(end) ?? [])].sort((a, b) => b.value - a.value)[0];
    if (!earlier || !later || later.value >= earlier.value || isCompatible(earlier, later)) continue;
    if (earlier.unit !== later.unit || earlier.work === later.work) continue;
    yield {
      ...placeOf(later),
      code: "check/cumulative-falls",
      // where the first day is not told, it may be another one
      level: later.period?.startsWith("..") ? "note" : "warning",
      detail: `${earlier.value} in ${earlier.period}, ${later.value} in ${later.period}`,
      figures: [earlier, later],
    };
  }
}
