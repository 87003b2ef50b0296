import {
  around,
  type Box,
  type ClippingKind,
  type Code,
  type Finding,
  type Grounding,
  type Qualifier,
  type Status,
} from "../../doc/index.js";
import type { RunFigure } from "../current-view.js";
import type { Decision, DecisionKind, Meaning } from "../decision.js";
import type { ComparedFigure, Failure, Review, StoredClipping, StoredFigure } from "../store.js";
import type { ComparedRow } from "./figures.js";
import type { ClippingRow, DecisionRow, FigureRow, MeaningRow, ObservationRow, Tables } from "./schema.js";

export const boxText = (box: Box | readonly Box[] | null): string | null => (box === null ? null : JSON.stringify(box));

/** A column `box` holds one box, or one a line. */
function placeOf(text: string | null): { box: Box | null; boxes?: readonly Box[] } {
  if (text === null) return { box: null };
  const read = JSON.parse(text) as Box | readonly Box[];
  return isBox(read) ? { box: read } : { box: around(read) ?? null, boxes: read };
}

const isBox = (read: Box | readonly Box[]): read is Box => typeof read[0] === "number";

export const toMeaning = (row: MeaningRow): Meaning => ({
  indicator: row.indicator,
  value: row.value,
  unit: row.unit,
  qualifier: row.qualifier as Qualifier,
  region: row.region,
  period: row.period,
  scope: row.scope,
  status: row.status as Status,
});

type PlaceRow = Pick<FigureRow, "quote" | "text_start" | "text_end" | "page" | "box" | "article">;

/** Where in its clipping something stands. */
const toPlace = (row: PlaceRow) => ({
  quote: row.quote,
  start: row.text_start,
  end: row.text_end,
  page: row.page,
  ...placeOf(row.box),
  article: row.article,
});

/** An observation with its clipping's metadata. */
export type FigureWithClipping = Omit<
  ObservationRow,
  "number" | "clipping" | "run" | "period_start" | "period_end" | "headline"
> & {
  clipping_id: string;
  path: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  original_id: string | null;
};

export function toStoredFigure(row: FigureWithClipping): StoredFigure {
  return {
    id: row.id,
    clipping: row.clipping_id,
    ...toMeaning(row),
    confidence: row.confidence,
    ...toPlace(row),
    grounding: row.grounding as Grounding,
    title: row.title,
    publisher: row.publisher,
    published: row.published,
    path: row.path,
    work: row.original_id ?? row.clipping_id,
    findings: row.findings === null ? [] : (JSON.parse(row.findings) as Finding[]),
    review: row.review as Review,
    decision: row.decision,
  };
}

export const toComparedFigure = (row: ComparedRow): ComparedFigure => ({
  id: row[0],
  clipping: row[1],
  work: row[2] ?? row[1],
  indicator: row[3],
  region: row[4],
  period: row[5],
  value: row[6],
  unit: row[7],
  qualifier: row[8] as Qualifier,
  confidence: row[9],
  quote: row[10],
  start: row[11],
  review: row[12] as Review,
  published: row[13],
  publisher: row[14],
  title: row[15],
  path: row[16],
  scope: row[17],
  status: row[18] as Status,
});

export function toRunFigure(row: FigureRow, findings: readonly Finding[]): RunFigure {
  return {
    id: row.id,
    ...toMeaning(row),
    confidence: row.confidence,
    ...toPlace(row),
    grounding: row.grounding as Grounding,
    findings,
  };
}

export const toFinding = (row: { code: string; level: string; detail: string }): Finding => ({
  code: row.code as Code,
  level: row.level as Finding["level"],
  detail: row.detail,
});

export function toDecision(row: DecisionRow): Decision {
  return {
    id: row.id,
    clipping: row.clipping,
    figure: row.figure,
    kind: row.kind as DecisionKind,
    follows: row.follows,
    reviewer: row.reviewer,
    reason: row.reason,
    at: row.decided_at,
    version: row.version,
    was:
      row.was_indicator === null
        ? null
        : toMeaning({
            indicator: row.was_indicator,
            value: row.was_value as number,
            unit: row.was_unit as string,
            qualifier: row.was_qualifier as string,
            region: row.was_region,
            period: row.was_period,
            scope: row.was_scope,
            status: row.was_status as string,
          }),
    is: toMeaning(row),
    ...toPlace(row),
  };
}

export type ClippingWithHead = Omit<ClippingRow, "encoding" | "fingerprint"> &
  Omit<Tables["head"], "clipping" | "run" | "reading"> & {
    version: string;
    catalogue: string;
    given: string;
    original_id: string | null;
    members: number | null;
  };

export function toStoredClipping(row: ClippingWithHead): StoredClipping {
  const { title, publisher, published, region, url } = row;
  return {
    id: row.id,
    kind: row.kind as ClippingKind,
    path: row.path,
    bytes: row.bytes,
    about: { title, publisher, published, region, url },
    outcome: row.outcome,
    figures: row.figures,
    run: { version: row.version, catalogue: row.catalogue, given: row.given },
    repostOf: row.original_id === null || row.original_id === row.id ? null : row.original_id,
    reposts: row.members === null ? 0 : row.members - 1,
    added: row.added_at,
  };
}

export const toFailure = ({ failed_at, ...row }: Omit<Failure, "at"> & { failed_at: string }): Failure => ({
  ...row,
  at: failed_at,
});
