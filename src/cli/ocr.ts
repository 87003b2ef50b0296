import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { SourcePage } from "../doc/index.js";
import { cacheFolder } from "../ocr/cache.js";
import { type OcrEngine, OcrError, type OcrLanguage } from "../ocr/index.js";
import { LateEngine } from "../ocr/late.js";
import { OCR_MODES, type OcrMode, type OpenOptions, openOcr } from "../ocr/open.js";
import { err, UsageError } from "./common.js";

/** `--lang` speaks BCP 47. */
const LANGUAGES: Readonly<Record<string, OcrLanguage>> = {
  auto: "auto",
  "zh-Hans": "simplified",
  "zh-Hant": "traditional",
  en: "english",
};

export interface OcrCliOptions {
  /** `false` by `--no-ocr`. */
  readonly ocr: OcrMode | false;
  readonly lang: string;
  readonly ocrModels?: string;
  readonly ocrWorkers: number;
  readonly ocrSeconds: number;
  readonly ocrCache: boolean;
}

/** The options of every command that may have to read scans. */
export function addOcrOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--ocr <engine>",
        "how scans and photos are read; auto is fused where onnxruntime-node is installed, else tesseract",
      )
        .choices(OCR_MODES)
        .default("auto")
        .env("JIANBAO_OCR"),
    )
    .option("--no-ocr", "leave scans and photos unread, as --ocr off")
    .addOption(
      new Option("--lang <script>", "what scans are written in; auto finds it out page by page")
        .choices(Object.keys(LANGUAGES))
        .default("auto"),
    )
    .addOption(
      new Option(
        "--ocr-models <folder>",
        "PP-OCR models of your own: det.onnx, rec.onnx and the alphabet dict.txt",
      ).env("JIANBAO_OCR_MODELS"),
    )
    .option("--ocr-workers <n>", "pages read at once", positive, Math.max(1, availableParallelism() - 1))
    .option("--ocr-seconds <n>", "how long one page may take", positive, 180)
    .option("--no-ocr-cache", "read pages again though their text is kept from an earlier run");
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("give a whole number above 0");
  return value;
}

/** How scans are to be read, in plain data, as a batch takes it; `false` where they are left. */
export function ocrChoice(options: OcrCliOptions): OpenOptions | false {
  const mode = options.ocr === false ? "off" : options.ocr;
  if (mode === "off") return false;
  return {
    mode,
    language: LANGUAGES[options.lang] ?? "auto",
    ...(options.ocrModels ? { models: options.ocrModels } : {}),
    workers: options.ocrWorkers,
    pageSeconds: options.ocrSeconds,
    ...(options.ocrCache ? { cache: cacheFolder(process.env) } : {}),
  };
}

/** Throws UsageError where an engine that was asked for by name is not installed. */
export async function checkOcr(options: OcrCliOptions): Promise<void> {
  const choice = ocrChoice(options);
  if (choice === false || (choice.mode === "auto" && choice.models === undefined)) return;
  try {
    const { engine } = await openOcr(choice);
    await engine?.close();
  } catch (cause) {
    if (cause instanceof OcrError && cause.reason === "missing") throw new UsageError(cause.message);
    throw cause;
  }
}

/**
 * The engine a command reads with; undefined where OCR is off. It is loaded
 * with the first scan. Throws UsageError where one asked for by name is not installed.
 */
export async function ocrOf(options: OcrCliOptions): Promise<OcrEngine | undefined> {
  await checkOcr(options);
  const choice = ocrChoice(options);
  return choice === false ? undefined : new LateEngine(choice, err);
}

/** Which way a page was read, and why. */
export const wayOf = ({ read, why }: Pick<SourcePage, "read"> & { readonly why?: string | null }): string =>
  `${read === "ocr" ? "by OCR" : "by its text layer"}${why ? `: ${why}` : ""}`;
