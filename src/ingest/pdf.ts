import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/types/src/pdf.js";
import { ClippingError, type Message, type Source, type SourceLine, type SourcePage } from "../doc/index.js";
import { linesOfWords } from "./image.js";
import { limits } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import type { PageOptions } from "./page-lines.js";
import { linesOfItems, type TextItem } from "./pdf-lines.js";

const require = createRequire(import.meta.url);

/** Folders of pdfjs-dist that text needs: without the CMaps Chinese is lost. */
export function loadOptions(bytes: Uint8Array) {
  const home = dirname(require.resolve("pdfjs-dist/package.json"));
  const folder = (name: string) => `${join(home, name)}/`;
  return {
    data: new Uint8Array(bytes),
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts"),
    wasmUrl: folder("wasm"),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    maxImageSize: limits.imagePixels,
    verbosity: 0,
  };
}

/** Reads a PDF: lines with boxes from its text layer; pages without one by OCR. One bad page does not stop the others. */
export async function ingestPdf(
  bytes: Uint8Array,
  options: PageOptions,
): Promise<{ source: Source; messages: Message[] }> {
  const { path, ocr, signal } = options;
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument(loadOptions(bytes));
  let document: PDFDocumentProxy;
  try {
    document = await task.promise;
  } catch (cause) {
    await task.destroy().catch(() => undefined);
    throw failure(cause as Error, path);
  }
  const messages: Message[] = [];
  const pages: SourcePage[] = [];
  const lines: SourceLine[] = [];
  let text = "";
  try {
    if (document.numPages > limits.pdfPages)
      throw new ClippingError(
        "ingest/too-large",
        path,
        `the PDF has ${document.numPages} pages, more than ${limits.pdfPages}`,
      );
    for (let number = 1; number <= document.numPages; number++) {
      signal?.throwIfAborted();
      try {
        const page = await document.getPage(number);
        const read = await readPage(page, text.length, bytes, options, messages);
        pages.push({
          number,
          start: text.length,
          end: text.length + read.text.length,
          width: read.width,
          height: read.height,
          read: read.how,
        });
        text += `${read.text}\f`;
        lines.push(...read.lines);
        page.cleanup();
      } catch (cause) {
        if (signal?.aborted) throw cause;
        messages.push({
          code: "ingest/page-failed",
          level: "error",
          at: { of: "source", start: text.length, end: text.length },
          detail: `page ${number}: ${(cause as Error).message}`,
          page: number,
        });
      }
    }
    if (pages.length === 0) throw new ClippingError("ingest/damaged", path, "no page of the PDF could be read");
  } finally {
    await task.destroy().catch(() => undefined);
  }
  if (text.trim() === "")
    messages.push({
      code: "ingest/no-text",
      level: "warning",
      at: { of: "source", start: 0, end: 0 },
      detail: ocr ? "neither a text layer nor OCR gave any text" : "no text layer, and OCR is switched off",
    });
  return { source: { kind: "pdf", text, encoding: null, lines, pages, metadata: NOTHING_KNOWN }, messages };
}

interface PageRead {
  readonly text: string;
  readonly lines: SourceLine[];
  readonly width: number;
  readonly height: number;
  readonly how: "text-layer" | "ocr";
}

async function readPage(
  page: PDFPageProxy,
  offset: number,
  bytes: Uint8Array,
  options: PageOptions,
  messages: Message[],
): Promise<PageRead> {
  const { ocr, order, signal } = options;
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const items: TextItem[] = [];
  for (const item of content.items) {
    if (!("str" in item) || item.str === "") continue;
    const [, , c, d, e, f] = item.transform as [number, number, number, number, number, number];
    const size = Math.hypot(c, d) || item.height || 10;
    const [x, y] = viewport.convertToViewportPoint(e, f) as [number, number];
    items.push({ text: item.str, left: x, right: x + item.width, baseline: y, size });
  }
  const readable = items.reduce((sum, item) => sum + (item.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  const garbage = items.reduce(
    (sum, item) => sum + (item.text.match(/[\ufffd\ue000-\uf8ff\u0000-\u0008]/g)?.length ?? 0),
    0,
  );
  if (readable >= limits.pageCharacters && garbage < readable * 0.2) {
    return {
      ...linesOfItems(items, offset, page.pageNumber, order),
      width: viewport.width,
      height: viewport.height,
      how: "text-layer",
    };
  }
  if (!ocr) {
    messages.push({
      code: "ingest/no-text",
      level: "warning",
      at: { of: "source", start: offset, end: offset },
      detail: `page ${page.pageNumber} has no text layer, and OCR is switched off`,
      page: page.pageNumber,
    });
    return { text: "", lines: [], width: viewport.width, height: viewport.height, how: "text-layer" };
  }
  const image = await renderPage(bytes, page.pageNumber);
  const words = await ocr.read(image, { dpi: limits.ocrDpi, ...(signal ? { signal } : {}) });
  messages.push({
    code: "ingest/ocr-used",
    level: "note",
    at: { of: "source", start: offset, end: offset },
    detail: `page ${page.pageNumber} read by ${ocr.name}`,
    page: page.pageNumber,
  });
  return {
    ...linesOfWords(words, offset, page.pageNumber, order),
    width: viewport.width,
    height: viewport.height,
    how: "ocr",
  };
}

/** A page as PNG at the resolution OCR reads. */
async function renderPage(bytes: Uint8Array, number: number): Promise<Uint8Array> {
  const { PDFParse } = await import("pdf-parse");
  const parser = new PDFParse(loadOptions(bytes));
  try {
    const shot = await parser.getScreenshot({
      partial: [number],
      scale: limits.ocrDpi / 72,
      imageDataUrl: false,
      imageBuffer: true,
    });
    const data = shot.pages[0]?.data;
    if (!data) throw new Error("the page could not be rendered");
    return data;
  } finally {
    await parser.destroy();
  }
}

function failure(cause: Error, path: string): ClippingError {
  if (cause.name === "PasswordException")
    return new ClippingError("ingest/encrypted", path, "the PDF asks for a password", { cause });
  return new ClippingError("ingest/damaged", path, `the PDF is broken: ${cause.message}`, { cause });
}
