import type { Block, Source } from "../doc/index.js";
import { blocksOfPlainText } from "./plain.js";

export function blocksOfPages(source: Source): Block[] {
  return blocksOfPlainText(source.lines);
}
