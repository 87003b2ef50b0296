import sharp, { type Metadata } from "sharp";
import { ClippingError, type Code, type Message, type Source } from "../doc/index.js";
import { OcrError, type OcrPage } from "../ocr/index.js";
import { limits, overLimit } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { contentOfOcr, readingOf } from "./ocr-lines.js";
import { type PageOptions, placeLines } from "./page-lines.js";

/** What a scan is taken for that does not say its resolution, as photos and screenshots do not. */
const USUAL_DPI = 200;

/** Reads a scan or photo by OCR. Boxes in points. Throws ClippingError where it is broken, too large, or makes the engine fail. */
export async function ingestImage(
  bytes: Uint8Array,
  options: PageOptions,
): Promise<{ source: Source; messages: Message[] }> {
  const { path, ocr, order } = options;
  const { dpi } = await measured(bytes, path);
  if (!ocr) throw new ClippingError("ingest/no-text", path, "an image needs OCR, which is switched off");
  const page = await readPage(bytes, dpi, { ...options, ocr });
  options.onPage?.(1, 1);
  const { text, lines } = placeLines(contentOfOcr(page), 0, 1, order);
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
          why: `an image; ${page.outcome === "read" ? readingOf(page) : REASONS[page.outcome]}`,
          ...(page.rules.length > 0 ? { rules: page.rules } : {}),
          ...(page.toImage ? { toFile: page.toImage } : {}),
        },
      ],
      metadata: NOTHING_KNOWN,
    },
    messages: messagesOf(page, text.length),
  };
}

async function readPage(
  bytes: Uint8Array,
  dpi: number,
  { ocr, path, signal }: PageOptions & { readonly ocr: NonNullable<PageOptions["ocr"]> },
): Promise<OcrPage> {
  try {
    return await ocr.read(bytes, { dpi, ...(signal ? { signal } : {}) });
  } catch (cause) {
    if (!(cause instanceof OcrError)) throw cause;
    throw new ClippingError(CODES[cause.reason], path, cause.message, { cause });
  }
}

const CODES: Readonly<Record<OcrError["reason"], Code>> = {
  timeout: "ocr/timeout",
  crashed: "ocr/crashed",
  missing: "ocr/missing",
  damaged: "ingest/damaged",
  "too-large": "ingest/too-large",
};

/** Which engine read the image and how it was made ready; what kept it from being read. */
function messagesOf(page: OcrPage, end: number): Message[] {
  const at = { of: "source", start: 0, end } as const;
  const messages: Message[] = [{ code: "ingest/ocr-used", level: "note", at, detail: readingOf(page), page: 1 }];
  if (page.outcome !== "read")
    messages.push({ code: `ocr/${page.outcome}`, level: "warning", at, detail: REASONS[page.outcome], page: 1 });
  else if (end === 0)
    messages.push({ code: "ingest/no-text", level: "warning", at, detail: "OCR found no text in the image", page: 1 });
  return messages;
}

const REASONS: Readonly<Record<Exclude<OcrPage["outcome"], "read">, string>> = {
  blank: "OCR found nothing on the image",
  "too-dark": "the image is black or nearly so",
  unreadable: "the image is too poor to be read: nothing is taken from it",
  foreign: "the image is in a language that is not read: nothing is taken from it",
};

/** Size and resolution of an image. Throws ClippingError where it is none, or has too many pixels to decode. */
async function measured(bytes: Uint8Array, path: string): Promise<{ dpi: number }> {
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new ClippingError("ingest/damaged", path, `the image cannot be read: ${(cause as Error).message}`, { cause });
  }
  const { width, height, density } = metadata;
  if (width * height > limits.imagePixels)
    throw overLimit(path, "imagePixels", `the image has ${width} × ${height} pixels`);
  return { dpi: density && density > 72 ? density : USUAL_DPI };
}

/** The size of an image's page in points, as it is seen: what boxes of its figures count in. Only its head is read. */
export async function sizeOfImage(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { dpi } = await measured(bytes, "");
  const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return { width: (autoOrient.width / dpi) * 72, height: (autoOrient.height / dpi) * 72 };
}

/** An image upright as it is seen, with the resolution its boxes count in. */
export async function pictureOfImage(bytes: Uint8Array): Promise<{ png: Uint8Array; dpi: number }> {
  const { dpi } = await measured(bytes, "");
  const png = await sharp(bytes, { limitInputPixels: limits.imagePixels })
    .rotate()
    .flatten({ background: "#fff" })
    .png();
  return { png: await png.toBuffer(), dpi };
}
