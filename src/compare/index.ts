import { cityOf, isWithin, levelOf, provinceOf, type RegionLevel } from "../catalogue/index.js";
import { boundsOf, type FigureQuery, type Store, type StoredFigure } from "../store/index.js";

export interface CompareOptions {
  readonly within?: string;
  readonly level?: RegionLevel;
  readonly period?: string;
}

/** One region's value of one indicator: the best supported of all that clippings say. */
export interface Cell {
  readonly indicator: string;
  readonly region: string;
  readonly value: number;
  readonly unit: string;
  /** The figure the value comes from; of a derived value, the first of the figures it was computed from. */
  readonly figure: StoredFigure;
  /** Why this one was taken. */
  readonly reason: string;
  /** Computed from other figures (rate from counts). */
  readonly derivedFrom: readonly StoredFigure[];
}

/** The same place, indicator and period with another value in another clipping. */
export interface Conflict {
  readonly indicator: string;
  readonly region: string;
  readonly period: string | null;
  readonly chosen: StoredFigure;
  readonly others: readonly StoredFigure[];
}

export interface Comparison {
  readonly indicators: readonly string[];
  /** Ranked by the first indicator, highest first; regions without it last. */
  readonly rows: readonly { readonly region: string; readonly cells: Readonly<Record<string, Cell>> }[];
  readonly conflicts: readonly Conflict[];
}

/** Sets regions side by side: headline figures only, one value a place, conflicts told, never averaged. */
export async function compare(
  store: Store,
  indicators: readonly string[],
  options: CompareOptions = {},
): Promise<Comparison> {
  const needed = [...new Set([...indicators, ...indicators.flatMap((id) => DERIVED[id]?.from ?? [])])];
  const query: FigureQuery = {
    indicators: needed,
    headline: true,
    ...(options.within ? { within: options.within } : {}),
    ...(options.period ? { period: options.period } : {}),
  };
  const figures = (await store.figures(query)).filter(
    (figure) =>
      figure.region !== null &&
      isAtLevel(figure.region, options.level) &&
      (!options.within || isWithin(figure.region, options.within)),
  );
  const groups = groupBy(figures, (figure) => `${figure.region}|${figure.indicator}`);
  const cells = new Map<string, Cell>();
  const conflicts: Conflict[] = [];
  for (const [key, group] of groups) {
    const { cell, conflict } = choose(group);
    cells.set(key, cell);
    if (conflict && indicators.includes(cell.indicator)) conflicts.push(conflict);
  }
  const regions = [...new Set(figures.map((figure) => figure.region as string))];
  const rows = regions
    .map((region) => ({
      region,
      cells: Object.fromEntries(
        indicators.flatMap((id) => cellFor(id, region, cells)).map((cell) => [cell.indicator, cell]),
      ),
    }))
    .filter((row) => Object.keys(row.cells).length > 0);
  const [first = ""] = indicators;
  rows.sort(
    (a, b) =>
      (b.cells[first]?.value ?? Number.NEGATIVE_INFINITY) - (a.cells[first]?.value ?? Number.NEGATIVE_INFINITY) ||
      a.region.localeCompare(b.region),
  );
  return { indicators, rows, conflicts };
}

interface Derivation {
  readonly from: readonly [string, string];
  readonly unit: string;
  compute(part: number, whole: number): number | undefined;
}

/** Measures that follow from two others where a clipping gives both. */
const DERIVED: Readonly<Record<string, Derivation>> = {
  "problem.resolution_rate": {
    from: ["problem.resolved", "problem.collected"],
    unit: "percent",
    compute: (part, whole) => (whole > 0 && part <= whole ? Math.round((part / whole) * 1000) / 10 : undefined),
  },
};

/** Characters within which two counts belong to one passage. */
const PASSAGE = 400;

function cellFor(indicator: string, region: string, cells: ReadonlyMap<string, Cell>): Cell[] {
  const own = cells.get(`${region}|${indicator}`);
  if (own) return [own];
  const rule = DERIVED[indicator];
  const part = rule && cells.get(`${region}|${rule.from[0]}`)?.figure;
  const whole = rule && cells.get(`${region}|${rule.from[1]}`)?.figure;
  if (!rule || !part || !whole || part.clipping !== whole.clipping || part.period !== whole.period) return [];
  // counts that stand far apart speak of different sets
  if (Math.abs(part.start - whole.start) > PASSAGE) return [];
  const value = rule.compute(part.value, whole.value);
  return value === undefined
    ? []
    : [
        {
          indicator,
          region,
          value,
          unit: rule.unit,
          figure: part,
          reason: `${part.value} / ${whole.value}`,
          derivedFrom: [part, whole],
        },
      ];
}

/** The best supported of the figures of one place and indicator, and those that disagree with it. */
function choose(group: readonly StoredFigure[]): { cell: Cell; conflict: Conflict | undefined } {
  const ranked = oneOfEachClipping(withoutReposts(group)).sort(bySupport);
  const chosen = ranked[0] as StoredFigure;
  const others = ranked.filter(
    (figure) =>
      figure.period === chosen.period &&
      figure.value !== chosen.value &&
      figure.clipping !== chosen.clipping &&
      figure.qualifier === chosen.qualifier,
  );
  const reason =
    ranked.length === 1
      ? "only one"
      : chosen.period !== ranked[1]?.period
        ? "latest period"
        : chosen.confidence !== ranked[1]?.confidence
          ? "surest"
          : "latest published";
  return {
    cell: {
      indicator: chosen.indicator,
      region: chosen.region as string,
      value: chosen.value,
      unit: chosen.unit,
      figure: chosen,
      reason,
      derivedFrom: [],
    },
    conflict:
      others.length > 0
        ? { indicator: chosen.indicator, region: chosen.region as string, period: chosen.period, chosen, others }
        : undefined,
  };
}

/** Later period, surer, later published; then by id, so that the answer never depends on the order of ingest. */
function bySupport(a: StoredFigure, b: StoredFigure): number {
  const end = (figure: StoredFigure) => (figure.period ?? "").split("/").at(-1) ?? "";
  return (
    end(b).localeCompare(end(a)) ||
    b.confidence - a.confidence ||
    (b.published ?? "").localeCompare(a.published ?? "") ||
    a.id.localeCompare(b.id)
  );
}

/**
 * Of the counts that one clipping gives for one place within a year, the
 * largest is the whole: the others are parts of it, or what it was before.
 */
function oneOfEachClipping(figures: readonly StoredFigure[]): StoredFigure[] {
  const best = new Map<string, StoredFigure>();
  for (const figure of [...figures].sort(bySupport)) {
    const known = best.get(figure.clipping);
    if (!known || (figure.unit !== "percent" && figure.value > known.value && yearsApart(figure, known) < 1))
      best.set(figure.clipping, figure);
  }
  return [...best.values()];
}

function yearsApart(a: StoredFigure, b: StoredFigure): number {
  const [first, second] = [a, b].map((figure) => Date.parse(boundsOf(figure.period).end ?? ""));
  return Number.isFinite(first) && Number.isFinite(second)
    ? Math.abs((first ?? 0) - (second ?? 0)) / 31_557_600_000
    : 0;
}

/** A repost says what its original says: the earlier published stays. */
function withoutReposts(group: readonly StoredFigure[]): StoredFigure[] {
  const kept = new Map<string, StoredFigure>();
  for (const figure of group) {
    const key = `${figure.work}|${figure.value}|${figure.period}`;
    const known = kept.get(key);
    if (!known || (figure.published ?? "9").localeCompare(known.published ?? "9") < 0) kept.set(key, figure);
  }
  return [...kept.values()];
}

function isAtLevel(region: string, level: RegionLevel | undefined): boolean {
  if (!level) return true;
  if (levelOf(region) === level) return true;
  // counties right under a province (济源市) stand beside cities
  return level === "city" && levelOf(region) === "county" && cityOf(region) === region && provinceOf(region) !== region;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
