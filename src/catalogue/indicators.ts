import { readFileSync } from "node:fs";
import { z } from "zod";

/** One entry of the indicator catalogue: a name for a number, and what it looks like in a text. */
export const Indicator = z.strictObject({
  id: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  label: z.string(),
  labelEn: z.string(),
  /** `money` stands for any currency; the figure carries the currency itself. */
  unit: z.enum(["count", "percent", "money"]),
  /** What is counted: ids of concepts, or words of its own. */
  heads: z.array(z.string()).min(1),
  /** What is done to it: ids of concepts, or words of its own. */
  verbs: z.array(z.string()).default([]),
  /** Score of a head that no verb speaks of; 0: a verb is needed. */
  default: z.number().min(0).max(3).default(1),
  /** Whether the head may be left out and taken from what was counted before. */
  ellipsis: z.boolean().default(false),
  /** Words near the number that rule the indicator out. */
  forbid: z.array(z.string()).default([]),
  /** Measure words of heads given as words of its own; empty: any. */
  measures: z.array(z.string()).default([]),
  /** Log odds added to its claims: which of two that fit alike goes first. */
  prefer: z.number().min(-5).max(10).default(0),
  /** The indicator whose share a rate is. */
  shareOf: z.string().optional(),
  /** As documents and table headings say it, simplified Chinese. */
  names: z.array(z.string()).min(1),
  namesEn: z.array(z.string()).default([]),
  examples: z.array(z.string()).default([]),
});
export type Indicator = z.infer<typeof Indicator>;

export const IndicatorFile = z.strictObject({
  $comment: z.string().optional(),
  indicators: z.array(Indicator),
});

/** Reads `schemas/indicators.json`. Throws ZodError when the file is not of its form. */
export function loadIndicators(): readonly Indicator[] {
  const path = new URL("../../schemas/indicators.json", import.meta.url);
  return IndicatorFile.parse(JSON.parse(readFileSync(path, "utf8"))).indicators;
}
