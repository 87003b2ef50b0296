import { z } from "zod";

/** Error replies: RFC 9457, `application/problem+json`. `type` is `about:blank` or `/problems/<code>`; `code` is for programs. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.enum([
      "bad-request",
      "sign-in",
      "forbidden",
      "not-found",
      "gone",
      "stale",
      "conflict",
      "too-large",
      "unsupported",
      "too-many",
      "bad-host",
      "cross-site",
      "unavailable",
      "timeout",
      "internal",
    ]),
    /** Of `bad-request`: what is wrong with which field. */
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
    /** Of `too-many`: seconds to wait; also in Retry-After. */
    retryAfter: z.int().optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

export const Code6 = z.string().max(12).describe("GB/T 2260 code of a region; ISO 3166-2 where there is none");
export const Period = z
  .string()
  .max(32)
  .describe("ISO 8601 date or interval: 2022, 2022-06, 2022-01/2022-06, ../2022-06-30");
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Box = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .describe("left, top, right, bottom on the page, in points from its top left");
export type Box = z.infer<typeof Box>;
export const Level = z.enum(["province", "city", "county"]);
export const Qualifier = z.enum(["exact", "over", "about", "under"]);
export const Status = z.enum(["actual", "planned"]);
export const Review = z.enum(["unreviewed", "accepted", "corrected", "rejected", "added", "renew"]);
export const Kind = z.enum(["text", "html", "pdf", "image", "docx", "rtf"]);
export const Language = z.enum(["zh", "en"]);
export const Names = z.object({ zh: z.string(), en: z.string() });
export const Finding = z
  .object({ code: z.string(), level: z.enum(["note", "warning", "error"]), detail: z.string() })
  .meta({ id: "Finding" });

/** A page of a list; `next` goes into `cursor` for the page after it, null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Of a query string: lists are written with commas or by repeating the name. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) =>
      given === undefined
        ? undefined
        : (Array.isArray(given) ? given : [given])
            .flatMap((each) => String(each).split(","))
            .filter((each) => each !== ""),
    z.array(item).max(200).optional(),
  );
export const flag = z
  .enum(["true", "false", "1", "0"])
  .transform((text) => text === "true" || text === "1")
  .optional();
export const limitOf = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
export const Cursor = z.string().max(400).optional().describe("`next` of the page before");
