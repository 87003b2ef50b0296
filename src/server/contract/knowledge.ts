import { z } from "zod";
import { Clipping } from "./clippings.js";
import { Code6, Cursor, Level, limitOf, Names, Period, pageOf } from "./common.js";
import { Measure } from "./compare.js";

export const Region = z
  .object({
    code: Code6,
    /** Its own name. */
    name: Names,
    /** 河南省郑州市惠济区 / Huiji, Zhengzhou, Henan. */
    path: Names,
    level: Level,
    parent: Code6.nullable(),
    /** The last year the code was in force. */
    until: z.int().nullable(),
  })
  .meta({ id: "Region" });
export type Region = z.infer<typeof Region>;
export const RegionQuery = z.object({
  q: z.string().max(80).describe("code, Chinese or English name, traditional or simplified, also a beginning of one"),
  limit: limitOf(50, 10),
});
/** Best first. */
export const RegionList = z.object({ items: z.array(Region) }).meta({ id: "RegionList" });

/** Children of a region (provinces where no parent is given), with what is stored of each and all below it. */
export const TreeQuery = z.object({ parent: Code6.optional() });
export const RegionTree = z
  .object({
    parent: Region.nullable(),
    items: z.array(Region.extend({ children: z.int(), figures: z.int(), headline: z.int(), reviewed: z.int() })),
    /** Figures whose region is unknown; told without a parent. */
    unknown: z.int().nullable(),
  })
  .meta({ id: "RegionTree" });
export type RegionTree = z.infer<typeof RegionTree>;

export const Indicator = z
  .object({
    id: z.string(),
    name: Names,
    unit: z.enum(["count", "percent", "money"]),
    names: z.array(z.string()),
    namesEn: z.array(z.string()),
    examples: z.array(z.string()),
    /** Figures stored; null in a search. */
    figures: z.int().nullable(),
  })
  .meta({ id: "Indicator" });
export type Indicator = z.infer<typeof Indicator>;
export const IndicatorQuery = z.object({ q: z.string().max(80).optional() });
/** Whole, or what fits `q`, best first; `measures` are what can be compared beside them. `units`: what a figure's unit may be. */
export const IndicatorList = z
  .object({ items: z.array(Indicator), measures: z.array(Measure), units: z.array(z.string()) })
  .meta({ id: "IndicatorList" });
export type IndicatorList = z.infer<typeof IndicatorList>;

export const PeriodQuery = z.object({
  text: z.string().max(80).describe("2021年上半年, 截至6月底, last quarter of 2022, 2022-06"),
  near: z.iso.date().optional().describe("the clipping's date: what words without a year are counted from"),
});
/** Best first; empty where the words name no time. */
export const PeriodReply = z
  .object({ items: z.array(z.object({ period: Period, text: z.string() })) })
  .meta({ id: "PeriodReply" });
export type PeriodReply = z.infer<typeof PeriodReply>;

export const SearchQuery = z.object({
  q: z.string().min(1).max(200).describe('all words must be there; "in quotes" as they stand'),
  within: Code6.optional(),
  limit: limitOf(100, 20),
  cursor: Cursor,
});
export const SearchPage = pageOf(
  z.object({
    clipping: Clipping,
    /** Around the first hit, of the normal text; `marks` are half-open ranges of it. */
    snippet: z.string(),
    marks: z.array(z.object({ start: z.int(), end: z.int() })),
    inTitle: z.boolean(),
  }),
).meta({ id: "SearchPage" });
export type SearchPage = z.infer<typeof SearchPage>;
