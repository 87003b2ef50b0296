import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/types/src/pdf.js";
import sharp from "sharp";
import { limits } from "./limits.js";

/** What the canvas of pdfjs-dist is in Node: one of @napi-rs/canvas. */
interface Factory {
  create(
    width: number,
    height: number,
  ): {
    canvas: object;
    context: { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } };
  };
  destroy(entry: object): void;
}

/**
 * A page as grey PNG for OCR, with its resolution: that of the scan it shows,
 * within what OCR reads well, else 200 dpi; less for very large sheets.
 */
export async function renderPage(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  scanned: number | undefined,
): Promise<{ png: Uint8Array; dpi: number }> {
  const size = page.getViewport({ scale: 1 });
  const wanted = scanned ? Math.min(limits.ocrDpiMost, Math.max(limits.ocrDpiLeast, scanned)) : limits.ocrDpi;
  const inches = (size.width / 72) * (size.height / 72);
  const dpi = Math.round(Math.min(wanted, Math.sqrt(limits.renderedPixels / inches)));
  const viewport = page.getViewport({ scale: dpi / 72 });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const factory = document.canvasFactory as Factory;
  const entry = factory.create(width, height);
  try {
    await page.render({ canvas: entry.canvas as HTMLCanvasElement, viewport }).promise;
    const { data } = entry.context.getImageData(0, 0, width, height);
    const png = await sharp(data, { raw: { width, height, channels: 4 } })
      .flatten({ background: "#fff" })
      .greyscale()
      .png({ compressionLevel: 1 })
      .toBuffer();
    return { png, dpi };
  } finally {
    factory.destroy(entry);
  }
}
