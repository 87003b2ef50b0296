#!/usr/bin/env node
// Throws random, mutated and adversarial texts and bytes at the extractor.
//
//   npm run build && node scripts/fuzz.mjs [--minutes 1 | --inputs 100] [--seed 1] [--seconds 1] [--out DIR]
//
// --seconds is the CPU time that 100,000 characters may take.
// The same seed gives the same inputs. What fails is made as small as it can
// be and written to DIR (default: the temporary folder). Exit status 1 then.
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { check } from "./fuzz/check.mjs";
import { inputs } from "./fuzz/inputs.mjs";
import { minimised } from "./fuzz/minimise.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    inputs: { type: "string", default: "0" },
    seconds: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: join(tmpdir(), "jianbao-fuzz") },
  },
});
// what is loaded and compiled at first use is nobody's slowness
for (let times = 0; times < 3; times++)
  await check(new TextEncoder().encode("截至6月30日，收集问题300个，办结290个。\n".repeat(200)));
const most = Number(values.inputs) || Number.POSITIVE_INFINITY;
const end = Date.now() + (most < Number.POSITIVE_INFINITY ? 3600 : Number(values.minutes) * 60) * 1000;
const seconds = Number(values.seconds);
let tried = 0;
const counts = new Map();
let failed = 0;
let characters = 0;
for (const { kind, bytes } of inputs(Number(values.seed))) {
  if (Date.now() >= end || tried++ >= most) break;
  const trouble = await check(bytes, seconds);
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  characters += bytes.length;
  if (!trouble) continue;
  failed++;
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `${values.seed}-${failed}-${trouble.name}.txt`);
  writeFileSync(file, await minimised(bytes, trouble.name, seconds));
  console.log(`${kind}: ${trouble.name}: ${trouble.detail}\n  minimised input: ${file}`);
  if (failed >= 20) break;
}
const done = [...counts].map(([kind, count]) => `${kind} ${count}`).join(", ");
console.log(`seed ${values.seed}: ${characters.toLocaleString("en")} bytes; ${done}; ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
