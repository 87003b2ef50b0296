import { createHash } from "node:crypto";
import { aboutOf, assign, type Guide, standardEvidence, Trace } from "./assign/index.js";
import { type Catalogue, catalogue as standardCatalogue } from "./catalogue/index.js";
import { confidenceOf, featuresOf } from "./check/confidence.js";
import { check } from "./check/index.js";
import type {
  Article,
  ClippingKind,
  Doubt,
  Draft,
  Figure,
  Finding,
  Message,
  Metadata,
  Normal,
  Quantity,
  Repair,
  Source,
  SourcePage,
} from "./doc/index.js";
import { ClippingError, StageClock, type Timings } from "./doc/index.js";
import { ingest, ingestDecodedText, type OnPage, sha256, sideFileFor } from "./ingest/index.js";
import { readClipping } from "./ingest/read-file.js";
import { orderPage, readingOrder } from "./layout/index.js";
import { isLong, joined, partsOf } from "./long-text.js";
import { likelihoodOfText, normalise } from "./normalise/index.js";
import type { OcrEngine } from "./ocr/index.js";
import { placeOnPage } from "./place.js";
import { findNumbers } from "./quantity/index.js";
import { segment } from "./segment/index.js";

/** Changes when the same bytes may give other figures. */
export const version = "0.1.0";

/** Identifies the catalogue a run used: 16 hexadecimal digits over its indicators and concepts. */
export function catalogueHash(catalogue: Catalogue = standardCatalogue()): string {
  return createHash("sha256")
    .update(JSON.stringify([catalogue.indicators, [...catalogue.concepts.values()]]))
    .digest("hex")
    .slice(0, 16);
}

/** What one run makes of one clipping. */
export interface Extraction {
  /** SHA-256 of the bytes. */
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly kind: ClippingKind;
  readonly encoding: string | null;
  readonly about: Metadata;
  /** The source text that `start` and `end` of figures refer to. */
  readonly text: string;
  readonly normalText: string;
  readonly repairs: readonly Repair[];
  readonly pages: readonly SourcePage[];
  readonly articles: readonly { readonly title: string | null; readonly start: number; readonly end: number }[];
  readonly figures: readonly Figure[];
  readonly messages: readonly Message[];
  readonly timings: Timings;
  /** How the figures were found; only where it was asked for. */
  readonly grounds?: Grounds;
}

/** What the stages knew of a clipping that its figures do not say. */
export interface Grounds {
  readonly normal: Normal;
  readonly numbers: readonly Quantity[];
  readonly trace: Trace;
  /** `drafts[i]` became `figures[i]`. */
  readonly drafts: readonly Draft[];
  /** What the confidence of each draft was made of. */
  readonly features: readonly ReadonlyMap<string, number>[];
}

export interface ExtractOptions {
  readonly ocr?: OcrEngine;
  readonly signal?: AbortSignal;
  /** Told after each page of a clipping that has pages. */
  readonly onPage?: OnPage;
  readonly catalogue?: Catalogue;
  readonly metadata?: Partial<Metadata>;
  /** Keep how each figure was found. */
  readonly explain?: boolean;
}

/** Reads a file and extracts its figures. Throws ClippingError when the file cannot be read at all. */
export async function extractFile(path: string, options: ExtractOptions = {}): Promise<Extraction> {
  let bytes: Uint8Array;
  try {
    bytes = await readClipping(path);
  } catch (cause) {
    if (cause instanceof ClippingError) throw cause;
    throw new ClippingError("ingest/unreadable", path, `cannot be opened: ${(cause as Error).message}`, { cause });
  }
  const beside = await sideFileFor(path);
  const extraction = await extractBytes(bytes, {
    ...options,
    path,
    metadata: { ...beside.metadata, ...options.metadata },
  });
  return { ...extraction, messages: [...beside.messages, ...extraction.messages] };
}

/** Extracts the figures of a file's bytes already in hand; no side file is looked for. */
export async function extractBytes(
  bytes: Uint8Array,
  options: ExtractOptions & { readonly path: string },
): Promise<Extraction> {
  const { path } = options;
  const clock = new StageClock();
  const read = await clock.timeAsync("ingest", () => readSource(bytes, options));
  const origin = { id: sha256(bytes), path, bytes: bytes.length };
  return extractSource(read.source, origin, read.messages, { ...options, clock });
}

/** The first stage alone: the source text with its lines and pages. Throws ClippingError. */
export function readSource(bytes: Uint8Array, options: ExtractOptions & { readonly path: string }) {
  return ingest(bytes, {
    path: options.path,
    ...(options.metadata ? { metadata: options.metadata } : {}),
    order: orderPage,
    likelihood: likelihoodOfText,
    ...(options.ocr ? { ocr: options.ocr } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onPage ? { onPage: options.onPage } : {}),
  });
}

/** The normal texts of a source, as extraction makes them: one, or one a part of a long text. */
export function normalsOf(source: Source): Normal[] {
  const parts = isLong(source) ? [...partsOf(source)] : [source];
  return parts.map((part) => normalise(readingOrder(part)));
}

/** Extracts the figures of a text already in hand. Offsets are of `text`. */
export function extractText(
  text: string,
  options: { path?: string; metadata?: Partial<Metadata>; catalogue?: Catalogue; explain?: boolean } = {},
): Extraction {
  const bytes = new TextEncoder().encode(text);
  const source = ingestDecodedText(text, options.metadata);
  return extractSource(source, { id: sha256(bytes), path: options.path ?? "", bytes: bytes.length }, [], options);
}

interface SourceOptions {
  readonly catalogue?: Catalogue;
  readonly explain?: boolean;
  guide?: (normal: Normal) => Guide;
  /** Goes on where ingest left it. */
  readonly clock?: StageClock;
}

/** Extracts the figures of a source; a long text part by part. */
export function extractSource(
  source: Source,
  origin: { id: string; path: string; bytes: number },
  messages: readonly Message[],
  options: SourceOptions = {},
): Extraction {
  if (!isLong(source) || options.explain) return extractWhole(source, origin, messages, options);
  const clock = options.clock ?? new StageClock();
  const parts: Extraction[] = [];
  for (const part of partsOf(source)) {
    // what the head of a text says of itself holds for all of it
    const metadata = parts[0]?.about ?? source.metadata;
    parts.push(extractWhole({ ...part, metadata }, origin, messages, { ...options, clock }));
  }
  return { ...joined(parts), timings: clock.timings };
}

/** The order of stages: source → reading → normal → articles → quantities → drafts → figures. */
function extractWhole(
  source: Source,
  origin: { id: string; path: string; bytes: number },
  messages: readonly Message[],
  options: SourceOptions = {},
): Extraction {
  const catalogue = options.catalogue ?? standardCatalogue();
  const clock = options.clock ?? new StageClock();
  const reading = clock.time("layout", () => readingOrder(source));
  const normal = clock.time("normalise", () => normalise(reading));
  const articles = clock.time("segment", () => segment(normal));
  const about = aboutOf(source.metadata, normal, articles);
  const currency = about.region?.startsWith("71") ? "TWD" : about.region?.startsWith("81") ? "HKD" : "CNY";
  const numbers = clock.time("quantity", () => findNumbers(normal.text, normal.language, { currency }));
  const trace = options.explain ? new Trace(catalogue) : undefined;
  const given = options.guide?.(normal);
  const guide = given ? { ...given, trace } : { evidence: standardEvidence(), trace };
  const drafts = clock
    .time("assign", () => assign(catalogue, normal, articles, numbers, about, guide))
    .filter((draft) => !isDoubtful(draft, normal));
  const { findings, support } = clock.time("check", () => check(drafts));
  const ocr = source.pages.some((page) => page.read === "ocr");
  const features = drafts.map((draft, index) =>
    featuresOf(draft, {
      support: support[index] ?? 0,
      ocr,
      doubtful: doubtsAt(draft, source, normal).length > 0,
      repaired: isMended(draft, normal),
      language: normal.language,
      articles: articles.length,
    }),
  );
  const figures = drafts.map((draft, index) =>
    toFigure(draft, source, normal, features[index] ?? new Map(), findings[index] ?? []),
  );
  return {
    id: origin.id,
    path: origin.path,
    bytes: origin.bytes,
    kind: source.kind,
    encoding: source.encoding,
    about,
    text: source.text,
    normalText: normal.text,
    repairs: normal.repairs,
    pages: source.pages,
    articles: articles.map((article) => ({ title: article.title, ...sourceRange(normal, article) })),
    figures,
    messages: [...messages, ...normal.messages],
    timings: clock.timings,
    ...(trace ? { grounds: { normal, numbers, trace, drafts, features } } : {}),
  };
}

/** A number that may have lost digits is told of in a message, and is no figure. */
function isDoubtful(draft: Draft, normal: Normal): boolean {
  if (normal.doubtful.length === 0) return false;
  const number = normal.map.range(draft.number.numberStart, draft.number.numberEnd);
  return normal.doubtful.some((span) => span.start < number.end && span.end > number.start);
}

function sourceRange(normal: Normal, part: Pick<Article, "start" | "end">): { start: number; end: number } {
  return normal.map.range(part.start, part.end);
}

function toFigure(
  draft: Draft,
  source: Source,
  normal: Normal,
  features: ReadonlyMap<string, number>,
  findings: Figure["findings"],
): Figure {
  const at = normal.map.range(draft.start, draft.end);
  const number = normal.map.range(draft.number.start, draft.number.end);
  // a quote whose pieces lie far apart (over a column or a caption) is cut to the number
  const span = at.end - at.start <= (draft.end - draft.start) * 6 + 40 ? at : number;
  const page = source.pages.find((candidate) => span.start >= candidate.start && span.start < candidate.end);
  return {
    indicator: draft.indicator,
    value: draft.value,
    unit: draft.unit,
    qualifier: draft.qualifier,
    region: draft.region,
    period: draft.period,
    scope: draft.scope,
    status: draft.status,
    confidence: confidenceOf(features),
    quote: source.text.slice(span.start, span.end),
    at: { of: "source", ...span },
    page: page?.number ?? null,
    ...(page ? placeOnPage(source.lines, page, span) : { box: null }),
    article: draft.article,
    grounding: features.has("digit mended") ? "repaired" : "exact",
    findings: [...findings, ...doubtsAt(draft, source, normal).map(findingOf)],
  };
}

/** The doubts of OCR about a draft's number. */
function doubtsAt(draft: Draft, source: Source, normal: Normal): readonly Doubt[] {
  if (!source.lines.some((line) => line.doubts)) return [];
  const number = normal.map.range(draft.number.numberStart, draft.number.numberEnd);
  return source.lines.flatMap((line) =>
    (line.doubts ?? []).filter((doubt) => {
      const start = line.map.startOf(doubt.start);
      const end = line.map.endOf(doubt.end - 1);
      return start < number.end && end > number.start;
    }),
  );
}

function findingOf({ readings }: Doubt): Finding {
  const told = readings.map(({ engine, text, confidence }) => `'${text}' by ${engine} (${confidence.toFixed(2)})`);
  return { code: "ocr/doubtful", level: "warning", detail: `read as ${told.join(", as ")}` };
}

/** Whether a digit of the draft's number was read otherwise than printed. */
function isMended(draft: Draft, normal: Normal): boolean {
  if (normal.repairs.length === 0) return false;
  const number = normal.map.range(draft.number.start, draft.number.end);
  const whole = normal.map.range(draft.start, draft.end);
  return normal.repairs.some(({ kind, at }) => {
    // what was read again one byte off was in part guessed: the words around the number count too
    const span = kind === "shifted-gbk" ? whole : kind === "ocr-digit" ? number : undefined;
    return span !== undefined && at.start < span.end && at.end > span.start;
  });
}
