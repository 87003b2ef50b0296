import type { PageContent, PageLine } from "../doc/index.js";
import type { OcrLine, OcrPage } from "../ocr/index.js";

/** What stands on a page as OCR read it. A page most of whose characters are set from top to bottom is read from the right. */
export function contentOfOcr(page: OcrPage): PageContent {
  const size = (vertical: boolean) =>
    page.lines.filter((line) => line.vertical === vertical).reduce((sum, line) => sum + line.text.length, 0);
  return {
    width: page.width,
    height: page.height,
    lines: page.lines.map(toPageLine),
    rules: page.rules,
    pictures: [],
    turn: size(true) > size(false) ? 1 : 0,
  };
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

/** By which engine a page was read, and how it was made ready. */
export function readingOf({ engine, preparations }: OcrPage): string {
  return `read by ${engine}${preparations.length > 0 ? ` (${preparations.join(", ")})` : ""}`;
}
