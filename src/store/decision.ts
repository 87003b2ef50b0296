import { createHash } from "node:crypto";
import type { Box, Figure, Metadata } from "../doc/index.js";
import { toBase32 } from "./identity.js";

/** What a figure says, without where it stands. */
export type Meaning = Pick<
  Figure,
  "indicator" | "value" | "unit" | "qualifier" | "region" | "period" | "scope" | "status"
>;

export const MEANING = ["indicator", "value", "unit", "qualifier", "region", "period", "scope", "status"] as const;

export const meaningOf = (figure: Meaning): Meaning => ({
  indicator: figure.indicator,
  value: figure.value,
  unit: figure.unit,
  qualifier: figure.qualifier,
  region: figure.region,
  period: figure.period,
  scope: figure.scope,
  status: figure.status,
});

export const isSameMeaning = (a: Meaning, b: Meaning): boolean => MEANING.every((field) => a[field] === b[field]);

/** `reopen` takes the decision before it back: the figure is unreviewed again. */
export type DecisionKind = "accept" | "correct" | "reject" | "add" | "reopen";

/** One thing a reviewer decided; never changed, only followed by another. */
export interface Decision {
  /** Made of the content: the same decision imported twice is one. */
  readonly id: string;
  readonly clipping: string;
  /** Id of the figure it was made on; of an added one, its own. */
  readonly figure: string;
  readonly kind: DecisionKind;
  /** The decision on the same figure that it follows; null for the first. */
  readonly follows: string | null;
  readonly reviewer: string;
  readonly reason: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** Of the pipeline whose figure was seen. */
  readonly version: string;
  /** What extraction had found there; null where it had found nothing. */
  readonly was: Meaning | null;
  /** What the reviewer says is so; of a rejection, what was rejected. */
  readonly is: Meaning;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly box: Box | null;
  readonly article: number;
}

interface Input {
  readonly reviewer: string;
  readonly reason?: string;
  /** ISO 8601; now where it is not given. */
  readonly at?: string;
  /** The decision the reviewer saw on the figure (null: none). Where it is given and another was made since, `decide` throws. */
  readonly expects?: string | null;
}

export type DecisionInput = Input &
  (
    | { readonly kind: "accept" | "reject" | "reopen"; readonly figure: string }
    | { readonly kind: "correct"; readonly figure: string; readonly change: Partial<Meaning> }
    | {
        readonly kind: "add";
        readonly clipping: string;
        readonly is: Meaning;
        /** Half-open, in UTF-16 code units of the source text. */
        readonly start: number;
        readonly end: number;
        readonly page?: number;
        readonly box?: Box;
      }
  );

/** A decision that cannot be made. `stale`: another was made since the reviewer looked. */
export class DecisionError extends Error {
  constructor(
    readonly code: "unknown-figure" | "unknown-clipping" | "invalid" | "stale",
    detail: string,
    /** The decision that came before, for `stale`. */
    readonly latest?: Decision,
  ) {
    super(detail);
  }
}

/** 12 characters over the content of a decision. */
export function decisionId(decision: Omit<Decision, "id">): string {
  const { clipping, figure, kind, follows, reviewer, reason, at, is, start, end } = decision;
  return toBase32(
    createHash("sha256")
      .update(
        JSON.stringify([clipping, figure, kind, follows, reviewer, reason, at, MEANING.map((f) => is[f]), start, end]),
      )
      .digest(),
    12,
  );
}

/** Tells runs apart that were given other metadata; "" for none. */
export function givenHash(metadata: Metadata | undefined): string {
  if (!metadata) return "";
  const { title, publisher, published, region, url } = metadata;
  return toBase32(
    createHash("sha256")
      .update(JSON.stringify([title, publisher, published, region, url]))
      .digest(),
    8,
  );
}
