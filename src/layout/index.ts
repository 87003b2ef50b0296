import type { Reading, Source } from "../doc/index.js";
import { blocksOfKnownLines } from "./known.js";
import { blocksOfPages } from "./pages.js";
import { blocksOfPlainText } from "./plain.js";

/** Kinds whose lines are whole paragraphs and rows already. */
const MARKED_UP: ReadonlySet<string> = new Set(["html", "docx", "rtf"]);

/**
 * Puts the lines of a source in reading order and groups them into blocks:
 * by columns and gaps where lines have boxes, by the widths and ends of lines
 * in plain text, as marked up in HTML and word processors. No line is dropped.
 */
export function readingOrder(source: Source): Reading {
  if (MARKED_UP.has(source.kind)) return { blocks: blocksOfKnownLines(source.lines) };
  if (source.lines.some((line) => line.box)) return { blocks: blocksOfPages(source) };
  return { blocks: blocksOfPlainText(source.lines) };
}

export { orderPage } from "./order.js";
