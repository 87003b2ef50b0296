import type { Sentence } from "../doc/index.js";

/** Words with a full stop that ends no sentence. */
const ABBREVIATIONS =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Co|Ltd|Inc|Corp|No|Nos|vs|etc|e\.g|i\.e|U\.S|U\.K|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|Gov|Gen|Sen|Rep|Jr|Sr|[A-Z])$/;

/**
 * Sentences end at . ! ? before a space and a capital, digit or quote; clauses
 * at commas that stand in no number, at semicolons, colons and dashes.
 */
export function sentencesOfEnglish(text: string, start: number, end: number): Sentence[] {
  const sentences: Sentence[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const char = text[at] ?? "";
    if (char !== "." && char !== "!" && char !== "?") continue;
    let close = at + 1;
    while (close < end && /["'”’)\]]/.test(text[close] ?? "")) close++;
    if (close < end && !/\s/.test(text[close] ?? "")) continue;
    if (
      char === "." &&
      ABBREVIATIONS.test(text.slice(Math.max(from, at - 8), at)) &&
      !/^\s+["“]?[A-Z][a-z]+ (?:is|was|has|had|will)\b/.test(text.slice(close, close + 24))
    )
      continue;
    const next = /\S/.exec(text.slice(close, close + 4))?.[0] ?? "A";
    if (/[a-z,;]/.test(next)) continue;
    sentences.push({ start: from, end: close, clauses: clausesOf(text, from, close) });
    while (close < end && /\s/.test(text[close] ?? "")) close++;
    from = close;
    at = close - 1;
  }
  if (from < end && text.slice(from, end).trim())
    sentences.push({ start: from, end, clauses: clausesOf(text, from, end) });
  return sentences;
}

function clausesOf(text: string, start: number, end: number): { start: number; end: number }[] {
  const clauses: { start: number; end: number }[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const char = text[at] ?? "";
    const cuts =
      char === ";" ||
      char === ":" ||
      char === "–" ||
      char === "—" ||
      (char === "-" && text[at + 1] === "-") ||
      (char === "," && !/\d/.test(text[at + 1] ?? ""));
    if (!cuts) continue;
    if (at > from) clauses.push({ start: from, end: at });
    from = at + 1;
  }
  if (end > from) clauses.push({ start: from, end });
  return clauses;
}
