import { z } from "zod";
import { Box, Code6, Cursor, Kind, limitOf, Names, pageOf, Sha256 } from "./common.js";

export const About = z.object({
  title: z.string().nullable(),
  publisher: z.string().nullable(),
  published: z.string().nullable().describe("ISO date, or year, or year and month"),
  region: Code6.nullable(),
  url: z.string().nullable().describe("as given: show it as text, link it only where it is http(s)"),
});

export const Clipping = z
  .object({
    id: Sha256,
    kind: Kind,
    /** Name of the file as uploaded, or the last part of its path. Any characters: show it as text. */
    file: z.string(),
    path: z.string(),
    bytes: z.int(),
    about: About,
    regionName: Names.nullable(),
    outcome: z.enum(["complete", "partial"]),
    figures: z.int(),
    repostOf: Sha256.nullable(),
    reposts: z.int(),
    added: z.string(),
    version: z.string(),
  })
  .meta({ id: "Clipping" });
export type Clipping = z.infer<typeof Clipping>;

export const ClippingQuery = z.object({
  within: Code6.optional(),
  work: Sha256.optional().describe("clippings of the same work as this one"),
  kind: Kind.optional(),
  outcome: z.enum(["complete", "partial"]).optional(),
  sort: z.enum(["path", "-stored"]).default("-stored"),
  limit: limitOf(500, 50),
  cursor: Cursor,
});
export const ClippingPage = pageOf(Clipping).extend({ total: z.int().nullable() }).meta({ id: "ClippingPage" });
export type ClippingPage = z.infer<typeof ClippingPage>;

export const Message = z.object({
  code: z.string(),
  level: z.enum(["note", "warning", "error"]),
  detail: z.string(),
  start: z.int(),
  end: z.int(),
  page: z.int().nullable(),
});
export const Article = z.object({ title: z.string().nullable(), start: z.int(), end: z.int() });
export const Page = z
  .object({
    number: z.int(),
    /** Half-open, of the source text. */
    start: z.int(),
    end: z.int(),
    /** Points. */
    width: z.number(),
    height: z.number(),
    read: z.enum(["text-layer", "ocr"]),
    /** Address of its picture; null where the source's bytes are not there any more. */
    image: z.string().nullable(),
  })
  .meta({ id: "Page" });
export type Page = z.infer<typeof Page>;

export const ClippingDetail = z
  .object({
    clipping: Clipping,
    encoding: z.string().nullable(),
    /** UTF-16 code units of the source text. */
    length: z.int(),
    pages: z.array(Page),
    articles: z.array(Article),
    messages: z.array(Message),
    paths: z.array(z.string()),
    /** Whether the bytes of the source are still there, unchanged. */
    source: z.enum(["kept", "path", "gone"]),
    reposts: z.array(z.object({ id: Sha256, file: z.string(), title: z.string().nullable(), similarity: z.number() })),
  })
  .meta({ id: "ClippingDetail" });
export type ClippingDetail = z.infer<typeof ClippingDetail>;

/** Fields left out stay; null takes away what a person told before. */
export const ClippingChange = z
  .strictObject({
    title: z.string().max(500).nullable(),
    publisher: z.string().max(200).nullable(),
    published: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
      .nullable(),
    region: Code6.nullable(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable(),
  })
  .partial()
  .meta({ id: "ClippingChange" });

/** The source text as read. Of HTML it is the page's own markup: show it as text, never as HTML. */
export const SourceText = z
  .object({ id: Sha256, kind: Kind, text: z.string(), articles: z.array(Article), pages: z.array(Page) })
  .meta({ id: "SourceText" });
export type SourceText = z.infer<typeof SourceText>;

export const Repair = z
  .object({
    kind: z.enum([
      "traditional",
      "width",
      "pinyin",
      "shifted-gbk",
      "mojibake",
      "wrap",
      "space",
      "ocr-digit",
      "ocr-word",
      "date",
      "punctuation",
    ]),
    /** Half-open, of the source text. */
    start: z.int(),
    end: z.int(),
    before: z.string(),
    after: z.string(),
  })
  .meta({ id: "Repair" });

/**
 * The normal text (simplified, repaired) with the way back. `map` holds runs in the order of the normal text:
 * [normalStart, normalEnd, sourceStart, sourceEnd]; a run with equal lengths maps code unit by code unit, another one as
 * a whole. What no run covers stands for nothing of the source. `exact`: made by the same reading as the stored text;
 * otherwise found by aligning the two texts. `repairs` are empty where the reading cannot be made again.
 */
export const NormalText = z
  .object({
    id: Sha256,
    text: z.string(),
    map: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
    repairs: z.array(Repair),
    exact: z.boolean(),
    blocks: z.array(
      z.object({
        kind: z.enum(["paragraph", "heading", "row", "caption", "furniture"]),
        start: z.int(),
        end: z.int(),
      }),
    ),
  })
  .meta({ id: "NormalText" });
export type NormalText = z.infer<typeof NormalText>;

/** Lines and words of a page with their boxes; spans of the source text. Slow the first time for a scan. */
export const PageLayout = z
  .object({
    page: z.int(),
    width: z.number(),
    height: z.number(),
    lines: z.array(
      z.object({
        start: z.int(),
        end: z.int(),
        text: z.string(),
        box: Box,
        words: z.array(z.object({ start: z.int(), end: z.int(), box: Box })),
      }),
    ),
  })
  .meta({ id: "PageLayout" });
export type PageLayout = z.infer<typeof PageLayout>;

export const LocateInput = z.strictObject({ box: Box }).meta({ id: "LocateInput" });
/** The words under a box; `nearest`: none lies under it, this is the one beside it. */
export const Located = z
  .object({ start: z.int(), end: z.int(), quote: z.string(), box: Box, how: z.enum(["under", "nearest"]) })
  .meta({ id: "Located" });
export type Located = z.infer<typeof Located>;

export const ImageQuery = z.object({
  width: z.coerce.number().int().min(100).max(3000).default(1200).describe("pixels; rounded up to a step of 400"),
});
export const CropQuery = z.object({
  pad: z.coerce.number().min(0).max(200).default(6).describe("points around the figure's box"),
  width: z.coerce.number().int().min(40).max(2000).default(480).describe("pixels at most"),
});
