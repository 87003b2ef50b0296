import { z } from "zod";
import { Code6, Cursor, Kind, Level, limitOf, Names, pageOf, Sha256 } from "./common.js";
import { Progress } from "./review.js";

export const FileState = z.enum(["waiting", "reading", "stored", "known", "failed"]);
export const IngestFile = z
  .object({
    /** As uploaded; any characters. */
    file: z.string(),
    sha256: Sha256.nullable(),
    bytes: z.int().nullable(),
    state: FileState,
    /** Of `stored` and `known`. */
    clipping: Sha256.nullable(),
    figures: z.int().nullable(),
    outcome: z.enum(["complete", "partial"]).nullable(),
    /** Of `failed`. */
    code: z.string().nullable(),
    detail: z.string().nullable(),
    ms: z.int().nullable(),
  })
  .meta({ id: "IngestFile" });
export type IngestFile = z.infer<typeof IngestFile>;

export const Ingest = z
  .object({
    id: z.string(),
    /** `upload`, or `retry` of failures. */
    what: z.enum(["upload", "retry"]),
    by: z.string(),
    state: z.enum(["waiting", "running", "done", "stopped", "failed"]),
    started: z.string(),
    ended: z.string().nullable(),
    total: z.int(),
    done: z.int(),
    stored: z.int(),
    known: z.int(),
    failed: z.int(),
    figures: z.int(),
    /** Of `failed`: why the whole broke off. */
    detail: z.string().nullable(),
  })
  .meta({ id: "Ingest" });
export type Ingest = z.infer<typeof Ingest>;
export const IngestDetail = z.object({ ingest: Ingest, files: z.array(IngestFile) }).meta({ id: "IngestDetail" });
export const IngestList = z.object({ items: z.array(Ingest) }).meta({ id: "IngestList" });

/** 202. Files that cannot be taken (empty, too large, of no kind that is read) are in `files` with state `failed`. */
export const UploadReply = z
  .object({ ingest: Ingest.nullable(), files: z.array(IngestFile) })
  .meta({ id: "UploadReply" });
export type UploadReply = z.infer<typeof UploadReply>;

/**
 * Server-sent events. `/ingests/{id}/events` begins with `ingest` and `file` of every file as they are, then tells
 * changes, and ends after the `ingest` that is done. `/events` tells of all ingests, and `changed` when what is stored
 * has changed (by anyone: ask again for what is shown). `data` is JSON: Ingest, IngestFile with `ingest`, Changed.
 */
export const FileEvent = IngestFile.extend({ ingest: z.string() }).meta({ id: "FileEvent" });
export const Changed = z
  .object({
    what: z.enum(["clippings", "decision", "comment", "opinion", "settings"]),
    figure: z.string().nullable(),
    by: z.string().nullable(),
  })
  .meta({ id: "Changed" });
export type Changed = z.infer<typeof Changed>;

export const Failure = z
  .object({
    path: z.string(),
    file: z.string(),
    clipping: Sha256.nullable(),
    code: z.string(),
    detail: z.string(),
    /** A failure of before that reading again cannot change says false. */
    attempts: z.int(),
    at: z.string(),
  })
  .meta({ id: "Failure" });
export type Failure = z.infer<typeof Failure>;
export const FailureQuery = z.object({ code: z.string().max(60).optional(), limit: limitOf(500, 100), cursor: Cursor });
export const FailurePage = pageOf(Failure).extend({ total: z.int() }).meta({ id: "FailurePage" });
export const RetryInput = z
  .strictObject({
    paths: z.array(z.string().max(4096)).max(1000).optional(),
    code: z.string().max(60).optional().describe("all failures whose code begins so; both left out: all"),
  })
  .meta({ id: "RetryInput" });

export const Overview = z
  .object({
    clippings: z.int(),
    partial: z.int(),
    reposts: z.int(),
    byKind: z.partialRecord(Kind, z.int()),
    figures: z.int(),
    regions: z.int().describe("with at least one figure"),
    indicators: z.int(),
    periods: z.object({ first: z.string().nullable(), last: z.string().nullable() }),
    decisions: z.int(),
    failures: z.record(z.string(), z.int()),
    versions: z.array(z.object({ version: z.string(), catalogue: z.string(), clippings: z.int() })),
    waiting: z.int().describe("clippings read again that wait to be taken over (jianbao reextract)"),
    contested: z.int().describe("headline figures of which other clippings say otherwise"),
    progress: Progress,
    bytes: z.int(),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;

export const CoverageQuery = z.object({
  rows: z.enum(["region", "indicator"]).default("region"),
  columns: z.enum(["indicator", "year"]).default("indicator"),
  within: Code6.optional(),
  level: Level.optional().describe("of rows that are regions; the children of `within` where it is not given"),
  indicator: z.string().max(80).optional(),
});
/** Headline figures by two of region, indicator and year; cells that have none are left out. */
export const Coverage = z
  .object({
    rows: z.array(z.object({ key: z.string(), name: Names })),
    columns: z.array(z.object({ key: z.string(), name: Names })),
    /** [row, column, figures, reviewed], indexes into the two. */
    cells: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
  })
  .meta({ id: "Coverage" });
export type Coverage = z.infer<typeof Coverage>;

/** How right the extractor was, by what reviewers found of figures that it had read. Only reviewed figures count. */
export const Accuracy = z
  .object({
    overall: z.object({
      reviewed: z.int(),
      right: z.int().describe("accepted as they were"),
      corrected: z.int(),
      rejected: z.int(),
      missed: z.int().describe("added by reviewers"),
      /** right / reviewed; null where nothing is reviewed. With a 95 % interval (Wilson). */
      precision: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
    byIndicator: z.array(
      z.object({
        indicator: z.string(),
        name: Names,
        reviewed: z.int(),
        right: z.int(),
        corrected: z.int(),
        rejected: z.int(),
        missed: z.int(),
        precision: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        /** Which fields were corrected, how often. */
        fields: z.record(z.string(), z.int()),
      }),
    ),
    /** Whether confidences tell the truth: by tenths. */
    byConfidence: z.array(z.object({ from: z.number(), reviewed: z.int(), right: z.int() })),
  })
  .meta({ id: "Accuracy" });
export type Accuracy = z.infer<typeof Accuracy>;
