import { type Catalogue, findRegions, type Lexeme, narrow } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { type ClauseParts, isConcept, isKind } from "./clause.js";
import type { Claim } from "./compete.js";

const RESPECTIVELY = /分别[为是达有至到]?(?:[^\d]{0,8})$|依次为$/;

/**
 * Shared heads: 收集、办结问题分别为755个和743个, 办结率、满意率分别达98%和99%.
 * Undefined where the number is in no such list.
 */
export function claimsInList(
  catalogue: Catalogue,
  text: string,
  clauses: readonly ClauseParts[],
  index: number,
  order: number,
): Claim[] | undefined {
  const clause = clauses[index] as ClauseParts;
  const marker = clause.isRespective ? clause.gaps.findIndex((gap) => RESPECTIVELY.test(gap.text)) : -1;
  if (marker < 0 || order < marker) return sharedRate(catalogue, clause, order);
  const gap = clause.gaps[marker];
  if (!gap) return undefined;
  const numbers = clause.quantities.slice(marker);
  const lead = clause.gaps.slice(0, marker + 1).flatMap((each) => each.words);
  const rates = lead.filter((word) => isKind(word, "rate"));
  const place = order - marker;
  if (rates.length === numbers.length && rates.length > 1) return claimsOfRate(catalogue, rates[place] as Lexeme);
  const money = lead.filter((word) => isKind(word, "money"));
  if (money.length === numbers.length && money.length > 1) return claimsOfMoney(catalogue, money[place] as Lexeme);
  const verbs = lead.filter(
    (word) => ["collect", "resolve", "assign", "pend"].some((id) => isConcept(word, id)) && !isKind(word, "rate"),
  );
  const problem = lead.some((word) => isConcept(word, "problem"));
  if (
    problem &&
    verbs.length === numbers.length &&
    numbers.length > 1 &&
    /[、和与]/.test(text.slice(verbs[0]?.end ?? 0, verbs[1]?.start ?? 0))
  )
    return claimsOfVerb(catalogue, verbs[place] as Lexeme, numbers[place] as Quantity);
  return undefined;
}

/** 办结率和满意率均达100%: one number, several rates. */
function sharedRate(catalogue: Catalogue, clause: ClauseParts, order: number): Claim[] | undefined {
  const gap = clause.gaps[order];
  if (
    !gap ||
    clause.quantities[order]?.unit !== "percent" ||
    !/(?:均|都|双双|皆)(?:达到?|为|是|超过?|保持在|实现|在)?[^\d]{0,4}$/.test(gap.text)
  )
    return undefined;
  const rates = gap.words.filter((word) => isKind(word, "rate"));
  const claims = rates.flatMap((word) => claimsOfRate(catalogue, word));
  const distinct = claims.filter(
    (claim, index) => claims.findIndex((other) => other.indicator.id === claim.indicator.id) === index,
  );
  return distinct.length > 1 ? distinct.map((claim, index) => ({ ...claim, shared: index > 0 })) : undefined;
}

function claimsOfRate(catalogue: Catalogue, word: Lexeme): Claim[] {
  const indicator = catalogue.indicators.find(
    (candidate) =>
      candidate.unit === "percent" && word.concepts.some((concept) => candidate.heads.includes(concept.id)),
  );
  return indicator ? [{ indicator, score: 6, because: word.text }] : [];
}

function claimsOfVerb(catalogue: Catalogue, word: Lexeme, quantity: Quantity): Claim[] | undefined {
  if (quantity.unit !== "count") return undefined;
  const indicator = catalogue.indicators.find(
    (candidate) =>
      candidate.id.startsWith("problem.") &&
      candidate.unit === "count" &&
      word.concepts.some((concept) => candidate.verbs.includes(concept.id)),
  );
  return indicator ? [{ indicator, score: 6, because: word.text }] : undefined;
}

function claimsOfMoney(catalogue: Catalogue, word: Lexeme): Claim[] {
  const indicator = catalogue.indicators.find(
    (candidate) => candidate.unit === "money" && word.concepts.some((concept) => candidate.heads.includes(concept.id)),
  );
  return indicator ? [{ indicator, score: 6, because: word.text }] : [];
}

/** The place or sort that a number of a 分别 list belongs to: 甲县、乙县分别收集问题120件、98件. */
export function itemInList(
  text: string,
  partStart: number,
  clause: ClauseParts,
  order: number,
  home: string | null,
): { region: string } | { scope: string } | undefined {
  if (!clause.isRespective) return undefined;
  const marker = clause.gaps.findIndex((gap) => RESPECTIVELY.test(gap.text) || gap.text.includes("分别"));
  if (marker < 0 || order < marker) return undefined;
  const size = clause.quantities.length - marker;
  if (size < 2) return undefined;
  const gap = clause.gaps[marker];
  const lead = text.slice(partStart, gap?.end);
  const places = findRegions(lead).filter((mention) => !mention.inName && mention.form !== "zone");
  if (places.length === size) {
    const code = narrow(places[order - marker]?.candidates ?? [], home);
    if (code) return { region: code };
  }
  const runs = lead.match(
    /[\p{Script=Han}“”]{1,10}(?:、[\p{Script=Han}“”]{1,10})+(?:[和及与][\p{Script=Han}“”]{1,6})?/gu,
  );
  const items = (runs?.at(-1) ?? "").split(/[、和及与]/);
  if (items.length !== size || /收集|办结|解决|办结率|满意/.test(items.join(""))) return undefined;
  return { scope: (items[order - marker] ?? "").slice(-10) };
}
