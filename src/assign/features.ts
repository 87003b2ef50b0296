import type { Catalogue, Lexeme } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { type ClauseParts, type Gap, isKind } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Relation } from "./relations.js";

/** What a number's surroundings are to be told by. */
export interface Surroundings {
  readonly text: string;
  readonly language: "zh" | "en";
  readonly catalogue: Catalogue;
  readonly clause: ClauseParts;
  readonly order: number;
  readonly sentenceStart: number;
  readonly sentenceEnd: number;
  readonly partStart: number;
  /** Words of the clauses of the sentence before this one. */
  readonly before: readonly Lexeme[];
  /** Claims of the catalogue, the best first. */
  readonly claims: readonly Claim[];
  readonly isRuledOut: boolean;
  /** What the numbers before this one were, the nearest first: their label and measure word; `|` where a sentence ended. */
  readonly history: readonly Label[];
  readonly heading: string;
  readonly relations: readonly Relation[];
  /** What a number of the article was found to be; undefined when it was not yet read. */
  readonly labelOf: (quantity: Quantity) => string | undefined;
}

/** What a number before was found to be. */
export interface Label {
  readonly label: string;
  readonly measure: string;
  readonly unit: string;
  readonly sentence: number;
}

const NUMBER = /[0-9][0-9,.]*|[〇零一二三四五六七八九十百千]+(?=[万亿余多个家件户名人场次条项份册%])/g;
const LEFT = 18;
const RIGHT = 14;

/**
 * The signs by which a number is told: the characters around it, the known
 * words of its clause and sentence, what was counted before it, and the claims
 * of the catalogue. Each is a short readable string; `schemas/evidence.json`
 * holds what each has meant in annotated clippings.
 */
export function featuresOf(site: Surroundings): string[] {
  const quantity = site.clause.quantities[site.order] as Quantity;
  const left = site.clause.gaps[site.order] as Gap;
  const right = site.clause.gaps[site.order + 1] as Gap;
  const unit = quantity.unit === "count" ? quantity.measure : quantity.unit;
  const features: string[] = ["bias", `u:${unit}`, `v:${unit}:${sizeOf(quantity.value)}`, `q:${quantity.qualifier}`];
  if (quantity.ceiling) features.push("ceiling");
  if (quantity.range) features.push("range");
  if (quantity.one) features.push("one");
  if (quantity.scaled) features.push("scaled");
  characters(site, quantity, unit, features);
  words(site, left, right, unit, features);
  history(site, quantity, left, features);
  claims(site, features);
  related(site, unit, features);
  return features;
}

function characters(site: Surroundings, quantity: Quantity, unit: string, features: string[]): void {
  const before = site.text
    .slice(Math.max(site.sentenceStart, quantity.start - 60), quantity.start)
    .replace(NUMBER, "#");
  const after = site.text.slice(quantity.end, Math.min(site.sentenceEnd, quantity.end + 30)).replace(NUMBER, "#");
  if (site.language === "en") {
    englishCharacters(before, after, unit, features);
    return;
  }
  for (let size = 1; size <= 6; size++) {
    if (before.length >= size) features.push(`<${before.slice(-size)}`);
    if (after.length >= size && size <= 5) features.push(`>${after.slice(0, size)}`);
  }
  features.push(`<2u:${before.slice(-2)}|${unit}`, `>2u:${unit}|${after.slice(0, 2)}`);
  features.push(`<>:${before.slice(-2)}|${after.slice(0, 2)}`, `<>1:${before.slice(-1)}|${unit}|${after.slice(0, 1)}`);
  const comma = before.search(/[，；：、。][^，；：、。]*$/);
  const own = before.slice(comma + 1).slice(-LEFT);
  const earlier = comma > 0 ? before.slice(Math.max(0, comma - LEFT), comma) : "";
  const stop = after.search(/[，；。：]/);
  const behind = after.slice(0, stop < 0 ? RIGHT : Math.min(stop, RIGHT));
  const later = stop < 0 ? "" : after.slice(stop + 1, stop + 1 + RIGHT);
  grams("L", own, features);
  grams("R", behind, features);
  grams("P", earlier, features, 2);
  grams("N", later, features, 2);
  for (const sign of own.slice(-10)) features.push(`L${sign}`);
  for (const sign of behind.slice(0, 8)) features.push(`R${sign}`);
  for (const sign of own.slice(-4)) features.push(`L'${sign}|${unit}`);
  if (own === "") features.push("L:none");
  if (behind === "") features.push("R:none");
}

function grams(name: string, text: string, features: string[], longest = 4): void {
  for (let size = 2; size <= longest; size++)
    for (let at = 0; at + size <= text.length; at++) features.push(`${name}${text.slice(at, at + size)}`);
}

function englishCharacters(before: string, after: string, unit: string, features: string[]): void {
  const left = before.toLowerCase().match(/[a-z#'-]+|[,;:()%]/g) ?? [];
  const right = after.toLowerCase().match(/[a-z#'-]+|[,;:()%]/g) ?? [];
  for (let size = 1; size <= 3; size++) {
    features.push(`<${left.slice(-size).join(" ")}`, `>${right.slice(0, size).join(" ")}`);
  }
  features.push(`<2u:${left.slice(-1).join(" ")}|${unit}|${right.slice(0, 1).join(" ")}`);
  for (const [index, word] of left.slice(-8).entries())
    features.push(`L${word}`, `L${left.slice(-8)[index - 1] ?? "^"} ${word}`);
  for (const [index, word] of right.slice(0, 7).entries())
    features.push(`R${word}`, `R${right[index - 1] ?? "^"} ${word}`);
}

const KINDS = ["verb", "noun", "money", "rate", "cue"] as const;

function words(site: Surroundings, left: Gap, right: Gap, unit: string, features: string[]): void {
  for (const kind of KINDS) {
    const mark = kind[0];
    const on = left.words.filter((word) => isKind(word, kind));
    const after = right.words.filter((word) => isKind(word, kind));
    const nearest = idsOf(on.at(-1), kind);
    for (const id of nearest) features.push(`l${mark}:${id}`, `l${mark}u:${id}|${unit}`);
    for (const word of on.slice(0, -1)) for (const id of idsOf(word, kind)) features.push(`ll${mark}:${id}`);
    const first = idsOf(after[0], kind);
    for (const id of first) features.push(`r${mark}:${id}`, `r${mark}u:${id}|${unit}`);
    for (const word of after.slice(1)) for (const id of idsOf(word, kind)) features.push(`rr${mark}:${id}`);
  }
  const nearest = left.words.at(-1);
  const next = right.words[0];
  if (nearest) features.push(`lw:${nearest.text}`, `lc:${conceptsOf(nearest)}|${unit}`);
  if (next) features.push(`rw:${next.text}`, `rc:${conceptsOf(next)}|${unit}`);
  features.push(`lr:${nearest ? conceptsOf(nearest) : "-"}|${next ? conceptsOf(next) : "-"}`);
  const verb = idsOf(left.words.filter((word) => isKind(word, "verb")).at(-1), "verb")[0] ?? "-";
  const noun = idsOf(left.words.filter((word) => isKind(word, "noun")).at(-1), "noun")[0] ?? "-";
  features.push(`lvn:${verb}|${noun}|${unit}`);
  const seen = new Set<string>();
  for (const word of site.before)
    for (const concept of word.concepts) {
      if (seen.has(concept.id)) continue;
      seen.add(concept.id);
      features.push(`s:${concept.id}`);
    }
  // the last of each kind the sentence named, however many numbers ago
  const inClause = site.clause.gaps.slice(0, site.order).flatMap((gap) => gap.words);
  const said = [...site.before, ...inClause];
  for (const kind of KINDS) {
    if (left.words.some((word) => isKind(word, kind))) continue;
    const word = said.findLast((each) => isKind(each, kind));
    if (!word) continue;
    const where = inClause.includes(word) ? "clause" : "part";
    for (const id of idsOf(word, kind)) features.push(`z${kind[0]}:${id}|${unit}`, `z${kind[0]}w:${id}|${where}`);
  }
  const last = site.before.at(-1);
  if (last) features.push(`sl:${conceptsOf(last)}|${unit}`);
  for (const word of site.catalogue.lexicon.scan(site.heading))
    for (const concept of word.concepts) features.push(`h:${concept.id}`);
}

const idsOf = (word: Lexeme | undefined, kind: string): string[] =>
  word ? word.concepts.filter((concept) => concept.kind === kind).map((concept) => concept.id) : [];
const conceptsOf = (word: Lexeme) => word.concepts.map((concept) => concept.id).join("+");

function history(site: Surroundings, quantity: Quantity, left: Gap, features: string[]): void {
  const unit = quantity.unit === "count" ? quantity.measure : quantity.unit;
  const [last, second] = site.history;
  const sentence = last?.sentence;
  const kin = site.history.find((label) => label.unit === quantity.unit && label.measure === quantity.measure);
  const near = /^[、和及与，；]?[^，；。]{0,4}$/.test(left.text) ? "near" : "far";
  features.push(
    `b1:${last?.label ?? "^"}|${unit}`,
    `b1n:${last?.label ?? "^"}|${near}`,
    `b1u:${last?.label ?? "^"}|${last?.measure ?? ""}|${unit}`,
  );
  features.push(`b2:${last?.label ?? "^"}|${second?.label ?? "^"}`);
  features.push(`b1l:${last?.label ?? "^"}|${left.text.slice(-2)}`);
  if (kin)
    features.push(
      `k:${kin.label}|${sentence === kin.sentence ? 0 : Math.min(3, (sentence ?? 0) - kin.sentence)}`,
      `kl:${kin.label}|${left.text.slice(-2)}`,
    );
}

function claims(site: Surroundings, features: string[]): void {
  const [winner, second] = site.claims;
  const id = winner?.indicator.id ?? "none";
  const score = winner ? Math.min(6, Math.floor(winner.score)) : 0;
  features.push(`c:${id}`, `cs:${id}|${score}`, `c2:${id}|${second?.indicator.id ?? "none"}`);
  if (site.isRuledOut) features.push("ruled", `ruled:${id}`);
}

function related(site: Surroundings, unit: string, features: string[]): void {
  if (site.relations.length === 0) features.push("x:none");
  for (const { role, others } of site.relations) {
    features.push(`x:${role}`, `x:${role}|${unit}`);
    for (const other of others) {
      const label = site.labelOf(other);
      if (label) features.push(`xl:${role}|${label}`);
    }
  }
}

function sizeOf(value: number): string {
  if (value < 10) return String(Math.floor(value));
  return `e${Math.floor(Math.log10(value))}`;
}
