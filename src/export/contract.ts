import { z } from "zod";
import { CLIPPING_KINDS } from "../doc/index.js";

const Level = z.enum(["note", "warning", "error"]);

/** What `jianbao extract --format jsonl` prints for one clipping. */
export const ExtractContract = z.strictObject({
  document: z.strictObject({
    path: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    kind: z.enum(CLIPPING_KINDS),
    title: z.string().nullable(),
    publisher: z.string().nullable(),
    published: z.string().nullable().describe("ISO date, or year, or year and month"),
    region: z.string().nullable().describe("GB/T 2260 code of the region the clipping is mainly about"),
  }),
  articles: z.array(z.strictObject({ title: z.string().nullable(), start: z.int(), end: z.int() })),
  figures: z.array(
    z.strictObject({
      indicator: z.string(),
      value: z.number().describe("in the base unit: 3.04亿元 is 304000000"),
      unit: z.string().describe("count, percent, or an ISO 4217 currency"),
      qualifier: z.enum(["exact", "over", "about", "under"]),
      region: z.string().nullable().describe("GB/T 2260 code"),
      period: z.string().nullable().describe("ISO 8601 date or interval; an open start is .."),
      scope: z.string().nullable().describe("what narrows the number; null: the region's whole"),
      status: z.enum(["actual", "planned"]),
      confidence: z.number().min(0).max(1),
      quote: z.string(),
      start: z.int().describe("UTF-16 code units of the decoded source, half open"),
      end: z.int(),
      page: z.int().nullable(),
      box: z
        .tuple([z.number(), z.number(), z.number(), z.number()])
        .nullable()
        .describe("points from the top left: left, top, right, bottom"),
      boxes: z
        .array(z.tuple([z.number(), z.number(), z.number(), z.number()]))
        .optional()
        .describe("one a line, where the quote breaks over lines"),
      article: z.int(),
      findings: z.array(z.strictObject({ code: z.string(), level: Level, detail: z.string() })),
    }),
  ),
  messages: z.array(
    z.strictObject({ code: z.string(), level: Level, detail: z.string(), start: z.int(), end: z.int() }),
  ),
});
