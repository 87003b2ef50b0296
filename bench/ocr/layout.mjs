#!/usr/bin/env node
// Reading order measured on the text layers of generated pages: no OCR, so every error is the layout's.
//
//   npm run build && node bench/ocr/layout.mjs [DIR]     DIR: test/pages/set, or where generate.mjs --out wrote
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ingest } from "../../dist/ingest/index.js";
import { orderPage } from "../../dist/layout/index.js";
import { comparePage, total } from "./measures.mjs";

const dir = process.argv[2] ?? fileURLToPath(new URL("../../test/pages/set", import.meta.url));
const results = [];
for (const file of readdirSync(dir).filter((each) => each.endsWith(".json"))) {
  const truth = JSON.parse(readFileSync(join(dir, file), "utf8"));
  if (!truth.pdf) continue;
  const { source } = await ingest(readFileSync(join(dir, truth.pdf)), { path: truth.pdf, order: orderPage });
  const result = comparePage(truth, source.text);
  results.push(result);
  const share = (errors) => `${((100 * errors) / result.characters).toFixed(2).padStart(6)} %`;
  console.log(
    `${truth.id.padEnd(16)} by line ${share(result.lineErrors)}   in order ${share(result.pageErrors)}   numbers ${result.right}/${result.numbers}`,
  );
}
const all = total(results);
console.log(
  `${results.length} pages: by line ${all.byLine.toFixed(2)} %, in order ${all.inOrder.toFixed(2)} %, numbers ${all.numbers.toFixed(2)} %`,
);
