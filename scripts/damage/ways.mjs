// The ways in which sites spoil Chinese text on its GBK bytes.
import { readFileSync } from "node:fs";
import * as O from "opencc-js";

const toTraditional = O.Converter({ from: "cn", to: "t" });
/** Simplified characters that such sites leave: several traditional ones answer to them. */
const STAY = new Set("后干余云里系于台");
const readings = JSON.parse(readFileSync(new URL("../../schemas/pinyin.json", import.meta.url), "utf8")).readings;
const readingOf = new Map();
for (const [reading, chars] of Object.entries(readings))
  for (const char of chars) if (!readingOf.has(char)) readingOf.set(char, reading);

/** Character by character, as step one of the damage does. */
export const oneToOne = (text) => [...text].map((char) => (STAY.has(char) ? char : toTraditional(char))).join("");

/** A small generator with a seed, 0 ≤ x < 1. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Bytes → text as careless decoders do: an orphan lead byte takes the ASCII behind it along. */
export function decode(bytes, { charOf }) {
  let text = "";
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at];
    if (lead < 0x80) text += String.fromCharCode(lead);
    else {
      const trail = bytes[at + 1];
      if (trail >= 0x40 && trail !== 0x7f) text += charOf(lead, trail) ?? "";
      else text += "?";
      at++;
    }
  }
  return text;
}

const halfWidth = (text) =>
  text.replace(
    /[，：；？！（）]/g,
    (mark) => ({ "，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")" })[mark],
  );

/** A: `T` → `T(pinyin)` for the characters of a table, at any byte; undefined where nothing misfires. */
export function annotate(line, random, gbk) {
  const bytes = gbk.encodeGbk(oneToOne(line));
  if (!bytes) return undefined;
  const table = [...readingOf.keys()].filter(() => random() < 0.12);
  const byPair = new Map();
  for (const char of table) {
    const pair = gbk.encodeGbk(char);
    if (pair) byPair.set((pair[0] << 8) | pair[1], gbk.encodeGbk(`(${readingOf.get(char)})`));
  }
  const out = [];
  let misfired = false;
  let step = 0;
  for (let at = 0; at < bytes.length; at++) {
    const starts = step === 0;
    step = bytes[at] >= 0x80 && starts ? 1 : 0;
    out.push(bytes[at]);
    const annotation = byPair.get((bytes[at] << 8) | bytes[at + 1]);
    if (!annotation || (starts && step === 0)) continue;
    out.push(bytes[at + 1], ...annotation);
    if (!starts) {
      misfired = true;
      step = bytes[at + 1] >= 0x80 ? 1 : 0;
    } else step = 0;
    at++;
  }
  if (!misfired) return undefined;
  const text = halfWidth(decode(out, gbk));
  return { text, simplified: O.Converter({ from: "t", to: "cn" })(text) };
}

/** B: the page is split at the bytes of ！ and ？ wherever they stand, and put together again. */
export function cutAtMarks(line, gbk) {
  const bytes = gbk.encodeGbk(line);
  if (!bytes) return undefined;
  let text = "";
  let from = 0;
  let misfired = false;
  let step = 0;
  for (let at = 0; at < bytes.length; at++) {
    const isMark = bytes[at] === 0xa3 && (bytes[at + 1] === 0xa1 || bytes[at + 1] === 0xbf);
    const isReal =
      (bytes[at] === 0xa1 && (bytes[at + 1] === 0xa3 || bytes[at + 1] === 0xa2)) ||
      (bytes[at] === 0xa3 && (bytes[at + 1] === 0xac || bytes[at + 1] === 0xbb));
    const aligned = step === 0;
    step = bytes[at] >= 0x80 && aligned ? 1 : 0;
    if (isMark) {
      if (!aligned) misfired = true;
      text += piece(bytes.slice(from, at), gbk) + (bytes[at + 1] === 0xa1 ? "！" : "？");
      from = at + 2;
      at++;
      step = 0;
    } else if (isReal && aligned && bytes.slice(from, at).length > 0) {
      text += piece(bytes.slice(from, at), gbk) + gbk.charOf(bytes[at], bytes[at + 1]);
      from = at + 2;
      at++;
      step = 0;
    }
  }
  text += piece(bytes.slice(from), gbk);
  return misfired ? { text } : undefined;
}

/** A piece of bytes for itself: an orphan at its end becomes `?`. */
const piece = (bytes, gbk) => decode(bytes, gbk);

/** A stretch in mid-sentence read one byte off: an orphan before and behind. */
export function shift(line, random, gbk) {
  const runs = [...line.matchAll(/[\u4e00-\u9fff]{8,}/g)];
  const run = runs[Math.floor(random() * runs.length)];
  if (!run) return undefined;
  const length = 4 + Math.floor(random() * Math.min(5, run[0].length - 5));
  const start = run.index + 1 + Math.floor(random() * (run[0].length - length - 1));
  const bytes = gbk.encodeGbk(line.slice(start, start + length));
  if (!bytes) return undefined;
  return { text: `${line.slice(0, start)}?${decode(bytes.slice(1, -1), gbk)}?${line.slice(start + length)}` };
}

/** UTF-8 bytes decoded as GBK. */
export const misreadUtf8 = (line) => ({ text: new TextDecoder("gb18030").decode(new TextEncoder().encode(line)) });

/** Levenshtein's distance. */
export function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
