#!/usr/bin/env node
// Kills an ingest with SIGKILL at random moments, again and again, and holds the store it ends with against one that was
// never disturbed: node scripts/kill-ingest.mjs [--times 50] [--clippings 2000] [--seed 1]   (npm run build comes first)
//
// After each kill the file must be sound (integrity_check), hold each clipping whole and once, and all decisions made so
// far; between kills a decision is made. In the end both stores must give the same export, byte for byte.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";
import { openSqliteStore } from "../dist/store/index.js";
import { clippings, randomOf } from "./generate-store.mjs";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
/** One file of so many is the same bytes as an earlier one; one cannot be read. */
const SAME = 25;
const BROKEN = 40;

/** Files to be ingested; returns how many clippings they are. */
function writeFiles(folder, count, seed) {
  const ids = new Set();
  let last = "";
  let number = 0;
  for (const { text } of clippings({ count, figures: 3, seed })) {
    const path = join(folder, `${String(number % 10)}`, `${String(number).padStart(6, "0")}.txt`);
    mkdirSync(join(path, ".."), { recursive: true });
    const isBroken = number % BROKEN === BROKEN - 1;
    const content = isBroken ? "" : number % SAME === SAME - 1 ? last : text;
    writeFileSync(path, content);
    if (!isBroken) {
      ids.add(createHash("sha256").update(content).digest("hex"));
      last = content;
    }
    number++;
  }
  return ids.size;
}

function start(folder, store, log) {
  const child = spawn(process.execPath, [CLI, "ingest", folder, "--store", store, "--log", log, "--jobs", "2"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal, stderr })));
  return { child, ended };
}

/** Clippings that a log says were stored. */
const storedIn = (log) => (existsSync(log) ? readFileSync(log, "utf8").split('"event":"stored"').length - 1 : 0);

/** Kills the ingest once it has stored some more clippings, and a moment later. */
async function killAt({ child, ended }, log, grown, delayMs) {
  const before = storedIn(log);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver && storedIn(log) - before < grown) await sleep(5);
  await sleep(delayMs);
  child.kill("SIGKILL");
  return ended;
}

/** Throws where the file is not sound. */
function checkSound(file) {
  const database = new Database(file, { readonly: true });
  const one = (sql) => database.prepare(sql).pluck().get();
  const troubles = [
    ["integrity_check", database.pragma("integrity_check", { simple: true }) === "ok"],
    ["foreign_key_check", database.pragma("foreign_key_check").length === 0],
    [
      "a clipping without a run",
      one("SELECT count(*) FROM clipping LEFT JOIN head ON head.clipping = clipping.number WHERE head.run IS NULL") ===
        0,
    ],
    ["a clipping twice", one("SELECT count(*) - count(DISTINCT id) FROM clipping") === 0],
    [
      "figures not shown",
      one(
        "SELECT count(*) FROM figure WHERE NOT EXISTS (SELECT 1 FROM observation WHERE observation.run = figure.run AND observation.id = figure.id)",
      ) === 0,
    ],
    [
      "a clipping not in the index",
      one("SELECT (SELECT count(*) FROM clipping) - (SELECT count(*) FROM clipping_terms_docsize)") === 0,
    ],
  ].filter(([, isSound]) => !isSound);
  database.close();
  if (troubles.length > 0) throw new Error(`${file}: ${troubles.map(([what]) => what).join(", ")}`);
}

/** All that a store says, but for the times at which it came to know it. */
async function exportOf(file) {
  const store = await openSqliteStore(file);
  const rows = [];
  for await (const { added: _, ...clipping } of store.eachClipping())
    rows.push({ ...clipping, paths: await store.paths(clipping.id), text: await store.text(clipping.id) });
  for await (const figure of store.eachFigure({})) rows.push(figure);
  for await (const repost of store.reposts()) rows.push(repost);
  for await (const decision of store.eachDecision()) rows.push(decision);
  for (const { at: _, ...failure } of await store.failures()) rows.push(failure);
  await store.close();
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** A reviewer at work between two ingests; returns how many decisions there are. */
async function decideSomething(file, random) {
  const store = await openSqliteStore(file);
  const figures = await store.figures({ review: ["unreviewed"] });
  const figure = figures[Math.floor(random() * figures.length)];
  if (figure)
    await store.decide({
      kind: "correct",
      figure: figure.id,
      reviewer: "reviewer",
      change: { value: figure.value + 1 },
    });
  const { decisions } = await store.status();
  await store.close();
  return decisions;
}

/** Runs the whole of it; throws where anything is lost, or differs. */
export async function killAndCompare({ times, count, seed, tell = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), "jianbao-kill-"));
  const random = randomOf(seed);
  try {
    const files = join(folder, "in");
    const expected = writeFiles(files, count, seed);
    const [calm, killed, log] = ["calm.db", "killed.db", "log.jsonl"].map((name) => join(folder, name));
    await start(files, calm, join(folder, "calm.jsonl")).ended;
    let decisions = 0;
    for (let time = 0; time < times; time++) {
      // every fifth time while the store is opened, else somewhere in its share of the clippings
      const grown = time % 5 === 4 ? 0 : 1 + Math.floor(random() * (count / times));
      await killAt(start(files, killed, log), log, grown, random() * 400);
      if (!existsSync(killed)) continue;
      // what was written and not yet carried over is carried over now, as by any program that opens the store
      const now = await decideSomething(killed, random);
      if (now < decisions) throw new Error(`${decisions - now} decisions lost`);
      decisions = now;
      checkSound(killed);
      tell(`${time + 1}: killed, sound, ${decisions} decisions`);
    }
    const { code, stderr } = await start(files, killed, log).ended;
    if (code !== 1) throw new Error(`the last ingest ended with ${code}: ${stderr}`);
    checkSound(killed);
    const store = await openSqliteStore(killed);
    const made = [];
    for await (const decision of store.eachDecision()) made.push(decision);
    const { clippings: stored } = await store.status();
    await store.close();
    const undisturbed = await openSqliteStore(calm);
    await undisturbed.addDecisions(made);
    await undisturbed.close();
    const [a, b] = [await exportOf(calm), await exportOf(killed)];
    if (stored !== expected) throw new Error(`${expected} clippings were given, ${stored} are stored`);
    if (made.length !== decisions) throw new Error(`${decisions} decisions were made, ${made.length} are there`);
    if (a !== b) throw new Error("the exports differ");
    return { clippings: stored, decisions, bytes: Buffer.byteLength(a) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      times: { type: "string", default: "50" },
      clippings: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
    },
  });
  const times = Number(values.times);
  const result = await killAndCompare({
    times,
    count: Number(values.clippings),
    seed: Number(values.seed),
    tell: (line) => console.error(line),
  });
  console.log(
    `killed ${times} times: ${result.clippings} clippings, ${result.decisions} decisions, exports of ${result.bytes} bytes are the same`,
  );
}
