import { CachedEngine } from "./cache.js";
import { type OcrEngine, OcrError, type OcrLanguage } from "./index.js";
import { OcrPool } from "./pool.js";

export const OCR_MODES = ["auto", "tesseract", "paddle", "fused", "off"] as const;
export type OcrMode = (typeof OCR_MODES)[number];
export const OCR_LANGUAGES = ["auto", "simplified", "traditional", "english"] as const satisfies readonly OcrLanguage[];

/** Which engine reads, in which language, with which models; what a worker is told. */
export interface EngineChoice {
  readonly mode: Exclude<OcrMode, "auto" | "off">;
  readonly language: OcrLanguage;
  /** A folder of PP-OCR models instead of those of npm. */
  readonly models?: string;
}

export interface OpenOptions {
  readonly mode?: OcrMode;
  readonly language?: OcrLanguage;
  readonly models?: string;
  /** Processes that read at once; cores − 1 by default. */
  readonly workers?: number;
  /** Seconds a page may take; 180 by default. */
  readonly pageSeconds?: number;
  /** Folder of the cache; none is kept without it. */
  readonly cache?: string;
}

/** An engine in this process. Throws OcrError "missing" where packages or models lack. */
export async function engineOf({ mode, language, models }: EngineChoice): Promise<OcrEngine> {
  const own = models === undefined ? {} : { models };
  if (mode === "tesseract") return new (await import("./tesseract/engine.js")).TesseractEngine({ language });
  if (mode === "paddle") return new (await import("./paddle/engine.js")).PaddleEngine(own);
  return new (await import("./fused.js")).FusedEngine({ ...own, language });
}

/**
 * Opens OCR as a user asks for it: a pool of workers behind a cache; undefined
 * where it is off. `auto` is fused where onnxruntime is installed, else
 * tesseract, and `notice` says what lacks. Throws OcrError "missing" where what was asked for by name lacks.
 */
export async function openOcr(
  options: OpenOptions = {},
): Promise<{ readonly engine: OcrEngine | undefined; readonly notice: string | undefined }> {
  const { mode = "auto", language = "auto", models } = options;
  if (mode === "off") return { engine: undefined, notice: undefined };
  let chosen: EngineChoice["mode"] = mode === "auto" ? "fused" : mode;
  let notice: string | undefined;
  if (chosen !== "tesseract") {
    const { paddleLack } = await import("./paddle/models.js");
    const lack = await paddleLack(models);
    if (lack !== undefined && (mode !== "auto" || models !== undefined)) throw new OcrError("missing", lack);
    if (lack !== undefined) {
      chosen = "tesseract";
      notice = `scans are read by tesseract.js alone: ${lack}`;
    }
  }
  const choice: EngineChoice = { mode: chosen, language, ...(models === undefined ? {} : { models }) };
  const pool = new OcrPool(choice, await nameOf(choice), options);
  return { engine: options.cache ? new CachedEngine(pool, options.cache) : pool, notice };
}

/** An engine's name without loading its models; the language asked for is part of it. */
async function nameOf(choice: EngineChoice): Promise<string> {
  const { name } = await engineOf(choice);
  return choice.language === "auto" ? name : `${name} (${choice.language})`;
}
