import type { Cell, Column, Comparison, Row } from "../compare/index.js";
import { isReviewed } from "../compare/index.js";
import { footPx, framed, HEAD_PX, type Head, heading, MARGIN_PX, valueAxisLook } from "./frame.js";
import { emsOf, FONT, INK, PALETTE } from "./look.js";
import { axisValue, shortValue } from "./numbers.js";
import type { Chart } from "./svg.js";
import { whiskers } from "./whiskers.js";
import { type ChartLanguage, measureLabel, periodWords, placeName, placeNames, wordsOf } from "./words.js";

export interface ChartOptions {
  readonly language?: ChartLanguage;
  /** The region whose parts are compared, for the subtitle. */
  readonly within?: string;
  /** Regions at most. */
  readonly top?: number;
}

const ROW_PX = 25;
const LABEL_PX = 12.5;
const PANEL_PX = 340;
const PANELS = 4;
/** Names longer than this are cut. */
const LONG_EMS = 19;
const GAP_PX = 26;
const DEFAULT_TOP = 40;

/** Ranked bars: a row a region, a panel a column of the comparison (four at most), whiskers where clippings disagree. */
export function barChart(comparison: Comparison, options: ChartOptions = {}): Chart {
  const language = options.language ?? "zh";
  const columns = columnsOf(comparison);
  const withLead = comparison.rows.filter((row) => columns.some(({ key }) => row.cells[key]));
  const rows = withLead.slice(0, options.top ?? DEFAULT_TOP);
  const names = placeNames(
    rows.map(({ region }) => region),
    language,
  );
  const labels = rows.map((row) => {
    const name = names.get(row.region) ?? row.region;
    return `${row.rank === null ? "" : `${row.rank}  `}${emsOf(name) > LONG_EMS ? `${name.slice(0, 30)}…` : name}`;
  });
  const cells = rows.flatMap((row) => columns.flatMap(({ key }) => row.cells[key] ?? []));
  const head = headOf(comparison, columns, rows, withLead.length, cells, language, options.within);
  const left = MARGIN_PX + Math.max(40, ...labels.map((label) => emsOf(label) * LABEL_PX)) + 12;
  const several = columns.length > 1;
  const top = HEAD_PX + (several ? 30 : 6);
  const height = top + Math.max(1, rows.length) * ROW_PX + 30 + footPx(head);
  const panel = several ? PANEL_PX : 640;
  const width = left + columns.length * (panel + GAP_PX) + MARGIN_PX;
  const framing = framed(head, height);
  const panels = columns.map((column, index) => panelOf(column, rows, index, language, comparison));
  return {
    width: Math.round(width),
    height,
    name: head.title,
    description: rows
      .map((row, index) => `${labels[index]}: ${columns.map(({ key }) => spoken(row.cells[key], language)).join(", ")}`)
      .join("; "),
    option: {
      ...framing,
      title: [
        ...framing.title,
        ...(several
          ? columns.map((column, index) =>
              heading(titleOf(column, language), left + index * (panel + GAP_PX), top - 24),
            )
          : []),
      ],
      grid: columns.map((_, index) => ({
        left: left + index * (panel + GAP_PX),
        top,
        width: panel - 70,
        height: Math.max(1, rows.length) * ROW_PX,
      })),
      xAxis: panels.map(({ xAxis }, index) => ({ ...xAxis, gridIndex: index })),
      yAxis: columns.map((_, index) => ({
        type: "category",
        gridIndex: index,
        inverse: true,
        data: labels,
        axisLine: { lineStyle: { color: INK.mute } },
        axisTick: { show: false },
        axisLabel: {
          show: index === 0,
          interval: 0,
          color: INK.text,
          fontSize: LABEL_PX,
          fontFamily: FONT,
          margin: 10,
        },
      })),
      series: panels.flatMap(({ series }) => series),
    },
  };
}

/** Of regions × periods the latest steps. */
const columnsOf = ({ columns, lead }: Comparison): readonly Column[] => {
  const first = columns.find(({ key }) => key === lead);
  const others = columns.filter(({ key }) => key !== lead);
  if (columns.every(({ step }) => step === null)) return columns.slice(0, PANELS);
  return [...(first ? [first] : []), ...others.reverse()].slice(0, PANELS);
};

function panelOf(
  column: Column,
  rows: readonly Row[],
  index: number,
  language: ChartLanguage,
  { conflicts }: Comparison,
) {
  const cells = rows.map((row) => row.cells[column.key]);
  const unit = cells.find((cell) => cell)?.unit ?? "count";
  const color = PALETTE[index % PALETTE.length] as string;
  const scale = scaleOf(
    cells.flatMap((cell) => cell?.value ?? []),
    unit,
  );
  const disputed = conflicts.flatMap(({ chosen, others }) => {
    const at = cells.findIndex((cell) => cell?.figure.id === chosen.id && cell.derivedFrom.length === 0);
    return at < 0 ? [] : [{ at, values: [chosen, ...others].map(({ value }) => value) }];
  });
  const most = new Map(disputed.map(({ at, values }) => [at, Math.max(...values)]));
  const axes = { xAxisIndex: index, yAxisIndex: index };
  return {
    xAxis: {
      type: "value",
      ...scale,
      ...valueAxisLook,
      splitNumber: 4,
      axisLabel: {
        color: INK.faint,
        fontFamily: FONT,
        hideOverlap: true,
        formatter: (value: number) => axisValue(value, unit, language),
      },
    },
    series: [
      scale.min > 0
        ? { type: "scatter", ...axes, symbolSize: 11, data: dotsOf(cells, color) }
        : {
            type: "bar",
            ...axes,
            barWidth: 15,
            data: cells.map((cell) => (cell ? barOf(cell, color) : { value: null })),
          },
      whiskers(disputed, { axis: index, horizontal: true }),
      labelsOf(cells, most, axes, scale.min > 0 ? 12 : 8, language),
    ],
  };
}

/** The text of a mark stands behind all that is drawn of it. */
function labelsOf(
  cells: readonly (Cell | undefined)[],
  most: ReadonlyMap<number, number>,
  axes: object,
  distance: number,
  language: ChartLanguage,
) {
  return {
    type: "scatter",
    ...axes,
    silent: true,
    symbolSize: 0.01,
    data: cells.flatMap((cell, at) =>
      cell
        ? [
            {
              value: [Math.max(cell.value, most.get(at) ?? cell.value), at],
              label: {
                show: true,
                position: "right",
                distance,
                color: cell.comparable ? INK.text : INK.faint,
                fontSize: 12,
                fontFamily: FONT,
                formatter: `${spoken(cell, language)}${cell.comparable ? "" : `  ${cell.period ? periodWords(cell.period, language) : wordsOf(language).unranked}`}`,
              },
            },
          ]
        : [],
    ),
  };
}

const DECAL = {
  symbol: "rect",
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
  color: "rgba(255,255,255,0.55)",
};

const barOf = (cell: Cell, color: string) => ({
  value: cell.value,
  figure: cell.figure.id,
  itemStyle: {
    color: cell.comparable ? color : INK.mute,
    borderRadius: [0, 2, 2, 0],
    ...(cell.derivedFrom.length > 0 ? { decal: DECAL } : {}),
  },
});

/** Where an axis does not begin at zero a bar's length would lie: dots only have a place. */
const dotsOf = (cells: readonly (Cell | undefined)[], color: string) =>
  cells.flatMap((cell, at) => {
    if (!cell) return [];
    const ink = cell.comparable ? color : INK.mute;
    const fill = cell.derivedFrom.length > 0 ? "#ffffff" : ink;
    return [
      {
        value: [cell.value, at],
        figure: cell.figure.id,
        itemStyle: { color: fill, borderColor: ink, borderWidth: 2 },
      },
    ];
  });

const SIGN = { exact: "", over: ">", about: "≈", under: "<" } as const;

const spoken = (cell: Cell | undefined, language: ChartLanguage): string =>
  cell
    ? `${SIGN[cell.qualifier]}${shortValue(cell.value, cell.unit, language)}${isReviewed(cell.figure) ? " ✓" : ""}`
    : "–";

/** Percent between the lines of an axis. */
const STEPS = [1, 2, 5, 10, 20];

/** Shares crowd near 100%: where all lie above 60 the axis begins at a round number below them. */
function scaleOf(values: readonly number[], unit: string): { min: number; max?: number; interval?: number } {
  const low = Math.min(...values);
  if (unit !== "percent" || Math.max(...values) > 100) return { min: 0 };
  const min = low > 60 ? Math.floor((low - 0.3) / 5) * 5 : 0;
  return { min, max: 100, interval: STEPS.find((step) => 100 - min <= 5 * step) ?? 20 };
}

const titleOf = ({ measure, step }: Column, language: ChartLanguage) =>
  [measureLabel(measure, language), step ?? ""].join(" ").trim();

function headOf(
  comparison: Comparison,
  columns: readonly Column[],
  rows: readonly Row[],
  all: number,
  cells: readonly Cell[],
  language: ChartLanguage,
  within: string | undefined,
): Head {
  const words = wordsOf(language);
  const levels = new Set(rows.map(({ level }) => level));
  const [level] = levels.size === 1 ? levels : [undefined];
  const has = (test: (cell: Cell) => boolean) => cells.some(test);
  const disputed = new Set(comparison.conflicts.map(({ chosen }) => chosen.id));
  const notes = [
    has(({ derivedFrom }) => derivedFrom.length > 0) ? words.computed : "",
    has(({ figure }) => disputed.has(figure.id)) ? words.conflict : "",
    has(({ comparable }) => !comparable) ? words.unlike : "",
    has(({ figure }) => isReviewed(figure)) ? words.reviewed : "",
  ].filter((note) => note !== "");
  return {
    title: [...new Set(columns.map(({ measure }) => measureLabel(measure, language)))].join(
      language === "zh" ? "、" : ", ",
    ),
    subtitle:
      rows.length === 0
        ? words.none
        : [
            within ? placeName(within, language) : "",
            words.compared(level),
            commonPeriod(cells, language),
            rows.length < all ? words.top(rows.length, all) : "",
          ]
            .filter((part) => part !== "")
            .join(" · "),
    notes: notes.length > 0 ? [notes.join("　 ")] : [],
  };
}

/** The period if all have one; else the first and last end of them. */
function commonPeriod(cells: readonly Cell[], language: ChartLanguage): string {
  const periods = [...new Set(cells.flatMap(({ period, comparable }) => (comparable && period ? [period] : [])))];
  if (periods.length <= 1) return periods[0] ? periodWords(periods[0], language) : "";
  const ends = periods.map((period) => period.split("/").at(-1) as string).sort();
  return ends[0] === ends.at(-1) ? wordsOf(language).until(ends[0] as string) : `${ends[0]} – ${ends.at(-1)}`;
}
