import type { Figure, Source, SourceLine } from "./doc/index.js";
import { eachLine } from "./ingest/index.js";
import type { Extraction } from "./pipeline.js";

/** Characters that are read at a time: what a pass remembers stays small however long the text is. */
const PART = 200_000;

/** Whether a text is read in parts. Pages, and markup, know their own bounds and stay whole. */
export const isLong = (source: Source): boolean => source.kind === "text" && source.text.length > 2 * PART;

/** The lines of a long text in parts of about the same length, cut at an empty line where one is near. */
export function* partsOf(source: Source): Generator<Source> {
  const { kind, text, encoding, pages, metadata } = source;
  const part = (lines: readonly SourceLine[]): Source => ({ kind, text, encoding, pages, metadata, lines });
  let lines: SourceLine[] = [];
  let size = 0;
  let blank = 0;
  for (const line of eachLine(text)) {
    lines.push(line);
    size += line.text.length + 1;
    if (line.text.trim() === "" && size > PART / 2) blank = lines.length - 1;
    if (size < PART) continue;
    const cut = blank > 0 ? blank : lines.length;
    yield part(lines.slice(0, cut));
    lines = lines.slice(cut);
    size = lines.reduce((sum, { text }) => sum + text.length + 1, 0);
    blank = 0;
  }
  if (lines.length > 0) yield part(lines);
}

/** What the parts of one text gave, as one extraction: articles counted through, the same figure told once. */
export function joined(parts: readonly Extraction[]): Extraction {
  const [first] = parts;
  if (!first) throw new RangeError("a text has at least one part");
  const figures = new Map<string, Figure>();
  let articles = 0;
  for (const part of parts) {
    for (const figure of part.figures) {
      const known = figures.get(keyOf(figure));
      if (!known || figure.confidence > known.confidence)
        figures.set(keyOf(figure), { ...figure, article: figure.article + articles });
    }
    articles += part.articles.length;
  }
  return {
    ...first,
    // put together only when somebody reads it: a copy of a long text is as long again
    normalText: parts.slice(1).reduce((text, part) => `${text}\n${part.normalText}`, first.normalText),
    repairs: parts.flatMap((part) => part.repairs),
    articles: parts.flatMap((part) => part.articles),
    figures: [...figures.values()].sort((a, b) => a.at.start - b.at.start),
  };
}

const keyOf = ({ indicator, value, unit, region, period, scope, status }: Figure): string =>
  [indicator, value, unit, region, period, scope === null, status].join("|");
