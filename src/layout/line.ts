import { around, type Box, type PageLine } from "../doc/index.js";

/** The words `[from, to)` of a line as a line of their own, with the text between them. */
export function partOf(line: PageLine, from: number, to: number): PageLine {
  const start = from === 0 ? 0 : (line.words[from]?.start ?? 0);
  const end = to >= line.words.length ? line.text.length : (line.words[to]?.start ?? line.text.length);
  const text = line.text.slice(start, end).trimEnd();
  const words = line.words
    .slice(from, to)
    .map((word) => ({ ...word, start: word.start - start, end: Math.min(word.end - start, text.length) }));
  const doubts = (line.doubts ?? []).filter((doubt) => doubt.start >= start && doubt.end <= start + text.length);
  return {
    ...line,
    text,
    box: around(words.map((word) => word.box)) ?? line.box,
    words,
    ...(line.doubts ? { doubts: doubts.map((doubt) => shifted(doubt, -start)) } : {}),
  };
}

/** Lines one after the other as one, with `glue` between them; groups of one line each, or of several or none. */
export function lineOf(groups: readonly (readonly PageLine[])[], glue = ""): PageLine {
  let text = "";
  const words: PageLine["words"][number][] = [];
  const doubts: NonNullable<PageLine["doubts"]>[number][] = [];
  groups.forEach((lines, at) => {
    if (at > 0) text += glue;
    for (const line of lines) {
      words.push(...line.words.map((word) => shifted(word, text.length)));
      doubts.push(...(line.doubts ?? []).map((doubt) => shifted(doubt, text.length)));
      text += line.text;
    }
  });
  const box = around(groups.flat().map((line) => line.box)) ?? [0, 0, 0, 0];
  const vertical = groups.flat().some((line) => line.vertical);
  return { text, box, words, ...(vertical ? { vertical } : {}), ...(doubts.length > 0 ? { doubts } : {}) };
}

/** A line with all its boxes moved. */
export const moved = <T extends PageLine>(line: T, change: (box: Box) => Box): T => ({
  ...line,
  box: change(line.box),
  words: line.words.map((word) => ({ ...word, box: change(word.box) })),
  ...(line.doubts ? { doubts: line.doubts.map((doubt) => ({ ...doubt, box: change(doubt.box) })) } : {}),
});

const shifted = <T extends { readonly start: number; readonly end: number }>(span: T, by: number): T => ({
  ...span,
  start: span.start + by,
  end: span.end + by,
});
