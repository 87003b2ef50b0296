import type { Generated } from "kysely";

/** The tables of schemas/sql, as Kysely sees them. */
export interface Tables {
  clipping: {
    id: string;
    kind: string;
    path: string;
    bytes: number;
    encoding: string | null;
    text: string;
    normal_text: string;
    fingerprint: string;
    added_at: string;
  };
  seen: { clipping: string; path: string };
  page: {
    clipping: string;
    number: number;
    text_start: number;
    text_end: number;
    width: number;
    height: number;
    read_by: string;
  };
  run: {
    id: Generated<number>;
    clipping: string;
    version: string;
    catalogue: string;
    title: string | null;
    publisher: string | null;
    published: string | null;
    region: string | null;
    url: string | null;
    outcome: "complete" | "partial";
    ended_at: string;
  };
  article: { run: number; number: number; title: string | null; text_start: number; text_end: number };
  figure: FigureRow;
  finding: { run: number; figure: string; code: string; level: string; detail: string };
  message: {
    run: number;
    code: string;
    level: string;
    detail: string;
    text_start: number;
    text_end: number;
    page: number | null;
  };
  failure: { path: string; code: string; detail: string; failed_at: string };
  current_run: Omit<Tables["run"], "id"> & { id: number };
  current_figure: FigureRow & {
    title: string | null;
    publisher: string | null;
    published: string | null;
    path: string;
    fingerprint: string;
  };
}

export interface FigureRow {
  run: number;
  id: string;
  clipping: string;
  article: number;
  indicator: string;
  value: number;
  unit: string;
  qualifier: string;
  region: string | null;
  period: string | null;
  period_start: string | null;
  period_end: string | null;
  scope: string | null;
  status: string;
  confidence: number;
  quote: string;
  text_start: number;
  text_end: number;
  page: number | null;
  box: string | null;
  grounding: string;
}
