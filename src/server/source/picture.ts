import sharp from "sharp";
import type { Box } from "../../doc/index.js";
import { limits } from "../../ingest/limits.js";
import { loadOptions } from "../../ingest/pdf.js";

/** Pixels of one picture of a page: more is nothing a screen shows. */
const MOST_PIXELS = 16_000_000;

/** What the canvas of pdfjs-dist is in Node. */
interface Factory {
  create(width: number, height: number): { readonly canvas: { toBuffer(type: string): Buffer } };
  destroy(entry: object): void;
}

/** A page of a PDF as PNG, so many pixels wide. Scripts, forms and annotations of the PDF are left out. */
export async function pdfPicture(bytes: Uint8Array, number: number, width: number): Promise<Buffer> {
  const { getDocument, AnnotationMode } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument(loadOptions(bytes));
  try {
    const document = await task.promise;
    const page = await document.getPage(number);
    const size = page.getViewport({ scale: 1 });
    const scale = Math.min(width / size.width, Math.sqrt(MOST_PIXELS / (size.width * size.height)));
    const viewport = page.getViewport({ scale });
    const factory = document.canvasFactory as Factory;
    const entry = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height));
    try {
      const canvas = entry.canvas as unknown as HTMLCanvasElement;
      await page.render({ canvas, viewport, annotationMode: AnnotationMode.DISABLE }).promise;
      return entry.canvas.toBuffer("image/png");
    } finally {
      factory.destroy(entry);
    }
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

/** A scan or photo as PNG, upright as it says itself, at most so many pixels wide; nothing of its metadata is kept. */
export async function scanPicture(bytes: Uint8Array, width: number): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: limits.imagePixels, failOn: "error" })
    .rotate()
    .flatten({ background: "#fff" })
    .resize({ width, withoutEnlargement: true })
    .png()
    .toBuffer();
}

/** A part of a page's picture: `box` in points, of a page so many points wide and high. */
export async function cut(
  png: Uint8Array,
  page: { readonly width: number; readonly height: number },
  box: Box,
  pad: number,
  most: number,
): Promise<Buffer> {
  const image = sharp(png);
  const { width = 1, height = 1 } = await image.metadata();
  const [x, y] = [width / page.width, height / page.height];
  const left = clamp(Math.floor((box[0] - pad) * x), 0, width - 1);
  const top = clamp(Math.floor((box[1] - pad) * y), 0, height - 1);
  const right = clamp(Math.ceil((box[2] + pad) * x), left + 1, width);
  const bottom = clamp(Math.ceil((box[3] + pad) * y), top + 1, height);
  return image
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize({ width: most, withoutEnlargement: true })
    .png()
    .toBuffer();
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
