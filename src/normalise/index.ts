import {
  type Block,
  MappedTextBuilder,
  type Normal,
  type NormalBlock,
  OffsetMap,
  type Reading,
  type Repair,
  type SourceLine,
} from "../doc/index.js";
import { joinLines } from "./join.js";
import { mendOcr, showsOcrDamage } from "./ocr.js";
import { dropPinyin } from "./pinyin.js";
import type { Draft } from "./rewrite.js";
import { closeSpaces, mendSeparators } from "./spaces.js";
import { isTraditional, simplify } from "./traditional.js";
import { mendMarks, mendWidths } from "./widths.js";

/**
 * Makes the normal text: simplified, half-width digits, full-width Chinese
 * marks, hard wraps joined, stray spaces closed, pinyin annotations and OCR
 * confusions mended; cells of table rows separated by tabs. Blocks are
 * separated by "\n". Every code unit maps to where it came from in the source.
 */
export function normalise(reading: Reading): Normal {
  const joined = reading.blocks
    .map((block) => ({ block, text: joinLines(block) }))
    .filter(({ text }) => text.text !== "");
  const sample = joined.map(({ text }) => text.text).join("\n");
  const traditional = isTraditional(sample);
  const ocr = showsOcrDamage(sample);
  const builder = new MappedTextBuilder();
  const blocks: NormalBlock[] = [];
  const repairs: Repair[] = [];
  for (const { block, text } of joined) {
    const draft = mend({ ...text, repairs: [] }, block, { traditional, ocr });
    if (draft.text.trim() === "") continue;
    if (builder.length > 0) builder.replace("\n", draft.map.startOf(0), draft.map.startOf(0));
    const start = builder.length;
    builder.append(draft);
    blocks.push({ kind: block.kind, start, end: builder.length });
    repairs.push(...draft.repairs);
  }
  const { text, map } = builder.build();
  return { text, map, blocks, repairs, traditional, language: languageOf(text) };
}

/** Normalises text already in hand, one block a line. Offsets are of `text`. */
export function normaliseText(text: string): Normal {
  let at = 0;
  const lines: SourceLine[] = [];
  for (const line of text.split("\n")) {
    lines.push({ text: line, map: OffsetMap.identity(line.length, at) });
    at += line.length + 1;
  }
  return normalise({ blocks: lines.map((line) => ({ kind: "paragraph", lines: [line] })) });
}

function mend(draft: Draft, block: Block, page: { traditional: boolean; ocr: boolean }): Draft {
  let mended = mendWidths(dropPinyin(draft));
  mended = simplify(mended, page.traditional);
  mended = closeSpaces(mended, { row: block.kind === "row", heading: block.kind === "heading" });
  if (page.ocr && block.kind !== "row") mended = mendOcr(mended);
  return mendSeparators(mendMarks(mended));
}

/** Chinese unless letters of Latin words outnumber Han by far. */
function languageOf(text: string): "zh" | "en" {
  let han = 0;
  let latin = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x3400 && code <= 0x9fff) han++;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) latin++;
  }
  return latin > han * 4 ? "en" : "zh";
}

/** A name or query typed by a person, in simplified characters. */
export function simplifyQuery(text: string): string {
  return simplify({ text, map: OffsetMap.identity(text.length), repairs: [] }, true).text;
}
