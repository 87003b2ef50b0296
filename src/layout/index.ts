import type { Reading, Source } from "../doc/index.js";
import { blocksOfKnownLines } from "./known.js";
import { blocksOfPages } from "./pages.js";
import { blocksOfPlainText } from "./plain.js";

/**
 * Puts the lines of a source in reading order and groups them into blocks:
 * by columns and gaps where lines have boxes, by the widths and ends of lines
 * in plain text, as marked up in HTML. No line is dropped.
 */
export function readingOrder(source: Source): Reading {
  if (source.kind === "html") return { blocks: blocksOfKnownLines(source.lines) };
  if (source.lines.some((line) => line.box)) return { blocks: blocksOfPages(source) };
  return { blocks: blocksOfPlainText(source.lines) };
}

export { orderPage } from "./order.js";
