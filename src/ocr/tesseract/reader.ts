import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page, Worker } from "tesseract.js";
import { type Grey, pgm } from "../image.js";
import { type OcrCharacter, OcrError } from "../index.js";

const require = createRequire(import.meta.url);

export type Language = "chi_sim" | "chi_tra" | "chi_tra_vert" | "eng";

/** What Tesseract is to expect: a whole page, one block of lines, or one line. */
export type Layout = "page" | "block" | "line" | "column";
/** Tesseract's page segmentation modes. */
const MODES = { page: "3", block: "6", line: "7", column: "5" } as const;

/** Workers of tesseract.js with the language data of its npm packages; nothing is fetched. */
export class TesseractReader {
  private readonly workers = new Map<string, Promise<Worker>>();

  /** The lines Tesseract finds in a picture; boxes in its pixels. */
  async read(grey: Grey, language: Language, layout: Layout, dpi: number): Promise<OcrCharacter[][]> {
    const worker = await this.worker(language, layout, dpi);
    const { data } = await worker.recognize(Buffer.from(pgm(grey)), {}, { blocks: true, text: false });
    return linesOf(data);
  }

  async close(): Promise<void> {
    const workers = [...this.workers.values()];
    this.workers.clear();
    for (const worker of workers) await worker.then((each) => each.terminate()).catch(() => undefined);
  }

  /** One worker a language: it takes a second to start and 60 MB. */
  private async worker(language: Language, layout: Layout, dpi: number): Promise<Worker> {
    let worker = this.workers.get(language);
    if (!worker) {
      worker = newWorker(language);
      this.workers.set(language, worker);
    }
    const ready = await worker;
    const wanted = `${layout} ${Math.round(dpi)}`;
    if (settings.get(ready) !== wanted) {
      await ready.setParameters({
        tessedit_pageseg_mode: MODES[layout] as never,
        user_defined_dpi: String(Math.round(dpi)),
        preserve_interword_spaces: "0",
      });
      settings.set(ready, wanted);
    }
    return ready;
  }
}

/** What each worker was last told, so that it is told again only when that changes. */
const settings = new WeakMap<Worker, string>();

async function newWorker(language: Language): Promise<Worker> {
  const { createWorker } = await import("tesseract.js");
  let home: string;
  try {
    home = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
  } catch (cause) {
    throw new OcrError("missing", `Tesseract needs the package @tesseract.js-data/${language}`, { cause });
  }
  return createWorker(language, 1, {
    langPath: join(home, "4.0.0_best_int"),
    gzip: true,
    cacheMethod: "none",
    logger: () => undefined,
    errorHandler: () => undefined,
  });
}

/** Blanks are kept between Latin words only: Chinese has none. */
function linesOf(data: Page): OcrCharacter[][] {
  const lines: OcrCharacter[][] = [];
  for (const block of data.blocks ?? [])
    for (const paragraph of block.paragraphs)
      for (const row of paragraph.lines) {
        const characters: OcrCharacter[] = [];
        for (const word of row.words) {
          const last = characters.at(-1);
          if (last && /[A-Za-z0-9,.;:%)’”]$/.test(last.text) && /^[A-Za-z0-9(“‘$]/.test(word.text))
            characters.push({ text: " ", box: last.box, confidence: 1 });
          for (const { text, bbox, confidence } of word.symbols)
            characters.push({ text, box: [bbox.x0, bbox.y0, bbox.x1, bbox.y1], confidence: confidence / 100 });
        }
        if (characters.length > 0) lines.push(characters);
      }
  return lines;
}
