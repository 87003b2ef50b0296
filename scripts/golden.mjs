#!/usr/bin/env node
// Shows, case by case, what the extractor finds and corpus/*/expected.json does not say, and the other way round.
// It rewrites nothing: what is expected is written by people who have read the clipping.
//
//   npm run golden [SLUG…]
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openOcr } from "../dist/ocr/open.js";
import { extractFile } from "../dist/pipeline.js";
import { scoreAll } from "./score-figures.mjs";

const corpus = fileURLToPath(new URL("../corpus/", import.meta.url));
const wanted = process.argv.slice(2);
const { engine } = await openOcr();
for (const slug of readdirSync(corpus)) {
  const expected = join(corpus, slug, "expected.json");
  if (!existsSync(expected) || (wanted.length > 0 && !wanted.includes(slug))) continue;
  const source = readdirSync(join(corpus, slug)).find((name) => name.startsWith("source."));
  const { figures } = await extractFile(join(corpus, slug, source ?? ""), { ocr: engine });
  const gold = JSON.parse(readFileSync(expected, "utf8")).figures;
  const { text } = scoreAll([{ id: slug, gold, predicted: figures }], true);
  const differences = text.split("\n").filter((line) => /^ {2}[-+~]/.test(line));
  console.log(`${slug}: ${differences.length === 0 ? "as expected" : ""}`);
  if (differences.length > 0) console.log(differences.join("\n"));
}
await engine.close();
