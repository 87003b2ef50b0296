#!/usr/bin/env node
// Characters per second of the whole text path (decode → figures) on one core.
//
//   npm run bench
//
// Reads every text clipping of the corpus over and over for a few seconds, then
// the same text 1, 10 and 100 times over in one clipping: the rate must stay.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { ingest } from "../dist/ingest/index.js";
import { extractSource } from "../dist/pipeline.js";

const corpus = fileURLToPath(new URL("../corpus/", import.meta.url));
const files = readdirSync(corpus, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) =>
    readdirSync(join(corpus, entry.name))
      .filter((name) => name === "source.txt")
      .map((name) => join(corpus, entry.name, name)),
  );
const clippings = files.map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }));

async function run(bytes, path) {
  const { source, messages } = await ingest(bytes, { path });
  const extraction = extractSource(source, { id: "", path, bytes: bytes.length }, messages);
  return { characters: source.text.length, figures: extraction.figures.length };
}

for (const { bytes, path } of clippings) await run(bytes, path);
const start = performance.now();
let characters = 0;
let read = 0;
while (performance.now() - start < 4000) {
  for (const { bytes, path } of clippings) {
    characters += (await run(bytes, path)).characters;
    read++;
  }
}
const seconds = (performance.now() - start) / 1000;
console.log(
  `corpus: ${clippings.length} text clippings, ${Math.round(characters / seconds).toLocaleString("en")} characters/s, ${Math.round(read / seconds)} clippings/s`,
);

const all = clippings
  .map(({ bytes }) => new TextDecoder().decode(bytes))
  .filter((text) => !text.includes("\ufffd"))
  .join("\n\n");
for (const times of [1, 10, 100]) {
  const bytes = new TextEncoder().encode(`${all}\n\n`.repeat(times));
  const from = performance.now();
  const { characters: size, figures } = await run(bytes, "repeated.txt");
  const took = (performance.now() - from) / 1000;
  console.log(
    `${String(times).padStart(4)} × : ${size.toLocaleString("en")} characters, ${figures} figures, ${took.toFixed(2)} s, ${Math.round(size / took).toLocaleString("en")} characters/s`,
  );
}
