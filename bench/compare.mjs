// How long comparing takes on a store of any size: node bench/compare.mjs STORE [--times 40]
//
// scripts/generate-store.mjs makes a store of 1,000,000 figures. For each kind of question: wall clock and processor time
// (which another process on the machine does not lengthen as much), median and 95th percentile, and the plan that serves it.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { childrenOf, regionOf } from "../dist/catalogue/index.js";
import { compare } from "../dist/compare/index.js";
import { openSqliteReader, openSqliteStore } from "../dist/store/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: "string", default: "40" } },
});
const [path] = positionals;
if (!path) throw new Error("name a store: node bench/compare.mjs STORE");

const PROVINCES = ["410000", "340000", "320000", "440000", "510000", "370000", "500000"];
const CITIES = PROVINCES.slice(0, 6).map((code) => childrenOf(code)[0].code);
const INDICATORS = ["problem.collected", "problem.resolved", "satisfaction.rate", "fund.loan", "enterprise.visited"];
const of = (list, turn) => list[turn % list.length];
const QUESTIONS = {
  "one indicator, a province": (turn) => [[of(INDICATORS, turn)], { within: of(PROVINCES, turn) }],
  "three indicators, a province": (turn) => [
    [0, 1, 2].map((more) => of(INDICATORS, turn + more)),
    { within: of(PROVINCES, turn) },
  ],
  "one indicator, a city": (turn) => [[of(INDICATORS, turn)], { within: of(CITIES, turn) }],
  "a rate from counts, a province": (turn) => [["problem.resolution_rate"], { within: of(PROVINCES, turn) }],
  "money per enterprise, a province": (turn) => [["fund.loan_per_enterprise"], { within: of(PROVINCES, turn) }],
  "regions × half years, a province": (turn) => [
    [of(INDICATORS, turn)],
    { within: of(PROVINCES, turn), steps: "half" },
  ],
  "one indicator, all provinces": (turn) => [[of(INDICATORS, turn)], { level: "province" }],
  "one indicator, all cities": (turn) => [[of(INDICATORS, turn)], { level: "city" }],
  "one indicator, half a year, all counties": (turn) => [
    [of(INDICATORS, turn)],
    { level: "county", period: "2022-01/2022-06" },
  ],
  "one indicator, everywhere, all periods": (turn) => [[of(INDICATORS, turn)], {}],
};

const at = (sorted, share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
const store = await openSqliteStore(path);
console.log(`${"".padEnd(42)}wall p50  p95   cpu p50  p95   rows`);
for (const [name, question] of Object.entries(QUESTIONS)) {
  const wall = [];
  const cpu = [];
  let rows = 0;
  for (let turn = 0; turn < Number(values.times); turn++) {
    const [measures, options] = question(turn);
    const before = process.cpuUsage();
    const start = performance.now();
    rows = (await compare(store, measures, options)).rows.length;
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  for (const list of [wall, cpu]) list.sort((a, b) => a - b);
  const ms = [at(wall, 0.5), at(wall, 0.95), at(cpu, 0.5), at(cpu, 0.95)].map((each) => `${each}`.padStart(6));
  console.log(`${name.padEnd(42)}${ms.join(" ")} ms ${rows}`);
}
await store.close();

const reader = await openSqliteReader(path);
const region = regionOf(PROVINCES[0]).code.slice(0, 2);
for (const condition of [
  `indicator IN ('problem.collected') AND headline = 1 AND region >= '${region}' AND region < '${region}~'`,
  `indicator IN ('problem.collected') AND headline = 1 AND region IN (SELECT value FROM json_each('["410000"]'))`,
]) {
  const { rows } = reader.query(`EXPLAIN QUERY PLAN SELECT * FROM observation WHERE ${condition}`);
  console.log(`\n${condition}\n  ${[...rows].map((row) => row[3]).join("\n  ")}`);
}
reader.close();
