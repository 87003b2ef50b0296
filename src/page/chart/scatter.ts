import { axisValue, unitWord } from "../../chart/numbers.js";
import type { Cell, Comparison } from "../../server/contract/index.js";
import type { Language } from "../i18n/say.js";
import { faintStyle, type Look, textStyle, valueAxis } from "./look.js";

export const SCATTER_PX = 480;
/** Values further apart than this, all above zero, stand on a logarithmic axis: on another most would lie on a heap. */
const WIDE = 50;
/** Of fewer dots a median says nothing. */
const MEDIAN_FROM = 5;

export interface Dot {
  readonly region: string;
  readonly name: string;
  readonly x: Cell;
  readonly y: Cell;
}

/** Regions that have both of the first two columns, of comparable times. */
export function dotsOf({ columns, rows }: Comparison, language: Language): Dot[] {
  const [across, up] = columns;
  if (!across || !up) return [];
  return rows.flatMap(({ region, name, cells }) => {
    const x = cells[across.key];
    const y = cells[up.key];
    return x?.comparable && y?.comparable ? [{ region, name: name[language], x, y }] : [];
  });
}

interface Titles {
  readonly x: string;
  readonly y: string;
  readonly log: string;
  readonly median: string;
}

/** A dot a region, the first column across, the second up, with the medians of both. */
export function scatterOption(
  dots: readonly Dot[],
  key: string,
  titles: Titles,
  look: Look,
  language: Language,
): object {
  const x = axisOf(
    dots.map((dot) => dot.x),
    look,
    language,
  );
  const y = axisOf(
    dots.map((dot) => dot.y),
    look,
    language,
  );
  const color = look.palette[0] as string;
  const nameOf = (title: string, { unit, log }: Axis) => {
    const more = [unitWord(unit, language), log ? titles.log : ""].filter((part) => part !== "").join(", ");
    return more === "" ? title : `${title} (${more})`;
  };
  return {
    animation: false,
    grid: { left: 62, right: 40, top: 34, bottom: 52 },
    xAxis: {
      ...x.axis,
      name: nameOf(titles.x, x),
      nameLocation: "middle",
      nameGap: 32,
      nameTextStyle: textStyle(look),
    },
    yAxis: {
      ...y.axis,
      name: nameOf(titles.y, y),
      nameGap: 14,
      nameTextStyle: { ...textStyle(look), align: "left", padding: [0, 0, 0, -48] },
    },
    series: [
      {
        type: "scatter",
        symbolSize: 12,
        cursor: "pointer",
        data: dots.map((dot) => ({
          value: [dot.x.value, dot.y.value],
          name: dot.name,
          mark: { region: dot.region, key },
          itemStyle: {
            color: dot.x.derivedFrom.length + dot.y.derivedFrom.length > 0 ? look.ground : color,
            borderColor: color,
            borderWidth: 2,
          },
        })),
        label: { ...textStyle(look, 11.5), show: true, position: "right", distance: 4, formatter: "{b}" },
        labelLayout: { hideOverlap: true },
        ...(dots.length < MEDIAN_FROM ? {} : { markLine: medians(dots, titles.median, look) }),
      },
    ],
  };
}

interface Axis {
  readonly unit: string;
  readonly log: boolean;
  readonly axis: object;
}

function axisOf(cells: readonly Cell[], look: Look, language: Language): Axis {
  const values = cells.map(({ value }) => value);
  const unit = cells[0]?.unit ?? "count";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const log = low > 0 && high / low > WIDE;
  return {
    unit,
    log,
    axis: {
      ...valueAxis(look),
      ...(log ? { type: "log", min: 10 ** Math.floor(Math.log10(low)), max: high * 1.6 } : { scale: low > 0.5 * high }),
      ...(unit === "percent" && high <= 100 ? { max: 100 } : {}),
      axisLine: { show: true, lineStyle: { color: look.mute } },
      splitNumber: 5,
      axisLabel: {
        ...faintStyle(look),
        hideOverlap: true,
        ...(log ? { showMaxLabel: false } : {}),
        formatter: (value: number) => axisValue(value, unit, language),
      },
    },
  };
}

function medians(dots: readonly Dot[], word: string, look: Look) {
  const median = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    return (
      ((sorted[Math.ceil(sorted.length / 2) - 1] as number) + (sorted[Math.floor(sorted.length / 2)] as number)) / 2
    );
  };
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: look.faint, type: "dashed", width: 1 },
    label: { ...faintStyle(look), formatter: word },
    data: [
      { xAxis: median(dots.map(({ x }) => x.value)), label: { position: "end" } },
      { yAxis: median(dots.map(({ y }) => y.value)), label: { position: "end" } },
    ],
  };
}
