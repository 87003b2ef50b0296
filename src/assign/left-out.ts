// What a number counts where the noun is not beside it.
import type { Concept, Lexeme } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { type Gap, isConcept, isKind } from "./clause.js";
import type { Filler } from "./frame.js";

/** Measure words that name what they count: 册 and 本 count printed matter, 家次 visits to enterprises. */
const IMPLIED: Readonly<Record<string, string>> = {
  册: "material",
  本: "material",
  张: "material",
  家次: "enterprise",
  户次: "enterprise",
  场: "event",
  场次: "event",
  企次: "enterprise",
};

/** The head that a measure word names, or a title. */
export function impliedHead(quantity: Quantity, left: Gap): Filler[] {
  // 印制《懒人包》三万份: what has a title and comes in copies is printed matter
  const titled = /^[份张套]$/.test(quantity.measure) && /》[^，。；]{0,6}$/.test(left.text);
  const last = left.words.at(-1);
  const visits =
    quantity.value > 3 &&
    /^(?:次|人次)$/.test(quantity.measure) &&
    last !== undefined &&
    isConcept(last, "visit") &&
    left.end - last.end <= 2;
  const concept = titled ? "material" : visits ? "enterprise" : IMPLIED[quantity.measure];
  return concept ? [{ concepts: [concept], weight: 1.9, how: "topic", word: undefined }] : [];
}

/** Those who act or receive are named where they are counted. */
const NEVER_LEFT_OUT = ["bank", "other", "person"] as const;

/** A noun of an earlier clause that was not counted there: 选派“服务专员”，首批220名. */
export function earlierHead(words: readonly Lexeme[], quantity: Quantity, doubtful: boolean): Filler[] {
  if (quantity.measure === "") return [];
  const noun = words.findLast(
    (word) =>
      isKind(word, "noun") &&
      !NEVER_LEFT_OUT.some((id) => isConcept(word, id)) &&
      fitting(word.concepts, quantity.measure).length > 0,
  );
  if (!noun) return [];
  return [
    { concepts: fitting(noun.concepts, quantity.measure), weight: doubtful ? 1.2 : 1.9, how: "topic", word: undefined },
  ];
}

/** The noun concepts of a word whose measure words the number's may be. */
export function fitting(concepts: readonly Concept[], measure: string): string[] {
  const ids: string[] = [];
  for (const { kind, measures, id } of concepts) {
    if (kind !== "noun") continue;
    if (measure === "" || !measures || measures.length === 0 || measures.includes(measure)) ids.push(id);
  }
  return ids;
}
