import { emsOf } from "../../chart/look.js";
import { axisValue } from "../../chart/numbers.js";
import { whiskers } from "../../chart/whiskers.js";
import type { Cell, Comparison } from "../../server/contract/index.js";
import { valueWords } from "../components/figure-parts.js";
import type { Language } from "../i18n/say.js";
import { faintStyle, type Look, textStyle, valueAxis } from "./look.js";

const ROW_PX = 26;
const FOOT_PX = 28;
const LABEL_PX = 12.5;

export type Row = Comparison["rows"][number];

export const barsHeight = (rows: number): number => Math.max(1, rows) * ROW_PX + FOOT_PX + 8;

const isReviewed = ({ figure: { review } }: Cell) =>
  review === "accepted" || review === "corrected" || review === "added";

/** A row a region in the order of the comparison; whiskers reach over what other clippings say. */
export function barOption(
  { conflicts }: Comparison,
  key: string,
  rows: readonly Row[],
  look: Look,
  language: Language,
  width: number,
): object {
  const cells = rows.map((row) => row.cells[key]);
  const unit = cells.find((cell) => cell)?.unit ?? "count";
  const names = rows.map(({ rank, name }) => `${rank === null ? "†" : rank}  ${name[language]}`);
  const widest = Math.max(40, ...names.map((name) => emsOf(name) * LABEL_PX));
  const left = Math.min(widest + 16, width * 0.42);
  const ink = look.palette[0] as string;
  const scale = scaleOf(cells, unit);
  const marked = rows.flatMap((row, at) => {
    const cell = cells[at];
    return cell ? [{ at, cell, mark: { region: row.region, key } }] : [];
  });
  const disputed = conflicts.flatMap(({ chosen, others }) => {
    const found = marked.find(({ cell }) => cell.figure.id === chosen.id && cell.derivedFrom.length === 0);
    return found ? [{ at: found.at, values: [chosen, ...others].map(({ value }) => value) }] : [];
  });
  const most = new Map(disputed.map(({ at, values }) => [at, Math.max(...values)]));
  return {
    animation: false,
    grid: { left, right: width < 500 ? 66 : 96, top: 4, height: rows.length * ROW_PX },
    xAxis: {
      ...valueAxis(look),
      ...scale,
      splitNumber: width < 500 ? 3 : 5,
      axisLabel: {
        ...faintStyle(look),
        hideOverlap: true,
        formatter: (value: number) => axisValue(value, unit, language),
      },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: names,
      axisLine: { lineStyle: { color: look.mute } },
      axisTick: { show: false },
      axisLabel: { ...textStyle(look, LABEL_PX), interval: 0, width: left - 14, overflow: "truncate", margin: 8 },
    },
    series: [
      scale.min > 0
        ? { type: "scatter", symbolSize: 12, cursor: "pointer", data: marked.map((each) => dotOf(each, look, ink)) }
        : { type: "bar", barWidth: 15, cursor: "pointer", data: barsOf(cells, rows, key, look, ink) },
      whiskers(disputed, { axis: 0, horizontal: true, color: look.text }),
      {
        type: "scatter",
        silent: true,
        symbolSize: 0.01,
        data: marked.map(({ at, cell }) => ({
          value: [Math.max(cell.value, most.get(at) ?? cell.value), at],
          label: {
            ...(cell.comparable ? textStyle(look) : faintStyle(look, 12)),
            show: true,
            position: "right",
            distance: scale.min > 0 ? 11 : 6,
            formatter: `${valueWords(cell, language)}${isReviewed(cell) ? " ✓" : ""}${cell.comparable ? "" : " †"}`,
          },
        })),
      },
    ],
  };
}

const DECAL = {
  symbol: "rect",
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
  color: "rgba(255,255,255,0.5)",
};

function barsOf(cells: readonly (Cell | undefined)[], rows: readonly Row[], key: string, look: Look, ink: string) {
  return cells.map((cell, at) =>
    cell
      ? {
          value: cell.value,
          mark: { region: rows[at]?.region, key },
          itemStyle: {
            color: cell.comparable ? ink : look.mute,
            borderRadius: [0, 2, 2, 0],
            ...(cell.derivedFrom.length > 0 ? { decal: DECAL } : {}),
          },
        }
      : { value: null },
  );
}

interface MarkedCell {
  readonly at: number;
  readonly cell: Cell;
  readonly mark: object;
}

/** Where an axis does not begin at zero a bar's length would lie: dots only have a place. */
function dotOf({ at, cell, mark }: MarkedCell, look: Look, ink: string) {
  const color = cell.comparable ? ink : look.mute;
  return {
    value: [cell.value, at],
    mark,
    itemStyle: { color: cell.derivedFrom.length > 0 ? look.ground : color, borderColor: color, borderWidth: 2 },
  };
}

/** Percent between the lines of an axis. */
const STEPS = [1, 2, 5, 10, 20];

/** Shares crowd near 100%: where all lie above 60 the axis begins at a round number below them. */
export function scaleOf(
  cells: readonly (Cell | undefined)[],
  unit: string,
): { min: number; max?: number; interval?: number } {
  const values = cells.flatMap((cell) => (cell ? [cell.value] : []));
  if (unit !== "percent" || values.length === 0 || Math.max(...values) > 100) return { min: 0 };
  const low = Math.min(...values);
  const min = low > 60 ? Math.floor((low - 0.3) / 5) * 5 : 0;
  return { min, max: 100, interval: STEPS.find((step) => 100 - min <= 5 * step) ?? 20 };
}
