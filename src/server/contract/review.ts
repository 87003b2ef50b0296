import { z } from "zod";
import { Cursor, limitOf, pageOf, Sha256 } from "./common.js";
import { Comment, Context, Decision, Figure, FigureFilter, Meaning } from "./figures.js";

/** Why an item stands where it stands, the most urgent first. */
export const Turn = z.enum(["renew", "failed", "contested", "doubtful", "headline", "part-failed", "rest"]);
export type Turn = z.infer<typeof Turn>;

/** All that reviewing a figure shows, so that the next item can be shown without another request. */
export const ReviewItem = z
  .object({
    figure: Figure,
    turn: Turn,
    context: Context,
    /** Of `renew`: the decision that no longer fits. */
    decision: Decision.nullable(),
    conflicts: z.array(Figure),
    comments: z.array(Comment),
    /** Address of the figure's picture, `/api/v1/figures/{id}/image`; null where there is none. */
    image: z.string().nullable(),
    /** ISO 8601; until then nobody else is given it. Null in `/review/queue`. */
    heldUntil: z.string().nullable(),
  })
  .meta({ id: "ReviewItem" });
export type ReviewItem = z.infer<typeof ReviewItem>;

/** Filters as of `/figures` (in JSON: lists are arrays, flags are true/false), `review` left out. */
export const QueueFilter = z
  .strictObject({
    indicator: z.array(z.string().max(80)).max(200),
    within: z.string().max(12),
    period: z.string().max(32),
    clipping: Sha256,
    turn: z.array(Turn),
  })
  .partial()
  .meta({ id: "QueueFilter" });
export type QueueFilter = z.infer<typeof QueueFilter>;

export const NextInput = z
  .strictObject({
    take: z.int().min(1).max(10).default(1).describe("items; the first to be shown, the others to be ready"),
    /** Ids of items in hand, or put aside: not given again in this reply. */
    except: z.array(z.string().max(40)).max(500).default([]),
    filter: QueueFilter.default({}),
  })
  .meta({ id: "NextInput" });

/** Each item is held for the reviewer for ten minutes. Empty at the end of the queue. */
export const NextReply = z.object({ items: z.array(ReviewItem) }).meta({ id: "NextReply" });
export type NextReply = z.infer<typeof NextReply>;

export const ReleaseInput = z
  .strictObject({ figures: z.array(z.string().max(40)).max(500) })
  .meta({ id: "ReleaseInput" });

export const QueueQuery = FigureFilter.pick({ indicator: true, within: true, period: true, clipping: true }).extend({
  turn: z.preprocess((given) => (given === undefined ? undefined : String(given).split(",")), z.array(Turn).optional()),
  limit: limitOf(200, 50),
  cursor: Cursor,
});
export const QueuePage = pageOf(z.object({ figure: Figure, turn: Turn, heldBy: z.string().nullable() })).meta({
  id: "QueuePage",
});
export type QueuePage = z.infer<typeof QueuePage>;

/** Only figures that were reviewed count as done. */
export const Progress = z
  .object({
    figures: z.int().describe("without rejected ones"),
    headline: z.int(),
    reviewed: z.int().describe("figures accepted, corrected, rejected or added"),
    reviewedHeadline: z.int(),
    byReview: z.record(z.string(), z.int()),
    byTurn: z.partialRecord(Turn, z.int()).describe("what waits"),
    byReviewer: z.array(
      z.object({
        reviewer: z.string(),
        figures: z.int().describe("whose last decision is theirs"),
        decisions: z.int(),
        today: z.int(),
        last: z.string().nullable(),
      }),
    ),
    byDay: z.array(z.object({ day: z.string(), decisions: z.int() })).describe("the last 30 days that had any"),
  })
  .meta({ id: "ReviewProgress" });
export type Progress = z.infer<typeof Progress>;

export const ReviewSettings = z
  .strictObject({
    second: z.boolean().describe("whether figures are reviewed a second time, blindly"),
    share: z.number().min(0).max(1).describe("share of decided figures that are"),
  })
  .meta({ id: "ReviewSettings" });
export type ReviewSettings = z.infer<typeof ReviewSettings>;

/** A figure as extraction found it: neither the decision nor the review state is told. */
export const BlindItem = z
  .object({ figure: Figure, context: Context, image: z.string().nullable(), heldUntil: z.string().nullable() })
  .meta({ id: "BlindItem" });
export type BlindItem = z.infer<typeof BlindItem>;
export const BlindReply = z.object({ items: z.array(BlindItem) }).meta({ id: "BlindReply" });

const opinion = { figure: z.string().max(40), version: z.string().max(60), reason: z.string().max(2000).optional() };
export const OpinionInput = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("accept"), ...opinion }),
    z.strictObject({ kind: z.literal("reject"), ...opinion }),
    z.strictObject({ kind: z.literal("correct"), ...opinion, change: Meaning.partial() }),
  ])
  .meta({ id: "OpinionInput" });

export const Opinion = z
  .object({
    id: z.string(),
    figure: z.string(),
    reviewer: z.string(),
    kind: z.enum(["accept", "correct", "reject"]),
    is: Meaning,
    reason: z.string().nullable(),
    at: z.string(),
    agrees: z.boolean(),
    /** Fields the two say differently; `decision` where one rejects and the other does not. */
    differs: z.array(z.string()),
  })
  .meta({ id: "Opinion" });
export type Opinion = z.infer<typeof Opinion>;

/** Open until another decision is made on the figure (POST /decisions with the figure's version). */
export const Disagreement = z
  .object({ figure: Figure, context: Context, image: z.string().nullable(), first: Decision, second: Opinion })
  .meta({ id: "Disagreement" });
export type Disagreement = z.infer<typeof Disagreement>;
export const DisagreementPage = pageOf(Disagreement).extend({ total: z.int() }).meta({ id: "DisagreementPage" });

export const Agreement = z
  .object({
    /** Figures with two opinions. */
    figures: z.int(),
    agreed: z.int(),
    open: z.int(),
    /** Cohen's kappa of accept / correct / reject; null where it is not defined. */
    kappa: z.number().nullable(),
    byIndicator: z.array(z.object({ indicator: z.string(), figures: z.int(), agreed: z.int() })),
    byPair: z.array(z.object({ reviewers: z.tuple([z.string(), z.string()]), figures: z.int(), agreed: z.int() })),
  })
  .meta({ id: "Agreement" });
export type Agreement = z.infer<typeof Agreement>;
