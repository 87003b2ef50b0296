#!/usr/bin/env node
// Scores the extractor on the project's corpus, and on ../shared/corpus where that is there.
//
//   npm run score            against corpus/floors.json; exit 1 when a floor is missed
//   npm run score -- --details
//   npm run score -- --gold DIR --docs DIR [--gold DIR --docs DIR …]   other sets of clippings
//
// core: indicator, value and unit agree; strict: region, end of period, status
// and whether the figure is the whole agree too. corpus/GUIDE.md says more.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openOcr } from "../dist/ocr/open.js";
import { extractFile } from "../dist/pipeline.js";
import { givenSets, root, standardSets } from "./gold-sets.mjs";
import { scoreAll } from "./score-figures.mjs";

const args = process.argv.slice(2);
const details = args.includes("--details");
const given = givenSets(args);
const sets = given.length > 0 ? given : standardSets();

const floorsFile = join(root, "corpus/floors.json");
const floors = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, "utf8")) : {};
const { engine } = await openOcr();
let missed = 0;
for (const [name, cases] of sets) {
  const scored = [];
  for (const { id, gold, path } of cases) {
    const extraction = await extractFile(path, { ocr: engine });
    scored.push({ id, gold: gold.figures, predicted: extraction.figures });
  }
  const result = scoreAll(scored, details);
  console.log(`\n${name}: ${cases.length} clippings`);
  console.log(result.text);
  for (const [measure, floor] of Object.entries(floors[name] ?? {})) {
    if (result.measures[measure] < floor) {
      missed++;
      console.log(`falls short: ${name} ${measure} ${result.measures[measure].toFixed(3)} < ${floor}`);
    }
  }
}
await engine.close();
process.exit(missed > 0 ? 1 : 0);
