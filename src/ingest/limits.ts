/** What a clipping may weigh, in one place. Each limit's message names it. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 256 * 1024 * 1024,
  /** Pages of one PDF. */
  pdfPages: 2000,
  /** Pixels of one image, before decoding. */
  imagePixels: 120_000_000,
  /** Resolution at which PDF pages are rendered for OCR, and its bounds where a page shows a scan of its own resolution. */
  ocrDpi: 200,
  ocrDpiLeast: 150,
  ocrDpiMost: 300,
  /** Pixels of one rendered page. */
  renderedPixels: 40_000_000,
} as const;
