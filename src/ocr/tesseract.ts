import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Worker } from "tesseract.js";
import type { Box } from "../doc/index.js";
import type { OcrEngine, OcrWord } from "./index.js";

const require = createRequire(import.meta.url);
type Language = "chi_sim" | "chi_tra";

/** Below this mean confidence of the simplified reading the traditional one is tried too. */
const DOUBT = 0.86;

/**
 * tesseract.js with the language data of its npm packages; nothing is fetched.
 * Reads simplified first, traditional where that is doubtful, and keeps the surer.
 */
export class TesseractEngine implements OcrEngine {
  readonly name = "tesseract.js@7";
  private readonly workers = new Map<Language, Promise<Worker>>();

  async read(image: Uint8Array, options: { dpi: number; signal?: AbortSignal }): Promise<readonly OcrWord[]> {
    options.signal?.throwIfAborted();
    const simplified = await this.readIn("chi_sim", image, options.dpi);
    if (meanConfidence(simplified) >= DOUBT || simplified.length === 0) return simplified;
    options.signal?.throwIfAborted();
    const traditional = await this.readIn("chi_tra", image, options.dpi);
    return meanConfidence(traditional) > meanConfidence(simplified) + 0.01 ? traditional : simplified;
  }

  async close(): Promise<void> {
    const workers = [...this.workers.values()];
    this.workers.clear();
    for (const worker of workers) await (await worker).terminate();
  }

  private async readIn(language: Language, image: Uint8Array, dpi: number): Promise<OcrWord[]> {
    const { PSM } = await import("tesseract.js");
    const worker = await this.worker(language);
    await worker.setParameters({
      tessedit_pageseg_mode: PSM.AUTO,
      user_defined_dpi: String(Math.round(dpi)),
      preserve_interword_spaces: "0",
    });
    const { data } = await worker.recognize(Buffer.from(image), {}, { blocks: true, text: false });
    const scale = 72 / dpi;
    const words: OcrWord[] = [];
    let line = 0;
    for (const block of data.blocks ?? []) {
      for (const paragraph of block.paragraphs) {
        for (const row of paragraph.lines) {
          for (const word of row.words) {
            const { x0, y0, x1, y1 } = word.bbox;
            const box: Box = [x0 * scale, y0 * scale, x1 * scale, y1 * scale];
            words.push({ text: word.text.trim(), box, confidence: word.confidence / 100, line });
          }
          line++;
        }
      }
    }
    return words.filter((word) => word.text !== "");
  }

  private worker(language: Language): Promise<Worker> {
    const known = this.workers.get(language);
    if (known) return known;
    const worker = newWorker(language);
    this.workers.set(language, worker);
    return worker;
  }
}

/** A worker takes a second to start; the engine is loaded with the first one. */
async function newWorker(language: Language): Promise<Worker> {
  const { createWorker } = await import("tesseract.js");
  const home = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
  return createWorker(language, 1, {
    langPath: join(home, "4.0.0_best_int"),
    gzip: true,
    cacheMethod: "none",
    logger: () => undefined,
    errorHandler: () => undefined,
  });
}

function meanConfidence(words: readonly OcrWord[]): number {
  const size = words.reduce((sum, word) => sum + word.text.length, 0);
  return size === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / size;
}
