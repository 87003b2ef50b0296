import type { Catalogue, Region } from "../catalogue/index.js";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import { type Cell, type Comparison, isReviewed, type Observed, type Reason, type Series } from "../compare/index.js";
import { toTable } from "../export/table.js";
import { toPeople } from "../export/values.js";

/** How the reasons are told to people. */
const WHY: Readonly<Record<Reason, string>> = {
  only: "the only one",
  agreed: "all agree",
  "like-others": "of the others' time",
  "asked-period": "ends in the period asked for",
  reviewed: "reviewed",
  "later-period": "later period",
  surer: "surer",
  "later-published": "later published",
  original: "original, not repost",
  "by-id": "by id, all else alike",
  computed: "computed",
};

const BASIS = {
  passage: "counts of one passage",
  clipping: "counts of one clipping",
  period: "two clippings, same period",
};

/** Notes of one kind at most; the rest is counted. */
const NOTES = 20;

export interface PrintOptions {
  readonly within?: Region;
  readonly catalogue?: Catalogue;
  /** Shares of the parents' values beside values. */
  readonly share?: boolean;
}

const SHARE = { title: "of parent", align: "right" as const };

/** The ranked table, and below it what disagrees, what is newer and what is missing. */
export function comparisonTable(comparison: Comparison, options: PrintOptions = {}): string {
  const { columns, rows, lead } = comparison;
  if (rows.length === 0) return "no figures to compare: ingest clippings first, or widen --within, --level, --period";
  const label = (id: string) => indicatorLabel(id, options.catalogue);
  const several = new Set(columns.map(({ measure }) => measure.id)).size > 1;
  const titleOf = ({ measure, step }: Comparison["columns"][number]) =>
    step === null ? measure.label : several ? `${measure.label} ${step}` : step;
  const body = rows.map((row) => {
    const cell = row.cells[lead] ?? Object.values(row.cells)[0];
    return [
      row.rank === null ? "–" : String(row.rank),
      regionName(row.region),
      ...columns.flatMap(({ key }) => [shown(row.cells[key]), ...(options.share ? [shareOf(row.cells[key])] : [])]),
      cell?.period ?? "–",
      cell ? whyOf(cell) : "",
      cell?.figure.id ?? "",
      (cell?.figure.title ?? cell?.figure.path.split("/").slice(-2).join("/") ?? "").slice(0, 26),
    ];
  });
  const table = toTable(
    [
      { title: "#", align: "right" },
      { title: "region" },
      ...columns.flatMap((column) => [
        { title: titleOf(column), align: "right" as const },
        ...(options.share ? [SHARE] : []),
      ]),
      { title: "period" },
      { title: "why" },
      { title: "figure" },
      { title: "clipping" },
    ],
    body,
  );
  const notes = [
    ...signs(comparison),
    ...disagreements(comparison, label),
    ...newer(comparison, label),
    ...gaps(comparison, options),
  ];
  return `${table}${notes.length > 0 ? `\n\n${notes.join("\n")}` : ""}`;
}

const marks = (cell: Cell) =>
  `${cell.derivedFrom.length > 0 ? "*" : ""}${cell.comparable ? "" : "†"}${isReviewed(cell.figure) ? "✓" : ""}`;

const shown = (cell: Cell | undefined) =>
  cell ? `${toPeople(cell.value, cell.unit, cell.qualifier)}${marks(cell)}` : "–";

const shareOf = (cell: Cell | undefined) =>
  cell?.share ? `${cell.share.percent.toFixed(1)}%${cell.share.percent > 100 ? "!" : ""}` : "–";

const whyOf = (cell: Cell) =>
  cell.basis ? BASIS[cell.basis] : cell.reason === "agreed" ? `all ${cell.support} agree` : WHY[cell.reason];

const cellsOf = ({ rows }: Comparison) => rows.flatMap(({ cells }) => Object.values(cells));

function signs(comparison: Comparison): string[] {
  const cells = cellsOf(comparison);
  const divided = comparison.columns.filter(({ per, measure }) => per && !measure.ratio?.share);
  return [
    ...(cells.some(({ derivedFrom }) => derivedFrom.length > 0) ? ["* computed from other figures"] : []),
    ...[...new Map(divided.map((column) => [column.measure.id, column])).values()].map(
      ({ measure, per }) => `* ${measure.label}: divided by ${indicatorLabel(per as string)}`,
    ),
    ...(cells.some(({ comparable }) => !comparable) ? ["† of a period unlike the others', not ranked"] : []),
    ...(cells.some(({ figure }) => isReviewed(figure)) ? ["✓ reviewed"] : []),
    ...(cells.some(({ share }) => share && share.percent > 100)
      ? ["! more than its parent's: one of the two is wrong"]
      : []),
  ];
}

const sourceOf = ({ figure, publisher, published }: { figure: Observed } & Pick<Observed, "publisher" | "published">) =>
  [publisher, published, figure.path].filter((part) => part).join(", ");
const said = (figure: Observed) =>
  `${toPeople(figure.value, figure.unit, figure.qualifier)} (${sourceOf({ figure, ...figure })}; ${figure.id})`;

function disagreements({ conflicts }: Comparison, label: (id: string) => string): string[] {
  return atMost(
    conflicts.map(
      ({ indicator, region, period, chosen, reason, others }) =>
        `conflict  ${regionName(region)} ${label(indicator)} ${period ?? ""}: ${said(chosen)} taken (${WHY[reason]}), ${others.map(said).join(", ")} not`,
    ),
    "conflicts",
  );
}

function newer(comparison: Comparison, label: (id: string) => string): string[] {
  const later = cellsOf(comparison).flatMap((cell) => (cell.newer ? [{ cell, figure: cell.newer }] : []));
  return atMost(
    later.map(
      ({ cell, figure }) =>
        `newer  ${regionName(cell.region)} ${label(cell.measure)} ${figure.period ?? ""}: ${said(figure)} is not reviewed yet`,
    ),
    "newer figures",
  );
}

function gaps({ gaps: all, columns, rows }: Comparison, { within }: PrintOptions): string[] {
  const names = (regions: readonly string[]) =>
    `${regions
      .slice(0, 3 * NOTES)
      .map((code) => (within ? regionName(code).replace(within.name, "") : regionName(code)))
      .join("、")}${regions.length > 3 * NOTES ? ` and ${regions.length - 3 * NOTES} more` : ""}`;
  const present = new Set(rows.map(({ region }) => region));
  const absent = all.filter(({ region }) => !present.has(region)).map(({ region }) => region);
  const lacking = columns
    .filter(({ step }) => step === null && columns.length > 1)
    .map(({ key, measure }) => ({
      measure,
      regions: all
        .filter(({ region, missing }) => present.has(region) && missing.includes(key))
        .map(({ region }) => region),
    }))
    .filter(({ regions }) => regions.length > 0);
  return [
    ...(absent.length > 0 ? [`no figures  ${names(absent)}`] : []),
    ...lacking.map(({ measure, regions }) => `no ${measure.label}  ${names(regions)}`),
  ];
}

const atMost = (notes: readonly string[], what: string): string[] =>
  notes.length <= NOTES
    ? [...notes]
    : [...notes.slice(0, NOTES), `… and ${notes.length - NOTES} more ${what}: --format json has all`];

/** A row a point. */
export function seriesTable(series: readonly Series[]): string {
  if (series.length === 0) return "no figures to compare: ingest clippings first, or widen --within, --level, --period";
  const rows = series.flatMap(({ measure, region, points }) =>
    points.map(({ period, cell, others, alike }, index) => [
      index === 0 ? regionName(region) : "",
      index === 0 ? measure.label : "",
      period,
      `${shown(cell)}${alike ? "" : "†"}`,
      whyOf(cell),
      cell.figure.id,
      others.map(said).join(", "),
    ]),
  );
  const table = toTable(
    [
      { title: "region" },
      { title: "indicator" },
      { title: "period" },
      { title: "value", align: "right" },
      { title: "why" },
      { title: "figure" },
      { title: "others say" },
    ],
    rows,
  );
  return series.some(({ points }) => points.some(({ alike }) => !alike))
    ? `${table}\n\n† of a span unlike most: it belongs to no one line with the others`
    : table;
}
