import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Draft } from "../doc/index.js";

/**
 * The weights that make a confidence out of features, in log odds. `fitted`
 * ones come from `scripts/calibrate.mjs`, drawn towards `prior`: what a person
 * would say before seeing gold.
 */
export const ConfidenceFile = z.strictObject({
  $comment: z.string().optional(),
  intercept: z.number(),
  weights: z.record(z.string(), z.number()),
  prior: z.strictObject({ intercept: z.number(), weights: z.record(z.string(), z.number()) }),
});
export type ConfidenceModel = z.infer<typeof ConfidenceFile>;

let loaded: ConfidenceModel | undefined;

/** The model of `schemas/confidence.json`, loaded once. */
export function confidenceModel(): ConfidenceModel {
  loaded ??= ConfidenceFile.parse(
    JSON.parse(readFileSync(new URL("../../schemas/confidence.json", import.meta.url), "utf8")),
  );
  return loaded;
}

/** What is known of a figure's text beside its draft. */
export interface Circumstances {
  /** Of the checks: below zero against it, above zero for it. */
  readonly support: number;
  readonly ocr: boolean;
  /** OCR is not sure of the number. */
  readonly doubtful?: boolean;
  /** A digit of the number was mended. */
  readonly repaired: boolean;
  readonly language: "zh" | "en";
  /** Articles of the clipping. */
  readonly articles: number;
}

/** Features that speak for or against a figure, by name; those that are zero are left out. */
export function featuresOf(draft: Draft, about: Circumstances): ReadonlyMap<string, number> {
  const { from } = draft;
  const features = new Map<string, number>();
  const set = (name: string, value: number | boolean) => {
    if (value) features.set(name, Number(value));
  };
  set("likelihood", logOdds(draft.score));
  set("no claim of the catalogue", draft.because === "");
  set("elliptic", draft.elliptic);
  set(`head ${from.head}`, true);
  set(`verb ${from.verb}`, draft.unit === "count");
  set("carried over", draft.because.startsWith("("));
  set(`region ${from.region}`, true);
  set("region unknown", draft.region === null);
  set("period none", draft.period === null);
  set("period inherited", INHERITED.has(from.period) && draft.period !== null);
  set("scope limited", draft.scope !== null);
  set("planned", draft.status === "planned");
  set("small count", draft.unit === "count" && draft.value <= 3);
  set("bound or range", draft.number.range || draft.number.ceiling);
  set("checks agree", about.support > 0);
  set("checks differ", about.support < 0);
  set("ocr", about.ocr);
  set("ocr doubtful", about.doubtful ?? false);
  set("digit mended", about.repaired);
  set("english", about.language === "en");
  set("page of several articles", about.articles > 1);
  set(`family ${draft.indicator.split(".")[0]}`, true);
  return features;
}

/** Log odds of a probability, within what a few hundred clippings can tell. */
function logOdds(probability: number): number {
  const within = Math.min(0.995, Math.max(0.005, probability));
  return Math.log(within / (1 - within));
}

const INHERITED = new Set(["sentence", "parent", "whole", "carried", "heading"]);

/** What one feature adds to the log odds. */
export interface Contribution {
  readonly feature: string;
  readonly odds: number;
}

/** The parts a confidence is made of, the strongest first; the intercept is among them as `base`. */
export function contributionsOf(features: ReadonlyMap<string, number>, model = confidenceModel()): Contribution[] {
  const parts = [...features].map(([feature, value]) => ({ feature, odds: (model.weights[feature] ?? 0) * value }));
  return [{ feature: "base", odds: model.intercept }, ...parts]
    .filter((part) => part.odds !== 0)
    .sort((a, b) => Math.abs(b.odds) - Math.abs(a.odds));
}

const WEIGHTS = new WeakMap<ConfidenceModel, ReadonlyMap<string, number>>();

/** In a map: names that are put together are slow to look up in an object. */
function weightsOf(model: ConfidenceModel): ReadonlyMap<string, number> {
  let weights = WEIGHTS.get(model);
  if (!weights) {
    weights = new Map(Object.entries(model.weights));
    WEIGHTS.set(model, weights);
  }
  return weights;
}

/** How likely a figure is right, 0–1, in hundredths. */
export function confidenceOf(features: ReadonlyMap<string, number>, model = confidenceModel()): number {
  let odds = model.intercept;
  const weights = weightsOf(model);
  for (const [feature, value] of features) odds += (weights.get(feature) ?? 0) * value;
  return Math.round((1 / (1 + Math.exp(-odds))) * 100) / 100;
}
