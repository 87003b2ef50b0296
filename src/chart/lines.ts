import type { Series } from "../compare/index.js";
import type { ChartOptions } from "./bars.js";
import { footPx, framed, HEAD_PX, heading, MARGIN_PX, valueAxisLook } from "./frame.js";
import { emsOf, FONT, INK, PALETTE } from "./look.js";
import { axisValue, shortValue } from "./numbers.js";
import type { Chart } from "./svg.js";
import { whiskers } from "./whiskers.js";
import { type ChartLanguage, measureLabel, placeName, placeNames, wordsOf } from "./words.js";

const WIDTH_PX = 960;
const PANEL_PX = 360;
const BETWEEN_PX = 64;
const LABEL_PX = 12.5;
/** As many as can be told apart. */
const DEFAULT_TOP = 8;

/** Time lines: a panel a measure, a line a region (those with the most points, then the highest last), its name at its end. */
export function lineChart(series: readonly Series[], options: ChartOptions = {}): Chart {
  const language = options.language ?? "zh";
  const words = wordsOf(language);
  const measures = [...new Map(series.map(({ measure }) => [measure.id, measure])).values()];
  const regions = regionsOf(series, measures[0]?.id);
  const shown = regions.slice(0, options.top ?? DEFAULT_TOP);
  const names = placeNames(shown, language);
  const lines = series.filter(({ region }) => shown.includes(region));
  const points = lines.flatMap((line) => line.points);
  const notes = [
    points.some(({ cell }) => cell.derivedFrom.length > 0) ? words.computed : "",
    points.some(({ others }) => others.length > 0) ? words.conflict : "",
    points.some(({ alike }) => !alike) ? words.unlike : "",
  ].filter((note) => note !== "");
  const ends = points.map(({ end }) => end).sort();
  const head = {
    title: measures.map((measure) => measureLabel(measure, language)).join(language === "zh" ? "、" : ", "),
    subtitle:
      points.length === 0
        ? words.none
        : [
            options.within ? placeName(options.within, language) : "",
            ends[0] === ends.at(-1) ? `${ends[0]}` : `${ends[0]} – ${ends.at(-1)}`,
            shown.length < regions.length ? words.lines(shown.length, regions.length) : "",
          ]
            .filter((part) => part !== "")
            .join(" · "),
    notes: notes.length > 0 ? [notes.join("　 ")] : [],
  };
  const top = HEAD_PX + (measures.length > 1 ? 26 : 6);
  const count = Math.max(1, measures.length);
  const height = top + count * PANEL_PX + (count - 1) * BETWEEN_PX + 34 + footPx(head);
  const right = MARGIN_PX + Math.max(40, ...shown.map((code) => emsOf(names.get(code) ?? code) * LABEL_PX)) + 14;
  const framing = framed(head, height);
  const panelTop = (index: number) => top + index * (PANEL_PX + BETWEEN_PX);
  const colors = new Map(shown.map((code, index) => [code, PALETTE[index % PALETTE.length] as string]));
  return {
    width: WIDTH_PX,
    height,
    name: head.title,
    description: lines
      .map(
        ({ region, points }) =>
          `${names.get(region)}: ${points.map(({ end, cell }) => `${end} ${shortValue(cell.value, cell.unit, language)}`).join(", ")}`,
      )
      .join("; "),
    option: {
      ...framing,
      title: [
        ...framing.title,
        ...(count > 1
          ? measures.map((measure, index) => heading(measureLabel(measure, language), MARGIN_PX, panelTop(index) - 26))
          : []),
      ],
      grid: measures.map((_, index) => ({ left: MARGIN_PX + 56, right, top: panelTop(index), height: PANEL_PX })),
      xAxis: measures.map((_, index) => timeAxis(index, ends, language)),
      yAxis: measures.map((measure, index) =>
        valueAxis(
          lines.filter((line) => line.measure === measure),
          index,
          language,
        ),
      ),
      series: lines.flatMap((line) =>
        seriesFor(
          line,
          measures.indexOf(line.measure),
          colors.get(line.region) as string,
          names.get(line.region) ?? line.region,
        ),
      ),
    },
  };
}

/** Regions by how much of a line they have, then by their last value. */
function regionsOf(series: readonly Series[], first: string | undefined): string[] {
  const own = series.filter(({ measure }) => measure.id === first);
  const rest = series.filter(({ region }) => !own.some((line) => line.region === region));
  const size = ({ points }: Series) => points.filter(({ alike }) => alike).length;
  const last = ({ points }: Series) => points.at(-1)?.cell.value ?? 0;
  const byWeight = (a: Series, b: Series) =>
    Number(size(b) > 1) - Number(size(a) > 1) || last(b) - last(a) || (a.region < b.region ? -1 : 1);
  return [...new Set([...own.sort(byWeight), ...rest.sort(byWeight)].map(({ region }) => region))];
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function timeAxis(index: number, ends: readonly string[], language: ChartLanguage) {
  const dayMs = 86_400_000;
  const from = Date.parse(ends[0] ?? "2000-01-01");
  const to = Date.parse(ends.at(-1) ?? "2000-12-31");
  const room = Math.max(15 * dayMs, (to - from) * 0.02);
  return {
    type: "time",
    gridIndex: index,
    min: from - room,
    max: to + room,
    axisLine: { lineStyle: { color: INK.mute } },
    axisTick: { lineStyle: { color: INK.mute } },
    splitNumber: 8,
    axisLabel: {
      color: INK.faint,
      fontFamily: FONT,
      hideOverlap: true,
      formatter: (value: number) => {
        const date = new Date(value);
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
        if (day !== 1) return language === "zh" ? `${month + 1}月${day}日` : `${day} ${MONTHS[month]}`;
        if (month === 0) return language === "zh" ? `${year}年` : String(year);
        return language === "zh" ? `${month + 1}月` : (MONTHS[month] as string);
      },
    },
  };
}

function valueAxis(lines: readonly Series[], index: number, language: ChartLanguage) {
  const points = lines.flatMap((line) => line.points);
  const unit = points[0]?.cell.unit ?? "count";
  const values = points.map(({ cell }) => cell.value);
  const low = Math.min(...values);
  const isHighShare = unit === "percent" && low > 60;
  return {
    type: "value",
    gridIndex: index,
    min: isHighShare ? Math.floor((low - 0.3) / 5) * 5 : 0,
    ...(unit === "percent" && Math.max(...values) <= 100 ? { max: 100 } : {}),
    ...valueAxisLook,
    splitNumber: 5,
    axisLabel: { color: INK.faint, fontFamily: FONT, formatter: (value: number) => axisValue(value, unit, language) },
  };
}

function seriesFor({ points }: Series, axis: number, color: string, name: string) {
  const disputed = points
    .filter(({ others }) => others.length > 0)
    .map(({ end, cell, others }) => ({ at: end, values: [cell, ...others].map(({ value }) => value) }));
  const dots = (alike: boolean) =>
    points
      .filter((point) => point.alike === alike)
      .map(({ end, cell }) => ({
        value: [end, cell.value],
        figure: cell.figure.id,
        itemStyle:
          cell.derivedFrom.length > 0 || !alike
            ? { color: "#ffffff", borderColor: alike ? color : INK.mute }
            : { color },
      }));
  const alike = dots(true);
  return [
    {
      type: "line",
      name,
      xAxisIndex: axis,
      yAxisIndex: axis,
      data: alike,
      symbol: "circle",
      symbolSize: 7,
      showAllSymbol: true,
      lineStyle: { color, width: 2 },
      itemStyle: { color, borderColor: color, borderWidth: 1.6 },
      endLabel: {
        show: alike.length > 0,
        formatter: name,
        color,
        fontFamily: FONT,
        fontSize: LABEL_PX,
        fontWeight: 600,
        distance: 8,
      },
      labelLayout: { moveOverlap: "shiftY" },
    },
    {
      type: "scatter",
      xAxisIndex: axis,
      yAxisIndex: axis,
      data: dots(false),
      symbolSize: 7,
      itemStyle: { borderWidth: 1.4 },
    },
    whiskers(disputed, { axis, horizontal: false }),
  ];
}
