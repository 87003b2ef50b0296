import type {
  Box,
  ClippingKind,
  Figure,
  Finding,
  Message,
  Metadata,
  SourcePage,
  Status,
  Timings,
} from "../doc/index.js";
import type { Decision, DecisionInput, Meaning } from "./decision.js";
import type { Derived } from "./prepare.js";

/** What one run made of one clipping, ready to be stored. */
export interface Extracted {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly kind: ClippingKind;
  readonly encoding: string | null;
  readonly about: Metadata;
  readonly text: string;
  readonly normalText: string;
  readonly pages: readonly SourcePage[];
  readonly articles: readonly { readonly title: string | null; readonly start: number; readonly end: number }[];
  readonly figures: readonly Figure[];
  readonly messages: readonly Message[];
  /** What `prepare` computes of the text, where that was done elsewhere already (in a worker thread). */
  readonly derived?: Derived;
  /** How long the stages took, where that was measured. */
  readonly timings?: Timings;
}

/** Which pipeline and catalogue made a run, and which metadata beside the clipping's own it was given. */
export interface RunVersion {
  readonly version: string;
  readonly catalogue: string;
  /** `givenHash` of metadata that a person added; "" where none was. */
  readonly given?: string;
}

/**
 * What is known of a figure by people: nothing yet; a decision that fits it; or
 * `renew`: a decision was made, but extraction since finds something else there,
 * so that the reviewer is asked again. The value shown is the reviewer's.
 */
export type Review = "unreviewed" | "accepted" | "corrected" | "rejected" | "added" | "renew";

/** A figure as it is now: of the current run, with decisions applied, and with its clipping's metadata. */
export interface StoredFigure extends Omit<Figure, "at" | "findings"> {
  /** The same for the same place and indicator of the same bytes, whichever version finds it. */
  readonly id: string;
  readonly clipping: string;
  readonly start: number;
  readonly end: number;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly path: string;
  /** The clipping that this one is a repost of, or its own: figures of one work count once. */
  readonly work: string;
  readonly findings: readonly Finding[];
  readonly review: Review;
  /** Id of the decision that `review` speaks of. */
  readonly decision: string | null;
}

/** What comparing needs to know of a figure. */
export type ComparedFigure = Pick<
  StoredFigure,
  | "id"
  | "clipping"
  | "work"
  | "indicator"
  | "region"
  | "period"
  | "value"
  | "unit"
  | "qualifier"
  | "confidence"
  | "quote"
  | "start"
  | "review"
  | "published"
  | "publisher"
  | "title"
  | "path"
  | "scope"
  | "status"
>;

export interface StoredClipping {
  readonly id: string;
  readonly kind: ClippingKind;
  readonly path: string;
  readonly bytes: number;
  readonly about: Metadata;
  readonly outcome: "complete" | "partial";
  readonly figures: number;
  /** The current run's. */
  readonly run: Required<RunVersion>;
  /** The clipping this is a repost of; null for originals and for what was never reposted. */
  readonly repostOf: string | null;
  /** Other clippings of the same work. */
  readonly reposts: number;
  readonly added: string;
}

/** A page of a clipping: where its text stands, which way it was read, and why (null where an older version read it). */
export interface StoredPage extends Pick<SourcePage, "number" | "start" | "end" | "width" | "height" | "read"> {
  readonly why: string | null;
}

export interface FigureQuery {
  readonly indicators?: readonly string[];
  /** This region and all below it. */
  readonly within?: string;
  /** These regions alone, without what lies below them. */
  readonly regions?: readonly string[];
  /** ISO date or interval; figures whose period overlaps it. */
  readonly period?: string;
  readonly status?: Status;
  /** Scope null and status actual only. */
  readonly headline?: boolean;
  /** Of each indicator and region only the figures with the latest end of period. Implies headline. */
  readonly latest?: boolean;
  readonly clipping?: string;
  /** All but rejected where it is not given. */
  readonly review?: readonly Review[];
  /** Confidence of at least, and of less than. */
  readonly confidence?: { readonly from?: number; readonly below?: number };
  readonly limit?: number;
}

export interface ClippingQuery {
  /** The region the clipping speaks of, and all below it. */
  readonly within?: string;
  /** Only clippings of the same work as this one. */
  readonly work?: string;
  readonly limit?: number;
}

export interface Failure {
  readonly path: string;
  /** SHA-256 of the bytes; null where they could not be had. */
  readonly clipping: string | null;
  readonly code: string;
  readonly detail: string;
  readonly version: string;
  readonly catalogue: string;
  /** How often it was tried. */
  readonly attempts: number;
  readonly at: string;
}

export interface NewFailure extends Pick<Failure, "path" | "code" | "detail"> {
  readonly clipping?: string;
  readonly version?: string;
  readonly catalogue?: string;
}

/** A clipping with the same or nearly the same text. */
export interface Repost {
  readonly clipping: string;
  readonly of: string;
  /** Share of word sequences both have, 0–1; 1 for the same text. */
  readonly similarity: number;
}

/** What the newer of two runs says of a figure of the older one. */
export interface FigureChange {
  readonly kind: "added" | "gone" | "value" | "meaning";
  /** The place in the text the figure was or is at. */
  readonly quote: string;
  readonly before: (Meaning & { readonly id: string }) | null;
  readonly after: (Meaning & { readonly id: string }) | null;
}

/** What taking over a waiting run would do to one clipping. */
export interface RunChange {
  readonly clipping: string;
  readonly path: string;
  readonly changes: readonly FigureChange[];
  readonly unchanged: number;
  /** Decisions that stand, and those that the reviewer is asked about again. */
  readonly kept: number;
  readonly renew: readonly Decision[];
}

/** All that happened to one figure. */
export interface FigureHistory {
  readonly id: string;
  readonly clipping: string;
  readonly path: string;
  /** As it is now; undefined where no current run and no decision has it. */
  readonly now: StoredFigure | undefined;
  /** Oldest first; `figure` is null where a run did not find it. */
  readonly runs: readonly {
    readonly version: string;
    readonly catalogue: string;
    readonly at: string;
    readonly current: boolean;
    readonly figure: (Meaning & { readonly id: string; readonly quote: string; readonly confidence: number }) | null;
  }[];
  readonly decisions: readonly Decision[];
}

export interface SearchQuery {
  /** What must be there, all of it; in normal form (simplified). Made by `parseSearch`. */
  readonly terms: readonly SearchTerm[];
  readonly within?: string;
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** `word`: the start of an English word or number. `phrase`: as it stands, in Chinese from one character. */
export interface SearchTerm {
  readonly kind: "word" | "phrase";
  readonly text: string;
}

export interface SearchHit {
  readonly clipping: StoredClipping;
  /** Around the first hit, of the normal text; `marks` are half-open ranges of `snippet`. */
  readonly snippet: string;
  readonly marks: readonly { readonly start: number; readonly end: number }[];
  readonly inTitle: boolean;
}

export interface SearchResult {
  /** Hits in titles first, then the latest stored. */
  readonly hits: readonly SearchHit[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export interface Batch {
  readonly number: number;
  readonly command: string;
  readonly paths: readonly string[];
  readonly started: string;
  /** When it last said that it works. */
  readonly beat: string;
  readonly ended: string | null;
  readonly total: number | null;
  readonly done: number;
  readonly failed: number;
}

export interface StoreStatus {
  readonly clippings: number;
  readonly partial: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly figures: number;
  readonly byReview: Readonly<Record<Review, number>>;
  readonly decisions: number;
  /** Clippings that repost another one. */
  readonly reposts: number;
  /** Current runs by the version and catalogue that made them. */
  readonly runs: readonly { readonly version: string; readonly catalogue: string; readonly clippings: number }[];
  /** Runs that wait to be taken over. */
  readonly waiting: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly lastBatch: Batch | undefined;
}

export interface SaveOptions {
  /** Keep the run without making it the current one; `adopt` does that. */
  readonly waiting?: boolean;
}

/**
 * Keeps clippings, runs, figures and decisions. A clipping is stored whole or
 * not at all; nothing is ever overwritten. Streams (`each…`) see the store as
 * it was when they began, and may be left early.
 */
export interface Store {
  /** `known`: the same bytes were stored by the same version before; nothing was changed. */
  save(extracted: Extracted, run: RunVersion, options?: SaveOptions): Promise<"stored" | "known">;
  /** All or none; as `save` one after another, but in one transaction. */
  saveAll(
    extracted: readonly Extracted[],
    run: RunVersion,
    options?: SaveOptions,
  ): Promise<readonly ("stored" | "known")[]>;
  /** Whether these bytes were already read by this version; with any metadata where `given` is left out. */
  has(clipping: string, run: RunVersion): Promise<boolean>;
  /** Notes that the same bytes lie at other paths too. */
  seen(...sightings: { readonly clipping: string; readonly path: string }[]): Promise<void>;
  /** Every path the bytes were seen at. */
  paths(clipping: string): Promise<readonly string[]>;

  /** In order of indicator, region, period (latest first), id. */
  figures(query: FigureQuery): Promise<readonly StoredFigure[]>;
  /** The same, in no order, and with no more than comparing needs: for the tens of thousands it looks at. */
  compared(query: FigureQuery): Promise<readonly ComparedFigure[]>;
  /** The same, one after another: for any number of them. */
  eachFigure(query: FigureQuery): AsyncIterable<StoredFigure>;
  /** A figure by its id or the unambiguous start of it. */
  figure(id: string): Promise<StoredFigure | undefined>;
  /** By the id of any run's figure. */
  history(id: string): Promise<FigureHistory | undefined>;

  /** In order of path, id. */
  clippings(query?: ClippingQuery): Promise<readonly StoredClipping[]>;
  eachClipping(query?: ClippingQuery): AsyncIterable<StoredClipping>;
  clipping(id: string): Promise<StoredClipping | undefined>;
  /** The source text of a clipping, as its current run read it. */
  text(clipping: string): Promise<string | undefined>;
  normalText(clipping: string): Promise<string | undefined>;
  /** The pages of a clipping in order, as its current run read them; none where it has no pages. */
  pages(clipping: string): Promise<readonly StoredPage[]>;
  /** In order of the later clipping's path. */
  reposts(clipping?: string): AsyncIterable<Repost>;
  search(query: SearchQuery): Promise<SearchResult>;

  /** What a person knows of a clipping; fields that are undefined stay as they are. Nothing is extracted again. */
  describe(clipping: string, metadata: Partial<Metadata>, editor: string): Promise<void>;
  /** What was told by `describe`; undefined where nothing was. */
  described(clipping: string): Promise<Metadata | undefined>;

  /** Appends. Throws DecisionError where the figure is unknown, the decision makes no sense, or another came before it. */
  decide(input: DecisionInput): Promise<Decision>;
  /** Decisions of an export, or of another store: known ones are left alone. Throws DecisionError for an unknown clipping. */
  addDecisions(decisions: readonly Decision[]): Promise<{ added: number; known: number }>;
  /** In the order they were made; of one clipping, or all. */
  eachDecision(clipping?: string): AsyncIterable<Decision>;

  /** Clippings for which a run of this version waits, in order of path. */
  awaiting(run: RunVersion): Promise<readonly string[]>;
  /** What taking over the waiting runs of this version would change, in order of path. */
  waiting(run: RunVersion): AsyncIterable<RunChange>;
  /** Makes the waiting runs of these clippings the current ones. */
  adopt(clippings: readonly string[], run: RunVersion): Promise<void>;

  fail(...failures: NewFailure[]): Promise<void>;
  failures(): Promise<readonly Failure[]>;
  failure(path: string): Promise<Failure | undefined>;

  beginBatch(batch: Pick<Batch, "command" | "paths">): Promise<number>;
  updateBatch(
    number: number,
    progress: Partial<Pick<Batch, "total" | "done" | "failed">>,
    ended?: boolean,
  ): Promise<void>;
  status(): Promise<StoreStatus>;
  /** Makes all that is derived anew from what is kept. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

/** The store cannot be opened or written. */
export class StoreError extends Error {}

export type { Box };
