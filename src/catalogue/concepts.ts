import { readFileSync } from "node:fs";
import { z } from "zod";

export const ConceptKind = z.enum(["noun", "verb", "money", "rate", "cue"]);

/** A group of words of the genre that mean the same to an indicator. */
export const Concept = z.strictObject({
  id: z.string().regex(/^[a-z_]+$/),
  kind: ConceptKind,
  /** Measure words that a noun goes with; empty: any. */
  measures: z.array(z.string()).optional(),
  /** How specific a money word is; the more specific wins over the nearer. */
  weight: z.number().optional(),
  zh: z.array(z.string().min(1)),
  en: z.array(z.string().min(1)),
});
export type Concept = z.infer<typeof Concept>;

export const ConceptFile = z.strictObject({
  $comment: z.string().optional(),
  concepts: z.array(Concept),
});

/** Reads `schemas/concepts.json`. Throws ZodError when the file is not of its form. */
export function loadConcepts(): readonly Concept[] {
  const path = new URL("../../schemas/concepts.json", import.meta.url);
  return ConceptFile.parse(JSON.parse(readFileSync(path, "utf8"))).concepts;
}
