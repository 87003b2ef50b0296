#!/usr/bin/env node
// Takes each guard of guards.json out, in a copy of the project, and shows that its test then fails.
//
//   npm run build && node scripts/guards.mjs              all of them
//   node scripts/guards.mjs --only "robots.txt"           those whose name holds this
//
// Each test must pass while the guard is in. Exit status 1 where one fails then, or passes without its guard.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const COPIED = [
  "src",
  "test",
  "schemas",
  "scripts",
  "corpus",
  "dist",
  "package.json",
  "package-lock.json",
  "SECURITY.md",
  "vitest.config.ts",
  "tsconfig.json",
  "tsconfig.build.json",
];

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const all = JSON.parse(readFileSync(new URL("guards.json", import.meta.url), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "jianbao-guards-"));
const MOST_MS = 120_000;
let wrong = 0;
/** Tests that passed with every guard in. */
const passed = new Set();
try {
  for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  for (const guard of all.filter(({ guard }) => guard.includes(values.only))) {
    const found = !passes(guard) ? "BROKEN" : without(guard) ? "noticed" : "UNSEEN";
    if (found !== "noticed") wrong++;
    process.stdout.write(`${found.padEnd(8)} ${guard.guard}: ${guard.test}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

/** Whether the test fails without the guard, and without those that stand behind it. */
function without(guard) {
  const out = [guard, ...all.filter(({ guard: name }) => guard.also?.includes(name))];
  const before = new Map();
  for (const { file, find, put, guard: name } of out) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    if (!before.has(path)) before.set(path, text);
    if (!text.includes(find)) throw new Error(`${name}: ${file} does not hold ${find}`);
    writeFileSync(
      path,
      text.replace(find, () => put),
    );
  }
  try {
    if (guard.built) run("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
    return runTest(guard) !== 0;
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
    if (guard.built) run("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
  }
}

function passes(guard) {
  const key = `${guard.test} ${guard.name}`;
  if (!passed.has(key) && runTest(guard) === 0) passed.add(key);
  return passed.has(key);
}

function runTest({ test, name }) {
  return run("node", ["node_modules/vitest/vitest.mjs", "run", test, ...(name ? ["-t", name] : [])]);
}

/** What hangs without its guard is ended. */
function run(program, args) {
  return spawnSync(program, args, { cwd: folder, encoding: "utf8", timeout: MOST_MS }).status ?? 1;
}
