#!/usr/bin/env node
// Scores the extractor on the project's corpus, and on ../shared/corpus where that is there.
//
//   npm run score            against corpus/floors.json; exit 1 when a floor is missed
//   npm run score -- --details
//   npm run score -- --gold DIR --docs DIR   another set of clippings
//
// core: indicator, value and unit agree; strict: region, end of period, status
// and whether the figure is the whole agree too. corpus/GUIDE.md says more.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TesseractEngine } from "../dist/ocr/tesseract.js";
import { extractFile } from "../dist/pipeline.js";
import { scoreAll } from "./score-figures.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const details = args.includes("--details");
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** `{ id, gold, path }` of every case of the project's corpus. */
function ownCases() {
  const folder = join(root, "corpus");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "expected.json")))
    .map((entry) => ({
      id: entry.name,
      gold: JSON.parse(readFileSync(join(folder, entry.name, "expected.json"), "utf8")),
      path: join(
        folder,
        entry.name,
        readdirSync(join(folder, entry.name)).find((name) => name.startsWith("source.")) ?? "source.txt",
      ),
    }));
}

function casesOf(docs, gold) {
  return readdirSync(gold)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const id = basename(name, ".json");
      const file = readdirSync(docs).find((each) => each.replace(/\.[^.]+$/, "") === id);
      return { id, gold: JSON.parse(readFileSync(join(gold, name), "utf8")), path: join(docs, file ?? `${id}.txt`) };
    });
}

const sets = [];
if (option("--gold")) sets.push(["given", casesOf(option("--docs") ?? option("--gold"), option("--gold"))]);
else {
  sets.push(["corpus", ownCases()]);
  const shared = join(root, "../shared/corpus");
  if (existsSync(join(shared, "gold"))) sets.push(["shared", casesOf(join(shared, "docs"), join(shared, "gold"))]);
  else console.log("../shared/corpus is not here: skipped");
}

const floorsFile = join(root, "corpus/floors.json");
const floors = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, "utf8")) : {};
const engine = new TesseractEngine();
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
