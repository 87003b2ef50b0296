import { type Concept, loadConcepts } from "./concepts.js";
import { type Indicator, loadIndicators } from "./indicators.js";
import { Lexicon } from "./lexicon.js";

/** The knowledge that gives quantities a meaning: indicators, and the words they are told by. */
export interface Catalogue {
  readonly indicators: readonly Indicator[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly lexicon: Lexicon;
}

/**
 * Builds a catalogue. Words that an indicator gives itself instead of a
 * concept's id become concepts of their own (`visit.governor#heads`), so that
 * everything downstream sees concepts only.
 */
export function buildCatalogue(indicators: readonly Indicator[], shared: readonly Concept[]): Catalogue {
  const concepts = new Map(shared.map((concept) => [concept.id, concept]));
  const resolved = indicators.map((indicator) => ({
    ...indicator,
    heads: ownWords(indicator, "heads", concepts),
    verbs: ownWords(indicator, "verbs", concepts),
    forbid: ownWords(indicator, "forbid", concepts),
  }));
  return { indicators: resolved, concepts, lexicon: new Lexicon([...concepts.values()]) };
}

function ownWords(indicator: Indicator, slot: "heads" | "verbs" | "forbid", concepts: Map<string, Concept>): string[] {
  const known = indicator[slot].filter((word) => concepts.has(word));
  const words = indicator[slot].filter((word) => !concepts.has(word));
  if (words.length === 0) return known;
  const id = `${indicator.id}#${slot}`;
  concepts.set(id, {
    id,
    kind: slot === "heads" ? HEAD_KINDS[indicator.unit] : slot === "verbs" ? "verb" : "cue",
    measures: slot === "heads" ? indicator.measures : undefined,
    weight: 6,
    zh: words.filter((word) => /\p{Script=Han}/u.test(word)),
    en: words.filter((word) => !/\p{Script=Han}/u.test(word)),
  });
  return [...known, id];
}

const HEAD_KINDS = { count: "noun", percent: "rate", money: "money" } as const;

let standard: Catalogue | undefined;

/** The catalogue of `schemas/`, loaded once. */
export function catalogue(): Catalogue {
  standard ??= buildCatalogue(loadIndicators(), loadConcepts());
  return standard;
}

/** The indicators of `schemas/indicators.json`. */
export function indicators(): readonly Indicator[] {
  return catalogue().indicators;
}
