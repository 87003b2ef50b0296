import { ClippingError, type ClippingKind } from "../doc/index.js";
import { kindOfOffice, kindOfZip, refused, refuseText, ZIP_MARKS } from "./containers.js";
import { wideEncoding } from "./encoding.js";

const IMAGES = new Set([
  "image/png",
  "image/jpeg",
  "image/tiff",
  "image/webp",
  "image/gif",
  "image/bmp",
  "image/avif",
  "image/heic",
]);
/** The kind of a clipping, by its bytes alone. Throws ClippingError for what is not read, with a hint. */
export async function sniff(bytes: Uint8Array, path: string): Promise<ClippingKind> {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("latin1");
  if (/^\s*%PDF-/.test(head) || head.includes("%PDF-1.") || head.includes("%PDF-2.")) return "pdf";
  // a UTF-16 mark looks like the sync word of MPEG audio
  if (ZIP_MARKS.has(head.slice(0, 4))) return kindOfZip(bytes, path);
  if (head.startsWith("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) return kindOfOffice(bytes, path);
  if (/^\s{0,16}\{\\rtf/.test(head)) return "rtf";
  refuseText(head, path);
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const type = marked || opensAsText(bytes) ? undefined : await typeOf(bytes);
  if (type && IMAGES.has(type.mime)) return "image";
  if (type && !/^(?:application\/xml|text\/)/.test(type.mime)) {
    throw refused(path, type.mime);
  }
  if (isBinary(bytes)) {
    const named = /\.(?:png|jpe?g|tiff?|webp|bmp|pdf)$/i.exec(path)?.[0];
    if (named)
      throw new ClippingError("ingest/damaged", path, `the name says ${named}, the bytes do not: the file is broken`);
    throw new ClippingError("ingest/binary", path, "the bytes are no text in any encoding");
  }
  if (!head.includes("<")) return "text";
  const plain = head.split("\u0000").join("");
  return /<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s[^>]*charset|<(?:div|table|article|p)[\s>][\s\S]{0,400}<\//i.test(
    plain,
  )
    ? "html"
    : "text";
}

/** What file-type takes bytes for; loaded when the first file comes that is not plainly text. */
async function typeOf(bytes: Uint8Array): Promise<{ readonly mime: string } | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  return fileTypeFromBuffer(bytes).catch(() => undefined);
}

/** How much of a file has a control byte, whatever its format, unless it is text. */
const OPENING = 4100;

/**
 * Whether bytes can only be text: that spares asking for two hundred other
 * kinds, and taking words for the mark of one (BM, MZ, PK). Formats that are
 * text themselves open in `%` (PostScript) or `{` (RTF).
 */
function opensAsText(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x25 || bytes[0] === 0x7b) return false;
  const size = Math.min(bytes.length, OPENING);
  for (let at = 0; at < size; at++) if (isControl(bytes[at] as number)) return false;
  return true;
}

const isControl = (byte: number) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127;

/** Control bytes that no text encoding has, in more than one byte of 200; UTF-16 zero bytes aside. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65_536);
  const wide =
    (sample[0] === 0xff && sample[1] === 0xfe) ||
    (sample[0] === 0xfe && sample[1] === 0xff) ||
    wideEncoding(sample) !== undefined;
  if (wide) return false;
  let control = 0;
  for (let at = 0; at < sample.length; at++) if (isControl(sample[at] as number)) control++;
  return control > sample.length / 200;
}
