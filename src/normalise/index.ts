import {
  type Block,
  type MappedText,
  MappedTextBuilder,
  type Message,
  type Normal,
  type NormalBlock,
  OffsetMap,
  type Reading,
  type Repair,
  type SourceLine,
  type Span,
} from "../doc/index.js";
import { BRACKET, bitsOf, classes, HAN, LOST_BYTE, MISREAD, RADICAL, SPACE, TRADITIONAL, WIDTH } from "./classes.js";
import { damagedPage, mendDamage } from "./damage.js";
import { mendDates } from "./dates.js";
import { joinLines } from "./join.js";
import { mendMarks, mendSeparators } from "./marks.js";
import { mendMojibake } from "./mojibake.js";
import { mendOcr, showsOcrDamage } from "./ocr.js";
import { dropPinyin, showsPinyin } from "./pinyin.js";
import type { Draft } from "./rewrite.js";
import type { DamagedPage } from "./shifted.js";
import { closeSpaces } from "./spaces.js";
import { simplify, toSimplified } from "./traditional.js";
import { mendWidths } from "./widths.js";
import { likelihood } from "./words.js";

export { toSimplified, type Variant } from "./traditional.js";

interface Joined {
  readonly block: Block;
  readonly draft: Draft;
  /** The classes of its characters. */
  readonly bits: number;
}

/** What is known of all blocks together. */
interface Page {
  readonly traditional: boolean;
  readonly ocr: boolean;
  readonly pinyin: boolean;
  /** Undefined where no byte was lost. */
  readonly damage: DamagedPage | undefined;
}

/**
 * Makes the normal text: simplified, half-width digits, full-width Chinese
 * marks, hard wraps joined, stray spaces closed, pinyin annotations, runs read
 * one byte off and OCR confusions mended; cells of table rows separated by
 * tabs. Blocks are separated by "\n". Every code unit maps to where it came
 * from in the source.
 */
export function normalise(reading: Reading): Normal {
  const joined: Joined[] = [];
  for (const block of reading.blocks) {
    const each = read(joinLines(block));
    if (each.draft.text !== "") joined.push({ block, ...each });
  }
  const page = pageOf(joined);
  const builder = new MappedTextBuilder(joined.reduce((sum, { draft }) => sum + draft.text.length + 1, 0));
  const blocks: NormalBlock[] = [];
  const repairs: Repair[] = [];
  const messages: Message[] = [];
  const doubtful: Span<"source">[] = [];
  for (const each of joined) {
    const { draft, trouble } = mendBytes(each, page);
    messages.push(...trouble.messages);
    doubtful.push(...trouble.doubtful);
    const mended = mend(draft, draft === each.draft ? each.bits : bitsOf(draft.text), each.block, page);
    if (mended.text.trim() === "") continue;
    if (builder.length > 0) builder.replace("\n", mended.map.startOf(0), mended.map.startOf(0));
    const start = builder.length;
    builder.append(mended);
    blocks.push({ kind: each.block.kind, start, end: builder.length });
    repairs.push(...mended.repairs);
  }
  const { text, map } = builder.build();
  return {
    text,
    map,
    blocks,
    repairs,
    messages,
    doubtful,
    traditional: page.traditional,
    language: languageOf(text),
  };
}

function pageOf(joined: readonly Joined[]): Page {
  const all = joined.reduce((bits, each) => bits | each.bits, 0);
  const sample = joined.map(({ draft }) => draft.text).join("\n");
  return {
    traditional: (all & TRADITIONAL) !== 0 && isTraditional(sample, 4000),
    ocr: showsOcrDamage(sample),
    pinyin: (all & BRACKET) !== 0 && showsPinyin(sample),
    damage: all & LOST_BYTE && all & HAN ? damagedPage(sample) : undefined,
  };
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

/** The text of a block in the encoding it was written in. */
function read(text: MappedText): { draft: Draft; bits: number } {
  const draft: Draft = { text: text.text, map: text.map, repairs: [] };
  const bits = bitsOf(text.text);
  if (!(bits & MISREAD)) return { draft, bits };
  const mended = mendMojibake(draft);
  return { draft: mended, bits: mended === draft ? bits : bitsOf(mended.text) };
}

function mendBytes({ draft, bits }: Joined, page: Page): ReturnType<typeof mendDamage> {
  if (!page.damage || !(bits & LOST_BYTE)) return { draft, trouble: { messages: [], doubtful: [] } };
  return mendDamage(draft, page.damage);
}

function mend(draft: Draft, bits: number, block: Block, page: Page): Draft {
  let mended = draft;
  if (page.pinyin && bits & BRACKET) mended = dropPinyin(mended);
  if (bits & (WIDTH | RADICAL)) mended = mendWidths(mended);
  if (bits & TRADITIONAL || (page.traditional && bits & HAN))
    mended = simplify(mended, page.traditional || isTraditional(draft.text, 400, 0.1), classes(), TRADITIONAL);
  const now = bits & (WIDTH | RADICAL) ? bitsOf(mended.text) : bits;
  if (now & SPACE && now & HAN)
    mended = closeSpaces(mended, { row: block.kind === "row", heading: block.kind === "heading" });
  // a bar between the cells of a row is no digit
  if (page.ocr && block.kind !== "row") mended = mendOcr(mended);
  if (!(now & HAN)) return mended;
  return mendSeparators(mendMarks(mendDates(mended), now));
}

/** Whether of the first Han characters more than a share are such as only traditional text has. */
function isTraditional(text: string, most: number, share = 0.04): boolean {
  const bits = classes();
  let han = 0;
  let traditional = 0;
  for (let at = 0; at < text.length && han < most; at++) {
    const kind = bits[text.charCodeAt(at)] as number;
    if (kind & HAN) han++;
    if (kind & TRADITIONAL) traditional++;
  }
  return han > 0 && traditional / han > share;
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
export const simplifyQuery = (text: string): string => toSimplified(text);

/** Mean natural logarithm of how likely a character of a Chinese text of either script is: about -4.5 in prose, below -9 in nonsense. */
export const likelihoodOfText = (text: string): number => likelihood(toSimplified(text)) / Math.max(1, text.length);
