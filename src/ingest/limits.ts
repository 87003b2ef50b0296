/** What a clipping may weigh, in one place. Each limit's message names it. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 256 * 1024 * 1024,
  /** Pages of one PDF. */
  pdfPages: 2000,
  /** Pixels of one image, before decoding. */
  imagePixels: 120_000_000,
  /** Characters on a PDF page under which it counts as a scan. */
  pageCharacters: 12,
  /** Resolution at which scanned PDF pages are rendered for OCR. */
  ocrDpi: 200,
} as const;
