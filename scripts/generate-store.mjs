#!/usr/bin/env node
// Fills a store with made clippings: node scripts/generate-store.mjs FILE [--clippings 100000] [--figures 10] [--seed 1]
//
// For measuring only (bench/store.mjs). Each clipping is a report of a county, city or province for a month, of about
// 1,500 characters: sentences with figures of the catalogue's indicators, and between them sentences of the corpus. Every
// thirtieth is a repost of an earlier one with small edits. What a seed makes is always the same. They go in through the
// Store port, as what was extracted; npm run build comes first.
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { corpusText } from "../bench/corpus-text.mjs";
import { allRegions, indicators, regionLabel } from "../dist/catalogue/index.js";
import { openSqliteStore } from "../dist/store/index.js";

const RUN = { version: "0.0.0-made", catalogue: "made" };
const BATCH = 200;
/** One clipping of so many is a repost. */
const REPOSTS = 30;
const LENGTH = 1500;

/** Random numbers from a seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sentences = [...new Set(corpusText.split(/(?<=。)|\n/))].filter(
  (sentence) => /[\u4e00-\u9fff]/.test(sentence) && sentence.length > 12 && !/\d/.test(sentence),
);

/** Values as reports have them: counts of tens to ten thousands, shares, sums of money. */
function madeValue(unit, random) {
  if (unit === "percent") return Math.round(700 + random() * 300) / 10;
  if (unit === "count") return Math.round(10 ** (1 + random() * 3));
  return Math.round(10 ** (5 + random() * 4));
}

/** The clippings of a seed, one after another, as they would come from extraction. */
export function* clippings({ count, figures, seed }) {
  const random = randomOf(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const regions = allRegions().map(({ code }) => code);
  const catalogue = indicators();
  const recent = [];
  for (let number = 0; number < count; number++) {
    if (number % REPOSTS === REPOSTS - 1) {
      yield repostOf(pick(recent), number);
      continue;
    }
    const region = pick(regions);
    const month = `${2018 + Math.floor(random() * 7)}-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}`;
    const made = clippingOf({ number, region, month, figures, pick, random, catalogue });
    recent.push(made);
    if (recent.length > 512) recent.shift();
    yield made;
  }
}

function clippingOf({ number, region, month, figures, pick, random, catalogue }) {
  const name = regionLabel(region);
  const title = `${name}${month}企业服务简报第${number}期`;
  const parts = [title, "\n"];
  let length = title.length + 1;
  const found = [];
  const add = (text) => {
    parts.push(text);
    length += text.length;
  };
  while (found.length < figures || length < LENGTH) {
    if (found.length < figures && random() < 0.4) {
      const indicator = pick(catalogue);
      const value = madeValue(indicator.unit, random);
      const quote = `${indicator.label}${value}${indicator.unit === "percent" ? "%" : ""}`;
      add(`截至${month}，${name}`);
      found.push({
        indicator: indicator.id,
        value,
        unit: indicator.unit === "money" ? "CNY" : indicator.unit,
        qualifier: random() < 0.9 ? "exact" : "over",
        region,
        period: random() < 0.5 ? `../${month}` : `${month.slice(0, 4)}-01/${month}`,
        scope: random() < 0.2 ? "重点企业" : null,
        status: random() < 0.95 ? "actual" : "planned",
        confidence: Math.round(50 + random() * 50) / 100,
        quote,
        at: { of: "source", start: length, end: length + quote.length },
        page: null,
        box: null,
        article: 0,
        grounding: "exact",
        findings: [],
      });
      add(`${quote}。`);
    } else add(pick(sentences));
  }
  const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
  return extracted(parts.join(""), number, found, {
    title,
    publisher: `${name}人民政府网`,
    published: `${month}-${day}`,
    region,
    url: null,
  });
}

/** The same report on another site. */
function repostOf(original, number) {
  const text = `${original.text}\n来源：某某网 编辑：张三 第${number}号`;
  return extracted(text, number, original.figures, { ...original.about, publisher: "某某网" });
}

function extracted(text, number, figures, about) {
  return {
    id: createHash("sha256").update(text).digest("hex"),
    path: `made/${String(Math.floor(number / 1000)).padStart(4, "0")}/${String(number).padStart(7, "0")}.txt`,
    bytes: Buffer.byteLength(text),
    kind: "text",
    encoding: "utf-8",
    about,
    text,
    normalText: text,
    pages: [],
    articles: [{ title: about.title, start: 0, end: text.length }],
    figures,
    messages: [],
  };
}

/** Fills an open store; returns the milliseconds each thousand took. */
export async function fill(store, options, progress = () => {}) {
  const times = [];
  let batch = [];
  let begun = performance.now();
  let done = 0;
  const flush = async () => {
    if (batch.length > 0) await store.saveAll(batch, RUN);
    batch = [];
  };
  for (const clipping of clippings(options)) {
    batch.push(clipping);
    done++;
    if (batch.length === BATCH) await flush();
    if (done % 1000 === 0) {
      await flush();
      times.push(performance.now() - begun);
      begun = performance.now();
      progress(done, times.at(-1));
    }
  }
  await flush();
  return times;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      clippings: { type: "string", default: "100000" },
      figures: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
    },
  });
  const [file] = positionals;
  if (!file) {
    console.error("node scripts/generate-store.mjs FILE [--clippings 100000] [--figures 10] [--seed 1]");
    process.exit(2);
  }
  const store = await openSqliteStore(file);
  const options = { count: Number(values.clippings), figures: Number(values.figures), seed: Number(values.seed) };
  await fill(store, options, (done, ms) => {
    if (done % 5000 === 0) console.error(`${done} clippings, ${(ms / 1000).toFixed(2)} ms each`);
  });
  const status = await store.status();
  console.log(`${status.clippings} clippings, ${status.figures} figures, ${status.reposts} reposts → ${file}`);
  await store.close();
}
