import { fillColumn, type Lookup } from "./column.js";
import type { Cell } from "./comparison.js";
import { groupBy } from "./group.js";
import type { Measured } from "./measure.js";
import type { Observed } from "./observed.js";
import { isLikeSpan, shapeOf } from "./period.js";

/** One region's values of one measure, a point for each period; by end of period, open ones first among those that end together. */
export interface Series {
  readonly measure: Measured;
  readonly region: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly period: string;
  /** Last day, ISO. */
  readonly end: string;
  readonly cell: Cell;
  /** Other clippings' values of the same region and period; of stated values only. */
  readonly others: readonly Observed[];
  /** Of a span like most of the measure's points; counts of other spans belong to no one line with these. Shares always do. */
  readonly alike: boolean;
}

/** Time series of measures over figures in hand, of each region that has any; figures without a period belong to none. */
export function seriesOf(figures: readonly Observed[], measures: readonly Measured[]): Series[] {
  const usable = figures.filter(
    ({ region, scope, status, review, period }) =>
      region !== null && period !== null && scope === null && status === "actual" && review !== "rejected",
  );
  const byRegion = [...groupBy(usable, ({ region }) => region as string)].sort(([a], [b]) => (a < b ? -1 : 1));
  return measures.flatMap((measure) => {
    const all = byRegion.map(([region, own]) => ({ measure, region, points: pointsOf(measure, region, own) }));
    return markAlike(all.filter(({ points }) => points.length > 0));
  });
}

function pointsOf(measure: Measured, region: string, figures: readonly Observed[]): Point[] {
  const points: Point[] = [];
  for (const [period, group] of groupBy(figures, (figure) => figure.period as string)) {
    const lookup: Lookup = (_, indicator) => group.filter((figure) => figure.indicator === indicator);
    const { cells, conflicts } = fillColumn(measure, [region], lookup);
    const cell = cells.get(region);
    if (!cell) continue;
    const others = cell.derivedFrom.length > 0 ? [] : conflicts.flatMap((conflict) => conflict.others);
    const end = new Date(shapeOf(period).end * 86_400_000).toISOString().slice(0, 10);
    points.push({ period, end, cell, others, alike: true });
  }
  return points.sort((a, b) => (a.end === b.end ? (a.period < b.period ? -1 : 1) : a.end < b.end ? -1 : 1));
}

function markAlike(series: readonly Series[]): Series[] {
  const counts = new Map<string, number>();
  const points = series.flatMap((each) => each.points);
  for (const { period } of points) counts.set(period, (counts.get(period) ?? 0) + 1);
  const served = (period: string) =>
    [...counts].reduce((sum, [other, count]) => sum + (isLikeSpan(period, other) ? count : 0), 0);
  const [main] = [...counts.keys()]
    .map((period) => ({ period, served: served(period) }))
    .sort((a, b) => b.served - a.served || (a.period < b.period ? -1 : 1));
  return series.map((each) => ({
    ...each,
    points: each.points.map((point) => ({
      ...point,
      alike: point.cell.unit === "percent" || main === undefined || isLikeSpan(point.period, main.period),
    })),
  }));
}
