import { readFileSync } from "node:fs";
import { Converter } from "opencc-js";
import { between, pick } from "./random.mjs";

/** The words that pages are filled with: written for this project, with slots for numbers and names. */
export const texts = JSON.parse(readFileSync(new URL("articles.json", import.meta.url), "utf8"));

const toTraditional = Converter({ from: "cn", to: "t" });
/** One place is named all through an article; people differ. */
const SAME = new Set(["city", "county", "twcity", "month"]);

/** Fills the slots of a text: {n12-90} a whole number, {d} a decimal, {p} a share near 100, {city} and the like a name. */
function fill(text, random, known) {
  return text.replace(/\{(\w+?)(?:(\d+)-(\d+))?\}/g, (_, kind, least, most) => {
    if (least !== undefined) return String(between(random, Number(least), Number(most)));
    if (kind === "d") return (random() * 60 + 1).toFixed(random() < 0.5 ? 1 : 2);
    if (kind === "p") return (random() * 19 + 80.5).toFixed(random() < 0.6 ? 1 : 2);
    const name = known.get(kind) ?? pick(random, texts.names[kind]);
    if (SAME.has(kind)) known.set(kind, name);
    return name;
  });
}

function deeply(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => deeply(each, change));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deeply(each, change)]));
}

/**
 * One article of a script, made of one text or, where a page is large, of the paragraphs of several.
 * Simplified ones stand in for traditional ones where `convert` asks for it.
 */
export function articleOf(script, index, random, convert = false) {
  const pool = texts[convert ? "simplified" : script];
  const [first, ...more] = [index].flat().map((each) => pool[each % pool.length]);
  const joined = {
    ...first,
    body: [first, ...more].flatMap(({ body }) => body),
    heads: [first, ...more].flatMap(({ heads }) => heads),
  };
  const filled = deeply(joined, keepSame(random));
  return convert ? deeply(filled, toTraditional) : filled;
}

export function keepSame(random, known = new Map()) {
  return (text) => fill(text, random, known);
}

/** Rows of a table that adds up: its heading, `count` places, the sum. */
export function tableOf(script, count, random) {
  const { title, unit, head, rows, sum } = texts.tables[script];
  const places = [...texts.names[script === "traditional" ? "twdistrict" : "county"]].slice(0, count);
  const filled = places.map((place) => rows.map((cell, at) => (at === 0 ? place : fill(cell, random, new Map()))));
  const totals = head.map((_, at) => {
    if (at === 0) return sum;
    const total = filled.reduce((all, row) => all + Number(row[at]), 0);
    return head[at].includes("%") ? (total / count).toFixed(1) : String(total);
  });
  return { title, unit: keepSame(random)(unit), rows: [head, ...filled, totals] };
}
