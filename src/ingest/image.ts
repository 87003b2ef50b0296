import sharp from "sharp";
import { ClippingError, type Message, type Source } from "../doc/index.js";
import { limits } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { contentOfOcr } from "./ocr-lines.js";
import { type PageOptions, placeLines } from "./page-lines.js";

/** Reads a scan or photo by OCR. Boxes in points. */
export async function ingestImage(
  bytes: Uint8Array,
  options: PageOptions,
): Promise<{ source: Source; messages: Message[] }> {
  const { path, ocr, order, signal } = options;
  const { png, dpi } = await readableImage(bytes, path);
  if (!ocr) throw new ClippingError("ingest/no-text", path, "an image needs OCR, which is switched off");
  const page = await ocr.read(png, { dpi, ...(signal ? { signal } : {}) });
  const { text, lines } = placeLines(contentOfOcr(page), 0, 1, order);
  const messages: Message[] = [
    {
      code: "ingest/ocr-used",
      level: "note",
      at: { of: "source", start: 0, end: text.length },
      detail: `read by ${page.engine}`,
      page: 1,
    },
  ];
  if (text.trim() === "")
    messages.push({
      code: "ingest/no-text",
      level: "warning",
      at: { of: "source", start: 0, end: 0 },
      detail: "OCR found no text in the image",
      page: 1,
    });
  return {
    source: {
      kind: "image",
      text,
      encoding: null,
      lines,
      pages: [
        {
          number: 1,
          start: 0,
          end: text.length,
          width: page.width,
          height: page.height,
          read: "ocr",
          ...(page.rules.length > 0 ? { rules: page.rules } : {}),
          ...(page.toImage ? { toFile: page.toImage } : {}),
        },
      ],
      metadata: NOTHING_KNOWN,
    },
    messages,
  };
}

/** The image upright, as grey PNG, with its resolution (200 dpi where it does not say). */
async function readableImage(
  bytes: Uint8Array,
  path: string,
): Promise<{ png: Uint8Array; dpi: number; width: number; height: number }> {
  try {
    const image = sharp(bytes, { limitInputPixels: limits.imagePixels, failOn: "error" }).rotate();
    const { density } = await sharp(bytes, { limitInputPixels: limits.imagePixels }).metadata();
    const { data, info } = await image
      .flatten({ background: "#fff" })
      .greyscale()
      .png()
      .toBuffer({ resolveWithObject: true });
    return { png: data, dpi: density && density > 72 ? density : 200, width: info.width, height: info.height };
  } catch (cause) {
    const message = (cause as Error).message;
    const tooLarge = /pixel limit/i.test(message);
    throw new ClippingError(
      tooLarge ? "ingest/too-large" : "ingest/damaged",
      path,
      tooLarge ? `the image has more than ${limits.imagePixels} pixels` : `the image cannot be read: ${message}`,
      { cause },
    );
  }
}
