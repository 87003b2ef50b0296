import { regionOf } from "../catalogue/index.js";
import { type Choice, choose, type Window } from "./choose.js";
import type { Cell, Conflict } from "./comparison.js";
import { mainPeriod } from "./main-period.js";
import { type Computed, compute, type Measured } from "./measure.js";
import type { Observed } from "./observed.js";
import { isComparable, shapeOf } from "./period.js";

/** Figures of a region and indicator. */
export type Lookup = (region: string, indicator: string) => readonly Observed[];

export interface FilledColumn {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly conflicts: readonly Conflict[];
  /** See `mainPeriod`. */
  readonly main: string | null;
  readonly per: string | undefined;
}

interface Filling {
  readonly measure: Measured;
  readonly per: string | undefined;
  readonly lookup: Lookup;
  readonly asked: Window | undefined;
}

/**
 * One value for each region, of periods that can be compared where there is a
 * choice: what is best supported first, then, where that is of another time
 * than the others', what is best supported of theirs.
 */
export function fillColumn(
  measure: Measured,
  regions: readonly string[],
  lookup: Lookup,
  asked?: Window,
): FilledColumn {
  const per = denominatorFor(measure, regions, lookup, asked);
  const filling: Filling = { measure, per, lookup, asked };
  const found = new Map<string, Found>();
  for (const region of regions) {
    const best = findCell(filling, region);
    if (best) found.set(region, best);
  }
  const isShare = [...found.values()].some(({ cell }) => cell.unit === "percent");
  const main = mainPeriod(
    [...found].map(([region, { cell }]) => ({
      first: cell.period,
      all: lookup(region, cell.figure.indicator).map(({ period }) => period),
    })),
    isShare,
  );
  const cells = new Map<string, Cell>();
  const conflicts: Conflict[] = [];
  for (const [region, first] of found) {
    const { cell, choices } = likeOthers(filling, region, first, main, isShare);
    cells.set(region, cell);
    conflicts.push(...choices.filter((choice) => choice.others.length > 0).map((choice) => conflictOf(region, choice)));
  }
  return { cells, conflicts, main, per };
}

interface Found {
  readonly cell: Cell;
  readonly choices: readonly Choice[];
}

function likeOthers(filling: Filling, region: string, first: Found, main: string | null, isShare: boolean): Found {
  const isLike = ({ period }: Pick<Observed, "period">) => isComparable(period, main, isShare);
  if (isLike(first.cell)) return first;
  const lookup: Lookup = (...at) => filling.lookup(...at).filter(isLike);
  const other = findCell({ ...filling, lookup }, region);
  if (other)
    return {
      ...other,
      cell: { ...other.cell, reason: other.cell.derivedFrom.length > 0 ? "computed" : "like-others" },
    };
  return { ...first, cell: { ...first.cell, comparable: false } };
}

function findCell({ measure, per, lookup, asked }: Filling, region: string): Found | undefined {
  const stated = measure.indicator ? lookup(region, measure.indicator) : [];
  if (stated.length > 0) {
    const choice = choose(stated, asked);
    return { cell: statedCell(measure, region, choice), choices: [choice] };
  }
  if (!measure.ratio || !per) return undefined;
  const parts = lookup(region, measure.ratio.of);
  const wholes = lookup(region, per);
  const computed = compute(measure.ratio, parts, wholes, asked);
  if (!computed) return undefined;
  const choices = [choiceAt(parts, computed.part), choiceAt(wholes, computed.whole)];
  return { cell: computedCell(measure, region, computed, choices), choices };
}

/** What speaks for and against a figure that was taken for the sake of its pair. */
function choiceAt(figures: readonly Observed[], taken: Observed): Choice {
  const same = figures.filter((figure) => figure.period === taken.period);
  const best = choose(same);
  return best.figure === taken ? best : choose(same.filter((figure) => figure.clipping === taken.clipping));
}

const statedCell = (measure: Measured, region: string, { figure, reason, support, newer }: Choice): Cell => ({
  measure: measure.id,
  region,
  value: figure.value,
  unit: figure.unit,
  qualifier: figure.qualifier,
  period: figure.period,
  figure,
  reason,
  support,
  derivedFrom: [],
  basis: undefined,
  comparable: true,
  newer,
  share: undefined,
});

const computedCell = (measure: Measured, region: string, computed: Computed, choices: readonly Choice[]): Cell => ({
  measure: measure.id,
  region,
  value: computed.value,
  unit: computed.unit,
  qualifier: computed.part.qualifier === "exact" && computed.whole.qualifier === "exact" ? "exact" : "about",
  period: computed.part.period,
  figure: computed.part,
  reason: "computed",
  support: Math.min(...choices.map(({ support }) => support)),
  derivedFrom: [computed.part, computed.whole],
  basis: computed.basis,
  comparable: true,
  newer: undefined,
  share: undefined,
});

const conflictOf = (region: string, { figure, reason, others }: Choice): Conflict => ({
  indicator: figure.indicator,
  region,
  period: figure.period,
  chosen: figure,
  reason,
  others,
});

/** Of several indicators to divide by, the one that serves the most regions; the first among equals. */
function denominatorFor(
  measure: Measured,
  regions: readonly string[],
  lookup: Lookup,
  asked?: Window,
): string | undefined {
  const { ratio } = measure;
  if (!ratio) return undefined;
  let best = ratio.per[0];
  let most = 0;
  if (ratio.per.length > 1)
    for (const per of ratio.per) {
      const served = regions.filter((region) =>
        compute(ratio, lookup(region, ratio.of), lookup(region, per), asked),
      ).length;
      if (served > most) [best, most] = [per, served];
    }
  return best;
}

/** The cell with its percentage of the parent region's value of a like period; as it is where the parent has none. */
export function withShare(cell: Cell, lookup: Lookup): Cell {
  const parent = regionOf(cell.region)?.parent;
  if (!parent || cell.derivedFrom.length > 0 || cell.unit === "percent") return cell;
  const end = shapeOf(cell.period).end;
  const wholes = lookup(parent, cell.measure).filter(
    (figure) => figure.unit === cell.unit && figure.value > 0 && isComparable(figure.period, cell.period, false),
  );
  if (wholes.length === 0) return cell;
  const distance = ({ period }: Observed) => Math.abs(shapeOf(period).end - end) || 0;
  const nearest = Math.min(...wholes.map(distance));
  const { figure } = choose(wholes.filter((whole) => distance(whole) === nearest));
  return { ...cell, share: { percent: Math.round((cell.value / figure.value) * 10_000) / 100, of: figure } };
}
