import type { Indicator, RegionLevel } from "../catalogue/index.js";
import type { Qualifier } from "../doc/index.js";
import type { Reason } from "./choose.js";
import type { Basis, Measured } from "./measure.js";
import type { Observed } from "./observed.js";
import type { Step } from "./period.js";

export interface CompareOptions {
  /** This region and all below it. */
  readonly within?: string;
  /** Regions of one level; otherwise each level is ranked for itself. */
  readonly level?: RegionLevel;
  /** ISO date or interval that the figures' overlap. */
  readonly period?: string;
  /** Columns are steps of time instead of measures alone; `auto`: the finest that gives a dozen columns at most. */
  readonly steps?: Step | "auto";
  /** Lowest first. */
  readonly ascending?: boolean;
  /** Indicators beside the standard ones, from a catalogue of one's own. */
  readonly indicators?: readonly Indicator[];
}

/** One region's value of one column: the best supported of all that clippings say. */
export interface Cell {
  readonly measure: string;
  readonly region: string;
  readonly value: number;
  /** As figures have it; `ratio` for a count per count. */
  readonly unit: string;
  readonly qualifier: Qualifier;
  readonly period: string | null;
  /** The figure the value comes from; of a computed value, the one that was divided. */
  readonly figure: Observed;
  readonly reason: Reason;
  /** Works that say so, reposts not counted. */
  readonly support: number;
  /** What was divided and what by, where the value was computed. */
  readonly derivedFrom: readonly Observed[];
  readonly basis: Basis | undefined;
  /** False where its period is unlike those of the other regions: it is shown, but not ranked. */
  readonly comparable: boolean;
  /** A later figure that was passed over because nobody has reviewed it yet. */
  readonly newer: Observed | undefined;
  /** Percent of the parent region's value, and that value's figure; undefined where the parent has none of a like period. */
  readonly share: { readonly percent: number; readonly of: Observed } | undefined;
}

export interface Column {
  /** The measure's id, the step of time, or both: `problem.collected@2022-S1`. */
  readonly key: string;
  readonly measure: Measured;
  readonly step: string | null;
  /** What its computed values are divided by. */
  readonly per: string | undefined;
}

export interface Row {
  readonly region: string;
  readonly level: RegionLevel | undefined;
  /** Among its level; null where the region has no value to be ranked by. */
  readonly rank: number | null;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** The same place, indicator and period with another value in another clipping. */
export interface Conflict {
  readonly indicator: string;
  readonly region: string;
  readonly period: string | null;
  readonly chosen: Observed;
  readonly reason: Reason;
  readonly others: readonly Observed[];
}

/** What a region has no value for. */
export interface Gap {
  readonly region: string;
  /** Keys of columns. */
  readonly missing: readonly string[];
}

export interface Comparison {
  /** Ids of what was asked for, in that order. */
  readonly indicators: readonly string[];
  readonly columns: readonly Column[];
  /** The column that ranks. */
  readonly lead: string;
  /** Provinces, then cities, then counties; each ranked, those without a rank last. */
  readonly rows: readonly Row[];
  readonly conflicts: readonly Conflict[];
  /** Regions that were asked for by `within` or `level`, or have other values, and lack some or all. */
  readonly gaps: readonly Gap[];
  /** The period most regions of a level share, by column: what `comparable` is judged by. */
  readonly mains: readonly {
    readonly level: RegionLevel | undefined;
    readonly key: string;
    readonly period: string | null;
  }[];
}
