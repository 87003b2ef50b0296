#!/usr/bin/env node
// How much of text damaged on GBK bytes is read again, and that nothing is
// changed in text that is whole.
//
//   npm run build && node scripts/damage.mjs [--details] [FOLDER_OF_TEXTS…]
//
// Damages the simplified texts of the corpus in the ways sites do (see below)
// and prints the share of the spoilt characters that come back right.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { normalise } from "../dist/index.js";
import { charOf, encodeGbk } from "../dist/normalise/gbk.js";
import { annotate, cutAtMarks, distance, misreadUtf8, randomOf, shift } from "./damage/ways.mjs";

const details = process.argv.includes("--details");
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const project = fileURLToPath(new URL("..", import.meta.url));
const files = [
  ...readdirSync(join(project, "corpus")).map((name) => join(project, "corpus", name, "source.txt")),
  ...[join(project, "heldback/docs"), ...folders].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  ),
].filter((path) => path.endsWith(".txt") && existsSync(path));
const all = files
  .map((path) => [basename(path), new TextDecoder().decode(readFileSync(path))])
  .filter(([, text]) => !text.includes("\ufffd"));
const own = all
  .map(([, text]) => text)
  .filter((text) => /的/.test(text) && !normalise(text).traditional && normalise(text).repairs.length === 0);
const paragraphs = own.flatMap((text) => text.split("\n")).filter((line) => line.length > 40);

const gbk = { charOf, encodeGbk };
const ways = {
  "A, pinyin annotation": (line, random) => annotate(line, random, gbk),
  "B, cut at marks": (line) => cutAtMarks(line, gbk),
  "runs one byte off": (line, random) => shift(line, random, gbk),
  "UTF-8 read as GBK": (line) => misreadUtf8(line),
};
console.log(`${paragraphs.length} paragraphs of ${own.length} texts`);
for (const [name, spoil] of Object.entries(ways)) {
  const random = randomOf(7);
  let spoilt = 0;
  let left = 0;
  let lines = 0;
  let worse = 0;
  let wrong = 0;
  for (const line of paragraphs) {
    const damaged = spoil(line, random);
    if (damaged === undefined) continue;
    lines++;
    const plain = (text) => text.replace(/[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[)）]/g, "");
    const right = normalise(line).text;
    const before = distance(plain(damaged.simplified ?? damaged.text), right);
    const mended = normalise(damaged.text).text;
    const after = distance(mended, right);
    spoilt += before;
    left += after;
    if (after > before) worse++;
    const open = mended.split("〓").length - 1;
    if (after < before) wrong += Math.max(0, after - open);
    if (details && after > 0) console.log(`${name}: ${before} → ${after}\n  ${damaged.text}\n  ${mended}\n  ${right}`);
  }
  console.log(
    `${name}: ${lines} paragraphs, ${spoilt} spoilt characters, ${(100 * (1 - left / spoilt)).toFixed(1)} % restored, ${((100 * wrong) / spoilt).toFixed(1)} % restored wrongly, ${worse} paragraphs made worse`,
  );
}

let clean = 0;
let characters = 0;
let falsely = 0;
for (const [name, text] of all) {
  clean++;
  characters += text.length;
  for (const repair of normalise(text).repairs.filter(
    (each) => each.kind === "shifted-gbk" || each.kind === "mojibake",
  )) {
    falsely++;
    console.log(`  ${name}: ${repair.before} → ${repair.after}`);
  }
}
console.log(`whole texts: ${clean} (${characters} characters), ${falsely} repairs of bytes`);
