import type { ClippingKind } from "../doc/index.js";
import type { Decision } from "./decision.js";
import type { FigureQuery, Review, StoredClipping, StoredFigure } from "./store.js";

/** A figure as lists and review show it. */
export interface ListedFigure extends StoredFigure {
  readonly headline: boolean;
  /** Other works say otherwise of the same region, indicator and period. */
  readonly contested: boolean;
  /** The last decision on the figure, also one that took another back; null where nobody ever decided. */
  readonly lastDecision: string | null;
}

/** Filters of lists: those of figures, and more. */
export interface ListFilter extends Omit<FigureQuery, "latest" | "limit"> {
  readonly scope?: "whole" | "part";
  /** With findings of level warning or error. */
  readonly failed?: boolean;
  readonly contested?: boolean;
  /** Leave out figures of clippings that repost another. */
  readonly originals?: boolean;
}

export const FIGURE_SORTS = [
  "place",
  "value",
  "-value",
  "confidence",
  "-confidence",
  "period",
  "-period",
  "-stored",
] as const;
export type FigureSort = (typeof FIGURE_SORTS)[number];

/** Which part of a list: `after` is `next` of the page before. Throws CursorError where it is none. */
export interface Part {
  readonly limit: number;
  readonly after?: string;
}
export interface Listed<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}
/** A cursor that no list of this kind gave. */
export class CursorError extends Error {}

/** Why a figure is asked about, the most urgent first. */
export const TURNS = ["renew", "failed", "contested", "doubtful", "headline", "part-failed", "rest"] as const;
export type Turn = (typeof TURNS)[number];

export interface QueueFilter {
  readonly indicators?: readonly string[];
  readonly within?: string;
  readonly period?: string;
  readonly clipping?: string;
  readonly turns?: readonly Turn[];
  /** Ids of figures that are left out: held by others, or in hand already. */
  readonly except?: readonly string[];
}
export interface Queued {
  readonly figure: ListedFigure;
  readonly turn: Turn;
}

export interface ClippingFilter {
  readonly within?: string;
  readonly work?: string;
  readonly kind?: ClippingKind;
  readonly outcome?: "complete" | "partial";
}

export interface DecisionFilter {
  readonly figure?: string;
  readonly clipping?: string;
  readonly reviewer?: string;
}

export interface ReaderProgress {
  readonly reviewer: string;
  /** Whose last decision is theirs. */
  readonly figures: number;
  readonly decisions: number;
  readonly today: number;
  readonly last: string | null;
}

export interface ReviewProgress {
  /** Without rejected ones. */
  readonly figures: number;
  readonly headline: number;
  readonly reviewed: number;
  readonly reviewedHeadline: number;
  readonly byReview: Readonly<Record<Review, number>>;
  /** What waits. */
  readonly byTurn: Readonly<Partial<Record<Turn, number>>>;
  readonly byReviewer: readonly ReaderProgress[];
  /** The last thirty days that had any, oldest first. */
  readonly byDay: readonly { readonly day: string; readonly decisions: number }[];
}

/** A figure whose decision that counts was made by a person who saw what extraction had read, or missed. */
export interface Judged {
  readonly kind: "accept" | "correct" | "reject" | "add";
  readonly was: Decision["was"];
  readonly is: Decision["is"];
  /** Of what extraction had read; null of what it missed. */
  readonly confidence: number | null;
}

export interface PlaceCount {
  readonly region: string | null;
  readonly figures: number;
  readonly headline: number;
  readonly reviewed: number;
}

export interface CoverageFilter {
  /** What is counted by: two of them, the rows' first. */
  readonly by: readonly ("indicator" | "region" | "year")[];
  readonly within?: string;
  readonly indicator?: string;
}
export interface CoverageCount {
  /** Null where it is not counted by. */
  readonly indicator: string | null;
  readonly region: string | null;
  /** In which the period ends; null where none is known. */
  readonly year: string | null;
  readonly figures: number;
  readonly reviewed: number;
}

export interface Extent {
  readonly regions: number;
  readonly indicators: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly contested: number;
}

export interface ClippingParts {
  readonly encoding: string | null;
  readonly pages: readonly {
    readonly number: number;
    readonly start: number;
    readonly end: number;
    readonly width: number;
    readonly height: number;
    readonly read: "text-layer" | "ocr";
  }[];
  readonly articles: readonly { readonly title: string | null; readonly start: number; readonly end: number }[];
  readonly messages: readonly {
    readonly code: string;
    readonly level: string;
    readonly detail: string;
    readonly start: number;
    readonly end: number;
    readonly page: number | null;
  }[];
}

/** What a page shows of a store of any size: parts of lists, counts, and the order of review. Changes nothing but what is derived. */
export interface Lists {
  figures(filter: ListFilter, sort: FigureSort, part: Part): Promise<Listed<ListedFigure>>;
  /** All of them, in order of place, as they are when it begins. */
  eachFigure(filter: ListFilter): AsyncIterable<ListedFigure>;
  count(filter: ListFilter): Promise<number>;
  /** By id. */
  figure(id: string): Promise<ListedFigure | undefined>;
  /** Whole figures of the same region, indicator and period, of other works, rejected ones left out. */
  beside(figure: Pick<StoredFigure, "indicator" | "region" | "period" | "work">): Promise<readonly ListedFigure[]>;

  queue(filter: QueueFilter, part: Part): Promise<Listed<Queued>>;
  /** Decided figures that a blind second review is due on: not decided by `reviewer`, drawn by their id with probability `share`. */
  dueForSecond(
    reviewer: string,
    share: number,
    except: readonly string[],
    limit: number,
  ): Promise<readonly ListedFigure[]>;
  progress(): Promise<ReviewProgress>;
  judged(): Promise<readonly Judged[]>;

  clippings(filter: ClippingFilter, newestFirst: boolean, part: Part): Promise<Listed<StoredClipping>>;
  clippingCount(filter: ClippingFilter): Promise<number>;
  /** Pages, articles and messages of the current run. */
  parts(clipping: string): Promise<ClippingParts | undefined>;
  /** Newest first. */
  decisions(filter: DecisionFilter, part: Part): Promise<Listed<Decision>>;
  decision(id: string): Promise<Decision | undefined>;

  /** Figures by their region. */
  byRegion(): Promise<readonly PlaceCount[]>;
  byIndicator(): Promise<readonly { readonly indicator: string; readonly figures: number }[]>;
  /** Whole figures whose region is known. */
  coverage(filter: CoverageFilter): Promise<readonly CoverageCount[]>;
  extent(): Promise<Extent>;
  /** Places where clippings may say different things, in order; figures of each are asked for by `beside`. */
  contestedPlaces(
    filter: { readonly indicators?: readonly string[]; readonly within?: string; readonly period?: string },
    part: Part,
  ): Promise<Listed<{ readonly indicator: string; readonly region: string; readonly period: string }>>;

  /** Settles where other works say otherwise, for at most so many places whose figures changed. Returns how many still wait. */
  settle(places: number): Promise<number>;
  /** Changes whenever anything is written to the store, by whomever. */
  stamp(): number;
}
