import { type Cell, type Comparison, isReviewed } from "../compare/index.js";
import type { ChartOptions } from "./bars.js";
import { footPx, framed, HEAD_PX, MARGIN_PX, valueAxisLook } from "./frame.js";
import { FONT, INK, PALETTE } from "./look.js";
import { axisValue, shortValue, unitWord } from "./numbers.js";
import type { Chart } from "./svg.js";
import { type ChartLanguage, measureLabel, placeName, placeNames, wordsOf } from "./words.js";

const WIDTH_PX = 900;
const PLOT_PX = 560;
/** Values further apart than this, all above zero, are shown on a logarithmic axis: on another most would lie on a heap. */
const WIDE = 50;

/** Two columns against each other, a dot a region, with the medians of both; regions that lack one are left out. */
export function scatterChart(comparison: Comparison, options: ChartOptions = {}): Chart {
  const language = options.language ?? "zh";
  const words = wordsOf(language);
  const [across, up] = comparison.columns;
  const dots =
    across && up
      ? comparison.rows.flatMap(({ region, cells }) => {
          const x = cells[across.key];
          const y = cells[up.key];
          return x?.comparable && y?.comparable ? [{ region, x, y }] : [];
        })
      : [];
  const names = placeNames(
    dots.map(({ region }) => region),
    language,
  );
  const xAxis = axisOf(
    dots.map(({ x }) => x),
    language,
  );
  const yAxis = axisOf(
    dots.map(({ y }) => y),
    language,
  );
  const title = [across, up]
    .map((column) => (column ? measureLabel(column.measure, language) : ""))
    .join(language === "zh" ? " 与 " : " and ");
  const levels = new Set(comparison.rows.map(({ level }) => level));
  const [level] = levels.size === 1 ? levels : [undefined];
  const computed = dots.some(({ x, y }) => x.derivedFrom.length + y.derivedFrom.length > 0);
  const head = {
    title,
    subtitle:
      dots.length === 0
        ? words.none
        : [
            options.within ? placeName(options.within, language) : "",
            words.compared(level),
            words.both(dots.length, comparison.rows.length),
          ]
            .filter((part) => part !== "")
            .join(" · "),
    notes: computed ? [words.computed] : [],
  };
  const height = HEAD_PX + PLOT_PX + 66 + footPx(head);
  const nameOf = (column: typeof across, { unit, log }: Axis) => {
    const extra = [unitWord(unit, language), log ? words.log : ""]
      .filter((part) => part !== "")
      .join(language === "zh" ? "，" : ", ");
    return `${column ? measureLabel(column.measure, language) : ""}${extra ? (language === "zh" ? `（${extra}）` : ` (${extra})`) : ""}`;
  };
  return {
    width: WIDTH_PX,
    height,
    name: title,
    description: dots
      .map(
        ({ region, x, y }) =>
          `${names.get(region)}: ${shortValue(x.value, x.unit, language)}, ${shortValue(y.value, y.unit, language)}`,
      )
      .join("; "),
    option: {
      ...framed(head, height),
      grid: { left: MARGIN_PX + 62, right: MARGIN_PX + 60, top: HEAD_PX + 30, height: PLOT_PX - 30 },
      xAxis: {
        ...xAxis.look,
        name: nameOf(across, xAxis),
        nameLocation: "middle",
        nameGap: 34,
        nameTextStyle: nameStyle,
      },
      yAxis: {
        ...yAxis.look,
        name: nameOf(up, yAxis),
        nameLocation: "end",
        nameGap: 14,
        nameTextStyle: { ...nameStyle, align: "left", padding: [0, 0, 0, -50] },
      },
      series: [
        {
          type: "scatter",
          symbolSize: 10,
          data: dots.map(({ region, x, y }) => ({
            value: [x.value, y.value],
            name: names.get(region),
            region,
            itemStyle: dotStyle(x, y),
          })),
          label: {
            show: true,
            position: "right",
            distance: 5,
            formatter: "{b}",
            color: INK.text,
            fontSize: 11.5,
            fontFamily: FONT,
          },
          labelLayout: { hideOverlap: true },
          markLine:
            dots.length < 5
              ? undefined
              : medians(
                  dots.map(({ x }) => x.value),
                  dots.map(({ y }) => y.value),
                  words.median,
                ),
        },
      ],
    },
  };
}

const nameStyle = { color: INK.text, fontFamily: FONT, fontSize: 13, fontWeight: 700 };

function dotStyle(x: Cell, y: Cell) {
  const color = isReviewed(x.figure) && isReviewed(y.figure) ? PALETTE[2] : PALETTE[0];
  const hollow = x.derivedFrom.length + y.derivedFrom.length > 0;
  return { color: hollow ? "#ffffff" : color, borderColor: color, borderWidth: 1.8, opacity: 0.85 };
}

interface Axis {
  readonly unit: string;
  readonly log: boolean;
  readonly look: object;
}

function axisOf(cells: readonly Cell[], language: ChartLanguage): Axis {
  const values = cells.map(({ value }) => value);
  const unit = cells[0]?.unit ?? "count";
  const low = Math.min(...values);
  const high = Math.max(...values);
  const log = low > 0 && high / low > WIDE;
  const isShare = unit === "percent" && high <= 100;
  return {
    unit,
    log,
    look: {
      type: log ? "log" : "value",
      ...(log ? { min: 10 ** Math.floor(Math.log10(low)), max: high * 1.6 } : { scale: low > 0.5 * high }),
      ...(isShare ? { max: 100 } : {}),
      ...valueAxisLook,
      axisLine: { show: true, lineStyle: { color: INK.mute } },
      splitNumber: 6,
      axisLabel: {
        color: INK.faint,
        fontFamily: FONT,
        hideOverlap: true,
        ...(log ? { showMaxLabel: false } : {}),
        formatter: (value: number) => axisValue(value, unit, language),
      },
    },
  };
}

function medians(xs: readonly number[], ys: readonly number[], word: string) {
  const median = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length / 2;
    return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
  };
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: INK.faint, type: "dashed", width: 1 },
    label: { formatter: word, color: INK.faint, fontFamily: FONT, fontSize: 11 },
    data: [
      { xAxis: median(xs), label: { position: "end" } },
      { yAxis: median(ys), label: { position: "end" } },
    ],
  };
}
