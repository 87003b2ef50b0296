#!/usr/bin/env node
// Fits the weights of confidences (schemas/confidence.json) to gold figures.
//
//   node scripts/calibrate.mjs                      the corpus, heldback/, ../shared/corpus: prints, changes nothing
//   node scripts/calibrate.mjs --gold DIR --docs DIR [--gold DIR --docs DIR …]   other sets
//     --figures FILE figures already extracted, as `train.mjs --folds N --dump DIR` writes them: each clipping read by
//                    evidence that was trained without it, which is what confidences must be fitted to
//     --write        writes schemas/confidence.json
//     --ridge N      how many cases a prior weight counts for (default: the best of a few)
//     --aim 0.98     lowers all confidences until those of 0.9 and more are right so often, as cross-validated …
//     --share 0.72   … but leaves at least this share of all figures at 0.9 and more
//
// A figure is right when indicator, value and unit agree with gold (core).
// What is printed is cross-validated: each clipping is judged by weights
// fitted without it. Fit on clippings no rule was written for, or confidences
// will be too high.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { openOcr } from "../dist/ocr/open.js";
import { extractFile } from "../dist/pipeline.js";
import { casesOf, givenSets, root, standardSets } from "./gold-sets.mjs";
import { chanceOf, fitWeights } from "./logistic.mjs";
import { pairUp } from "./score-figures.mjs";

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : undefined);
const file = join(root, "schemas/confidence.json");
const shipped = JSON.parse(readFileSync(file, "utf8"));
const given = givenSets(args);
const sets =
  given.length > 0
    ? given
    : [...standardSets(), ["heldback", casesOf(join(root, "heldback/docs"), join(root, "heldback/gold"))]];

const rows = await rowsOf(sets);
const ridges = option("--ridge") ? [option("--ridge")] : [2, 4, 8, 16, 32];
const tried = ridges.map((ridge) => ({ ridge, chances: crossValidated(rows, ridge) }));
for (const each of tried) each.loss = logLoss(each.chances);
tried.sort((a, b) => a.loss - b.loss);
const { ridge, chances } = tried[0];
const shift = option("--aim") ? shiftFor(chances, option("--aim"), option("--share") ?? 0) : 0;
const model = fitWeights(rows, shipped.prior, ridge);
const fitted = {
  $comment: `Log odds of a figure being right, by feature. Fitted by scripts/calibrate.mjs to ${rows.length} figures of ${new Set(rows.map((row) => row.document)).size} clippings, drawn to the prior as by ${ridge} cases each${shift < 0 ? `, then lowered by ${(-shift).toFixed(2)} towards figures of 0.9 and more that are right ${option("--aim")} of the time` : ""}.`,
  intercept: round(model.intercept + shift),
  weights: Object.fromEntries(
    Object.entries(model.weights)
      .map(([name, weight]) => [name, round(weight)])
      .filter(([, weight]) => Math.abs(weight) >= 0.05),
  ),
  prior: shipped.prior,
};

console.log(`${rows.length} figures, ${rows.filter((row) => row.right).length} right; ridge ${ridge}\n`);
console.log("weights (log odds)");
for (const [name, weight] of Object.entries(fitted.weights).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))) {
  const seen = rows.filter((row) => row.features.has(name)).length;
  console.log(`  ${name.padEnd(26)}${weight.toFixed(2).padStart(7)}   seen ${seen} times`);
}
report(
  "as shipped",
  rows.map((row) => chanceOf(shipped, row.features)),
);
report("cross-validated by clipping", chances);
if (shift < 0)
  report(
    `lowered by ${(-shift).toFixed(2)}`,
    chances.map((chance) => moved(chance, shift)),
  );
if (args.includes("--write")) {
  writeFileSync(file, `${JSON.stringify(fitted, null, 2)}\n`);
  console.log(`\nwritten to ${file}`);
}

/** Figures with their features, by clipping, from a file of `train.mjs --dump`. */
function readFigures(path) {
  const read = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return new Map(read.map(({ document, figures }) => [basename(document.path, ".txt"), figures]));
}

async function rowsOf(sets) {
  const known = args.includes("--figures") ? readFigures(args[args.indexOf("--figures") + 1]) : undefined;
  const { engine } = await openOcr();
  const rows = [];
  for (const [set, cases] of sets) {
    for (const { id, gold, path } of cases) {
      if (known && !known.has(id)) continue;
      const { figures, features } = known ? withMaps(known.get(id)) : await extracted(path, engine);
      const { pairs, extra } = pairUp(gold.figures, figures);
      const add = (figure, right) =>
        rows.push({ document: `${set}/${id}`, right, features: features[figures.indexOf(figure)] });
      for (const [, figure] of pairs) add(figure, true);
      for (const figure of extra) add(figure, false);
    }
  }
  await engine.close();
  return rows;
}

function withMaps(figures) {
  return { figures, features: figures.map((figure) => new Map(Object.entries(figure.features))) };
}

async function extracted(path, ocr) {
  const { figures, grounds } = await extractFile(path, { ocr, explain: true });
  return { figures, features: grounds.features };
}

/** Chances of the rows, each from weights fitted without a tenth of the clippings, its own among them. */
function crossValidated(rows, ridge) {
  const documents = [...new Set(rows.map((row) => row.document))];
  const fold = new Map(documents.map((document, at) => [document, at % 10]));
  const models = Array.from({ length: 10 }, (_, out) =>
    fitWeights(
      rows.filter((row) => fold.get(row.document) !== out),
      shipped.prior,
      ridge,
    ),
  );
  return rows.map((row) => chanceOf(models[fold.get(row.document)], row.features));
}

function logLoss(chances) {
  return (
    chances.reduce((sum, chance, at) => sum - Math.log(rows[at].right ? chance : 1 - chance), 0) /
    Math.max(1, rows.length)
  );
}

/** By how much to lower the log odds so that what is shown as 0.9 or more is right as often as `aim`, or is no more than `share` of all. */
function shiftFor(chances, aim, share) {
  const ranked = chances.map((chance, at) => ({ chance, right: rows[at].right })).sort((a, b) => b.chance - a.chance);
  let right = 0;
  let threshold = ranked[0]?.chance ?? 0.9;
  ranked.forEach((each, at) => {
    if (each.right) right++;
    if (right / (at + 1) >= aim || (at + 1) / ranked.length <= share) threshold = each.chance;
  });
  return Math.min(0, logit(0.9) - logit(threshold));
}

function report(name, chances) {
  const brier = chances.reduce((sum, chance, at) => sum + (chance - Number(rows[at].right)) ** 2, 0) / rows.length;
  console.log(`\n${name}: log loss ${logLoss(chances).toFixed(3)}, Brier ${brier.toFixed(3)}`);
  const edges = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];
  edges.slice(0, -1).forEach((low, at) => {
    const inside = chances
      .map((chance, row) => ({ chance: Math.round(chance * 100) / 100, right: rows[row].right }))
      .filter(({ chance }) => chance >= low && chance < edges[at + 1]);
    if (inside.length === 0) return;
    const mean = inside.reduce((sum, { chance }) => sum + chance, 0) / inside.length;
    console.log(
      `  ${low.toFixed(2)}–${Math.min(1, edges[at + 1]).toFixed(2)}  said ${mean.toFixed(3)}  right ${(inside.filter(({ right }) => right).length / inside.length).toFixed(3)}  of ${inside.length}`,
    );
  });
  const sure = chances.flatMap((chance, at) => (Math.round(chance * 100) >= 90 ? [rows[at]] : []));
  console.log(
    `  at 0.90 and more: ${percent(sure.length, rows.length)} of all, ${percent(sure.filter((row) => row.right).length, sure.length)} right`,
  );
}

function percent(part, whole) {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}
function moved(chance, by) {
  return 1 / (1 + Math.exp(-(logit(chance) + by)));
}
function logit(chance) {
  return Math.log(chance / (1 - chance));
}
function round(weight) {
  return Math.round(weight * 1000) / 1000;
}
