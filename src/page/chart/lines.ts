import { emsOf } from "../../chart/look.js";
import { axisValue } from "../../chart/numbers.js";
import { whiskers } from "../../chart/whiskers.js";
import type { SeriesReply } from "../../server/contract/index.js";
import { dayWords } from "../format.js";
import type { Language } from "../i18n/say.js";
import { scaleOf } from "./bars.js";
import { faintStyle, type Look, textStyle, valueAxis } from "./look.js";

export type Line = SeriesReply["series"][number];

export const LINES_PX = 400;
/** As many as can be told apart. */
export const MOST_LINES = 8;
const DAY_MS = 86_400_000;

/** Lines worth drawing first: those with the most comparable points, then the highest last value. */
export function chosenLines(series: readonly Line[]): Line[] {
  const size = ({ points }: Line) => points.filter(({ alike }) => alike).length;
  const last = ({ points }: Line) => points.at(-1)?.cell.value ?? 0;
  return [...series]
    .sort((a, b) => Number(size(b) > 1) - Number(size(a) > 1) || last(b) - last(a))
    .slice(0, MOST_LINES);
}

/** A line a region, a point a period; what is of another span than the others stands beside the line. */
export function lineOption(lines: readonly Line[], look: Look, language: Language, width: number): object {
  const points = lines.flatMap((line) => line.points);
  const unit = points[0]?.cell.unit ?? "count";
  const ends = points.map(({ end }) => Date.parse(end));
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(15 * DAY_MS, (to - from) * 0.03);
  const narrow = width < 560;
  const names = lines.map(({ name }) => name[language]);
  const right = narrow ? 16 : Math.max(40, ...names.map((name) => emsOf(name) * 12.5)) + 20;
  return {
    animation: false,
    legend: narrow
      ? { bottom: 0, type: "plain", textStyle: textStyle(look), itemWidth: 14, itemHeight: 8 }
      : { show: false },
    grid: { left: 54, right, top: 14, bottom: narrow ? 24 + 22 * Math.ceil(lines.length / 3) : 28 },
    xAxis: {
      type: "time",
      min: from - room,
      max: to + room,
      axisLine: { lineStyle: { color: look.mute } },
      axisTick: { lineStyle: { color: look.mute } },
      splitNumber: narrow ? 4 : 8,
      axisLabel: {
        ...faintStyle(look),
        hideOverlap: true,
        formatter: (value: number) => dayWords(new Date(value).toISOString().slice(0, 7), language),
      },
    },
    yAxis: {
      ...valueAxis(look),
      ...scaleOf(
        points.map(({ cell }) => cell),
        unit,
      ),
      axisLabel: { ...faintStyle(look), formatter: (value: number) => axisValue(value, unit, language) },
    },
    series: lines.flatMap((line, index) => seriesOf(line, index, look, language, narrow)),
  };
}

function seriesOf(line: Line, index: number, look: Look, language: Language, narrow: boolean) {
  const color = look.palette[index % look.palette.length] as string;
  const name = line.name[language];
  const dots = (alike: boolean) =>
    line.points
      .filter((point) => point.alike === alike)
      .map(({ end, period, cell }) => ({
        value: [end, cell.value],
        mark: { region: line.region, key: `${line.measure} ${period}` },
        itemStyle:
          cell.derivedFrom.length > 0 || !alike
            ? { color: look.ground, borderColor: alike ? color : look.mute }
            : { color },
      }));
  const disputed = line.points
    .filter(({ others }) => others.length > 0)
    .map(({ end, cell, others }) => ({ at: end, values: [cell, ...others].map(({ value }) => value) }));
  const alike = dots(true);
  return [
    {
      type: "line",
      name,
      data: alike,
      cursor: "pointer",
      symbol: "circle",
      symbolSize: 9,
      showAllSymbol: true,
      triggerLineEvent: false,
      lineStyle: { color, width: 2 },
      itemStyle: { color, borderColor: color, borderWidth: 1.8 },
      endLabel: {
        ...textStyle(look, 12.5),
        color,
        show: !narrow && alike.length > 0,
        formatter: name,
        fontWeight: 600,
        distance: 8,
      },
      labelLayout: { moveOverlap: "shiftY" },
    },
    {
      type: "scatter",
      data: dots(false),
      symbolSize: 8,
      cursor: "pointer",
      itemStyle: { borderWidth: 1.6 },
    },
    whiskers(disputed, { axis: 0, horizontal: false, color: look.text }),
  ];
}
