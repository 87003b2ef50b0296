import type { Box } from "../doc/index.js";
import type { OcrCharacter, OcrLine } from "./index.js";

/** A line of its characters, without blanks at its ends; undefined where nothing is left. */
export function lineOf(
  characters: readonly OcrCharacter[],
  more: Partial<Pick<OcrLine, "box" | "vertical" | "doubts">> = {},
): OcrLine | undefined {
  let start = 0;
  let end = characters.length;
  while (start < end && characters[start]?.text.trim() === "") start++;
  while (end > start && characters[end - 1]?.text.trim() === "") end--;
  const kept = characters.slice(start, end);
  if (kept.length === 0) return undefined;
  const printed = kept.filter((character) => character.text.trim() !== "");
  return {
    text: kept.map((character) => character.text).join(""),
    box: more.box ?? hull(printed.map((character) => character.box)),
    vertical: more.vertical ?? false,
    characters: kept,
    confidence: printed.reduce((sum, character) => sum + character.confidence, 0) / printed.length,
    doubts: more.doubts ?? [],
  };
}

/** The smallest box around others. */
export function hull(boxes: readonly Box[]): Box {
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}
