import type { Matrix } from "../doc/index.js";
import type { OcrCharacter, OcrLine, OcrOutcome, OcrPage, Script } from "./index.js";
import { lineOf } from "./lines.js";
import { doubtsOf } from "./numbers.js";
import { type RawPage, toPicture } from "./raw.js";
import { scriptOf } from "./script.js";
import { chained, inverse, mapBox, scaling } from "./upright.js";

/** Pages whose characters are less sure than this on the mean are noise to the engine. */
const READABLE = 0.55;

/** Measures a raw page in points of the upright page; `reader` is the short name of the engine that read its numbers. */
export function toPage(raw: RawPage, engine: string, reader: string, script?: Script): OcrPage {
  const toPoints = raw.upright ? chained(inverse(raw.upright), scaling(72 / raw.dpi)) : scaling(72 / raw.dpi);
  const lines: OcrLine[] = [];
  for (const { characters, vertical } of raw.lines) {
    const line = lineOf(measured(characters, toPoints), { vertical: vertical ?? false });
    if (line) lines.push({ ...line, doubts: doubtsOf(line.characters, reader) });
  }
  const text = lines.map((line) => line.text).join("");
  const toImage = toPicture(raw);
  return {
    engine,
    width: (raw.grey.width / raw.dpi) * 72,
    height: (raw.grey.height / raw.dpi) * 72,
    outcome: raw.outcome === "read" ? outcomeOf(lines) : raw.outcome,
    script: script ?? scriptOf(text),
    lines,
    rules: [],
    preparations: raw.preparations,
    ...(toImage ? { toImage } : {}),
  };
}

function measured(characters: readonly OcrCharacter[], matrix: Matrix): OcrCharacter[] {
  return characters.map((character) => ({ ...character, box: mapBox(matrix, character.box) }));
}

function outcomeOf(lines: readonly OcrLine[]): OcrOutcome {
  const count = lines.reduce((sum, line) => sum + line.characters.length, 0);
  if (count === 0) return "blank";
  const sure = lines.reduce((sum, line) => sum + line.confidence * line.characters.length, 0) / count;
  return sure < READABLE ? "unreadable" : "read";
}
