import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/types/src/pdf.js";
import type { Box, Message, PageContent, PageLine, SourcePage } from "../doc/index.js";
import type { OcrPage } from "../ocr/index.js";
import { contentOfOcr, readingOf } from "./ocr-lines.js";
import type { PageOptions } from "./page-lines.js";
import { type Drawings, drawingsOf } from "./pdf-drawings.js";
import { itemsOf, type TextItem } from "./pdf-items.js";
import { contentOfItems } from "./pdf-lines.js";
import { renderPage } from "./pdf-render.js";
import { BETTER, judgeLayer, type LayerVerdict, likelihoodOf } from "./text-layer.js";

/** A page before its place in the source text is known. */
export interface PageRead {
  readonly content: PageContent;
  readonly page: Pick<SourcePage, "width" | "height" | "read" | "why" | "rules" | "toFile">;
  readonly messages: readonly Pick<Message, "code" | "level" | "detail">[];
}

/** Reads one page from its text layer where that can be believed, else by OCR, or both where pictures hold more. */
export async function readPage(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  options: PageOptions,
): Promise<PageRead> {
  const viewport = page.getViewport({ scale: 1 });
  const items = itemsOf(await page.getTextContent(), viewport);
  const drawings = await drawingsOf(page);
  const verdict = judgeLayer(items, drawings, options.likelihood);
  const layer = fromLayer(items, drawings, viewport, verdict.why);
  if (verdict.read === "layer") return layer;
  const { ocr } = options;
  if (!ocr) return withoutOcr(layer, verdict, "OCR is switched off");
  const { png, dpi } = await renderPage(document, page, drawings.scanDpi);
  const read = await ocr.read(png, { dpi, ...(options.signal ? { signal: options.signal } : {}) });
  if (read.outcome !== "read") return withoutOcr(layer, verdict, `OCR found it ${read.outcome}`);
  if (verdict.read === "both") return merged(layer, read, verdict);
  if (verdict.read === "compare" && !isBetter(read, items, options)) {
    const why = `${verdict.why}; OCR reads it no better`;
    return { ...layer, page: { ...layer.page, why } };
  }
  return fromOcr(read, verdict.why);
}

function fromLayer(
  items: readonly TextItem[],
  drawings: Drawings,
  { width, height }: { width: number; height: number },
  why: string,
): PageRead {
  const { rules } = drawings;
  return {
    content: contentOfItems(items, { width, height, ...drawings }),
    page: { width, height, read: "text-layer", why, ...(rules.length > 0 ? { rules } : {}) },
    messages: [],
  };
}

function fromOcr(read: OcrPage, why: string): PageRead {
  const { width, height, rules, toImage } = read;
  const told = `${why}; ${readingOf(read)}`;
  return {
    content: contentOfOcr(read),
    page: {
      width,
      height,
      read: "ocr",
      why: told,
      ...(rules.length > 0 ? { rules } : {}),
      ...(toImage ? { toFile: toImage } : {}),
    },
    messages: [{ code: "ingest/ocr-used", level: "note", detail: told }],
  };
}

/** What the layer has, for want of anything better; nonsense is left out. */
function withoutOcr(layer: PageRead, verdict: LayerVerdict, want: string): PageRead {
  const why = `${verdict.why}; ${want}`;
  const lines = verdict.read === "ocr" ? [] : layer.content.lines;
  return {
    content: { ...layer.content, lines },
    page: { ...layer.page, why },
    messages: [{ code: "ingest/no-text", level: "warning", detail: why }],
  };
}

/** Whether OCR makes likelier Chinese of a page than the layer that another OCR made. */
function isBetter(read: OcrPage, items: readonly TextItem[], { likelihood }: PageOptions): boolean {
  if (!likelihood) return true;
  const ours = likelihoodOf(read.lines.map((line) => line.text).join(""), likelihood);
  const theirs = likelihoodOf(items.map((item) => item.text).join(""), likelihood);
  return ours !== undefined && ours > (theirs ?? Number.NEGATIVE_INFINITY) + BETTER;
}

/** The layer's lines, and those of OCR that stand where the layer has none. */
function merged(layer: PageRead, read: OcrPage, verdict: LayerVerdict): PageRead {
  const taken = layer.content.lines.map((line) => line.box);
  const content = contentOfOcr(read);
  if (read.toImage || content.turn !== layer.content.turn) return fromOcr(read, verdict.why);
  const more = content.lines.filter((line) => !taken.some((box) => covers(box, line)));
  const why = `${verdict.why}; pictures ${readingOf(read)}`;
  return {
    content: {
      ...layer.content,
      lines: [...layer.content.lines, ...more],
      rules: [...layer.content.rules, ...read.rules],
    },
    page: { ...layer.page, read: more.length > 0 ? "ocr" : "text-layer", why },
    messages: [{ code: "ingest/ocr-used", level: "note", detail: why }],
  };
}

function covers(box: Box, line: PageLine): boolean {
  const [left, top, right, bottom] = line.box;
  const width = Math.min(box[2], right) - Math.max(box[0], left);
  const height = Math.min(box[3], bottom) - Math.max(box[1], top);
  return width > 0 && height > 0 && width * height > (right - left) * (bottom - top) * 0.4;
}
