import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Worker } from "tesseract.js";
import type { OcrCharacter, OcrEngine, OcrLine, OcrOptions, OcrPage } from "./index.js";
import { lineOf } from "./lines.js";

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

  async read(image: Uint8Array, options: OcrOptions): Promise<OcrPage> {
    options.signal?.throwIfAborted();
    const { default: sharp } = await import("sharp");
    const { width = 0, height = 0 } = await sharp(image).metadata();
    const page = (lines: readonly OcrLine[], language: Language): OcrPage => ({
      engine: `${this.name} ${language}`,
      width: (width / options.dpi) * 72,
      height: (height / options.dpi) * 72,
      outcome: lines.length > 0 ? "read" : "blank",
      script: language === "chi_tra" ? "traditional" : "simplified",
      lines,
      rules: [],
      preparations: [],
    });
    const simplified = await this.readIn("chi_sim", image, options.dpi);
    if (meanConfidence(simplified) >= DOUBT || simplified.length === 0) return page(simplified, "chi_sim");
    options.signal?.throwIfAborted();
    const traditional = await this.readIn("chi_tra", image, options.dpi);
    return meanConfidence(traditional) > meanConfidence(simplified) + 0.01
      ? page(traditional, "chi_tra")
      : page(simplified, "chi_sim");
  }

  async close(): Promise<void> {
    const workers = [...this.workers.values()];
    this.workers.clear();
    for (const worker of workers) await (await worker).terminate();
  }

  private async readIn(language: Language, image: Uint8Array, dpi: number): Promise<OcrLine[]> {
    const { PSM } = await import("tesseract.js");
    const worker = await this.worker(language);
    await worker.setParameters({
      tessedit_pageseg_mode: PSM.AUTO,
      user_defined_dpi: String(Math.round(dpi)),
      preserve_interword_spaces: "0",
    });
    const { data } = await worker.recognize(Buffer.from(image), {}, { blocks: true, text: false });
    const scale = 72 / dpi;
    const lines: OcrLine[] = [];
    for (const block of data.blocks ?? []) {
      for (const paragraph of block.paragraphs) {
        for (const row of paragraph.lines) {
          const characters: OcrCharacter[] = [];
          for (const word of row.words) {
            const first = word.symbols[0];
            const last = characters.at(-1);
            if (first && last && /[A-Za-z0-9,.;%]$/.test(last.text) && /^[A-Za-z]/.test(word.text))
              characters.push({ text: " ", box: last.box, confidence: 1 });
            for (const symbol of word.symbols) {
              const { x0, y0, x1, y1 } = symbol.bbox;
              characters.push({
                text: symbol.text,
                box: [x0 * scale, y0 * scale, x1 * scale, y1 * scale],
                confidence: symbol.confidence / 100,
              });
            }
          }
          const line = lineOf(characters);
          if (line) lines.push(line);
        }
      }
    }
    return lines;
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

function meanConfidence(lines: readonly OcrLine[]): number {
  const size = lines.reduce((sum, line) => sum + line.characters.length, 0);
  return size === 0 ? 0 : lines.reduce((sum, line) => sum + line.confidence * line.characters.length, 0) / size;
}
