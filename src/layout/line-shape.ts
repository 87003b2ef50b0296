import type { SourceLine } from "../doc/index.js";

/** What a line of plain text looks like. */
export interface Shape {
  readonly line: SourceLine;
  readonly text: string;
  /** Columns taken on a screen: Han 2, others 1. */
  readonly width: number;
  readonly indent: number;
  /** Blank lines right before. */
  readonly blanksBefore: number;
}

export function displayWidth(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += text.charCodeAt(at) >= 0x2000 ? 2 : 1;
  return width;
}

/** The lines that hold something, with the blank lines between them counted. */
export function shapesOf(lines: readonly SourceLine[]): Shape[] {
  const shapes: Shape[] = [];
  let blanks = 0;
  for (const line of lines) {
    const text = line.text.trim();
    if (text === "") {
      blanks++;
      continue;
    }
    const lead = line.text.slice(0, line.text.length - line.text.trimStart().length);
    shapes.push({
      line,
      text,
      width: displayWidth(text),
      indent: displayWidth(lead.replace(/\ufeff/g, "")),
      blanksBefore: blanks,
    });
    blanks = 0;
  }
  return shapes;
}

const ENDS = /[。！？!?；;：:…]["”’）)】》]*$|[.!?]["”’)]*$/;
/** Whether a line ends a sentence (or leads to a list). */
export const endsSentence = (text: string) => ENDS.test(text);

/** Chapter and item numbers that open a paragraph. */
export const OPENS_ITEM =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}[、．]|[①-⑳]|[●■◆▲★※·•])/;

export const PAGE_NUMBER = /^(?:[—–\-·\s]*\d{1,4}[—–\-·\s]*|第\s?\d+\s?页.*|Page \d+.*)$/i;
