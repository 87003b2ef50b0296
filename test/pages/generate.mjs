#!/usr/bin/env node
// Renders the pages of pages.json: PDF, image, and what they say line by line.
//
//   needs Chromium, fonts and playwright-core: browser.mjs says how to get them
//   node test/pages/generate.mjs                      the committed pages → test/pages/set
//   node test/pages/generate.mjs --all --out DIR      every page
//   node test/pages/generate.mjs --only s3 --out DIR  pages whose id starts so
//   … --seed 2                                        the same layouts with other numbers, names and noise
//
// The same Chromium and fonts give the same bytes: numbers, noise and skew are seeded.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { DEGRADATIONS, degrade } from "./degrade.mjs";
import { htmlOf } from "./html.mjs";
import { measure } from "./measure.mjs";
import { pagesOf } from "./pages.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    only: { type: "string" },
    out: { type: "string", default: join(here, "set") },
    html: { type: "boolean", default: false }, // keep the HTML beside
    seed: { type: "string", default: "0" }, // other numbers, names and noise
  },
});
const MM = 96 / 25.4;

const chromium = await launch();
mkdirSync(values.out, { recursive: true });
const wanted = pagesOf(Number(values.seed)).filter((page) =>
  values.only !== undefined ? page.id.startsWith(values.only) : values.all || page.committed,
);
for (const page of wanted) {
  const made = await render(page);
  console.log(
    `${page.id}: ${made.lines} lines, ${made.characters} characters${made.overflow ? `, OVERFLOWS by ${made.overflow}` : ""}`,
  );
}
await chromium.close();

async function render(page) {
  const width = page.size[0];
  let height = page.size[1];
  const { dpi } = DEGRADATIONS[page.degrade];
  const context = await chromium.newContext({
    viewport: { width: Math.round(width * MM), height: Math.round(height * MM) },
    deviceScaleFactor: dpi / 96,
  });
  const tab = await context.newPage();
  await tab.emulateMedia({ media: "print" });
  const html = htmlOf(page);
  if (values.html) writeFileSync(join(values.out, `${page.id}.html`), html);
  await tab.setContent(html, { waitUntil: "load" });
  const first = await tab.evaluate(measure);
  if (!page.vertical) {
    // the page ends where its text does
    height = Math.ceil(first.height / MM);
    await tab.setViewportSize({ width: Math.round(width * MM), height: Math.round(height * MM) });
    await tab.setContent(htmlOf({ ...page, size: [width, height] }), { waitUntil: "load" });
  }
  const { lines, overflow } = await tab.evaluate(measure);
  const png = await tab.screenshot({ type: "png" });
  const { image, extension, matrix } = await degrade(png, page.degrade, page.seed);
  writeFileSync(join(values.out, `${page.id}.${extension}`), image);
  // a scan has no text layer; its layout is in the clean variant's
  const printed = page.degrade.startsWith("clean");
  if (printed) {
    const pdf = await tab.pdf({ width: `${width}mm`, height: `${height}mm`, printBackground: true });
    const dated = pdf.toString("latin1").replace(/(\/(?:CreationDate|ModDate) \(D:)\d{14}/g, "$120250101000000");
    writeFileSync(join(values.out, `${page.id}.pdf`), dated, "latin1");
  }
  const points = (value) => Math.round(value * 0.75 * 100) / 100;
  const truth = {
    id: page.id,
    script: page.script,
    columns: page.columns,
    vertical: page.vertical ?? false,
    degrade: page.degrade,
    poor: DEGRADATIONS[page.degrade].poor ?? false,
    dpi,
    width: (width / 25.4) * 72,
    height: (height / 25.4) * 72,
    image: `${page.id}.${extension}`,
    pdf: printed ? `${page.id}.pdf` : null,
    matrix,
    lines: lines.map((line) => ({ ...line, box: line.box.map(points) })),
  };
  const { lines: found, ...head } = truth;
  writeFileSync(
    join(values.out, `${page.id}.json`),
    `${JSON.stringify(head, null, 1).slice(0, -2)},\n "lines": [\n${found.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n ]\n}\n`,
  );
  await context.close();
  return {
    lines: lines.length,
    characters: lines.reduce((sum, line) => sum + line.text.length, 0),
    overflow: Math.max(...overflow) > 1 ? overflow.join("×") : "",
  };
}
