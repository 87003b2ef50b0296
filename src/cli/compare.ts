import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Region, RegionLevel } from "../catalogue/index.js";
import { regionName } from "../catalogue/labels.js";
import type { Chart, ChartLanguage } from "../chart/index.js";
import {
  type CompareOptions,
  type Comparison,
  compareFigures,
  figuresFor,
  isAtLevel,
  measureOf,
  type Series,
  STEPS,
  type Step,
  seriesOf,
} from "../compare/index.js";
import { comparisonCsv, seriesCsv } from "../export/comparison.js";
import { openSqliteStore } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  DEFAULT_STORE,
  measureIds,
  out,
  periodArgument,
  regionArgument,
  UsageError,
} from "./common.js";
import { comparisonTable, seriesTable } from "./comparison-print.js";

const CHART_KINDS = ["bars", "lines", "scatter"] as const;

interface Options {
  catalogue?: string;
  store: string;
  within?: Region;
  level?: RegionLevel;
  period?: string;
  by?: Step | "auto";
  series?: boolean;
  share?: boolean;
  ascending?: boolean;
  chart?: string;
  chartKind?: (typeof CHART_KINDS)[number];
  top?: number;
  lang: ChartLanguage;
  font?: string;
  format: "table" | "csv" | "json";
}

export function compareCommand(program: Command): void {
  program
    .command("compare")
    .description("set regions side by side, ranked by the first indicator")
    .argument(
      "<indicator...>",
      "by id, Chinese or English name; derived measures (企均贷款); or two with a slash: 贷款/受益企业",
    )
    .option("-w, --within <region>", "only this region and all below it", regionArgument)
    .addOption(new Option("-l, --level <level>", "regions of one level").choices(["province", "city", "county"]))
    .option("-p, --period <period>", "ISO date or interval that the figure's overlaps", periodArgument)
    .addOption(
      new Option("-b, --by <step>", "regions × periods: a column for each step of time").choices([...STEPS, "auto"]),
    )
    .option("--series", "time series of each region: a row for each of its periods")
    .option("--share", "each region's share of its parent's value")
    .option("--ascending", "lowest first")
    .option("--chart <file>", "draw it, too: .svg or .png", chartFile)
    .addOption(
      new Option("--chart-kind <kind>", "ranked bars, time lines, or two indicators against each other").choices([
        ...CHART_KINDS,
      ]),
    )
    .option("--top <regions>", "regions in the chart at most", wholeNumber)
    .addOption(new Option("--lang <language>", "of the chart").choices(["zh", "en"]).default("zh"))
    .option("--font <file>", "a TTF or OTF font for the .png, where the machine has none with Chinese")
    .addOption(new Option("-f, --format <format>").choices(["table", "csv", "json"]).default("table"))
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", HELP)
    .addOption(catalogueOption())
    .action(run);
}

const HELP = `
Headline figures only (a region's whole, done, not planned), ranked among regions of one level. Of several values a
reviewed one is taken before an unreviewed one, a later before an earlier, an original before its repost; where the
others speak of another time, one of theirs. What disagrees is told below with its sources, and what is missing by name.

Example:
  $ jianbao compare 办结率 解决问题 --within 河南 --level county
  $ jianbao compare 收集问题 --within 河南 --level city --by half --share
  $ jianbao compare 企均贷款 贷款/走访企业 --level city --chart loans.svg
  $ jianbao compare 收集问题 满意率 --chart both.png --chart-kind scatter
  $ jianbao compare 办结率 --within 郑州 --series --chart lines.svg`;

async function run(names: string[], options: Options): Promise<void> {
  const catalogue = catalogueOf(options);
  const measures = measureIds(names, catalogue).map((id) => measureOf(id, catalogue.indicators));
  const kind = options.chartKind ?? (options.series ? "lines" : "bars");
  if (options.chart && kind === "scatter" && measures.length !== 2)
    throw new UsageError("a scatter needs two indicators");
  const query: CompareOptions = {
    ...(options.within ? { within: options.within.code } : {}),
    ...(options.level ? { level: options.level } : {}),
    ...(options.period ? { period: options.period } : {}),
    ...(options.by ? { steps: options.by } : {}),
    ...(options.ascending ? { ascending: true } : {}),
  };
  const store = await openSqliteStore(options.store);
  try {
    const figures = await figuresFor(store, measures, query);
    const series = () => seriesOf(figures, measures).filter(({ region }) => isAtLevel(region, options.level));
    const comparison = compareFigures(figures, measures, query);
    if (options.series) out(printSeries(series(), options.format));
    else out(printComparison(comparison, options));
    if (options.chart) await draw(options.chart, kind, comparison, series, options);
  } finally {
    await store.close();
  }
}

function printComparison(comparison: Comparison, options: Options): string {
  if (options.format === "csv") return comparisonCsv(comparison);
  if (options.format === "table")
    return comparisonTable(comparison, {
      catalogue: catalogueOf(options),
      share: options.share ?? false,
      ...(options.within ? { within: options.within } : {}),
    });
  const named = <T extends { region: string }>(each: T) => ({ ...each, name: regionName(each.region) });
  return JSON.stringify({ ...comparison, rows: comparison.rows.map(named), gaps: comparison.gaps.map(named) }, null, 2);
}

function printSeries(series: readonly Series[], format: Options["format"]): string {
  if (format === "csv") return seriesCsv(series);
  if (format === "table") return seriesTable(series);
  return JSON.stringify(
    series.map((each) => ({ ...each, name: regionName(each.region) })),
    null,
    2,
  );
}

async function draw(
  file: string,
  kind: (typeof CHART_KINDS)[number],
  comparison: Comparison,
  series: () => readonly Series[],
  options: Options,
): Promise<void> {
  // loaded only now: it is large
  const charts = await import("../chart/index.js");
  const look = {
    language: options.lang,
    ...(options.within ? { within: options.within.code } : {}),
    ...(options.top ? { top: options.top } : {}),
  };
  const chart: Chart =
    kind === "lines"
      ? charts.lineChart(series(), look)
      : kind === "scatter"
        ? charts.scatterChart(comparison, look)
        : charts.barChart(comparison, look);
  const svg = charts.toSvg(chart);
  try {
    await writeFile(file, extname(file).toLowerCase() === ".png" ? await charts.toPng(svg, options.font) : svg);
  } catch (cause) {
    if (cause instanceof charts.FontError || (cause as NodeJS.ErrnoException).code)
      throw new UsageError(`${file} cannot be drawn: ${(cause as Error).message}`);
    throw cause;
  }
}

function chartFile(text: string): string {
  if (![".svg", ".png"].includes(extname(text).toLowerCase()))
    throw new InvalidArgumentError("name a .svg or a .png file");
  return text;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("give a whole number of at least 1");
  return number;
}
