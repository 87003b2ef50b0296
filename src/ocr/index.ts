import type { Box } from "../doc/index.js";

/** A word as an engine read it. */
export interface OcrWord {
  readonly text: string;
  /** Points from the top left. */
  readonly box: Box;
  /** 0–1. */
  readonly confidence: number;
  /** Words of one line share it, in the engine's order. */
  readonly line: number;
}

/** Reads one page image. Boxes in points, top left; confidence 0–1. */
export interface OcrEngine {
  /** Stored with each page: "tesseract.js@7 chi_tra". */
  readonly name: string;
  read(image: Uint8Array, options: { dpi: number; signal?: AbortSignal }): Promise<readonly OcrWord[]>;
  close(): Promise<void>;
}
