import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PDFDocumentProxy } from "pdfjs-dist/types/src/pdf.js";
import { ClippingError, type Message, type Source, type SourceLine, type SourcePage } from "../doc/index.js";
import { limits } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { type PageOptions, placeLines } from "./page-lines.js";
import { type PageRead, readPage } from "./pdf-page.js";

const require = createRequire(import.meta.url);

/** Folders of pdfjs-dist that reading needs: without the CMaps Chinese is lost, without wasm JPEG 2000. */
export function loadOptions(bytes: Uint8Array) {
  const home = dirname(require.resolve("pdfjs-dist/package.json"));
  const folder = (name: string) => `${join(home, name)}/`;
  return {
    data: new Uint8Array(bytes),
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts"),
    wasmUrl: folder("wasm"),
    iccUrl: folder("iccs"),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    maxImageSize: limits.imagePixels,
    verbosity: 0,
  };
}

/** After this many pages fonts and images are let go, so that memory does not grow with the document. */
const PAGES_BETWEEN_CLEANUPS = 25;

/** One page of a PDF as a picture, with its resolution. */
export async function pictureOfPage(bytes: Uint8Array, number: number): Promise<{ png: Uint8Array; dpi: number }> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const { renderPage } = await import("./pdf-render.js");
  const task = getDocument(loadOptions(bytes));
  try {
    const document = await task.promise;
    return await renderPage(document, await document.getPage(number), undefined);
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

/** Reads a PDF page by page, from text layers or by OCR. One bad page does not stop the others. */
export async function ingestPdf(
  bytes: Uint8Array,
  options: PageOptions,
): Promise<{ source: Source; messages: Message[] }> {
  const { path, ocr } = options;
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument(loadOptions(bytes));
  let document: PDFDocumentProxy;
  try {
    document = await task.promise;
  } catch (cause) {
    await task.destroy().catch(() => undefined);
    throw failure(cause as Error, path);
  }
  const reading = new Reading(options);
  try {
    if (document.numPages > limits.pdfPages)
      throw new ClippingError(
        "ingest/too-large",
        path,
        `the PDF has ${document.numPages} pages, more than ${limits.pdfPages}`,
      );
    await reading.pagesOf(document);
  } finally {
    await task.destroy().catch(() => undefined);
  }
  const { text, lines, pages, messages } = reading;
  if (pages.length === 0) throw new ClippingError("ingest/damaged", path, "no page of the PDF could be read");
  if (text.trim() === "")
    messages.push({
      code: "ingest/no-text",
      level: "warning",
      at: { of: "source", start: 0, end: 0 },
      detail: ocr ? "neither a text layer nor OCR gave any text" : "no text layer, and OCR is switched off",
    });
  return { source: { kind: "pdf", text, encoding: null, lines, pages, metadata: NOTHING_KNOWN }, messages };
}

/** What has been read of a document so far. */
class Reading {
  text = "";
  readonly lines: SourceLine[] = [];
  readonly pages: SourcePage[] = [];
  readonly messages: Message[] = [];

  constructor(private readonly options: PageOptions) {}

  /** Reads as many pages at once as OCR does, and adds them in order. */
  async pagesOf(document: PDFDocumentProxy): Promise<void> {
    const atOnce = this.options.ocr?.atOnce ?? 1;
    const { numPages } = document;
    const ahead: Promise<PageRead | Error>[] = [];
    let added = 0;
    for (let number = 1; number <= numPages; number++) {
      ahead.push(this.page(document, number));
      const isRest = number === numPages || number % PAGES_BETWEEN_CLEANUPS === 0;
      while (ahead.length >= (isRest ? 1 : atOnce)) {
        const read = await (ahead.shift() as (typeof ahead)[number]);
        this.options.signal?.throwIfAborted();
        this.add(++added, read);
        this.options.onPage?.(added, numPages);
      }
      // which no page may be in hand for
      if (isRest) await document.cleanup();
    }
  }

  private async page(document: PDFDocumentProxy, number: number): Promise<PageRead | Error> {
    try {
      const page = await document.getPage(number);
      const read = await readPage(document, page, this.options);
      page.cleanup();
      return read;
    } catch (cause) {
      return cause as Error;
    }
  }

  private add(number: number, read: PageRead | Error): void {
    const start = this.text.length;
    if (read instanceof Error) {
      this.tell({ code: "ingest/page-failed", level: "error", detail: read.message }, number, start);
      return;
    }
    const placed = placeLines(read.content, start, number, this.options.order);
    this.text += `${placed.text}\f`;
    for (const line of placed.lines) this.lines.push(line);
    this.pages.push({ number, start, end: start + placed.text.length, ...read.page });
    for (const message of read.messages) this.tell(message, number, start);
  }

  private tell({ code, level, detail }: Pick<Message, "code" | "level" | "detail">, page: number, start: number): void {
    const at = { of: "source", start, end: start } as const;
    this.messages.push({ code, level, at, detail: `page ${page}: ${detail}`, page });
  }
}

function failure(cause: Error, path: string): ClippingError {
  if (cause.name === "PasswordException")
    return new ClippingError("ingest/encrypted", path, "the PDF asks for a password", { cause });
  return new ClippingError("ingest/damaged", path, `the PDF is broken: ${cause.message}`, { cause });
}
