import { hash } from "node:crypto";
import type { Message, Metadata, PageOrder, Source } from "../doc/index.js";
import { ClippingError } from "../doc/index.js";
import type { OcrEngine } from "../ocr/index.js";
import { limits, overLimit } from "./limits.js";
import { mergeMetadata, NOTHING_KNOWN } from "./metadata.js";
import type { OnPage } from "./page-lines.js";
import { sniff } from "./sniff.js";
import { ingestText, textSource } from "./text.js";
import type { Likelihood } from "./text-layer.js";

export type { OnPage } from "./page-lines.js";
export { sideFileFor } from "./side-file.js";
export { eachLine } from "./text.js";

export interface IngestOptions {
  readonly path: string;
  /** From a side file; it says more than the page itself. */
  readonly metadata?: Partial<Metadata>;
  readonly ocr?: OcrEngine;
  /** Puts the lines of a page with boxes in reading order, so that the source text reads as the page does. */
  readonly order?: PageOrder;
  /** How likely a Chinese text is, a character: tells nonsense in the text layers of PDFs. */
  readonly likelihood?: Likelihood;
  readonly signal?: AbortSignal;
  /** Told after each page of a clipping that has pages. */
  readonly onPage?: OnPage;
}

/** Turns the bytes of a clipping into its source. Throws ClippingError when they cannot be read at all. */
export async function ingest(
  bytes: Uint8Array,
  options: IngestOptions,
): Promise<{ source: Source; messages: readonly Message[] }> {
  if (bytes.length === 0) throw new ClippingError("ingest/empty", options.path, "the file is empty (0 bytes)");
  if (bytes.length > limits.fileBytes) throw overLimit(options.path, "fileBytes", `the file has ${bytes.length} bytes`);
  return readByKind(bytes, options);
}

interface Read {
  readonly source: Source;
  readonly messages: Message[];
}

/** One module a format, loaded when the first clipping of its kind comes. */
async function readByKind(bytes: Uint8Array, options: IngestOptions): Promise<Read> {
  switch (await sniff(bytes, options.path)) {
    case "pdf":
      return withMetadata(await (await import("./pdf.js")).ingestPdf(bytes, options), options.metadata);
    case "image":
      return withMetadata(await (await import("./image.js")).ingestImage(bytes, options), options.metadata);
    case "html":
      return withMetadata((await import("./html.js")).ingestHtml(bytes, options.path), options.metadata);
    case "docx":
      return withMetadata(await (await import("./docx.js")).ingestDocx(bytes, options.path), options.metadata);
    case "rtf":
      return withMetadata((await import("./rtf.js")).ingestRtf(bytes, options.path), options.metadata);
    default:
      return ingestText(bytes, mergeMetadata(NOTHING_KNOWN, options.metadata));
  }
}

const withMetadata = ({ source, messages }: Read, metadata: Partial<Metadata> | undefined): Read => ({
  source: { ...source, metadata: mergeMetadata(source.metadata, metadata) },
  messages,
});

/** The source of a text already decoded. */
export function ingestDecodedText(text: string, metadata?: Partial<Metadata>): Source {
  return textSource(text, null, mergeMetadata(NOTHING_KNOWN, metadata));
}

/** Identity of a clipping: lower-case hexadecimal SHA-256 of its bytes. */
export const sha256 = (bytes: Uint8Array): string => hash("sha256", bytes, "hex");
