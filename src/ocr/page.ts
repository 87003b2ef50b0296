import { type Box, inverse, type Matrix, mapBox } from "../doc/index.js";
import type { OcrCharacter, OcrLine, OcrOutcome, OcrPage, Script } from "./index.js";
import { lineOf } from "./lines.js";
import { doubtsOf } from "./numbers.js";
import { type RawPage, toPicture, toPixels } from "./raw.js";
import { rulesOf } from "./rules.js";
import { scriptOf } from "./script.js";
import { standing } from "./vertical.js";

/** Share of a line that lies within another from which on it is part of it. */
const TWICE = 0.7;

/** Pages whose characters are less sure than this on the mean are noise to the engine. */
const READABLE = 0.55;

/** Measures a raw page in points of the upright page; `reader` is the short name of the engine that read its numbers. */
export function toPage(raw: RawPage, engine: string, reader: string, script?: Script): OcrPage {
  const pixels = toPixels(raw);
  const toPoints = inverse(pixels);
  const found: OcrLine[] = [];
  for (const { characters, tiles } of raw.lines) {
    const placed = tiles ? standing(characters, tiles, raw.grey.width) : characters;
    const line = lineOf(measured(placed, toPoints), { vertical: tiles !== undefined });
    if (line) found.push({ ...line, doubts: doubtsOf(line.characters, reader, line.vertical) });
  }
  const lines = found.filter((line) => !found.some((other) => isPartOf(line, other)));
  const toImage = toPicture(raw);
  const [width, height] = [(raw.grey.width / raw.dpi) * 72, (raw.grey.height / raw.dpi) * 72];
  const outcome = raw.outcome === "read" ? outcomeOf(lines) : raw.outcome;
  const isRead = outcome === "read";
  return {
    engine,
    width,
    height,
    outcome,
    script: script ?? scriptOf(lines.map((line) => line.text).join("\n")),
    lines: isRead ? lines : [],
    rules: isRead
      ? (raw.rules ?? rulesOf(raw.grey, pixels, width, height)).filter((rule) => !isStroke(rule, lines))
      : [],
    preparations: raw.preparations,
    ...(toImage ? { toImage } : {}),
  };
}

/** A line found twice, the second time in part: most of it lies within a longer one. */
function isPartOf(line: OcrLine, other: OcrLine): boolean {
  if (other === line || other.vertical !== line.vertical || other.characters.length <= line.characters.length)
    return false;
  const [left, top, right, bottom] = line.box;
  const width = Math.min(right, other.box[2]) - Math.max(left, other.box[0]);
  const height = Math.min(bottom, other.box[3]) - Math.max(top, other.box[1]);
  return width > 0 && height > 0 && width * height > (right - left) * (bottom - top) * TWICE;
}

/** Whether a rule is part of letters: it lies within a line, as the strokes of 一 and bold headlines do. */
function isStroke([left, top, right, bottom]: Box, lines: readonly OcrLine[]): boolean {
  const middle = (top + bottom) / 2;
  return lines.some(({ box }) => {
    const inside = Math.min(right, box[2]) - Math.max(left, box[0]);
    return middle > box[1] - 1 && middle < box[3] + 1 && inside > (right - left) * 0.5;
  });
}

function measured(characters: readonly OcrCharacter[], matrix: Matrix): OcrCharacter[] {
  return characters.map((character) => ({ ...character, box: mapBox(matrix, character.box) }));
}

/** Characters of scripts that are not read, as far as the engines have them. */
const FOREIGN = /[\u0370-\u04ff\u0590-\u06ff\u0900-\u0eff\u3041-\u30fa\uac00-\ud7af]/g;
/** Above this share of them a page is in another language: a Chinese page may name a Japanese firm. */
const STRANGE = 0.12;

function outcomeOf(lines: readonly OcrLine[]): OcrOutcome {
  const text = lines.map((line) => line.text).join("");
  if (text === "") return "blank";
  if ((text.match(FOREIGN)?.length ?? 0) > text.length * STRANGE || isGarbled(lines)) return "foreign";
  const sure = lines.reduce((sum, line) => sum + line.confidence * line.text.length, 0) / text.length;
  return sure < READABLE ? "unreadable" : "read";
}

/** Words with capitals or digits in their midst (Cyrillic taken for Latin), or lone Latin letters behind Han (kana). */
const MIXED_WORD = /[a-z][A-Z]|[A-Za-z]\d+[A-Za-z]/;
const LONE_LETTER = /(?<=\p{Script=Han})[A-Za-z]{1,2}(?![A-Za-z])/gu;
/** Shares of words and of characters above which a page is in another language; none of 43 pages of ours has a tenth of them. */
const GARBLED = { words: 0.3, letters: 0.04 } as const;

function isGarbled(lines: readonly OcrLine[]): boolean {
  const text = lines.map((line) => line.text).join("\n");
  const words = text.match(/[A-Za-z\d]{4,}/g)?.filter((word) => /[A-Za-z]{2}/.test(word)) ?? [];
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const mixed = words.filter((word) => MIXED_WORD.test(word)).length;
  if (words.length > Math.max(8, han * 0.2) && mixed > words.length * GARBLED.words) return true;
  return han > 20 && (text.match(LONE_LETTER)?.length ?? 0) > han * GARBLED.letters;
}
