#!/usr/bin/env node
// The same clippings as text, as PDFs of several columns, and as scans: how many figures each way gives.
//
//   npm run build && node bench/ocr/figures.mjs [--columns 3] [--scan] [--engine auto] [--details]
//   … --only seed,dev-j           clippings whose name starts so
//   … --keep DIR                  keep the scans
//   … --gold DIR --docs DIR       other sets of clippings (texts)
//
// Needs Chromium and fonts: test/pages/browser.mjs says how to get them. Core F1 asks for indicator, value and unit.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ingest, sideFileFor } from "../../dist/ingest/index.js";
import { orderPage, readingOrder } from "../../dist/layout/index.js";
import { openOcr } from "../../dist/ocr/open.js";
import { extractBytes, extractText } from "../../dist/pipeline.js";
import { givenSets, standardSets } from "../../scripts/gold-sets.mjs";
import { scoreAll } from "../../scripts/score-figures.mjs";
import { launch } from "../../test/pages/browser.mjs";
import { degrade } from "../../test/pages/degrade.mjs";

const { values } = parseArgs({
  options: {
    columns: { type: "string", default: "3" },
    scan: { type: "boolean", default: false },
    engine: { type: "string", default: "auto" },
    details: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    keep: { type: "string" },
    gold: { type: "string", multiple: true },
    docs: { type: "string", multiple: true },
  },
});
const given = givenSets(process.argv.slice(2));
const cases = (given.length > 0 ? given : standardSets())
  .flatMap(([, each]) => each)
  .filter(({ path }) => path.endsWith(".txt"))
  .filter(({ id }) => values.only.split(",").some((start) => id.startsWith(start)));
const chromium = await launch();
const { engine } = values.scan ? await openOcr({ mode: values.engine, pageSeconds: 1800 }) : { engine: undefined };
const ways = { text: [], pdf: [], ...(values.scan ? { scan: [] } : {}) };

// all pages are rendered first: reading scans takes its time
const clippings = [];
for (const { id, gold, path } of cases) {
  const { source } = await ingest(readFileSync(path), { path, order: orderPage });
  const blocks = readingOrder(source).blocks.map(({ kind, lines }) => ({ kind, text: textOf(lines) }));
  const { metadata } = await sideFileFor(path);
  clippings.push({ id, gold, blocks, known: metadata ? { metadata } : {}, ...(await printed(blocks, values.scan)) });
}
await chromium.close();
for (const { id, gold, blocks, known, pdf, png } of clippings) {
  const add = (way, { figures }) => ways[way].push({ id, gold: gold.figures, predicted: figures });
  add("text", extractText(blocks.map(({ text }) => text).join("\n"), known));
  add("pdf", await extractBytes(pdf, { path: `${id}.pdf`, ...known }));
  if (!values.scan) continue;
  const { image } = await degrade(png, "scanned", 1);
  if (values.keep) writeFileSync(join(values.keep, `${id}.jpg`), image);
  add("scan", await extractBytes(image, { path: `${id}.jpg`, ocr: engine, ...known }));
}
await engine?.close();
const scores = Object.entries(ways).map(([way, clippings]) => [way, scoreAll(clippings, values.details)]);
for (const [way, { text }] of scores) {
  const lines = text.split("\n");
  if (values.details) console.log(`${way}\n${lines.filter((line) => /^ {2}[-+] /.test(line)).join("\n")}`);
  console.log(`${way.padEnd(5)} ${lines.find((line) => line.startsWith("core"))}`);
}

/** The text of a block's lines; words of Latin letters keep their distance. */
function textOf(lines) {
  return lines
    .map((line) => line.text.trim())
    .reduce(
      (text, line) => (/[A-Za-z0-9,.;:)]$/.test(text) && /^[A-Za-z0-9($]/.test(line) ? `${text} ${line}` : text + line),
      "",
    );
}

async function printed(blocks, image) {
  // Chinese papers break lines within numbers; Latin words are kept whole
  const isHan = blocks.filter(({ text }) => /\p{Script=Han}/u.test(text)).length > blocks.length / 2;
  const escaped = (text) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  const [title, ...rest] = blocks;
  const body = rest.map(({ kind, text }) => {
    if (kind !== "row") return kind === "heading" ? `<h3>${escaped(text)}</h3>` : `<p>${escaped(text)}</p>`;
    const cells = text.split(/\t+|\s*\|\s*| {2,}|　{2,}/).map((cell) => `<td>${escaped(cell)}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  const html = body.join("\n").replace(/(?:<tr>.*<\/tr>\n?)+/g, (rows) => `<table>${rows}</table>`);
  const context = await chromium.newContext({ viewport: { width: 980, height: 1300 }, deviceScaleFactor: 200 / 96 });
  const tab = await context.newPage();
  await tab.emulateMedia({ media: "print" });
  await tab.setContent(`<!DOCTYPE html><meta charset="utf-8"><style>@page{margin:0}*{margin:0}body{font:10.5pt/1.5 "Noto Serif CJK SC";padding:12mm;width:980px;box-sizing:border-box}
    h1{font-size:20pt;text-align:center;margin-bottom:4mm}h3{margin:.4em 0}p{text-indent:2em;text-align:justify;${isHan ? "word-break:break-all" : ""}}
    table{border-collapse:collapse;width:100%;font-size:8pt}td{border:.3mm solid #333;padding:.5mm 1mm;text-align:center}
    div{columns:${values.columns};column-gap:7mm;column-rule:.3mm solid #333}</style><h1>${escaped(title?.text ?? "")}</h1><div>${html}</div>`);
  const height = (await tab.evaluate(() => document.body.scrollHeight)) + 40;
  const pdf = await tab.pdf({ width: "980px", height: `${height}px`, printBackground: true });
  await tab.setViewportSize({ width: 980, height });
  const png = image ? await tab.screenshot({ type: "png" }) : undefined;
  await context.close();
  return { pdf: new Uint8Array(pdf), png };
}
