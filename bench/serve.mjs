// Readers and reviewers at once on a server, while an ingest runs: node bench/serve.mjs [STORE] [--seconds 120]
//
// Starts the built server on STORE (which is changed: decisions are made, clippings come in; give a copy), or on one made for
// it. 50 readers look around as people do: each opens a view, looks at it for half a second to a second and a half, opens the
// next. Five reviewers take the next item, look, decide. Meanwhile uploads of made clippings are read. Told of each kind of
// request: how many, median, 95th percentile, longest; and whether an answer was an error, or a decision was lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openSqliteStore } from "../dist/store/index.js";
import { clippings, fill, randomOf } from "../scripts/generate-store.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "120" },
    readers: { type: "string", default: "50" },
    reviewers: { type: "string", default: "5" },
    clippings: { type: "string", default: "2000" },
    ingest: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const folder = mkdtempSync(join(tmpdir(), "jianbao-load-"));
const store = positionals[0] ?? join(folder, "s.db");
const random = randomOf(7);
const pick = (list) => list[Math.floor(random() * list.length)];
const pause = () => sleep(500 + random() * 1000);

if (!positionals[0]) {
  const made = await openSqliteStore(store);
  await fill(made, { count: Number(values.clippings), figures: 10, seed: 1 });
  await made.close();
}

const begun = performance.now();
const child = spawn(process.execPath, ["dist/cli/main.js", "serve", "--store", store, "--port", "0", "--no-ocr"], {
  stdio: ["ignore", "pipe", "ignore"],
});
const [line] = await once(child.stdout, "data");
const address = line.toString().trim();
console.log(`started in ${Math.round(performance.now() - begun)} ms: ${address}`);

const times = new Map();
const errors = [];
let stopped = false;

/** One request; its time goes to its kind. */
async function ask(kind, path, init = {}) {
  const start = performance.now();
  try {
    const reply = await fetch(`${address}/api/v1${path}`, {
      ...init,
      headers: { "x-jianbao": "1", "content-type": "application/json", ...init.headers },
    });
    const body = await reply.text();
    const list = times.get(kind) ?? [];
    list.push(performance.now() - start);
    times.set(kind, list);
    if (!reply.ok && !(kind === "decide" && reply.status === 409))
      errors.push(`${kind} ${path}: ${reply.status} ${body.slice(0, 200)}`);
    return { status: reply.status, json: body === "" ? null : JSON.parse(body) };
  } catch (cause) {
    if (!stopped) errors.push(`${kind} ${path}: ${cause.message}`);
    return { status: 0, json: null };
  }
}

const PROVINCES = ["410000", "340000", "320000", "440000", "510000", "370000", "500000", "130000", "330000", "420000"];
const INDICATORS = [
  "problem.collected",
  "problem.resolved",
  "satisfaction.rate",
  "fund.loan",
  "enterprise.visited",
  "project.count",
];
const WORDS = ["营商环境", "企业", "办结率", "贷款", "问题", "服务企业 问题"];

/** What a reader does, the commonest first. */
const VIEWS = [
  [
    6,
    async () => {
      const { json } = await ask(
        "figures",
        `/figures?indicator=${pick(INDICATORS)}&within=${pick(PROVINCES)}&limit=50`,
      );
      const figure = json?.items?.[0];
      if (figure) await ask("figure", `/figures/${figure.id}`);
    },
  ],
  [
    3,
    async () => {
      const { json } = await ask("figures, all", "/figures?limit=100");
      if (json?.next) await ask("figures, next page", `/figures?limit=100&cursor=${json.next}`);
    },
  ],
  [3, () => ask("compare, a province", `/compare?measure=${pick(INDICATORS)}&within=${pick(PROVINCES)}&level=city`)],
  [1, () => ask("compare, all cities", `/compare?measure=${pick(INDICATORS)}&level=city`)],
  [2, () => ask("search", `/search?q=${encodeURIComponent(pick(WORDS))}`)],
  [
    2,
    async () => {
      const { json } = await ask("clippings", "/clippings?limit=20");
      const clipping = json?.items?.[Math.floor(random() * 20)];
      if (!clipping) return;
      await ask("clipping", `/clippings/${clipping.id}`);
      await ask("text", `/clippings/${clipping.id}/text`);
    },
  ],
  [2, () => ask("overview", "/overview")],
  [1, () => ask("coverage", "/overview/coverage")],
  [1, () => ask("region tree", `/regions/tree?parent=${pick(PROVINCES)}`)],
  [1, () => ask("queue", "/review/queue?limit=20")],
  [1, () => ask("regions by name", `/regions?q=${encodeURIComponent(pick(["开封", "zheng", "河南", "惠"]))}`)],
].flatMap(([weight, view]) => new Array(weight).fill(view));

async function reader() {
  await sleep(random() * 1500);
  while (!stopped) {
    await pick(VIEWS)();
    await pause();
  }
}

const decided = [];
async function reviewer(number) {
  const cookie = `jianbao-name=${encodeURIComponent(`复核${number}`)}`;
  while (!stopped) {
    const { json } = await ask("review next", "/review/next", {
      method: "POST",
      body: JSON.stringify({ take: 2 }),
      headers: { cookie },
    });
    const item = json?.items?.[0];
    if (!item) {
      await pause();
      continue;
    }
    await pause();
    const kind = pick(["accept", "accept", "accept", "reject", "correct"]);
    const { id, version, value } = item.figure;
    const body = { kind, figure: id, version, ...(kind === "correct" ? { change: { value: value + 1 } } : {}) };
    const reply = await ask("decide", "/decisions", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { cookie },
    });
    if (reply.status === 201) decided.push(reply.json.decision.id);
  }
}

const ingested = { files: 0, stored: 0 };
async function ingesting() {
  let seed = Date.now() % 2 ** 31;
  while (!stopped) {
    const form = new FormData();
    for (const { text } of clippings({ count: 200, figures: 10, seed: seed++ }))
      form.append("files", new Blob([text]), `${ingested.files++}.txt`);
    const reply = await fetch(`${address}/api/v1/clippings`, {
      method: "POST",
      body: form,
      headers: { "x-jianbao": "1" },
    });
    const { ingest } = await reply.json();
    if (!ingest) throw new Error("nothing was taken");
    for (let state = "running"; !stopped && (state === "running" || state === "waiting"); ) {
      await sleep(1000);
      const { json } = await ask("ingest", `/ingests/${ingest.id}`);
      state = json?.ingest?.state ?? state;
      if (state === "done") ingested.stored += json.ingest.stored;
    }
  }
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const told = (kind, list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const [median, p95, most] = [at(sorted, 0.5), at(sorted, 0.95), sorted.at(-1) ?? 0].map((ms) =>
    ms.toFixed(0).padStart(6),
  );
  console.log(`${kind.padEnd(22)} ${String(list.length).padStart(7)} ${median} ${p95} ${most}`);
};

try {
  for (const path of [
    "/overview",
    "/regions/tree",
    "/overview/coverage",
    "/compare?measure=problem.collected&within=410000",
    "/figures?limit=50",
  ]) {
    const start = performance.now();
    await ask("first", path);
    console.log(`first ${path}: ${Math.round(performance.now() - start)} ms`);
  }
  times.clear();
  const seconds = Number(values.seconds);
  const work = [
    ...Array.from({ length: Number(values.readers) }, reader),
    ...Array.from({ length: Number(values.reviewers) }, (_, number) => reviewer(number)),
    ...(values.ingest ? [ingesting()] : []),
  ];
  const ending = sleep(seconds * 1000).then(() => {
    stopped = true;
  });
  await Promise.all([ending, ...work]);
  console.log(`\n${"ms".padEnd(22)} ${"number".padStart(7)} median    p95   most`);
  for (const [kind, list] of times) told(kind, list);
  const reads = [...times]
    .filter(([kind]) => !["decide", "review next", "ingest"].includes(kind))
    .flatMap(([, list]) => list);
  told("all reads", reads);
  const kept = new Set();
  for (let cursor = ""; cursor !== null; ) {
    const { json } = await ask("decisions", `/decisions?limit=500${cursor ? `&cursor=${cursor}` : ""}`);
    for (const { id } of json.items) kept.add(id);
    cursor = json.next;
  }
  const lost = decided.filter((id) => !kept.has(id)).length;
  console.log(
    `\n${decided.length} decisions, ${lost} lost; ${errors.length} errors; ${ingested.stored} clippings read meanwhile`,
  );
  for (const error of errors.slice(0, 10)) console.log(`  ${error}`);
  process.exitCode = errors.length + lost > 0 ? 1 : 0;
} finally {
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
  rmSync(folder, { recursive: true, force: true });
}
