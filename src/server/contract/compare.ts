import { z } from "zod";
import { REASONS } from "../../compare/index.js";
import {
  Code6,
  Cursor,
  flag,
  Language,
  Level,
  limitOf,
  listOf,
  Names,
  Period,
  pageOf,
  Qualifier,
  Review,
  Sha256,
  Status,
} from "./common.js";
import { Figure } from "./figures.js";

export const Step = z.enum(["year", "half", "quarter", "month", "auto"]);

/** The same names for /compare, /compare.json, /compare.csv and /compare.svg, so that one address has all four. */
export const CompareQuery = z.object({
  measure: listOf(z.string().max(160)).describe(
    "ids of indicators or derived measures, or two indicators with a slash; the first ranks",
  ),
  within: Code6.optional(),
  level: Level.optional(),
  period: Period.optional(),
  by: Step.optional().describe("regions × periods: a column for each step of time"),
  ascending: flag,
  lang: Language.default("zh").describe("of .svg and .csv"),
  chart: z.enum(["bars", "scatter", "lines"]).default("bars").describe("of .svg"),
  top: z.coerce.number().int().min(1).max(200).optional().describe("regions in the chart at most"),
});
export type CompareQuery = z.infer<typeof CompareQuery>;

/** What a comparison needs of a figure. */
export const Observed = z
  .object({
    id: z.string(),
    clipping: Sha256,
    work: Sha256,
    indicator: z.string(),
    region: Code6.nullable(),
    period: Period.nullable(),
    value: z.number(),
    unit: z.string(),
    qualifier: Qualifier,
    confidence: z.number(),
    quote: z.string(),
    start: z.int(),
    review: Review,
    published: z.string().nullable(),
    publisher: z.string().nullable(),
    title: z.string().nullable(),
    path: z.string(),
    scope: z.string().nullable(),
    status: Status,
  })
  .meta({ id: "Observed" });
export type Observed = z.infer<typeof Observed>;

export const Cell = z
  .object({
    value: z.number(),
    unit: z.string(),
    qualifier: Qualifier,
    period: Period.nullable(),
    /** Of a computed value, the one that was divided. */
    figure: Observed,
    reason: z.enum(REASONS),
    /** Works that say so, reposts not counted. */
    support: z.int(),
    derivedFrom: z.array(Observed),
    basis: z.enum(["passage", "clipping", "period"]).nullable(),
    /** False: of another time than the other regions' values; shown with †, not ranked. */
    comparable: z.boolean(),
    newer: Observed.nullable(),
    share: z.object({ percent: z.number(), of: Observed }).nullable(),
  })
  .meta({ id: "Cell" });
export type Cell = z.infer<typeof Cell>;

export const Measure = z
  .object({
    id: z.string(),
    name: Names,
    /** count, percent, money or ratio. */
    unit: z.string(),
    derived: z.boolean(),
    of: z.string().nullable(),
    per: z.array(z.string()),
  })
  .meta({ id: "Measure" });
export type Measure = z.infer<typeof Measure>;

export const Comparison = z
  .object({
    measures: z.array(Measure),
    columns: z.array(
      z.object({ key: z.string(), measure: z.string(), step: z.string().nullable(), per: z.string().nullable() }),
    ),
    /** Key of the column that ranks. */
    lead: z.string(),
    rows: z.array(
      z.object({
        region: Code6,
        name: Names,
        level: Level.nullable(),
        rank: z.int().nullable(),
        cells: z.record(z.string(), Cell),
      }),
    ),
    conflicts: z.array(
      z.object({
        indicator: z.string(),
        region: Code6,
        name: Names,
        period: Period.nullable(),
        chosen: Observed,
        reason: Cell.shape.reason,
        others: z.array(Observed),
      }),
    ),
    gaps: z.array(z.object({ region: Code6, name: Names, missing: z.array(z.string()) })),
    mains: z.array(z.object({ level: Level.nullable(), key: z.string(), period: Period.nullable() })),
  })
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof Comparison>;

/** /series, .json, .csv, .svg: time lines. */
export const SeriesReply = z
  .object({
    measures: z.array(Measure),
    series: z.array(
      z.object({
        measure: z.string(),
        region: Code6,
        name: Names,
        points: z.array(
          z.object({ period: Period, end: z.string(), cell: Cell, others: z.array(Observed), alike: z.boolean() }),
        ),
      }),
    ),
  })
  .meta({ id: "Series" });
export type SeriesReply = z.infer<typeof SeriesReply>;

export const FindingQuery = z.object({
  indicator: listOf(z.string().max(80)),
  within: Code6.optional(),
  period: Period.optional(),
  code: z.enum(["check/conflict", "check/cumulative-falls"]).optional(),
  limit: limitOf(200, 50),
  cursor: Cursor,
});
/** What clippings say against each other. Findings of one clipping's own arithmetic are with its figures. */
export const CrossFinding = z
  .object({
    code: z.string(),
    level: z.enum(["note", "warning"]),
    indicator: z.string(),
    region: Code6,
    regionName: Names,
    period: Period,
    scope: z.string().nullable(),
    status: Status,
    detail: z.string(),
    figures: z.array(Figure),
  })
  .meta({ id: "CrossFinding" });
export type CrossFinding = z.infer<typeof CrossFinding>;
export const FindingPage = pageOf(CrossFinding).meta({ id: "FindingPage" });
