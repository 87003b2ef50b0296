import type { Box, Doubt, Matrix } from "../doc/index.js";

/** What one engine took a character for. */
export interface OcrGuess {
  readonly text: string;
  /** 0–1. */
  readonly confidence: number;
  /** Short name of the engine: `paddle`, `tesseract`. */
  readonly engine: string;
  /** Read for the whole number that the character begins, not for the character alone. */
  readonly whole?: boolean;
}

/** A character as read. A space between words is a character of its own. */
export interface OcrCharacter {
  readonly text: string;
  /** Points from the top left. */
  readonly box: Box;
  /** 0–1. */
  readonly confidence: number;
  /** Other readings of the same place, the surest first. */
  readonly others?: readonly OcrGuess[];
}

/**
 * A line as it stands on the page: it never reaches over a gutter, and pieces
 * of one row that stand apart by more than 1.35 em are lines of their own.
 */
export interface OcrLine {
  /** The characters' texts, one after the other. */
  readonly text: string;
  /** Trimmed to the ink. */
  readonly box: Box;
  readonly vertical: boolean;
  readonly characters: readonly OcrCharacter[];
  /** Mean of the characters', 0–1. */
  readonly confidence: number;
  /** Numbers the engines are not sure of; offsets of `text`. */
  readonly doubts: readonly Doubt[];
}

export type Script = "simplified" | "traditional" | "latin";

/** Why a page has no text that can be trusted; `read` where it has. */
export type OcrOutcome = "read" | "blank" | "too-dark" | "unreadable" | "foreign";

/** How a page image was made ready to be read; empty where it was left alone. */
export type Preparation = "turned" | "deskewed" | "flattened" | "brightened" | "smoothed" | "scaled";

/** A page as read. All boxes are in points of the upright page, from its top left, lines in no particular order. */
export interface OcrPage {
  /** Which engine with which models: "paddle PP-OCRv4 / tesseract.js@7 chi_sim". */
  readonly engine: string;
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly outcome: OcrOutcome;
  readonly script: Script;
  readonly lines: readonly OcrLine[];
  /** Rules printed on the page: long, thin, level or upright. */
  readonly rules: readonly Box[];
  readonly preparations: readonly Preparation[];
  /** From points of the upright page to points of the image as it was given; absent where they are the same. */
  readonly toImage?: Matrix;
}

export type OcrLanguage = "auto" | "simplified" | "traditional" | "english";

export interface OcrOptions {
  /** Resolution of the image. */
  readonly dpi: number;
  readonly signal?: AbortSignal;
}

/** Reads one page image (PNG, JPEG …). A page that cannot be read is an outcome; thrown is OcrError only. */
export interface OcrEngine {
  /** Stored with each page and part of the cache's key: changes when the same page may be read otherwise. */
  readonly name: string;
  /** Pages that it reads at once; one where it does not say. */
  readonly atOnce?: number;
  read(image: Uint8Array, options: OcrOptions): Promise<OcrPage>;
  close(): Promise<void>;
}

/** An engine failed on a page: it took too long, crashed, or the image could not be decoded. */
export class OcrError extends Error {
  constructor(
    readonly reason: "timeout" | "crashed" | "damaged" | "too-large" | "missing",
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}
