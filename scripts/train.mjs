#!/usr/bin/env node
// Fits the evidence of schemas/evidence.json on annotated clippings.
//
//   npm run train                               the sets below
//   node scripts/train.mjs SET… [--folds N --dump DIR] [--judge QUESTION] [--out FILE] [--test SET]
//
// Without a SET: corpus/, training/, and ../shared/corpus where it stands beside.

// A SET is a folder with docs/<id>.txt and gold/<id>.json (corpus/GUIDE.md), or corpus/ itself.
// --folds N   instead of writing, trains N times without a Nth of the clippings and scores on those left out
// --test SET  also scores on that set, which is not trained on
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Evidence, RULE_FIRST } from "../dist/assign/index.js";
import { ingest, ingestDecodedText, sideFileFor } from "../dist/ingest/index.js";
import { orderPage } from "../dist/layout/index.js";
import { extractSource } from "../dist/pipeline.js";
import { casesOf, ownCases } from "./gold-sets.mjs";

const { values: options, positionals: given } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: "string" },
    out: { type: "string", default: "schemas/evidence.json" },
    test: { type: "string", multiple: true, default: [] },
    dump: { type: "string" },
    judge: { type: "string" },
  },
});

const unreached = [];
const endOf = (period) => (period == null ? null : String(period).split("/").at(-1));
const TASKS = ["meaning", "scoped", "planned", "period"];

/** Scans are left out: they would teach what OCR misreads. */
const isScan = ({ id, path }) => path.endsWith(".png") || id.includes("scan");

async function load(folder) {
  if (folder.endsWith(".txt")) return loadPassages(folder);
  const cases = existsSync(join(folder, "gold"))
    ? casesOf(join(folder, "docs"), join(folder, "gold"))
    : ownCases().filter((each) => !isScan(each));
  const clippings = [];
  for (const { id, path, gold } of cases) {
    if (!existsSync(path)) continue;
    const bytes = new Uint8Array(readFileSync(path));
    const beside = await sideFileFor(path);
    try {
      const { source } = await ingest(bytes, { path, metadata: beside.metadata, order: orderPage });
      clippings.push({ id, path, source, gold: gold.figures });
    } catch (cause) {
      console.error(`${path}: ${cause.message}`);
    }
  }
  return clippings;
}

const MARK = /\{([^{}|]+)\|([a-z_]+\.[a-z_]+)((?:\|[a-z]+)*)\}/g;

/** Passages with each number's meaning marked inline: `{1234个|problem.collected|part|planned}`. */
function loadPassages(path) {
  const clippings = [];
  for (const [index, part] of readFileSync(path, "utf8").split(/^# /m).entries()) {
    if (part.trim() === "") continue;
    const marked = part.replace(/^##+ /gm, "");
    let text = "";
    let from = 0;
    const spots = [];
    for (const match of marked.matchAll(MARK)) {
      text += marked.slice(from, match.index);
      const flags = match[3].split("|");
      spots.push({
        start: text.length,
        end: text.length + match[1].length,
        figure: {
          indicator: match[2],
          quote: match[1],
          scope: flags.includes("part") ? "part" : null,
          status: flags.includes("planned") ? "planned" : "actual",
          ...(flags.includes("optional") ? { optional: true } : {}),
        },
      });
      text += match[1];
      from = match.index + match[0].length;
    }
    text += marked.slice(from);
    const id = `${basename(path)}#${index}`;
    clippings.push({ id, path: id, source: ingestDecodedText(text), gold: spots.map((spot) => spot.figure), spots });
  }
  return clippings;
}

const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

const fitsValue = (figure, quantity) => figure.value === undefined || near(figure.value, quantity.value);

/** The text without white space, and where each character stood: quotes of PDFs break over lines. */
function withoutBlanks(text) {
  const places = [];
  let bare = "";
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at])) continue;
    bare += text[at];
    places.push(at);
  }
  return { bare, places };
}

/** Takes down the signs of every number, labelled by the gold figure whose quote holds it. */
function teach(clipping) {
  const cases = { meaning: [], scoped: [], planned: [], period: [] };
  const met = new Set();
  const { bare, places } = withoutBlanks(clipping.source.text);
  const spots =
    clipping.spots ??
    clipping.gold.flatMap((figure) => {
      const found = [];
      const quote = figure.quote.replace(/\s+/g, "");
      for (let at = bare.indexOf(quote); at >= 0 && quote; at = bare.indexOf(quote, at + 1))
        found.push({ figure, start: places[at], end: places[at + quote.length - 1] + 1 });
      return found;
    });
  spots.sort((a, b) => Number(a.figure.optional ?? false) - Number(b.figure.optional ?? false));
  extractSource(clipping.source, { id: "", path: clipping.path, bytes: 0 }, [], {
    guide: (normal) => {
      const goldOf = (quantity) => {
        const at = normal.map.range(quantity.numberStart, quantity.numberEnd);
        const own = spots.filter(
          (spot) => spot.start <= at.start && spot.end >= at.end && fitsValue(spot.figure, quantity),
        );
        return own[0]?.figure;
      };
      return {
        evidence: undefined,
        teach: {
          meaning(quantity, signs, candidates) {
            const gold = goldOf(quantity);
            if (gold) met.add(gold);
            const fits = gold && candidates.some((each) => each.label === gold.indicator);
            if (!gold?.optional)
              cases.meaning.push({ signs, label: fits ? gold.indicator : "none", priors: candidates });
            return fits ? gold.indicator : "none";
          },
          scoped(quantity, signs, owner, candidates) {
            const gold = goldOf(quantity);
            const label = gold?.scope == null ? "whole" : "part";
            if (gold && !gold.optional && !clipping.spots)
              cases.scoped.push({ signs, label, priors: candidates, owner });
            return label;
          },
          period(quantity, candidates) {
            const gold = goldOf(quantity);
            // what later figures inherit must be as unsure here as it will be in use
            const byRule = candidates.find((each) => each.signs.includes("rule")).period;
            if (!gold || gold.period === undefined) return byRule;
            const ends = [gold.period, ...(gold.periodAlternatives ?? [])].map(endOf);
            const right = candidates.map((each) => ends.includes(endOf(each.period)));
            if (!gold.optional) {
              if (right.includes(true)) cases.period.push({ candidates, right });
              else
                unreached.push(
                  `${clipping.id}: ${gold.period} of ${candidates.map((each) => each.period).join(" ")} «${gold.quote}»`,
                );
            }
            return byRule;
          },
          planned(quantity, signs, _, candidates) {
            const gold = goldOf(quantity);
            const planned = gold?.status === "planned";
            if (gold && !gold.optional)
              cases.planned.push({ signs, label: planned ? "planned" : "actual", priors: candidates });
            return planned;
          },
        },
      };
    },
  });
  const lost = clipping.gold.filter((figure) => !met.has(figure) && !figure.optional);
  return { cases, lost };
}

const EPOCHS = 8;

/** FTRL-proximal multinomial logistic regression: few signs keep a weight. */
function fitMany(cases) {
  const l1 = 0.2;
  const l2 = 0.1;
  const alpha = 0.3;
  const labels = [...new Set(cases.map((each) => each.label))].sort();
  const place = new Map(labels.map((label, index) => [label, index]));
  const count = new Map();
  for (const each of cases) for (const sign of new Set(each.signs)) count.set(sign, (count.get(sign) ?? 0) + 1);
  const size = labels.length;
  const ids = new Map();
  for (const [sign, times] of count) if (times >= 2) ids.set(sign, ids.size);
  const z = new Float64Array(ids.size * size);
  const n = new Float64Array(ids.size * size);
  const w = new Float64Array(ids.size * size);
  const rows = cases.map((each) => {
    const priors = labels.map((label) => each.priors.find((candidate) => candidate.label === label)?.prior);
    return {
      ids: Int32Array.from([...new Set(each.signs)].map((sign) => ids.get(sign)).filter((id) => id !== undefined)),
      label: place.get(each.label),
      open: labels.map((_, k) => k).filter((k) => priors[k] !== undefined),
      priors,
    };
  });
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const odds = new Float64Array(size);
  const learn = (row) => {
    let most = Number.NEGATIVE_INFINITY;
    for (const k of row.open) {
      let sum = row.priors[k];
      for (const id of row.ids) sum += w[id * size + k];
      odds[k] = sum;
      most = Math.max(most, sum);
    }
    let total = 0;
    for (const k of row.open) {
      odds[k] = Math.exp(odds[k] - most);
      total += odds[k];
    }
    for (const k of row.open) {
      const gradient = odds[k] / total - (k === row.label ? 1 : 0);
      if (Math.abs(gradient) < 1e-3) continue;
      const square = gradient * gradient;
      for (const id of row.ids) {
        const at = id * size + k;
        const root = Math.sqrt(n[at] + square);
        z[at] += gradient - ((root - Math.sqrt(n[at])) / alpha) * w[at];
        n[at] += square;
        const over = Math.abs(z[at]) - l1;
        w[at] = over <= 0 ? 0 : (-Math.sign(z[at]) * over) / ((1 + root) / alpha + l2);
      }
    }
  };
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let index = rows.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [rows[index], rows[other]] = [rows[other], rows[index]];
    }
    rows.forEach(learn);
  }
  const signs = {};
  for (const [sign, id] of [...ids].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const pairs = [];
    for (let k = 0; k < size; k++) {
      const value = Math.round(w[id * size + k] * 100);
      if (Math.abs(value) >= 2) pairs.push(k, value);
    }
    if (pairs.length > 0) signs[sign] = pairs;
  }
  return { labels, signs };
}

const FITS = { meaning: fitMany, planned: fitMany, scoped: fitParts, period: fitPeriods };

const train = (taught) =>
  Object.fromEntries(TASKS.map((task) => [task, FITS[task](taught.flatMap((each) => each.cases[task]))]));
const evidenceOf = (file) => Object.fromEntries(TASKS.map((task) => [task, new Evidence(file[task])]));

function read(clipping, evidence) {
  return extractSource(clipping.source, { id: "", path: clipping.path, bytes: 0 }, [], {
    explain: true,
    guide: () => ({ evidence }),
  });
}

/** A figure with the features of its confidence, for scripts/calibrate.mjs. */
const withFeatures = (found) => (figure, index) => ({
  ...figure,
  features: Object.fromEntries(found.grounds.features[index]),
});

/** How often one question alone is answered right on clippings left out, everything before it being right. */
function judge(task, folds) {
  let right = 0;
  let asked = 0;
  const wrong = new Map();
  for (let fold = 0; fold < folds; fold++) {
    const own = (index) => index % folds === fold;
    const model = new Evidence(
      FITS[task](taught.filter((_, index) => !own(index)).flatMap((each) => each.cases[task])),
    );
    for (const { signs, label, priors, owner } of taught
      .filter((each, index) => own(index) && !each.clipping.spots)
      .flatMap((each) => each.cases[task])) {
      asked++;
      const said = model.rank(signs, priors, owner)[0].label;
      if (said === label) right++;
      else wrong.set(`${owner} ${label}, said ${said}`, (wrong.get(`${owner} ${label}, said ${said}`) ?? 0) + 1);
    }
  }
  console.log(`${task}: ${right} of ${asked} right (${((100 * right) / asked).toFixed(1)} %)`);
  for (const [what, times] of [...wrong].sort((a, b) => b[1] - a[1]).slice(0, 20)) console.log(`  ${times} × ${what}`);
}

function dump(pairs, name) {
  const file = join(options.dump ?? mkdtempSync(join(tmpdir(), "train-")), `${name}.jsonl`);
  writeFileSync(
    file,
    pairs
      .map(([clipping, found]) =>
        JSON.stringify({ document: { path: `${clipping.id}.txt` }, figures: found.figures.map(withFeatures(found)) }),
      )
      .join("\n"),
  );
  return file;
}

/** The catalogue's own examples: their first number of the indicator's kind has its meaning. */
function loadExamples() {
  const { indicators } = JSON.parse(readFileSync(new URL("../schemas/indicators.json", import.meta.url), "utf8"));
  return indicators.flatMap(({ id, examples }) =>
    examples.map((text) => {
      const number = /[\d.,]+/.exec(text);
      const spot = { start: number.index, end: text.length, figure: { indicator: id, scope: null, status: "actual" } };
      const clipping = { id: text, path: text, source: ingestDecodedText(text), gold: [spot.figure], spots: [spot] };
      return clipping;
    }),
  );
}

/** How strongly weights are drawn to nought: most signs of periods are met in a few clippings only. */
const PERIOD_L2 = 15;
const SCOPED_L2 = 10;
const STEPS = 150;

/** Which of its periods a number has. */
function fitPeriods(cases) {
  const rows = cases.map(({ candidates, right }) => ({
    right,
    base: candidates.map(({ signs }) => (signs.includes("rule") ? RULE_FIRST : 0)),
    signs: candidates.map(({ signs }) => signs),
  }));
  return { labels: ["right"], signs: fitChoice(rows, { l2: PERIOD_L2, least: 3 }) };
}

/** Whether a figure is a part: the choice between the signs that say so, and none. */
function fitParts(cases) {
  const rows = cases.map(({ signs, label, priors }) => ({
    right: [label === "part", label === "whole"],
    base: ["part", "whole"].map((each) => priors.find((candidate) => candidate.label === each).prior),
    signs: [signs, []],
  }));
  return { labels: ["part", "whole"], signs: fitChoice(rows, { l2: SCOPED_L2, least: 2 }) };
}

/** Conditional logistic regression over the candidates of each number: one weight a sign, fitted by Adam on all cases at once. */
function fitChoice(cases, { l2, least }) {
  const count = new Map();
  for (const each of cases) for (const sign of new Set(each.signs.flat())) count.set(sign, (count.get(sign) ?? 0) + 1);
  const names = [...count].filter(([, times]) => times >= least).map(([sign]) => sign);
  const ids = new Map(names.map((sign, id) => [sign, id]));
  const rows = cases.map(({ right, base, signs }) => ({
    right,
    base,
    signs: signs.map((own) => Int32Array.from(own, (sign) => ids.get(sign) ?? -1).filter((id) => id >= 0)),
  }));
  const [w, mean, square] = [0, 0, 0].map(() => new Float64Array(names.length));
  const gradient = new Float64Array(names.length);
  for (let step = 1; step <= STEPS; step++) {
    for (let id = 0; id < w.length; id++) gradient[id] = l2 * w[id];
    for (const { right, base, signs } of rows) addGradient(right, base, signs, w, gradient);
    for (let id = 0; id < w.length; id++) {
      mean[id] = 0.9 * mean[id] + 0.1 * gradient[id];
      square[id] = 0.99 * square[id] + 0.01 * gradient[id] ** 2;
      w[id] -= (0.05 * (mean[id] / (1 - 0.9 ** step))) / (Math.sqrt(square[id] / (1 - 0.99 ** step)) + 1e-8);
    }
  }
  const signs = {};
  for (const sign of [...names].sort()) {
    const weight = Math.round(w[ids.get(sign)] * 100);
    if (Math.abs(weight) >= 2) signs[sign] = [0, weight];
  }
  return signs;
}

/** Adds what one number's candidates say of the weights: how much too likely the wrong ones are. */
function addGradient(right, base, signs, w, gradient) {
  const logs = signs.map((own, index) => own.reduce((sum, id) => sum + w[id], base[index]));
  const most = Math.max(...logs);
  const odds = logs.map((log) => Math.exp(log - most));
  const total = odds.reduce((sum, each) => sum + each, 0);
  const good = odds.reduce((sum, each, index) => sum + (right[index] ? each : 0), 0);
  for (const [index, own] of signs.entries()) {
    const excess = odds[index] / total - (right[index] ? odds[index] / good : 0);
    for (const id of own) gradient[id] += excess;
  }
}

/** The project's own sets, and the shared one where it is there. */
function standardSets() {
  const passages = readdirSync("training/passages").map((name) => join("training/passages", name));
  const shared = existsSync("../shared/corpus/gold") ? ["../shared/corpus"] : [];
  if (shared.length === 0) console.log("../shared/corpus is not there: trained without it");
  return ["corpus", "training/clippings", ...passages, ...shared];
}

const sets = given.length > 0 ? given : standardSets();
const clippings = [...(await Promise.all(sets.map(load))).flat(), ...loadExamples(), ...loadExamples()];
const taught = clippings.map((clipping) => ({ clipping, ...teach(clipping) }));
const lost = taught.flatMap(({ clipping, lost: gone }) =>
  gone.map((figure) => `${clipping.id}: ${figure.indicator} ${figure.value} «${figure.quote.slice(0, 40)}»`),
);
console.log(
  `${clippings.length} clippings, ${taught.reduce((sum, each) => sum + each.cases.meaning.length, 0)} numbers, ${lost.length} gold figures at no number`,
);
if (options.dump) {
  writeFileSync(join(options.dump, "lost.txt"), lost.join("\n"));
  writeFileSync(join(options.dump, "unreached.txt"), unreached.join("\n"));
}

if (options.judge) {
  judge(options.judge, Number(options.folds ?? 5));
} else if (options.folds) {
  const folds = Number(options.folds);
  const pairs = [];
  for (let fold = 0; fold < folds; fold++) {
    const file = train(taught.filter((_, index) => index % folds !== fold));
    const evidence = evidenceOf(file);
    taught.forEach(({ clipping }, index) => {
      if (index % folds === fold && !clipping.spots) pairs.push([clipping, read(clipping, evidence)]);
    });
  }
  console.log(dump(pairs, "folds"));
} else {
  const file = train(taught);
  const evidence = evidenceOf(file);
  for (const task of TASKS) console.log(`${task}: ${Object.keys(file[task].signs).length} signs`);
  writeFileSync(
    options.out,
    `{\n${TASKS.map(
      (task) =>
        `"${task}": {"labels": ${JSON.stringify(file[task].labels)},\n"signs": {\n${Object.entries(file[task].signs)
          .map(([sign, pairs]) => `${JSON.stringify(sign)}:${JSON.stringify(pairs)}`)
          .join(",\n")}\n}}`,
    ).join(",\n")}\n}\n`,
  );
  for (const set of options.test) {
    const pairs = (await load(set)).map((clipping) => [clipping, read(clipping, evidence)]);
    console.log(dump(pairs, basename(set)));
  }
}
