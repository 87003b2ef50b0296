import type { ClippingKind, Figure, Finding, Message, Metadata, SourcePage, Status } from "../doc/index.js";

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
}

/** Which pipeline and catalogue made a run. */
export interface RunVersion {
  readonly version: string;
  readonly catalogue: string;
}

/** A figure as stored: with its identity and its clipping's metadata. */
export interface StoredFigure extends Omit<Figure, "at" | "findings"> {
  /** The same for the same place, indicator and value of the same bytes. */
  readonly id: string;
  readonly clipping: string;
  readonly start: number;
  readonly end: number;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly path: string;
  /** Clippings with the same one say the same in other words or on another site. */
  readonly fingerprint: string;
  readonly findings: readonly Finding[];
}

export interface StoredClipping {
  readonly id: string;
  readonly kind: ClippingKind;
  readonly path: string;
  readonly about: Metadata;
  readonly outcome: "complete" | "partial";
  readonly figures: number;
}

export interface FigureQuery {
  readonly indicators?: readonly string[];
  /** This region and all below it. */
  readonly within?: string;
  /** ISO date or interval; figures whose period overlaps it. */
  readonly period?: string;
  readonly status?: Status;
  /** Scope null and status actual only. */
  readonly headline?: boolean;
  readonly clipping?: string;
  readonly limit?: number;
}

export interface Failure {
  readonly path: string;
  readonly code: string;
  readonly detail: string;
  readonly at: string;
}

/** Keeps clippings, runs and figures. A clipping is stored whole or not at all. */
export interface Store {
  /** `known`: the same bytes were stored by the same version before; nothing was changed. */
  save(extracted: Extracted, run: RunVersion): Promise<"stored" | "known">;
  /** Whether these bytes were already read by this version. */
  has(clipping: string, run: RunVersion): Promise<boolean>;
  /** Notes that the same bytes lie at another path too. */
  seen(clipping: string, path: string): Promise<void>;
  figures(query: FigureQuery): Promise<readonly StoredFigure[]>;
  /** A figure by its id or the unambiguous start of it. */
  figure(id: string): Promise<StoredFigure | undefined>;
  clippings(): Promise<readonly StoredClipping[]>;
  /** The source text of a clipping. */
  text(clipping: string): Promise<string | undefined>;
  fail(failure: Omit<Failure, "at">): Promise<void>;
  failures(): Promise<readonly Failure[]>;
  close(): Promise<void>;
}

/** The store cannot be opened or written. */
export class StoreError extends Error {}
