import sharp from "sharp";
import { ClippingError, type Message, type Source, type SourceLine } from "../doc/index.js";
import type { OcrWord } from "../ocr/index.js";
import { limits } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { type PageLine, type PageOptions, type PageOrder, placeLines } from "./page-lines.js";

/** Reads a scan or photo by OCR. Boxes in points. */
export async function ingestImage(
  bytes: Uint8Array,
  options: PageOptions,
): Promise<{ source: Source; messages: Message[] }> {
  const { path, ocr, order, signal } = options;
  const { png, dpi, width, height } = await readableImage(bytes, path);
  if (!ocr) throw new ClippingError("ingest/no-text", path, "an image needs OCR, which is switched off");
  const words = await ocr.read(png, { dpi, ...(signal ? { signal } : {}) });
  const { text, lines } = linesOfWords(words, 0, 1, order);
  const messages: Message[] = [
    {
      code: "ingest/ocr-used",
      level: "note",
      at: { of: "source", start: 0, end: text.length },
      detail: `read by ${ocr.name}`,
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
        { number: 1, start: 0, end: text.length, width: (width / dpi) * 72, height: (height / dpi) * 72, read: "ocr" },
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

/** Words of an engine as lines of text with boxes; `offset` is where the page starts in the source text. */
export function linesOfWords(
  words: readonly OcrWord[],
  offset: number,
  page: number,
  order?: PageOrder,
): { text: string; lines: SourceLine[] } {
  const groups = new Map<number, OcrWord[]>();
  for (const word of words) groups.set(word.line, [...(groups.get(word.line) ?? []), word]);
  const lines = [...groups.values()].map(toLine).filter((line) => line.text.trim() !== "");
  return placeLines(lines, offset, page, order);
}

function toLine(group: readonly OcrWord[]): PageLine {
  let text = "";
  const words: { start: number; end: number; box: OcrWord["box"]; confidence: number }[] = [];
  for (const word of group) {
    if (text !== "" && /[A-Za-z0-9,.;%]$/.test(text) && /^[A-Za-z]/.test(word.text)) text += " ";
    words.push({ start: text.length, end: text.length + word.text.length, box: word.box, confidence: word.confidence });
    text += word.text;
  }
  const boxes = words.map((word) => word.box);
  const box: OcrWord["box"] = [
    Math.min(...boxes.map((each) => each[0])),
    Math.min(...boxes.map((each) => each[1])),
    Math.max(...boxes.map((each) => each[2])),
    Math.max(...boxes.map((each) => each[3])),
  ];
  return { text, box, words };
}
