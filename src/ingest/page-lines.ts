import { type Box, type Doubt, OffsetMap, type SourceLine } from "../doc/index.js";
import type { OcrEngine } from "../ocr/index.js";

/** A line of a page before its place in the source text is known. */
export interface PageLine {
  readonly text: string;
  readonly box: Box;
  readonly words: readonly {
    readonly start: number;
    readonly end: number;
    readonly box: Box;
    readonly confidence?: number;
  }[];
  readonly vertical?: boolean;
  readonly doubts?: readonly Doubt[];
}

/** Puts lines with boxes in reading order, in runs that each stand in one column. */
export type PageOrder = (lines: readonly SourceLine[]) => readonly (readonly SourceLine[])[];

/** The lines of a page, in reading order, as source text from `offset` on. */
export function placeLines(
  lines: readonly PageLine[],
  offset: number,
  page: number,
  order: PageOrder | undefined,
): { text: string; lines: SourceLine[] } {
  const loose = lines.map((line) => ({ ...line, map: OffsetMap.identity(line.text.length), page }));
  const ordered = order ? order(loose).flat() : loose;
  const placed: SourceLine[] = [];
  let text = "";
  for (const line of ordered) {
    placed.push({ ...line, map: OffsetMap.identity(line.text.length, offset + text.length) });
    text += `${line.text}\n`;
  }
  return { text, lines: placed };
}

/** What readers of pages need beside the bytes. */
export interface PageOptions {
  readonly path: string;
  readonly ocr?: OcrEngine;
  readonly order?: PageOrder;
  readonly signal?: AbortSignal;
}
