/**
 * The words of this project and the document that grows by layers.
 *
 * clipping   one source file
 * page       of it; line, block: text with a box on the page
 * article    one report inside a clipping
 * quantity   a number with its unit as printed
 * indicator  an entry of the catalogue
 * figure     a quantity that an indicator, region, period, scope and status have been found for
 * headline   figure with scope null and status actual: the region's whole
 * finding    what a check says of figures
 * run        one pass of one version of the pipeline over one clipping
 */
import type { Code } from "./codes.js";
import type { MappedText, OffsetMap } from "./offset-map.js";

/** Half-open [start, end), in UTF-16 code units of one text. */
export interface Span<T extends "source" | "normal"> {
  readonly of: T;
  readonly start: number;
  readonly end: number;
}

/** [left, top, right, bottom] in points (1/72 inch) from the top left of the page. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** A projective map of the plane, row by row: [a b c; d e f; g h i]. */
export type Matrix = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
];

/** A number that OCR is not sure of. */
export interface Doubt {
  /** Half-open range of the line's text. */
  readonly start: number;
  readonly end: number;
  readonly box: Box;
  /** What each engine reads there; the first is the one that stands in the text. */
  readonly readings: readonly { readonly engine: string; readonly text: string; readonly confidence: number }[];
}

export interface Message {
  readonly code: Code;
  readonly level: "note" | "warning" | "error";
  readonly at: Span<"source">;
  /** What was found, and what was expected. */
  readonly detail: string;
  readonly page?: number;
}

/** Trouble in the machine (disk full, worker gone), never in a document. Always with `cause`. */
export class PipelineError extends Error {}

/** Trouble that ends one clipping: the file cannot be read at all. */
export class ClippingError extends Error {
  constructor(
    readonly code: Code,
    readonly path: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

/** What a clipping can be, told by its bytes. */
export const CLIPPING_KINDS = ["text", "html", "pdf", "image", "docx", "rtf"] as const;
export type ClippingKind = (typeof CLIPPING_KINDS)[number];

/** What is known of a clipping beside its text; null where nothing says it. */
export interface Metadata {
  readonly title: string | null;
  readonly publisher: string | null;
  /** ISO date, or year, or year-month. */
  readonly published: string | null;
  /** GB/T 2260 code, only where a side file says so. */
  readonly region: string | null;
  readonly url: string | null;
}

/** One line (or HTML block) of a source, with the way back to `Source.text`. */
export interface SourceLine extends MappedText {
  readonly page?: number;
  readonly box?: Box;
  /** Words with boxes, as half-open ranges of this line's text. */
  readonly words?: readonly {
    readonly start: number;
    readonly end: number;
    readonly box: Box;
    readonly confidence?: number;
  }[];
  /** Set from top to bottom. */
  readonly vertical?: boolean;
  /** Numbers that OCR is not sure of. */
  readonly doubts?: readonly Doubt[];
  /** What ingest or layout knows the line to be; body when nothing is known. */
  readonly role?: LineRole;
  /** Lines of one column of a page share it; it counts up in reading order. */
  readonly region?: number;
}

/** `row`: a table row, its cells separated by tabs. `furniture`: running heads, page numbers, menus. */
export type LineRole = "body" | "heading" | "row" | "caption" | "furniture";

export interface SourcePage {
  readonly number: number;
  /** Half-open range of `Source.text`. */
  readonly start: number;
  readonly end: number;
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly read: "text-layer" | "ocr";
  /** Why it was read that way, in words. */
  readonly why?: string;
  /** Rules printed on the page, in points: long, thin, level or upright. */
  readonly rules?: readonly Box[];
  /** From points of the page as read to points of the page as it lies in the file, where OCR had to set it upright. */
  readonly toFile?: Matrix;
}

/** What ingest makes of bytes. */
export interface Source {
  readonly kind: ClippingKind;
  /** As decoded (text, HTML) or as read (PDF, image). Never edited later. */
  readonly text: string;
  readonly encoding: string | null;
  readonly lines: readonly SourceLine[];
  readonly pages: readonly SourcePage[];
  readonly metadata: Metadata;
}

/** Lines that belong together, in reading order. */
export interface Block {
  readonly kind: "paragraph" | "heading" | "row" | "caption" | "furniture";
  readonly lines: readonly SourceLine[];
}

/** What layout adds: blocks in the order a person reads them. */
export interface Reading {
  readonly blocks: readonly Block[];
}

export interface Repair {
  readonly kind:
    | "traditional"
    | "width"
    | "pinyin"
    | "shifted-gbk"
    | "mojibake"
    | "wrap"
    | "space"
    | "ocr-digit"
    | "ocr-word"
    | "date"
    | "punctuation";
  readonly at: Span<"source">;
  readonly before: string;
  readonly after: string;
}

/** A block of the normal text. */
export interface NormalBlock {
  readonly kind: Block["kind"];
  readonly start: number;
  readonly end: number;
}

/** Simplified, repaired text with the way back to the source. */
export interface Normal {
  readonly text: string;
  readonly map: OffsetMap;
  readonly blocks: readonly NormalBlock[];
  readonly repairs: readonly Repair[];
  /** What could not be repaired. */
  readonly messages: readonly Message[];
  /** Numbers whose first digits may be lost: no figure is to be made of them. */
  readonly doubtful: readonly Span<"source">[];
  /** Whether the source was written in traditional characters. */
  readonly traditional: boolean;
  /** The language most of the text is written in. */
  readonly language: "zh" | "en";
}

/** A sentence of the normal text; clauses are its parts between commas. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly clauses: readonly { readonly start: number; readonly end: number }[];
}

export interface Paragraph {
  readonly kind: NormalBlock["kind"];
  readonly start: number;
  readonly end: number;
  readonly sentences: readonly Sentence[];
}

/** One report inside a clipping; spans of the normal text. */
export interface Article {
  readonly title: string | null;
  readonly start: number;
  readonly end: number;
  readonly paragraphs: readonly Paragraph[];
}

export type Qualifier = "exact" | "over" | "about" | "under";

/** How sure the reading of the characters is. */
export type Grounding = "exact" | "repaired" | "guessed";

/** A number with its unit as printed; offsets are of the normal text. */
export interface Quantity {
  /** In the base unit: 3.04亿元 is 304000000, 98.6% is 98.6. */
  readonly value: number;
  /** An id of units.json; `bare` where no unit stands. */
  readonly unit: string;
  /** The measure word as written; "" where none stands. */
  readonly measure: string;
  readonly qualifier: Qualifier;
  /** Qualifier, number and unit. */
  readonly start: number;
  readonly end: number;
  /** The number with its scale, without qualifier and unit. */
  readonly numberStart: number;
  readonly numberEnd: number;
  /** A bound, not a value: 最高, 不超过, up to. */
  readonly ceiling: boolean;
  /** One of the two bounds of a range. */
  readonly range: boolean;
  /** An amount in another currency, in brackets behind the first. */
  readonly conversion: boolean;
  /** A bare number with 万 or 亿 behind it. */
  readonly scaled: boolean;
  /** 一个, 一家: mostly an article, not a count. */
  readonly one: boolean;
  /**
   * What a number is that counts nothing; undefined for quantities.
   * `indefinite` has no value worth the name (数百家), `approximate` has a
   * lower bound (十几家, 两三个).
   */
  readonly not?: "ordinal" | "slogan" | "indefinite" | "approximate" | "word" | "code";
}

export type Status = "actual" | "planned";

/** Where a figure's region was read: in its sentence (a name, or 全市), at the head of its paragraph, in a list, a table, or nowhere but the article. */
export type RegionFrom = "named" | "deixis" | "lead" | "list" | "table" | "article";
/** Where a figure's time was read, the nearest place first. */
export type PeriodFrom =
  | "clause"
  | "behind"
  | "part"
  | "opening"
  | "near"
  | "same"
  | "sentence"
  | "parent"
  | "whole"
  | "carried"
  | "heading"
  | "table"
  | "none";
/** What limited a figure: a zone, an item of a list, words of its clause, the heading it stands under; `near`: the words before it, as it looks like a part. */
export type ScopeFrom = "zone" | "list" | "words" | "heading" | "near" | "table" | "none";

/** Where the parts of a figure came from: features of its confidence, and what `explain` tells. */
export interface Provenance {
  /** How the head and the verb stand to the number; `word` where a word of money or of a rate decided, `table` in tables. */
  readonly head: string;
  readonly verb: string;
  readonly region: RegionFrom;
  readonly period: PeriodFrom;
  readonly scope: ScopeFrom;
}

/** A figure in the making; offsets are of the normal text. */
export interface Draft {
  readonly indicator: string;
  readonly value: number;
  readonly unit: string;
  readonly qualifier: Qualifier;
  readonly region: string | null;
  readonly period: string | null;
  readonly scope: string | null;
  readonly status: Status;
  readonly start: number;
  readonly end: number;
  readonly number: Quantity;
  readonly article: number;
  /** Score of the winning claim, and by how much it won. */
  readonly score: number;
  readonly margin: number;
  readonly because: string;
  readonly elliptic: boolean;
  readonly sentence: number;
  /** Of an earlier time, told to measure another figure against. */
  readonly compared?: boolean;
  readonly from: Provenance;
}

export interface Finding {
  readonly code: Code;
  readonly level: "note" | "warning" | "error";
  readonly detail: string;
}

/** A quantity with its meaning. */
export interface Figure {
  readonly indicator: string;
  readonly value: number;
  readonly unit: string;
  readonly qualifier: Qualifier;
  /** GB/T 2260 code, or null. */
  readonly region: string | null;
  /** ISO 8601 interval or date; open start as `..`. */
  readonly period: string | null;
  readonly scope: string | null;
  readonly status: Status;
  /** 0–1. */
  readonly confidence: number;
  /** As printed. */
  readonly quote: string;
  readonly at: Span<"source">;
  readonly page: number | null;
  /** Around the whole quote. */
  readonly box: Box | null;
  /** One a line, where the quote breaks over lines or columns. */
  readonly boxes?: readonly Box[];
  /** Index into the document's articles. */
  readonly article: number;
  readonly grounding: Grounding;
  readonly findings: readonly Finding[];
}

export interface Layers {
  source: Source;
  reading: Reading;
  normal: Normal;
  articles: readonly Article[];
  quantities: readonly Quantity[];
  figures: readonly Figure[];
}

export type Layer = keyof Layers;

export interface Origin {
  /** As given; never used to decide the kind. */
  readonly path: string;
  readonly bytes: number;
}

export interface Core {
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly id: string;
  readonly origin: Origin;
  readonly messages: readonly Message[];
  /** Title, publisher, date and region of the document, as found by segment and assign. */
  readonly about: Metadata;
}

export type Doc<K extends Layer = never> = Core & Pick<Layers, K>;

/** Returns only what it adds; the pipeline merges it. */
export interface Stage<Needs extends Layer, Adds extends Layer> {
  readonly name: string;
  run(doc: Doc<Needs>): Promise<Pick<Layers, Adds> & Partial<Pick<Core, "messages" | "about">>>;
}
