#!/usr/bin/env node
// Engines side by side on pages whose every line is known: the committed ones, or those that
// test/pages/generate.mjs --all --out DIR wrote.
//
//   npm run bench:ocr -- [--pages DIR] [--engines tesseract,paddle,fused] [--only t2,s3] [--details] [--out FILE]
//
// by line   wrong characters of each line, wherever on the page it was read, in percent
// in order  wrong characters of the whole page in reading order
// numbers   numbers read exactly, in percent; unflagged: wrong ones that the engine did not doubt
// flagged   numbers that it doubted; a figure's confidence is lowered by how many of them are right after all
// seconds   of CPU a page; peak memory of the engine's processes
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { ingest } from "../../dist/ingest/index.js";
import { orderPage } from "../../dist/layout/index.js";
import { openOcr } from "../../dist/ocr/open.js";
import { comparePage, plain, total } from "./measures.mjs";
import { cpuSeconds, peakMemory } from "./memory.mjs";

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: fileURLToPath(new URL("../../test/pages/set", import.meta.url)) },
    engines: { type: "string", default: "tesseract,paddle,fused" },
    only: { type: "string", default: "" },
    details: { type: "boolean", default: false },
    out: { type: "string" },
  },
});

const wanted = values.only.split(",").filter(Boolean);
const pages = readdirSync(values.pages)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(join(values.pages, file), "utf8")))
  .filter((page) => wanted.length === 0 || wanted.some((start) => page.id.startsWith(start)));

/** What a page counts among. */
const kindOf = (page) =>
  page.vertical
    ? "vertical"
    : page.degrade === "worst"
      ? "worst"
      : page.poor
        ? "very poor"
        : page.script === "traditional"
          ? "traditional"
          : page.script;

/** A busy machine is no reason to give a page up. */
const PAGE_SECONDS = 1800;
const results = [];
for (const mode of values.engines.split(",")) {
  const { engine, notice } = await openOcr({ mode, workers: 1, pageSeconds: PAGE_SECONDS });
  if (notice) console.error(notice);
  const memory = peakMemory();
  for (const page of pages)
    results.push({ engine: mode, page: page.id, kind: kindOf(page), ...(await read(page, engine)) });
  await engine.close();
  report(mode, memory.stop());
}
if (values.out) writeFileSync(values.out, results.map((result) => `${JSON.stringify(result)}\n`).join(""));

async function read(page, engine) {
  const bytes = readFileSync(join(values.pages, page.image));
  const start = cpuSeconds();
  let source;
  try {
    ({ source } = await ingest(bytes, { path: page.image, order: orderPage, ocr: engine }));
  } catch (error) {
    console.error(`${page.id}: ${error.message}`);
  }
  const seconds = cpuSeconds() - start;
  const result = comparePage(page, source?.text ?? "");
  const doubts = (source?.lines ?? []).flatMap((line) =>
    (line.doubts ?? []).map(({ start, end }) => plain(line.text.slice(start, end))),
  );
  const doubted = new Set(doubts);
  const isFlagged = ({ number, read }) =>
    doubted.has(number) ||
    (read.match(/\d[\d.,]*%?/g) ?? []).some((each) => doubted.has(each) || doubted.has(each.replace("%", "")));
  const unflagged = result.wrong.filter((each) => !isFlagged(each)).length;
  if (values.details) {
    const share = (errors) => ((100 * errors) / result.characters).toFixed(2);
    console.log(
      `${page.id}: by line ${share(result.lineErrors)}, in order ${share(result.pageErrors)}, numbers ${result.right}/${result.numbers}, ${seconds.toFixed(1)} s`,
    );
    for (const { number, line, read } of result.wrong) console.log(`    ${number} in «${line}» was read «${read}»`);
  }
  return { ...result, seconds, unflagged, doubts: doubts.length };
}

function report(mode, peak) {
  const own = results.filter((result) => result.engine === mode);
  const table = new Table({
    head: [mode, "pages", "by line %", "in order %", "numbers %", "wrong", "unflagged", "flagged", "cpu s"],
    style: { head: [], border: [] },
  });
  for (const kind of [...new Set(own.map((result) => result.kind)), "all"]) {
    const some = own.filter((result) => kind === "all" || result.kind === kind);
    const sum = total(some);
    const seconds = some.reduce((all, each) => all + each.seconds, 0) / some.length;
    const unflagged = some.reduce((all, each) => all + each.unflagged, 0);
    const flagged = some.reduce((all, each) => all + each.doubts, 0);
    table.push([
      kind,
      sum.pages,
      ...[sum.byLine, sum.inOrder, sum.numbers].map((each) => each.toFixed(2)),
      sum.wrong,
      unflagged,
      flagged,
      seconds.toFixed(1),
    ]);
  }
  console.log(
    `${table.toString()}\npeak memory ${peak ? `${Math.round(peak / 1e6)} MB` : "not known on this system"}\n`,
  );
}
