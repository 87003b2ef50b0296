import type { Generated } from "kysely";

/** The tables of schemas/sql that are read by built queries, as Kysely sees them. */
export interface Tables {
  clipping: ClippingRow;
  head: {
    clipping: number;
    run: number;
    reading: number;
    title: string | null;
    publisher: string | null;
    published: string | null;
    region: string | null;
    url: string | null;
    outcome: "complete" | "partial";
    figures: number;
    work: number | null;
  };
  work: { number: number; original: number; members: number };
  run: {
    id: Generated<number>;
    clipping: number;
    reading: number;
    version: string;
    catalogue: string;
    given: string;
    outcome: "complete" | "partial";
    ended_at: string;
  };
  observation: ObservationRow;
}

export interface ClippingRow {
  number: number;
  id: string;
  kind: string;
  path: string;
  bytes: number;
  encoding: string | null;
  fingerprint: string;
  added_at: string;
}

/** The columns in which a figure says what it says. */
export interface MeaningRow {
  indicator: string;
  value: number;
  unit: string;
  qualifier: string;
  region: string | null;
  period: string | null;
  scope: string | null;
  status: string;
}

export interface FigureRow extends MeaningRow {
  run: number;
  number: number;
  id: string;
  article: number;
  confidence: number;
  quote: string;
  text_start: number;
  text_end: number;
  page: number | null;
  box: string | null;
  grounding: string;
}

export interface ObservationRow extends FigureRow {
  clipping: number;
  period_start: string | null;
  period_end: string | null;
  findings: string | null;
  review: string;
  decision: string | null;
  headline: number;
}

export interface DecisionRow extends MeaningRow {
  number: number;
  id: string;
  /** SHA-256. */
  clipping: string;
  figure: string;
  follows: string | null;
  kind: string;
  reviewer: string;
  reason: string | null;
  decided_at: string;
  version: string;
  was_indicator: string | null;
  was_value: number | null;
  was_unit: string | null;
  was_qualifier: string | null;
  was_region: string | null;
  was_period: string | null;
  was_scope: string | null;
  was_status: string | null;
  quote: string;
  text_start: number;
  text_end: number;
  page: number | null;
  box: string | null;
  article: number;
}
