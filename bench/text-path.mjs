#!/usr/bin/env node
// Characters per second of the whole text path (decode → figures) on one core.
//
//   npm run bench                        all of it, about three minutes
//   npm run bench -- --megabytes 100     the memory of a text so large
//   npm run bench -- --no-peer           without @microsoft/recognizers-text-suite
//
// Every text clipping of the corpus over and over; the same text 1, 10 and 100
// times over in one clipping: the rate must stay; large texts: memory must be
// no more than a multiple of the text; and the same text line by line through
// all Chinese models of Recognizers-Text, both warm. Rates are of wall time, and of CPU
// time in brackets where other programs share the machine.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { clippings, corpusText } from "./corpus-text.mjs";
import { chineseLines, loadReader } from "./recognizers.mjs";
import { timed, warm } from "./run.mjs";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", multiple: true, default: ["1", "4"] },
    peer: { type: "boolean", default: true },
  },
  allowNegative: true,
});
/** Both readers read the corpus so many times in turn. */
const TURNS = 5;
const bytesOf = (text) => new TextEncoder().encode(text);
const count = (number) => Math.round(number).toLocaleString("en");
const rates = ({ characters, seconds, cpu }) =>
  `${count(characters / seconds)} characters/s (${count(characters / cpu)} of CPU time)`;

await warm();
const many = await timed(clippings, 4);
console.log(
  `corpus: ${clippings.length} text clippings, ${rates(many)}, ${count(many.runs / many.seconds)} clippings/s`,
);
for (const times of [1, 10, 100]) {
  const once = await timed([bytesOf(corpusText.repeat(times))], 0);
  console.log(
    `${String(times).padStart(4)} × : ${count(once.characters)} characters, ${once.figures} figures, ${once.seconds.toFixed(2)} s, ${rates(once)}`,
  );
}
for (const size of values.megabytes)
  process.stdout.write(
    execFileSync(process.execPath, [fileURLToPath(new URL("large.mjs", import.meta.url)), size], { encoding: "utf8" }),
  );
const peer = values.peer ? loadReader() : undefined;
if (peer) await compare(peer);

/** Both read the same lines in turns, warm: what else the machine does then lengthens the times of both. */
async function compare({ version, models, read }) {
  const lines = chineseLines(corpusText);
  const text = lines.join("\n");
  const same = [bytesOf(text)];
  const cpuOf = (run) => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  read(lines);
  await warm(same);
  let [theirs, characters, ours] = [0, 0, 0];
  for (let turn = 0; turn < TURNS; turn++) {
    theirs += cpuOf(() => read(lines));
    const own = await timed(same, 2);
    characters += own.characters;
    ours += own.cpu;
  }
  const [theirRate, ourRate] = [(TURNS * text.length) / theirs, characters / ours];
  console.log(
    `recognizers-text-suite ${version}, ${models} Chinese models, line by line: ${count(theirRate)} characters/s of CPU time; jianbao on the same text ${count(ourRate)}: ${count(ourRate / theirRate)} × (60 × asked)`,
  );
}
