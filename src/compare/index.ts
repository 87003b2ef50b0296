import {
  allRegions,
  childrenOf,
  cityOf,
  everyRegion,
  isWithin,
  levelOf,
  provinceOf,
  type RegionLevel,
  regionOf,
} from "../catalogue/index.js";
import type { FigureQuery, Store } from "../store/index.js";
import { boundsOf } from "../store/period-bounds.js";
import type { Window } from "./choose.js";
import { fillColumn, type Lookup, withShare } from "./column.js";
import type { Cell, Column, CompareOptions, Comparison, Conflict, Gap, Row } from "./comparison.js";
import { groupBy } from "./group.js";
import { indicatorsOf, type Measured, measureOf } from "./measure.js";
import type { Observed } from "./observed.js";
import { type Step, stepFor, stepOf } from "./period.js";

export { isAgreeing } from "./agree.js";
export { type Choice, choose, REASONS, type Reason } from "./choose.js";
export type * from "./comparison.js";
export { type Measured, MeasureError, measureOf } from "./measure.js";
export { isReviewed, type Observed } from "./observed.js";
export { STEPS, type Step, stepOf } from "./period.js";
export { type Point, type Series, seriesOf } from "./series.js";

/** Sets regions side by side: headline figures only, one value a place, conflicts told, never averaged. Throws MeasureError. */
export async function compare(
  store: Pick<Store, "compared">,
  measures: readonly string[],
  options: CompareOptions = {},
): Promise<Comparison> {
  const wanted = measures.map((id) => measureOf(id, options.indicators));
  return compareFigures(await figuresFor(store, wanted, options), wanted, options);
}

/** The headline figures that measures are made of. */
export async function figuresFor(
  store: Pick<Store, "compared">,
  measures: readonly Measured[],
  { within, period, level }: CompareOptions,
): Promise<readonly Observed[]> {
  const regions = fewRegions(level, within);
  const query: FigureQuery = {
    indicators: [...new Set(measures.flatMap(indicatorsOf))],
    headline: true,
    ...(regions ? { regions } : within ? { within } : {}),
    ...(period ? { period } : {}),
  };
  const figures = await store.compared(query);
  return within ? figures.filter(({ region }) => region !== null && isWithin(region, within)) : figures;
}

/** Regions of a level and their parents, by whose values shares are told; undefined for counties, which are most of all regions. */
function fewRegions(level: RegionLevel | undefined, within: string | undefined): string[] | undefined {
  if (!level || level === "county") return undefined;
  const own = everyRegion()
    .map(({ code }) => code)
    .filter((code) => isAtLevel(code, level) && (!within || isWithin(code, within)));
  return [...new Set([...own, ...own.flatMap((code) => regionOf(code)?.parent ?? [])])];
}

/** The same over figures in hand; those that are rejected, planned or of a part of a region are left out. */
export function compareFigures(
  figures: readonly Observed[],
  measures: readonly Measured[],
  options: CompareOptions = {},
): Comparison {
  const usable = figures.filter(
    ({ region, scope, status, review }) =>
      region !== null && scope === null && status === "actual" && review !== "rejected",
  );
  const everywhere = lookupOf(usable);
  const slots = slotsOf(usable, everywhere, measures, options.steps);
  const levels = groupBy(
    [...new Set(usable.map(({ region }) => region as string))]
      .filter((region) => isAtLevel(region, options.level))
      .sort(),
    (region) => options.level ?? levelOf(region) ?? "",
  );
  const asked = windowOf(options.period);
  const lead = slots.findLast(({ measure }) => measure === measures[0])?.key ?? "";
  const rows: Row[] = [];
  const conflicts: Conflict[] = [];
  const mains: Comparison["mains"][number][] = [];
  const per = new Map<string, string>();
  for (const level of [...LEVELS, undefined]) {
    const regions = levels.get(level ?? "") ?? [];
    if (regions.length === 0) continue;
    const cells = new Map<string, Record<string, Cell>>(regions.map((region) => [region, {}]));
    for (const { key, measure, lookup } of slots) {
      const column = fillColumn(measure, regions, lookup, asked);
      for (const [region, cell] of column.cells)
        (cells.get(region) as Record<string, Cell>)[key] = withShare(cell, everywhere);
      conflicts.push(...column.conflicts);
      if (column.cells.size > 0) mains.push({ level, key, period: column.main });
      if (column.per && [...column.cells.values()].some((cell) => cell.derivedFrom.length > 0))
        per.set(key, column.per);
    }
    rows.push(
      ...ranked(
        cells,
        level,
        lead,
        slots.map(({ key }) => key),
        options.ascending ?? false,
      ),
    );
  }
  return {
    indicators: measures.map(({ id }) => id),
    columns: slots.map(({ key, measure, step }): Column => ({ key, measure, step, per: per.get(key) })),
    lead,
    rows,
    conflicts: uniqueConflicts(conflicts),
    gaps: gapsOf(
      rows,
      slots.map(({ key }) => key),
      options,
    ),
    mains,
  };
}

const LEVELS: readonly RegionLevel[] = ["province", "city", "county"];

/** A column to be: the figures that it may take. */
interface Slot {
  readonly key: string;
  readonly measure: Measured;
  readonly step: string | null;
  readonly lookup: Lookup;
}

function slotsOf(
  figures: readonly Observed[],
  everywhere: Lookup,
  measures: readonly Measured[],
  steps: Step | "auto" | undefined,
): Slot[] {
  if (!steps) return measures.map((measure) => ({ key: measure.id, measure, step: null, lookup: everywhere }));
  const step = steps === "auto" ? stepFor(figures.map(({ period }) => period)) : steps;
  const byStep = groupBy(figures, ({ period }) => stepOf(period, step) ?? "");
  byStep.delete("");
  const lookups = [...byStep]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => [name, lookupOf(group)] as const);
  return measures.flatMap((measure) =>
    lookups.map(([name, lookup]) => ({
      key: measures.length === 1 ? name : `${measure.id}@${name}`,
      measure,
      step: name,
      lookup,
    })),
  );
}

function lookupOf(figures: readonly Observed[]): Lookup {
  const byIndicator = new Map(
    [...groupBy(figures, ({ indicator }) => indicator)].map(
      ([indicator, own]) => [indicator, groupBy(own, ({ region }) => region as string)] as const,
    ),
  );
  return (region, indicator) => byIndicator.get(indicator)?.get(region) ?? [];
}

function windowOf(period: string | undefined): Window | undefined {
  if (!period) return undefined;
  const { start, end } = boundsOf(period);
  const day = (date: string | null, open: number) => (date === null ? open : Date.parse(date) / 86_400_000);
  return { start: day(start, Number.NEGATIVE_INFINITY), end: day(end, Number.POSITIVE_INFINITY) };
}

function ranked(
  cells: ReadonlyMap<string, Record<string, Cell>>,
  level: RegionLevel | undefined,
  lead: string,
  keys: readonly string[],
  ascending: boolean,
): Row[] {
  const rows = [...cells]
    .filter(([, row]) => keys.some((key) => row[key]))
    .map(([region, row]) => ({ region, level, cells: row, by: row[lead]?.comparable ? row[lead].value : undefined }));
  rows.sort(
    (a, b) =>
      Number(b.by !== undefined) - Number(a.by !== undefined) ||
      ((b.by ?? 0) - (a.by ?? 0)) * (ascending ? -1 : 1) ||
      Number(b.cells[lead] !== undefined) - Number(a.cells[lead] !== undefined) ||
      (a.region < b.region ? -1 : 1),
  );
  // equal values share a rank
  const ranks = new Map<number, number>();
  for (const [index, { by }] of rows.entries()) if (by !== undefined && !ranks.has(by)) ranks.set(by, index + 1);
  return rows.map(({ by, ...row }) => ({ ...row, rank: by === undefined ? null : (ranks.get(by) ?? null) }));
}

function uniqueConflicts(conflicts: readonly Conflict[]): Conflict[] {
  return [...groupBy(conflicts, ({ chosen }) => chosen.id).values()].map(([first]) => first as Conflict);
}

/** What was asked for and is not there. */
function gapsOf(rows: readonly Row[], keys: readonly string[], options: CompareOptions): Gap[] {
  const present = new Set(rows.map(({ region }) => region));
  const absent = expected(options).filter(
    (region) => !present.has(region) && (options.level || !rows.some((row) => isWithin(row.region, region))),
  );
  return [
    ...absent.map((region) => ({ region, missing: [...keys] })),
    ...rows
      .map(({ region, cells }) => ({ region, missing: keys.filter((key) => !cells[key]) }))
      .filter(({ missing }) => missing.length > 0),
  ];
}

function expected({ within, level }: CompareOptions): string[] {
  if (within && !level) return childrenOf(within).map(({ code }) => code);
  if (!level) return [];
  return allRegions()
    .map(({ code }) => code)
    .filter((code) => isAtLevel(code, level) && (!within || isWithin(code, within)));
}

export function isAtLevel(region: string, level: RegionLevel | undefined): boolean {
  if (!level || levelOf(region) === level) return true;
  // counties right under a province (济源市) stand beside cities
  return level === "city" && levelOf(region) === "county" && cityOf(region) === region && provinceOf(region) !== region;
}
