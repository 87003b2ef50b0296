import type { Sentence } from "../doc/index.js";

const ENDS = new Set([..."。！？!?"].map((char) => char.charCodeAt(0)));
const CLOSERS = new Set([..."”’）】》)"].map((char) => char.charCodeAt(0)));
const COMMAS = new Set([..."，；：,;—"].map((char) => char.charCodeAt(0)));

/** Sentences end at 。！？, clauses at ，；： and dashes. Brackets do not cut; 、 does not. */
export function sentencesOfChinese(text: string, start: number, end: number): Sentence[] {
  const sentences: Sentence[] = [];
  let from = start;
  let clauses: { start: number; end: number }[] = [];
  let clause = start;
  const closeClause = (at: number) => {
    if (at > clause) clauses.push({ start: clause, end: at });
    clause = at + 1;
  };
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x3400 && code <= 0x9fff) continue;
    if (ENDS.has(code)) {
      closeClause(at);
      let close = at + 1;
      while (close < end && (CLOSERS.has(text.charCodeAt(close)) || ENDS.has(text.charCodeAt(close)))) close++;
      sentences.push({ start: from, end: close, clauses });
      from = close;
      clause = close;
      clauses = [];
      at = close - 1;
    } else if (COMMAS.has(code) && !(isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1)))) {
      closeClause(at);
    }
  }
  closeClause(end);
  if (clauses.length > 0) sentences.push({ start: from, end, clauses });
  return sentences;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
