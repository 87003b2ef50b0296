import { crop, decode, type Grey } from "../image.js";
import type { OcrCharacter, OcrEngine, OcrLanguage, OcrOptions, OcrPage, Script } from "../index.js";
import { hull } from "../lines.js";
import { toPage } from "../page.js";
import { prepare } from "../prepare.js";
import type { RawLine, RawPage } from "../raw.js";
import { type Language, TesseractReader } from "./reader.js";

/** So many of the longest lines are read in both scripts to tell which the page is written in. */
const SAMPLE = 6;
/** Blanks wider than this many heights part a line: Tesseract reads over gutters. */
const GAP = 1.35;

const LANGUAGES: Readonly<Record<Script, Language>> = { simplified: "chi_sim", traditional: "chi_tra", latin: "eng" };

/** tesseract.js alone: where onnxruntime is not installed. Reads the page as simplified, and again as
 * traditional or English where its longest lines are read more surely so. */
export class TesseractEngine implements OcrEngine {
  readonly name = "tesseract.js@7";
  private readonly reader = new TesseractReader();

  constructor(private readonly options: { readonly language?: OcrLanguage } = {}) {}

  async read(image: Uint8Array, { dpi, signal }: OcrOptions): Promise<OcrPage> {
    const { grey, preparations, outcome } = await prepare(await decode(image), dpi);
    const page = (lines: readonly RawLine[]): RawPage => ({
      dpi,
      grey,
      outcome: outcome ?? "read",
      lines,
      preparations,
      turned: undefined,
      upright: undefined,
    });
    if (outcome) return toPage(page([]), this.name, "tesseract", "simplified");
    const { lines, script } = await this.surest(grey, dpi, signal);
    return toPage(page(lines), `${this.name} ${LANGUAGES[script]}`, "tesseract", script);
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  private async surest(grey: Grey, dpi: number, signal?: AbortSignal): Promise<{ lines: RawLine[]; script: Script }> {
    const { language = "auto" } = this.options;
    if (language !== "auto") {
      const script = language === "english" ? "latin" : language;
      return { lines: await this.readIn(script, grey, dpi), script };
    }
    const simplified = await this.readIn("simplified", grey, dpi);
    const script: Script = isLatin(simplified) ? "latin" : "traditional";
    const sample = [...simplified].sort((a, b) => b.characters.length - a.characters.length).slice(0, SAMPLE);
    const again: RawLine[] = [];
    for (const { characters } of sample) {
      signal?.throwIfAborted();
      const [left, top, right, bottom] = hull(characters.map((character) => character.box));
      const margin = (bottom - top) * 0.12;
      const piece = crop(grey, [left - margin, top - margin, right + margin, bottom + margin]);
      again.push({ characters: (await this.reader.read(piece, LANGUAGES[script], "line", dpi)).flat() });
    }
    if (meanConfidence(again) <= meanConfidence(sample)) return { lines: simplified, script: "simplified" };
    return { lines: await this.readIn(script, grey, dpi), script };
  }

  private async readIn(script: Script, grey: Grey, dpi: number): Promise<RawLine[]> {
    const lines = await this.reader.read(grey, LANGUAGES[script], "page", dpi);
    return lines.flatMap(partedAtBlanks).map((characters) => ({ characters }));
  }
}

/** Pieces of a line that stand apart. */
function partedAtBlanks(characters: readonly OcrCharacter[]): OcrCharacter[][] {
  const height = Math.max(...characters.map(({ box }) => box[3])) - Math.min(...characters.map(({ box }) => box[1]));
  const parts: OcrCharacter[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const character of characters) {
    const part = parts.at(-1);
    if (part && character.box[0] - reach <= height * GAP) part.push(character);
    else parts.push([character]);
    reach = Math.max(reach, character.box[2]);
  }
  return parts;
}

function isLatin(lines: readonly RawLine[]): boolean {
  const text = lines.flatMap((line) => line.characters.map((character) => character.text)).join("");
  return (text.match(/[A-Za-z]/g)?.length ?? 0) > text.length * 0.5;
}

function meanConfidence(lines: readonly RawLine[]): number {
  const all = lines.flatMap((line) => line.characters);
  return all.length === 0 ? 0 : all.reduce((sum, character) => sum + character.confidence, 0) / all.length;
}
