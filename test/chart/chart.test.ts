import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { barChart, type Chart, FontError, lineChart, scatterChart, toPng, toSvg } from "../../src/chart/index.js";
import { compareFigures, measureOf, seriesOf } from "../../src/compare/index.js";
import { observed } from "../compare/observed.js";
import { sampleFigures } from "./sample.js";

const measures = (...ids: string[]) => ids.map((id) => measureOf(id));
const henan = sampleFigures("410000");
const overTime = sampleFigures("410100", ["2021-12-31", "2022-06-30", "2022-12-31"]);
const within = { within: "410000", level: "city" as const };

const charts: [string, Chart, string[]][] = [
  [
    "ranked bars",
    barChart(compareFigures(henan, measures("problem.resolution_rate", "fund.loan"), within), within),
    ["办结率、贷款", "河南省 · 市级比较 · 截至2022-06-30", "1  濮阳市", "99.4%", "10.35亿元"],
  ],
  [
    "ranked bars in English",
    barChart(compareFigures(henan, measures("fund.loan"), within), { ...within, language: "en" }),
    ["Loans issued", "Henan · by cities · until 2022-06-30", "1  Zhumadian", "6.742bn CNY"],
  ],
  [
    "time lines",
    lineChart(seriesOf(overTime, measures("problem.collected")), { within: "410100", top: 5 }),
    ["收集问题", "郑州市 · 2021-12-31 – 2022-12-31 · 5地，共15地有数据", "2022年"],
  ],
  [
    "a scatter",
    scatterChart(compareFigures(henan, measures("problem.collected", "fund.loan"), within), within),
    ["收集问题 与 贷款", "河南省 · 市级比较 · 两项齐全的16地，共18地", "贷款（元，对数）", "中位数", "驻马店市"],
  ],
];

test.each(charts)("%s are drawn without a browser", (_, chart, texts) => {
  const svg = toSvg(chart);
  const drawn = svg.replace(/<(?:title|desc)[^>]*>[^<]*<\/(?:title|desc)>/g, "");
  for (const text of texts) expect(drawn).toContain(`>${text}<`);
  expect(svg).toMatch(new RegExp(`^<svg role="img"[^>]* viewBox="0 0 ${chart.width} ${chart.height}">`));
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("a chart of nothing says so", () => {
  const none = compareFigures([], measures("problem.collected", "fund.loan"));
  for (const chart of [barChart(none), scatterChart(none), lineChart([])])
    expect(toSvg(chart)).toContain("没有可比较的数字");
});

test("regions beyond the asked number are left out, and told", () => {
  const svg = toSvg(barChart(compareFigures(henan, measures("problem.collected"), within), { top: 3 }));
  expect(svg).toContain("前3名，共18地");
  expect(svg.match(/>\d+ {2}[^<]+市</g)).toHaveLength(3);
});

test("what disagrees, what was computed, and what is of another time can be seen", () => {
  const figures = [...henan, observed({ region: "410100", value: 5, period: "2022-05", indicator: "fund.grant" })];
  const svg = toSvg(
    barChart(compareFigures(figures, measures("problem.resolution_rate", "problem.collected"), within)),
  );
  for (const note of ["斜纹、空心：由其他数字推算", "须线：其他材料另有说法", "✓ 已复核"]) expect(svg).toContain(note);
});

test("words of a catalogue of one's own are text in a chart, nothing else", () => {
  const hostile = `<script>alert("1")</script>&`;
  const measure = { ...measureOf("problem.collected"), label: hostile };
  const svg = toSvg(barChart(compareFigures(henan, [measure], within)));
  expect(svg).not.toContain("<script");
  expect(JSON.stringify(parseDocument(svg, { xmlMode: true }), ["children", "name"])).not.toContain('"script"');
});

test("a PNG is drawn where a font has Chinese characters, and refused where none has", async () => {
  const svg = toSvg(barChart(compareFigures(henan, measures("problem.collected"), within)));
  const png = await toPng(svg).catch((cause: unknown) => cause);
  if (png instanceof FontError) expect(png.message).toContain("--font");
  else
    expect(
      Buffer.from(png as Uint8Array)
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
});
