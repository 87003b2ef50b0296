import { z } from "zod";
import {
  Box,
  Code6,
  Cursor,
  Finding,
  flag,
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

/** What a figure says, without where it stands. Values are in the base unit: 3.04亿元 is 304000000, 98.6% is 98.6. */
export const Meaning = z
  .object({
    indicator: z.string().min(1).max(80),
    value: z.number(),
    unit: z.string().min(1).max(24).describe("count, percent, or an ISO 4217 currency"),
    qualifier: Qualifier,
    region: Code6.nullable(),
    period: Period.nullable(),
    scope: z.string().max(200).nullable().describe("what narrows the number; null: the region's whole"),
    status: Status,
  })
  .meta({ id: "Meaning" });
export type Meaning = z.infer<typeof Meaning>;

export const Figure = Meaning.extend({
  id: z.string(),
  /** Opaque; goes into `version` of a decision. Changes with each decision on the figure and when it is read otherwise. */
  version: z.string(),
  confidence: z.number().min(0).max(1),
  /** As printed. */
  quote: z.string(),
  /** Half-open, UTF-16 code units of the clipping's source text. */
  start: z.int(),
  end: z.int(),
  page: z.int().nullable(),
  box: Box.nullable(),
  /** One a line, where the figure's words stand on several. */
  boxes: z.array(Box).nullable(),
  article: z.int(),
  grounding: z.enum(["exact", "repaired", "guessed"]),
  findings: z.array(Finding),
  review: Review,
  /** Id of the decision that `review` speaks of. */
  decision: z.string().nullable(),
  headline: z.boolean(),
  /** Other clippings say otherwise of the same region, indicator and period. */
  contested: z.boolean(),
  indicatorName: Names,
  /** With the city's name before a county's; null where the region is unknown. */
  regionName: Names.nullable(),
  clipping: Sha256,
  /** Name of the file. */
  file: z.string(),
  title: z.string().nullable(),
  publisher: z.string().nullable(),
  published: z.string().nullable(),
  /** The clipping that this one's reposts. */
  repostOf: Sha256.nullable(),
}).meta({ id: "Figure" });
export type Figure = z.infer<typeof Figure>;

/** Filters of figures; the same for the list, for export and for the review queue. */
export const FigureFilter = z.object({
  indicator: listOf(z.string().max(80)).describe("ids; several: any of them"),
  within: Code6.optional().describe("this region and all below it"),
  region: listOf(Code6).describe("these regions alone"),
  level: Level.optional(),
  period: Period.optional().describe("figures whose period overlaps it"),
  status: Status.optional(),
  scope: z.enum(["whole", "part"]).optional(),
  headline: flag.describe("a region's whole, done: what comparisons use"),
  clipping: Sha256.optional(),
  review: listOf(Review).describe("all but rejected where it is not given"),
  from: z.coerce.number().min(0).max(1).optional().describe("confidence of at least"),
  below: z.coerce.number().min(0).max(1).optional().describe("confidence of less than"),
  failed: flag.describe("with findings of level warning or error"),
  contested: flag.describe("of which other clippings say otherwise"),
  reposts: z.enum(["hide", "show"]).default("hide").describe("figures of clippings that repost another"),
});
export type FigureFilter = z.infer<typeof FigureFilter>;

export const FigureSort = z.enum([
  "place",
  "value",
  "-value",
  "confidence",
  "-confidence",
  "period",
  "-period",
  "-stored",
]);

export const FigureQuery = FigureFilter.extend({
  sort: FigureSort.default("place").describe(
    "place: indicator, region, period (latest first), of a region alone region first; -stored: newest first",
  ),
  limit: limitOf(500, 100),
  cursor: Cursor,
});
export type FigureQuery = z.infer<typeof FigureQuery>;

/** `total` counts all that fit the filters; told on the first page (without cursor), null on later ones. */
export const FigurePage = pageOf(Figure).extend({ total: z.int().nullable() }).meta({ id: "FigurePage" });
export type FigurePage = z.infer<typeof FigurePage>;

/** Words around a figure, in the source text; `context.before + quote + context.after` is a slice of it. */
export const Context = z.object({ start: z.int(), before: z.string(), quote: z.string(), after: z.string() });

export const Comment = z
  .object({
    id: z.string(),
    clipping: Sha256,
    figure: z.string().nullable(),
    author: z.string(),
    text: z.string(),
    link: z.url().nullable(),
    at: z.iso.datetime(),
  })
  .meta({ id: "Comment" });
export type Comment = z.infer<typeof Comment>;

export const FigureDetail = z
  .object({
    figure: Figure,
    context: Context,
    /** Figures of other works for the same region, indicator and period that cannot be true beside it. */
    conflicts: z.array(Figure),
    comments: z.array(Comment),
    /** Address of the picture of its place: `/api/v1/figures/{id}/image`; null where there is no page or the source is gone. */
    image: z.string().nullable(),
  })
  .meta({ id: "FigureDetail" });
export type FigureDetail = z.infer<typeof FigureDetail>;

export const DecisionKind = z.enum(["accept", "correct", "reject", "add", "reopen"]);

export const Decision = z
  .object({
    id: z.string(),
    clipping: Sha256,
    figure: z.string(),
    kind: DecisionKind,
    follows: z.string().nullable(),
    reviewer: z.string(),
    reason: z.string().nullable(),
    at: z.string(),
    version: z.string().describe("of the pipeline whose figure was seen"),
    was: Meaning.nullable().describe("what extraction had found there"),
    is: Meaning.describe("what the reviewer says; of a rejection, what was rejected"),
    quote: z.string(),
    start: z.int(),
    end: z.int(),
    page: z.int().nullable(),
    box: Box.nullable(),
  })
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof Decision>;

export const FigureHistory = z
  .object({
    id: z.string(),
    clipping: Sha256,
    file: z.string(),
    now: Figure.nullable(),
    /** Oldest first; `figure` is null where that run did not find it. */
    runs: z.array(
      z.object({
        version: z.string(),
        catalogue: z.string(),
        at: z.string(),
        current: z.boolean(),
        figure: Meaning.extend({ id: z.string(), quote: z.string(), confidence: z.number() }).nullable(),
      }),
    ),
    decisions: z.array(Decision),
    comments: z.array(Comment),
    /** Second opinions that are closed: told only when they blind nobody any more. */
    second: z.array(
      z.object({
        reviewer: z.string(),
        kind: z.enum(["accept", "correct", "reject"]),
        is: Meaning,
        agrees: z.boolean(),
        at: z.string(),
      }),
    ),
  })
  .meta({ id: "FigureHistory" });
export type FigureHistory = z.infer<typeof FigureHistory>;

const seen = {
  figure: z.string().max(40),
  version: z.string().max(60).describe("of the figure as the reviewer saw it"),
  reason: z.string().max(2000).optional(),
};

/**
 * What a reviewer sends. `undo` takes the figure back to what it was before its last decision. Of `add`, either
 * `start` and `end` of the source text, or `page` and `box`: the words under the box are found by the server.
 */
export const DecisionInput = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("accept"), ...seen }),
    z.strictObject({ kind: z.literal("reject"), ...seen }),
    z.strictObject({ kind: z.literal("undo"), ...seen }),
    z.strictObject({ kind: z.literal("correct"), ...seen, change: Meaning.partial() }),
    z.strictObject({
      kind: z.literal("add"),
      clipping: Sha256,
      is: Meaning,
      start: z.int().min(0).optional(),
      end: z.int().min(1).optional(),
      page: z.int().min(1).optional(),
      box: Box.optional(),
      reason: z.string().max(2000).optional(),
    }),
  ])
  .meta({ id: "DecisionInput" });
export type DecisionInput = z.infer<typeof DecisionInput>;

/** 201. `figure` is null where an undone `add` leaves none. */
export const DecisionReply = z.object({ decision: Decision, figure: Figure.nullable() }).meta({ id: "DecisionReply" });
export type DecisionReply = z.infer<typeof DecisionReply>;

/** 409 with code `stale`: nothing was written. `current` is the figure as it is now, `latest` the decision that came before, `yours` what was sent. */
export const StaleProblem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.literal(409),
    code: z.literal("stale"),
    detail: z.string(),
    current: Figure.nullable(),
    latest: Decision.nullable(),
    yours: DecisionInput,
  })
  .meta({ id: "StaleProblem" });
export type StaleProblem = z.infer<typeof StaleProblem>;

export const DecisionQuery = z.object({
  figure: z.string().max(40).optional(),
  clipping: Sha256.optional(),
  reviewer: z.string().max(80).optional(),
  limit: limitOf(500, 100),
  cursor: Cursor,
});
/** Newest first. */
export const DecisionPage = pageOf(Decision).meta({ id: "DecisionPage" });

export const CommentInput = z
  .strictObject({
    clipping: Sha256.optional(),
    figure: z.string().max(40).optional(),
    text: z.string().trim().min(1).max(4000),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullish(),
  })
  .refine(({ clipping, figure }) => (clipping === undefined) !== (figure === undefined), "give a figure or a clipping")
  .meta({ id: "CommentInput" });
export const CommentQuery = z.object({
  figure: z.string().max(40).optional(),
  clipping: Sha256.optional(),
  limit: limitOf(500, 100),
  cursor: Cursor,
});
/** Newest first. */
export const CommentPage = pageOf(Comment).meta({ id: "CommentPage" });
