#!/usr/bin/env node
// What a store costs: ingest of text clippings end to end, and the answers of a large store.
//
//   npm run bench:store                               2,000 clippings ingested; a store of 5,000 made
//   npm run bench:store -- --clippings 100000         a store of 100,000 clippings and 1,000,000 figures, some minutes
//   npm run bench:store -- --store FILE               one that scripts/generate-store.mjs made
//   npm run bench:store -- --plans                    and by which index each query is served
//
// Times are of the wall and, in brackets, of the CPU, where other programs share the machine.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { allRegions, indicators } from "../dist/catalogue/index.js";
import { compare } from "../dist/compare/index.js";
import { extractText } from "../dist/pipeline.js";
import { openSqliteStore, parseSearch } from "../dist/store/index.js";
import { compiled, figuresQuery } from "../dist/store/sqlite/figures.js";
import { clippings, fill, randomOf } from "../scripts/generate-store.mjs";

const { values } = parseArgs({
  options: {
    ingest: { type: "string", default: "2000" },
    clippings: { type: "string", default: "5000" },
    store: { type: "string" },
    jobs: { type: "string", default: "2" },
    times: { type: "string", default: "60" },
    plans: { type: "boolean", default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), "jianbao-bench-"));
const random = randomOf(11);
const pick = (list) => list[Math.floor(random() * list.length)];

/** Peak memory in MB and CPU seconds of a process, as Linux counts them; undefined elsewhere, or when it is over. */
function usageOf(pid) {
  try {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    // a process that has ended has no memory any more
    return Number.isNaN(peak) ? undefined : { peak, cpu: (Number(stat[11]) + Number(stat[12])) / 100 };
  } catch {
    return undefined;
  }
}

/** The command line as a user has it: read, extract, store. */
async function ingestRate(count) {
  const input = join(folder, "in");
  mkdirSync(input);
  let characters = 0;
  let number = 0;
  for (const { text } of clippings({ count, figures: 6, seed: 3 })) {
    writeFileSync(join(input, `${String(number++).padStart(6, "0")}.txt`), text);
    characters += text.length;
  }
  const log = join(folder, "log.jsonl");
  const cli = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
  const args = [cli, "ingest", input, "--store", join(folder, "ingested.db"), "--jobs", values.jobs, "--log", log];
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  let usage;
  const watching = setInterval(() => {
    usage = usageOf(child.pid) ?? usage;
  }, 50);
  await new Promise((resolve) => child.on("exit", resolve));
  clearInterval(watching);
  const seconds = (performance.now() - begun) / 1000;
  const events = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const stored = events.filter(({ event }) => event === "stored");
  const reading = stored.reduce((sum, { ms }) => sum + ms, 0) / stored.length;
  const [first, last] = [stored[0], stored.at(-1)].map(({ at }) => Date.parse(at));
  const inFirst = stored.filter(({ at }) => Date.parse(at) === first).length;
  const steady = ((stored.length - inFirst) * 1000) / (last - first);
  console.log(
    `ingest: ${stored.length} text clippings of ${Math.round(characters / number)} characters, ${values.jobs} jobs: ${(stored.length / seconds).toFixed(0)}/s with start-up, ${steady.toFixed(0)}/s after it`,
  );
  if (usage)
    console.log(
      `        ${((usage.cpu * 1000) / stored.length).toFixed(2)} ms of CPU each with start-up, ${reading.toFixed(2)} ms a reader each; peak memory ${usage.peak.toFixed(0)} MB`,
    );
}

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Times an answer for many arguments. */
async function measure(name, argumentsOf, answer) {
  const wall = [];
  const cpu = [];
  let rows = 0;
  for (let time = 0; time < Number(values.times); time++) {
    const given = argumentsOf();
    const before = process.cpuUsage();
    const begun = performance.now();
    const result = await answer(given);
    wall.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    rows += result.length ?? result.hits?.length ?? result.rows?.length ?? 0;
  }
  wall.sort((a, b) => a - b);
  cpu.sort((a, b) => a - b);
  const at = (share) => `${percentile(wall, share).toFixed(1)} (${percentile(cpu, share).toFixed(1)})`;
  console.log(`${name.padEnd(52)} median ${at(0.5)} ms, p95 ${at(0.95)} ms, ${Math.round(rows / wall.length)} rows`);
}

const PAGE = 500;
const codes = allRegions().map(({ code }) => code);
const provinces = codes.filter((code) => code.endsWith("0000"));
const ids = indicators().map(({ id }) => id);
const month = () => `${2018 + Math.floor(random() * 7)}-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}`;
const QUERIES = {
  "figures of an indicator and a province": () => ({ indicators: [pick(ids)], within: pick(provinces), limit: PAGE }),
  "figures of a region": () => ({ within: pick(codes), limit: PAGE }),
  "headline figures of a province": () => ({ within: pick(provinces), headline: true, limit: PAGE }),
  "figures of an indicator in a month": () => ({ indicators: [pick(ids)], period: month(), limit: PAGE }),
  "latest of an indicator in all regions of a province": () => ({
    indicators: [pick(ids)],
    within: pick(provinces),
    latest: true,
  }),
  "latest of an indicator in all regions": () => ({ indicators: [pick(ids)], latest: true }),
  "what is to be reviewed again": () => ({ review: ["renew"], limit: PAGE }),
};
const WORDS = [
  "县",
  "的",
  "办结率",
  "营商环境",
  "服务企业",
  "问题",
  "贷款",
  "减税降费",
  "收集 办结",
  "enterprise",
  "惠济区",
  "企业 满意度",
];

async function answers(file) {
  const store = await openSqliteStore(file);
  const { clippings: count, figures, bytes } = await store.status();
  console.log(`store: ${count} clippings, ${figures} figures, ${(bytes / 1e6).toFixed(0)} MB`);
  for (const [name, query] of Object.entries(QUERIES)) await measure(name, query, (given) => store.figures(given));
  await measure(
    "compare two indicators in a province",
    () => [[pick(ids), pick(ids)], { within: pick(provinces) }],
    ([wanted, options]) => compare(store, wanted, options),
  );
  await measure(
    "search",
    () => ({ terms: parseSearch(pick(WORDS)) }),
    (given) => store.search(given),
  );
  await store.close();
}

/** One more clipping into an empty store and into the large one: extracted, and stored in a transaction of its own. */
async function oneMore(file) {
  const RUN = { version: "one more", catalogue: "made" };
  const empty = await openSqliteStore(join(folder, "empty.db"));
  const large = await openSqliteStore(file);
  for (const { text } of clippings({ count: 200, figures: 10, seed: 5 })) extractText(text);
  const made = [...clippings({ count: Number(values.times), figures: 10, seed: Date.now() % 2 ** 31 })];
  for (const [name, store] of [
    ["one more clipping into an empty store", empty],
    [`one more clipping into a store of ${(await large.status()).clippings}`, large],
  ]) {
    const left = [...made];
    await measure(
      name,
      () => left.pop(),
      (clipping) => store.save(clipping, RUN),
    );
    await store.close();
  }
}

function plans(file) {
  const database = new Database(file, { readonly: true });
  const db = new Kysely({ dialect: new SqliteDialect({ database }) });
  for (const [name, query] of Object.entries(QUERIES)) {
    const { text, parameters } = compiled(db, figuresQuery(query()));
    console.log(`\n${name}`);
    for (const { detail } of database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...parameters))
      console.log(`  ${detail}`);
  }
  database.close();
}

try {
  await ingestRate(Number(values.ingest));
  const file = values.store ?? join(folder, "made.db");
  if (!values.store) {
    const store = await openSqliteStore(file);
    const begun = performance.now();
    await fill(store, { count: Number(values.clippings), figures: 10, seed: 1 });
    await store.close();
    const each = (performance.now() - begun) / Number(values.clippings);
    console.log(`made: ${each.toFixed(2)} ms a clipping with ten figures, in one thread`);
  }
  await answers(file);
  await oneMore(file);
  if (values.plans) plans(file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
