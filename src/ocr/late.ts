import { type OcrEngine, OcrError } from "./index.js";
import { type OpenOptions, openOcr } from "./open.js";
import { poolSize } from "./pool.js";

/** Opens OCR with the first page, and says then what lacks: who has no scans need not know, nor wait. */
export class LateEngine implements OcrEngine {
  readonly name = "ocr";
  readonly atOnce: number;
  #opened: Promise<OcrEngine> | undefined;

  constructor(
    private readonly options: OpenOptions,
    private readonly say: (text: string) => void,
  ) {
    this.atOnce = poolSize(options.workers);
  }

  async read(...page: Parameters<OcrEngine["read"]>): ReturnType<OcrEngine["read"]> {
    this.#opened ??= this.open();
    return (await this.#opened).read(...page);
  }

  async close(): Promise<void> {
    await (await this.#opened?.catch(() => undefined))?.close();
  }

  private async open(): Promise<OcrEngine> {
    const { engine, notice } = await openOcr(this.options);
    if (notice !== undefined) this.say(`note  ${notice}`);
    if (!engine) throw new OcrError("missing", "OCR is off");
    return engine;
  }
}
