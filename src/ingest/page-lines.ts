import { OffsetMap, type PageContent, type PageOrder, type SourceLine } from "../doc/index.js";
import type { OcrEngine } from "../ocr/index.js";
import type { Likelihood } from "./text-layer.js";

/** What stands on a page, in reading order, as source text from `offset` on. Without an order, in the order it came. */
export function placeLines(
  content: PageContent,
  offset: number,
  page: number,
  order: PageOrder | undefined,
): { text: string; lines: SourceLine[] } {
  const ordered = order ? order(content) : content.lines.map((line) => ({ ...line, region: 0 }));
  const lines: SourceLine[] = [];
  let text = "";
  for (const line of ordered) {
    lines.push({ ...line, page, map: OffsetMap.identity(line.text.length, offset + text.length) });
    text += `${line.text}\n`;
  }
  return { text, lines };
}

/** `number` counts from 1; `of` is how many pages there are. */
export type OnPage = (number: number, of: number) => void;

/** What readers of pages need beside the bytes. */
export interface PageOptions {
  readonly path: string;
  readonly ocr?: OcrEngine;
  readonly order?: PageOrder;
  /** Tells text layers of nonsense and of poor OCR from good ones. */
  readonly likelihood?: Likelihood;
  readonly signal?: AbortSignal;
  /** Told after each page. */
  readonly onPage?: OnPage;
}
