import type { Catalogue } from "../catalogue/index.js";
import type { Normal, Paragraph } from "../doc/index.js";
import type { FoundQuantity } from "../quantity/index.js";
import type { Draft } from "./reader.js";
import type { ChineseTime } from "./time-chinese.js";
import type { EnglishTime } from "./time-english.js";

export interface TableContext {
  readonly home: string | null;
  readonly article: number;
  readonly time: ChineseTime | EnglishTime;
  readonly planned: boolean;
  /** The text right above the table. */
  readonly caption: string;
  readonly period: string | null;
}

/** Reads rows of cells: the indicator and unit from the heading, the region or kind from the row. */
export function readTable(_catalogue: Catalogue, _normal: Normal, _rows: readonly Paragraph[], _numbers: readonly FoundQuantity[], _context: TableContext): Draft[] {
  return [];
}
