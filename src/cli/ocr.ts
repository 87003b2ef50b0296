import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { cacheFolder } from "../ocr/cache.js";
import { type OcrEngine, OcrError, type OcrLanguage } from "../ocr/index.js";
import { OCR_MODES, type OcrMode, openOcr } from "../ocr/open.js";
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

/**
 * The engine a command reads with; undefined where OCR is off. It is loaded
 * with the first scan, unless one was asked for by name: then what lacks is
 * told at once. Throws UsageError where it is not installed.
 */
export async function ocrOf(options: OcrCliOptions): Promise<OcrEngine | undefined> {
  const mode = options.ocr === false ? "off" : options.ocr;
  if (mode === "off") return undefined;
  const engine = new LateEngine(() =>
    openOcr({
      mode,
      language: LANGUAGES[options.lang] ?? "auto",
      ...(options.ocrModels ? { models: options.ocrModels } : {}),
      workers: options.ocrWorkers,
      pageSeconds: options.ocrSeconds,
      ...(options.ocrCache ? { cache: cacheFolder(process.env) } : {}),
    }),
  );
  if (mode === "auto" && options.ocrModels === undefined) return engine;
  try {
    await engine.open();
    return engine;
  } catch (cause) {
    if (cause instanceof OcrError && cause.reason === "missing") throw new UsageError(cause.message);
    throw cause;
  }
}

/** Opens OCR with the first page, and says then what lacks: who has no scans need not know, nor wait. */
class LateEngine implements OcrEngine {
  readonly name = "ocr";
  #opened: Promise<OcrEngine> | undefined;

  constructor(private readonly how: () => ReturnType<typeof openOcr>) {}

  open(): Promise<OcrEngine> {
    this.#opened ??= this.how().then(({ engine, notice }) => {
      if (notice !== undefined) err(`note  ${notice}`);
      if (!engine) throw new OcrError("missing", "OCR is off");
      return engine;
    });
    return this.#opened;
  }

  async read(...page: Parameters<OcrEngine["read"]>): ReturnType<OcrEngine["read"]> {
    return (await this.open()).read(...page);
  }

  async close(): Promise<void> {
    await (await this.#opened?.catch(() => undefined))?.close();
  }
}
