import type { Quantity } from "../doc/index.js";
import type { Gap } from "./clause.js";
import type { Filler } from "./frame.js";

/** What earlier clauses leave for later ones to leave out. */
export interface Topic {
  readonly heads: readonly Filler[];
  readonly verbs: readonly Filler[];
  readonly measure: string;
  /** How far back: the same sentence, paragraph or article. */
  readonly distance: "sentence" | "paragraph" | "article";
}

/** 通化市2046个: a place before the number is no noun that it counts. */
const PLACE_END = /(?:^|[，；、：])[\p{Script=Han}]{1,6}(?:省|市|县|区|旗|州|盟|镇|乡|街道|园区)$/u;

/** Whether a text ends in a place. */
export const isPlace = (text: string): boolean =>
  text !== "" && "省市县区旗州盟镇乡道".includes(text[text.length - 1] as string) && PLACE_END.test(text);

/** Measure words that say little of what they count, so that it may be left out. */
export const isGeneric = (measure: string) =>
  /^(?:个|件|案|条|项|宗|起|桩|份|单|家|户|名|人|位|场|次|家次|户次|本|册|)$/.test(measure);

/** The head that earlier counts leave for a number without one; weaker the further back. */
export function topicHeads(topics: readonly Topic[], quantity: Quantity, doubtful: boolean, isPart: boolean): Filler[] {
  const weights = { sentence: 2.2, paragraph: 1.6, article: 1 };
  for (const topic of topics) {
    const head = topic.heads[0];
    if (!head || !sameFamily(topic.measure, quantity.measure)) continue;
    if (topic.distance === "article" && head.concepts.every((id) => id === "other")) continue;
    const weight = weights[topic.distance] - (doubtful ? 0.8 : 0) + (isPart ? 0.4 : 0);
    return [{ concepts: head.concepts, weight, how: "topic", word: undefined }];
  }
  return [];
}

export function topicVerbs(
  topics: readonly Topic[],
  quantity: Quantity,
  cues: ReadonlySet<string>,
  left: Gap,
): Filler[] {
  const fitting = topics.filter(
    (candidate) => candidate.distance === "sentence" && sameFamily(candidate.measure, quantity.measure),
  );
  // another place starts over: …办结11612个；通化市2046个 repeats what was said first
  const topic = isPlace(left.text) ? fitting.at(-1) : fitting[0];
  if (!topic || cues.has("rest-here")) return [];
  const verb = topic.verbs[0];
  if (!verb) return [];
  return [{ ...verb, weight: Math.min(verb.weight, 1.6), how: "topic" }];
}

const FAMILIES = [
  /^(?:个|件|案|条|项|宗|起|桩|份|单|)$/,
  /^(?:家|户|家次|户次|)$/,
  /^(?:名|人|位|)$/,
  /^(?:场|次|期|场次)$/,
  /^(?:本|册|份|张)$/,
];

/** Whether two measure words may count the same things. */
export function sameFamily(a: string, b: string): boolean {
  return a === b || (familiesOf(a) & familiesOf(b)) !== 0;
}

const KNOWN_FAMILIES = new Map<string, number>();

/** A bit for each family that a measure word is of; there are few measure words, so that all are kept. */
function familiesOf(measure: string): number {
  let families = KNOWN_FAMILIES.get(measure);
  if (families === undefined) {
    families = FAMILIES.reduce((bits, family, index) => bits | (family.test(measure) ? 1 << index : 0), 0);
    KNOWN_FAMILIES.set(measure, families);
  }
  return families;
}
