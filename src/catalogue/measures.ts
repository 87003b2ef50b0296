import { readFileSync } from "node:fs";
import { z } from "zod";

/** What follows from two indicators: a rate from counts, money per enterprise. */
export const Measure = z.strictObject({
  id: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  label: z.string(),
  labelEn: z.string(),
  /** The indicator that is divided. */
  of: z.string(),
  /** The indicator it is divided by; of several, the one that serves the most regions. */
  per: z.array(z.string()).min(1),
  /** `of` is a part of `per`: the measure is a percentage, and never above 100. */
  share: z.boolean().default(false),
});
export type Measure = z.infer<typeof Measure>;

export const MeasureFile = z.strictObject({
  $comment: z.string().optional(),
  measures: z.array(Measure),
});

let loaded: readonly Measure[] | undefined;

/** The derived measures of `schemas/measures.json`, loaded once. Throws ZodError when the file is not of its form. */
export function measures(): readonly Measure[] {
  loaded ??= MeasureFile.parse(
    JSON.parse(readFileSync(new URL("../../schemas/measures.json", import.meta.url), "utf8")),
  ).measures;
  return loaded;
}
