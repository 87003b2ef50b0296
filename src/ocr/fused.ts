import type { Box } from "../doc/index.js";
import { align, type Pair } from "./align.js";
import { crop, type Grey } from "./image.js";
import type { OcrCharacter, OcrEngine, OcrGuess, OcrLanguage, OcrOptions, OcrPage, Script } from "./index.js";
import { type NumberRun, numbersOf, plain } from "./numbers.js";
import { PaddleEngine } from "./paddle/engine.js";
import { toPage } from "./page.js";
import type { RawLine, RawPage } from "./raw.js";
import { countScripts, scriptOf } from "./script.js";
import type { Strip } from "./strip.js";
import { type Language, TesseractReader } from "./tesseract/reader.js";

/** What PP-OCR reads better than Tesseract in any script. */
const DIGIT = /[\d０-９%％‰]/;
/** Tesseract needs white around the letters, in heights of the line. */
const MARGIN = 0.12;
/** Characters beside a number that are shown to Tesseract with it. */
const BESIDE = 2;

/**
 * PP-OCR finds the lines and reads them; Tesseract reads the numbers again,
 * and on traditional and English pages the words, which PP-OCR's alphabet and
 * training lack. Where they differ on a number, both readings are kept.
 */
export class FusedEngine implements OcrEngine {
  readonly name: string;
  private readonly paddle: PaddleEngine;
  private readonly tesseract = new TesseractReader();

  constructor(private readonly options: { readonly models?: string; readonly language?: OcrLanguage } = {}) {
    this.paddle = new PaddleEngine(options);
    this.name = `fused ${this.paddle.name} + tesseract.js@7`;
  }

  async read(image: Uint8Array, options: OcrOptions): Promise<OcrPage> {
    const raw = await this.paddle.readRaw(image, options);
    const script = this.scriptOf(raw);
    const lines: RawLine[] = [];
    for (const line of raw.lines) {
      options.signal?.throwIfAborted();
      const { strip } = line;
      if (!strip) lines.push(line);
      else if (script === "simplified" || (script === "traditional" && !hasHan(line)))
        lines.push(await this.checked(line, strip, raw.dpi));
      else lines.push(await this.reread(line, strip, raw.dpi, script === "latin" ? "eng" : "chi_tra"));
    }
    return toPage({ ...raw, lines }, this.name, "paddle", script);
  }

  async close(): Promise<void> {
    await this.paddle.close();
    await this.tesseract.close();
  }

  private scriptOf(raw: RawPage): Script {
    const { language = "auto" } = this.options;
    if (language === "auto")
      return scriptOf(raw.lines.flatMap((line) => [...line.characters.map((each) => each.text), "\n"]).join(""));
    return language === "english" ? "latin" : language;
  }

  /** The line with Tesseract's readings of its numbers beside PP-OCR's. */
  private async checked(line: RawLine, strip: Strip, dpi: number): Promise<RawLine> {
    const characters = [...line.characters];
    const [, top, , bottom] = strip.ink;
    const margin = (bottom - top) * MARGIN;
    for (const runs of nearRuns(numbersOf(characters))) {
      const first = Math.max(0, (runs[0] as NumberRun).start - BESIDE);
      const last = Math.min(characters.length, (runs.at(-1) as NumberRun).end + BESIDE) - 1;
      const left = (characters[first] as OcrCharacter).box[0] - strip.left - margin;
      const right = (characters[last] as OcrCharacter).box[2] - strip.left + margin;
      const read = await this.readLine(crop(strip.grey, [left, top - margin, right, bottom + margin]), "chi_sim", dpi);
      for (const run of runs) withOther(characters, run, numberAt(read, run, characters, strip.left + left));
    }
    return { ...line, characters };
  }

  /** The line as Tesseract reads it, with PP-OCR's digits and marks. */
  private async reread(line: RawLine, strip: Strip, dpi: number, language: Language): Promise<RawLine> {
    const [left, top, right, bottom] = strip.ink;
    const margin = (bottom - top) * MARGIN;
    const piece: Box = [left - margin, top - margin, right + margin, bottom + margin];
    const read = (await this.readLine(crop(strip.grey, piece), language, dpi)).map((character) => ({
      ...character,
      box: moved(character.box, strip.left + piece[0], strip.top + piece[1]),
    }));
    const characters = language === "eng" ? mergedLatin(line.characters, read) : merged(line.characters, read);
    for (const run of numbersOf(characters)) withOther(characters, run, numberAt(read, run, characters, 0));
    return { ...line, characters };
  }

  private async readLine(grey: Grey, language: Language, dpi: number): Promise<OcrCharacter[]> {
    return (await this.tesseract.read(grey, language, "line", dpi)).flat();
  }
}

/** Numbers that stand near each other are shown to Tesseract together: each call costs as much as five characters. */
function nearRuns(runs: readonly NumberRun[]): NumberRun[][] {
  const groups: NumberRun[][] = [];
  for (const run of runs) {
    const last = groups.at(-1)?.at(-1);
    if (last && run.start - last.end <= 2 * BESIDE + 3) groups.at(-1)?.push(run);
    else groups.push([run]);
  }
  return groups;
}

const moved = (box: Box, x: number, y: number): Box => [box[0] + x, box[1] + y, box[2] + x, box[3] + y];

/** What Tesseract read where a number stands: its own number that lies there, or what characters lie there. */
function numberAt(
  read: readonly OcrCharacter[],
  run: NumberRun,
  characters: readonly OcrCharacter[],
  offset: number,
): OcrGuess {
  const from = (characters[run.start] as OcrCharacter).box[0] - offset;
  const to = (characters[run.end - 1] as OcrCharacter).box[2] - offset;
  const guess = (found: readonly OcrCharacter[]): OcrGuess => ({
    text: found.map((character) => character.text).join(""),
    confidence: found.length === 0 ? 0 : Math.min(...found.map((character) => character.confidence)),
    engine: "tesseract",
    whole: true,
  });
  const runs = numbersOf(read).map((each) => guess(read.slice(each.start, each.end)));
  const same = runs.find((each) => plain(each.text) === plain(run.text));
  if (same) return same;
  return guess(
    read.filter(({ box }) => {
      const middle = (box[0] + box[2]) / 2;
      return middle > from - 2 && middle < to + 2;
    }),
  );
}

/** Keeps the second reading of a number with its characters: whole at its first. */
function withOther(characters: OcrCharacter[], run: NumberRun, second: OcrGuess): void {
  const character = characters[run.start] as OcrCharacter;
  characters[run.start] = { ...character, others: [...(character.others ?? []), second] };
}

/**
 * Traditional lines: Tesseract's characters and marks, PP-OCR's digits; a
 * character PP-OCR is sure of too, unless it is a simplified one, which it
 * takes for those its alphabet lacks.
 */
function merged(paddle: readonly OcrCharacter[], tesseract: readonly OcrCharacter[]): OcrCharacter[] {
  const numbers = new Set(
    numbersOf(paddle).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)),
  );
  const pairs = align(paddle, tesseract);
  const isInNumber = (pair: Pair | undefined) => pair?.[0] !== undefined && numbers.has(pair[0]);
  const out: OcrCharacter[] = [];
  pairs.forEach((pair, index) => {
    const a = pair[0] === undefined ? undefined : paddle[pair[0]];
    const b = pair[1] === undefined ? undefined : tesseract[pair[1]];
    if (a && b) out.push(isInNumber(pair) ? a : surer(a, b));
    else if (a && (isInNumber(pair) || (HAN.test(a.text) && a.confidence >= ALONE))) out.push(a);
    else if (b) {
      // beside PP-OCR's number a digit is one too many, a torn sign of percent, or a mark within the number
      const before = isInNumber(pairs.slice(0, index).findLast(([near]) => near !== undefined));
      const after = isInNumber(pairs.slice(index + 1).find(([near]) => near !== undefined));
      if ((before && after) || ((before || after) && DIGIT.test(b.text))) return;
      // Tesseract's boxes are off by half a character: what it alone sees lies between its neighbours
      const left = out.at(-1)?.box;
      const next = pairs.slice(index + 1).find(([near]) => near !== undefined)?.[0];
      const right = next === undefined ? undefined : paddle[next]?.box;
      out.push(left && right ? { ...b, box: [left[2], left[1], Math.max(left[2], right[0]), left[3]] } : b);
    }
  });
  return out;
}

const HAN = /\p{Script=Han}/u;
/** PP-OCR is believed above this on a character that Tesseract does not see. */
const ALONE = 0.6;
/** PP-OCR is believed above this on a character that Tesseract takes for another. */
const SURE = 0.95;

function surer(a: OcrCharacter, b: OcrCharacter): OcrCharacter {
  if (a.text === b.text)
    return { ...a, confidence: Math.max(a.confidence, b.confidence), others: [guessOf(b, "tesseract")] };
  const isPaddles =
    DIGIT.test(a.text) ||
    (HAN.test(a.text) && a.confidence >= SURE && countScripts([a.text]).simplified === 0) ||
    (HAN.test(a.text) && !HAN.test(b.text));
  if (isPaddles) return { ...a, others: [guessOf(b, "tesseract"), ...(a.others ?? [])] };
  return { ...b, box: a.box, others: [guessOf(a, "paddle")] };
}

/** A cell of a table that holds but a number needs no reading of its words. */
const hasHan = (line: RawLine) => line.characters.some((character) => HAN.test(character.text));

const guessOf = ({ text, confidence }: OcrCharacter, engine: string): OcrGuess => ({ text, confidence, engine });

const LETTER = /^[A-Za-z]$/;

/** English lines: Tesseract's words and blanks; PP-OCR's digits, the letters it is sure of, and the Chinese names between them. */
function mergedLatin(paddle: readonly OcrCharacter[], tesseract: readonly OcrCharacter[]): OcrCharacter[] {
  const sure = tesseract.reduce((sum, each) => sum + each.confidence, 0) / Math.max(1, tesseract.length);
  if (tesseract.length < paddle.length * 0.5 || sure < 0.5) return [...paddle];
  const solid = paddle.filter((character) => character.text !== " ");
  const pairs = align(solid, tesseract);
  const out: OcrCharacter[] = [];
  const isPaddles = (index: number | undefined) =>
    index !== undefined && /[\d%]|\p{Script=Han}/u.test(solid[index]?.text ?? "");
  pairs.forEach(([first, second], index) => {
    const a = first === undefined ? undefined : solid[first];
    const b = second === undefined ? undefined : tesseract[second];
    const beside = isPaddles(pairs[index - 1]?.[0]) || isPaddles(pairs[index + 1]?.[0]);
    const isSurer = a && b && LETTER.test(a.text) && LETTER.test(b.text) && a.confidence >= SURE;
    if (a && (isPaddles(first) || isSurer)) out.push(b ? { ...a, others: [guessOf(b, "tesseract")] } : a);
    else if (b && (a || b.text === " " || !beside)) out.push(a ? { ...b, others: [guessOf(a, "paddle")] } : b);
  });
  return out;
}
