// Pairs predicted figures with gold ones and counts. A gold figure may carry
// `alternatives` (indicators as right), `periodAlternatives` and `optional`.

const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
const periodEnd = (period) => (period == null ? null : String(period).split("/").at(-1));
const core = (gold, figure) =>
  [gold.indicator, ...(gold.alternatives ?? [])].includes(figure.indicator) &&
  gold.unit === figure.unit &&
  same(gold.value, figure.value);
const AGREES = {
  region: (gold, figure) => (gold.region ?? null) === (figure.region ?? null),
  period: (gold, figure) =>
    [gold.period, ...(gold.periodAlternatives ?? [])].some((period) => periodEnd(period) === periodEnd(figure.period)),
  scope: (gold, figure) => (gold.scope == null) === (figure.scope == null),
  status: (gold, figure) => (gold.status ?? "actual") === figure.status,
};
const key = (figure) =>
  [figure.indicator, figure.value, figure.unit, figure.region, figure.period, figure.scope == null, figure.status].join(
    "|",
  );
const unique = (figures) => [...new Map(figures.map((figure) => [key(figure), figure])).values()];

/** Scores clippings `{ id, gold, predicted }`: measures, and a text for people with the reliability of confidences. */
export function scoreAll(clippings, details) {
  const total = { gold: 0, predicted: 0, core: 0, strict: 0, region: 0, period: 0, scope: 0, status: 0 };
  const indicators = new Map();
  const bins = new Map();
  const lines = [];
  for (const { id, gold, predicted } of clippings) {
    const { pairs, missed, extra } = pairUp(gold, predicted);
    for (const [expected, figure] of pairs) {
      tally(bins, bin(figure), true);
      if (expected.optional) continue;
      count(indicators, expected.indicator, { gold: 1, predicted: 1, core: 1 });
      total.gold++;
      total.predicted++;
      total.core++;
      const off = Object.keys(AGREES).filter((name) => !AGREES[name](expected, figure));
      for (const name of Object.keys(AGREES)) if (!off.includes(name)) total[name]++;
      if (off.length === 0) total.strict++;
      else if (details)
        lines.push(
          `  ~ ${id} ${expected.indicator} ${expected.value} ${off.map((name) => `${name} ${expected[name]} ≠ ${figure[name]}`).join("; ")} «${flat(expected.quote)}»`,
        );
    }
    for (const expected of missed) {
      total.gold++;
      count(indicators, expected.indicator, { gold: 1 });
      if (details) lines.push(`  - ${id} missed ${expected.indicator} ${expected.value} «${flat(expected.quote)}»`);
    }
    for (const figure of extra) {
      tally(bins, bin(figure), false);
      total.predicted++;
      count(indicators, figure.indicator, { predicted: 1 });
      if (details)
        lines.push(`  + ${id} wrong ${figure.indicator} ${figure.value} ${figure.confidence} «${flat(figure.quote)}»`);
    }
  }
  const f1 = (hits) => (total.gold + total.predicted === 0 ? 1 : (2 * hits) / (total.gold + total.predicted));
  const measures = {
    core: f1(total.core),
    strict: f1(total.strict),
    precision: total.core / Math.max(1, total.predicted),
    recall: total.core / Math.max(1, total.gold),
  };
  for (const [name, row] of indicators) measures[name] = (2 * row.core) / Math.max(1, row.gold + row.predicted);
  const table = [...indicators]
    .sort()
    .map(
      ([name, row]) =>
        `${name.padEnd(26)}${String(row.gold).padStart(6)}${String(row.predicted).padStart(10)}${String(row.core).padStart(7)}  F1 ${measures[name].toFixed(3)}`,
    );
  const reliability = [...bins]
    .sort((a, b) => a[0].localeCompare(b[0]))
    .map(([name, row]) => `  confidence ${name}: ${row.right} of ${row.all} right (${percent(row.right, row.all)})`);
  const sure = bins.get(SUREST) ?? { all: 0, right: 0 };
  const all = [...bins.values()].reduce((sum, row) => sum + row.all, 0);
  reliability.push(
    `  shown at 0.90 and more: ${percent(sure.all, all)} of all figures (70 % asked), ${percent(sure.right, sure.all)} of them right (98 % asked)`,
  );
  const share = (hits) => (hits / Math.max(1, total.core)).toFixed(3);
  return {
    measures,
    text: [
      ...lines,
      `${"indicator".padEnd(26)}${"gold".padStart(6)}${"predicted".padStart(10)}${"right".padStart(7)}`,
      ...table,
      ...reliability,
      `of the figures found: region ${share(total.region)}, period ${share(total.period)}, scope ${share(total.scope)}, status ${share(total.status)}`,
      `core precision ${measures.precision.toFixed(3)} recall ${measures.recall.toFixed(3)} F1 ${measures.core.toFixed(3)}   strict F1 ${measures.strict.toFixed(3)}`,
    ].join("\n"),
  };
}

/** Gold figures and the found ones that say the same; the surest pairs first: those that agree in most. */
export function pairUp(gold, predicted) {
  const golds = unique(gold);
  const figures = unique(predicted);
  const candidates = [];
  golds.forEach((gold, g) => {
    figures.forEach((figure, f) => {
      if (core(gold, figure))
        candidates.push({ g, f, agree: Object.values(AGREES).filter((agrees) => agrees(gold, figure)).length });
    });
  });
  candidates.sort((a, b) => b.agree - a.agree);
  const usedGold = new Set();
  const usedFigure = new Set();
  const pairs = [];
  for (const { g, f } of candidates) {
    if (usedGold.has(g) || usedFigure.has(f)) continue;
    usedGold.add(g);
    usedFigure.add(f);
    pairs.push([golds[g], figures[f]]);
  }
  return {
    pairs,
    missed: golds.filter((gold, g) => !usedGold.has(g) && !gold.optional),
    extra: figures.filter((_, f) => !usedFigure.has(f)),
  };
}

const SUREST = "0.90–1.00";
const percent = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);
const bin = (figure) =>
  figure.confidence >= 0.9
    ? SUREST
    : figure.confidence >= 0.8
      ? "0.80–0.89"
      : figure.confidence >= 0.6
        ? "0.60–0.79"
        : "0.00–0.59";
const flat = (quote) =>
  String(quote ?? "")
    .replace(/\s+/g, " ")
    .slice(0, 50);

function tally(bins, name, right) {
  const row = bins.get(name) ?? { all: 0, right: 0 };
  row.all++;
  if (right) row.right++;
  bins.set(name, row);
}

function count(map, name, add) {
  const row = map.get(name) ?? { gold: 0, predicted: 0, core: 0 };
  for (const [field, by] of Object.entries(add)) row[field] += by;
  map.set(name, row);
}
