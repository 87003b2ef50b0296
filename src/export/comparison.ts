import { regionName } from "../catalogue/index.js";
import type { Cell, Comparison, Series } from "../compare/index.js";
import { toCsv } from "./csv.js";

const CELL_COLUMNS = [
  "REF_AREA",
  "REF_AREA_LABEL",
  "INDICATOR",
  "INDICATOR_LABEL",
  "TIME_PERIOD",
  "OBS_VALUE",
  "UNIT_MEASURE",
  "qualifier",
  "step",
  "rank",
  "comparable",
  "share_of_parent",
  "reason",
  "support",
  "conflicts",
  "computed_from",
  "review",
  "confidence",
  "figure",
  "clipping",
  "path",
  "publisher",
  "published",
  "quote",
] as const;

/** One row a value, named as SDMX does. */
export function comparisonCsv({ columns, rows, lead, conflicts }: Comparison): string {
  const disputed = new Map(conflicts.map(({ chosen, others }) => [chosen.id, others.length]));
  return toCsv(
    CELL_COLUMNS,
    rows.flatMap(({ region, rank, cells }) =>
      columns.flatMap(({ key, measure, step }) => {
        const cell = cells[key];
        if (!cell) return [];
        return [
          {
            ...cellRow(cell),
            REF_AREA: region,
            INDICATOR_LABEL: measure.label,
            step,
            rank: key === lead ? rank : null,
            conflicts: disputed.get(cell.figure.id) ?? 0,
          },
        ];
      }),
    ),
  );
}

const cellRow = (cell: Cell) => ({
  REF_AREA: cell.region,
  REF_AREA_LABEL: regionName(cell.region),
  INDICATOR: cell.measure,
  TIME_PERIOD: cell.period,
  OBS_VALUE: cell.value,
  UNIT_MEASURE: cell.unit,
  qualifier: cell.qualifier,
  comparable: cell.comparable,
  share_of_parent: cell.share?.percent,
  reason: cell.reason,
  support: cell.support,
  computed_from: cell.derivedFrom.map(({ id }) => id).join(" "),
  review: cell.figure.review,
  confidence: cell.figure.confidence,
  figure: cell.figure.id,
  clipping: cell.figure.clipping,
  path: cell.figure.path,
  publisher: cell.figure.publisher,
  published: cell.figure.published,
  quote: cell.figure.quote,
});

export const seriesCsv = (series: readonly Series[]): string =>
  toCsv(
    CELL_COLUMNS,
    series.flatMap(({ measure, points }) =>
      points.map(({ end, cell, others, alike }) => ({
        ...cellRow(cell),
        INDICATOR_LABEL: measure.label,
        step: end,
        comparable: alike,
        conflicts: others.length,
      })),
    ),
  );
