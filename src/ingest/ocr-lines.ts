import type { SourceLine } from "../doc/index.js";
import type { OcrLine, OcrPage } from "../ocr/index.js";
import { type PageLine, type PageOrder, placeLines } from "./page-lines.js";

/** The lines of a page as OCR read it, in reading order; `offset` is where the page starts in the source text. */
export function linesOfOcr(
  page: OcrPage,
  offset: number,
  number: number,
  order?: PageOrder,
): { text: string; lines: SourceLine[] } {
  return placeLines(page.lines.map(toPageLine), offset, number, order);
}

function toPageLine(line: OcrLine): PageLine {
  let end = 0;
  const words = line.characters.map(({ text, box, confidence }) => {
    const start = end;
    end += text.length;
    return { start, end, box, confidence };
  });
  return {
    text: line.text,
    box: line.box,
    words: words.filter((word) => line.text.slice(word.start, word.end).trim() !== ""),
    ...(line.vertical ? { vertical: true } : {}),
    ...(line.doubts.length > 0 ? { doubts: line.doubts } : {}),
  };
}
