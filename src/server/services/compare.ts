import { type Catalogue, measures, indicators as standard } from "../../catalogue/index.js";
import {
  type Cell,
  type CompareOptions,
  type Comparison,
  compareFigures,
  figuresFor,
  isAtLevel,
  type Measured,
  MeasureError,
  measureOf,
  type Series,
  seriesOf,
} from "../../compare/index.js";
import { comparisonCsv, seriesCsv } from "../../export/index.js";
import type * as contract from "../contract/index.js";
import { ProblemError } from "../problem.js";
import type { Room } from "./room.js";
import { namesOfRegion } from "./shown.js";

type Query = contract.CompareQuery;

/** Measures of a query. Throws where one is unknown, or none is asked for. */
function measuresOf({ catalogue }: Pick<Room, "catalogue">, { measure }: Query): Measured[] {
  if (!measure || measure.length === 0) throw new ProblemError("bad-request", "name at least one measure");
  if (measure.length > 12) throw new ProblemError("bad-request", "twelve measures at most");
  try {
    return measure.map((id) => measureOf(id, catalogue.indicators));
  } catch (cause) {
    if (cause instanceof MeasureError) throw new ProblemError("bad-request", cause.message);
    throw cause;
  }
}

const optionsOf = ({ within, level, period, by, ascending }: Query, { indicators }: Catalogue): CompareOptions => ({
  ...(within ? { within } : {}),
  ...(level ? { level } : {}),
  ...(period ? { period } : {}),
  ...(by ? { steps: by } : {}),
  ...(ascending ? { ascending } : {}),
  indicators,
});

async function compared(room: Room, query: Query): Promise<Comparison> {
  const wanted = measuresOf(room, query);
  const options = optionsOf(query, room.catalogue);
  return compareFigures(await figuresFor(room.store, wanted, options), wanted, options);
}

async function lined(room: Room, query: Query): Promise<{ wanted: Measured[]; series: Series[] }> {
  const wanted = measuresOf(room, query);
  const observed = await figuresFor(room.store, wanted, optionsOf(query, room.catalogue));
  return { wanted, series: seriesOf(observed, wanted).filter(({ region }) => isAtLevel(region, query.level)) };
}

export async function compare(room: Room, query: Query): Promise<contract.Comparison> {
  const { columns, lead, rows, conflicts, gaps, mains, indicators } = await compared(room, query);
  return {
    measures: indicators.map((id) => toMeasure(measureOf(id, room.catalogue.indicators), room.catalogue)),
    columns: columns.map(({ key, measure, step, per }) => ({ key, measure: measure.id, step, per: per ?? null })),
    lead,
    rows: rows.map(({ region, level, rank, cells }) => ({
      region,
      name: namesOfRegion(region),
      level: level ?? null,
      rank,
      cells: Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, toCell(cell)])),
    })),
    conflicts: conflicts.map((conflict) => ({
      ...conflict,
      name: namesOfRegion(conflict.region),
      others: [...conflict.others],
    })),
    gaps: gaps.map(({ region, missing }) => ({ region, name: namesOfRegion(region), missing: [...missing] })),
    mains: mains.map(({ level, key, period }) => ({ level: level ?? null, key, period })),
  };
}

export async function series(room: Room, query: Query): Promise<contract.SeriesReply> {
  const { wanted, series: lines } = await lined(room, query);
  return {
    measures: wanted.map((measure) => toMeasure(measure, room.catalogue)),
    series: lines.map(({ measure, region, points }) => ({
      measure: measure.id,
      region,
      name: namesOfRegion(region),
      points: points.map(({ period, end, cell, others, alike }) => ({
        ...{ period, end, alike },
        cell: toCell(cell),
        others: [...others],
      })),
    })),
  };
}

function toCell(cell: Cell): contract.Cell {
  const { value, unit, qualifier, period, figure, reason, support, derivedFrom, basis, comparable, newer, share } =
    cell;
  return {
    ...{ value, unit, qualifier, period, figure, reason, support, comparable },
    derivedFrom: [...derivedFrom],
    basis: basis ?? null,
    newer: newer ?? null,
    share: share ? { percent: share.percent, of: share.of } : null,
  };
}

/** What a measure is, with the unit its values have. */
export function toMeasure(
  { id, label, labelEn, indicator, ratio }: Measured,
  { indicators }: Catalogue,
): contract.Measure {
  const unitOf = (of: string) => indicators.find((each) => each.id === of)?.unit ?? "count";
  const unit = indicator
    ? unitOf(indicator)
    : ratio?.share
      ? "percent"
      : unitOf(ratio?.of ?? "") === "money"
        ? "money"
        : "ratio";
  return {
    id,
    name: { zh: label, en: labelEn },
    unit,
    derived: ratio !== undefined && indicator === undefined,
    of: ratio?.of ?? null,
    per: [...(ratio?.per ?? [])],
  };
}

/** Derived measures of the catalogue that its indicators are there for. */
export const derivedMeasures = (catalogue: Catalogue): contract.Measure[] =>
  measures()
    .filter(({ id }) => !catalogue.indicators.some((each) => each.id === id))
    .map(({ id }) => toMeasure(measureOf(id, [...standard(), ...catalogue.indicators]), catalogue));

/** A comparison, or time lines, as a file. */
export async function drawn(
  room: Room,
  { what, format, query }: { what: "compare" | "series"; format: "csv" | "svg"; query: Query },
): Promise<string> {
  const isSeries = what === "series";
  if (format === "csv")
    return isSeries ? seriesCsv((await lined(room, query)).series) : comparisonCsv(await compared(room, query));
  // loaded only now: it is large
  const charts = await import("../../chart/index.js");
  const look = {
    language: query.lang,
    ...(query.within ? { within: query.within } : {}),
    ...(query.top ? { top: query.top } : {}),
  };
  if (isSeries || query.chart === "lines")
    return charts.toSvg(charts.lineChart((await lined(room, query)).series, look));
  const comparison = await compared(room, query);
  if (query.chart === "bars") return charts.toSvg(charts.barChart(comparison, look));
  if (comparison.indicators.length !== 2) throw new ProblemError("bad-request", "a scatter needs two measures");
  return charts.toSvg(charts.scatterChart(comparison, look));
}
