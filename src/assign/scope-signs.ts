import type { Draft, Quantity } from "../doc/index.js";
import type { Gap } from "./clause.js";
import type { PlaceFound } from "./place.js";
import type { Site } from "./reader.js";
import type { Relation } from "./relations.js";
import { companyIn, narrowingOf } from "./scope.js";
import { isBrokenDown } from "./scopes.js";
import { sameFamily } from "./topic.js";

/** What is known when it is asked whether a figure is a part only. */
export interface ScopeQuestion {
  readonly text: string;
  readonly site: Site;
  readonly quantity: Quantity;
  readonly indicator: string;
  readonly byRule: { readonly scope: string | null; readonly from: string };
  readonly place: PlaceFound;
  /** Figures before it, the nearest last. */
  readonly drafts: readonly Draft[];
  readonly sentence: number;
  readonly article: number;
  readonly town: boolean;
  readonly heading: string;
  readonly relations: readonly Relation[];
}

/** Signs of a figure's being the region's whole or a part of it, beside the words around it. */
export function signsOfScope(question: ScopeQuestion): string[] {
  const { site, quantity, indicator, byRule, place, drafts, sentence, text } = question;
  const family = indicator.split(".")[0];
  const own = drafts.filter((draft) => draft.article === question.article);
  const same = own.filter((draft) => draft.indicator === indicator);
  const here = same.filter((draft) => draft.region === place.code && draft.status === "actual");
  const larger = same.some((draft) => draft.value > quantity.value);
  const largerHere = here.some((draft) => draft.value > quantity.value);
  const twin = here.some((draft) => draft.value === quantity.value && draft.scope === null);
  const last = own.at(-1);
  const lastScope = last ? (last.scope === null ? "whole" : "part") : "^";
  const near = last && last.sentence === sentence ? "same" : last && sentence - last.sentence === 1 ? "next" : "far";
  const left = site.clause.gaps[site.order] as Gap;
  const right = site.clause.gaps[site.order + 1] as Gap;
  const before = text.slice(site.partStart, quantity.start);
  const whole = here.find((draft) => draft.scope === null);
  const modifier = modifierBefore(left.text);
  const signs = [
    `rule:${byRule.scope === null}`,
    `rule:${indicator}|${byRule.scope === null}`,
    `rulef:${byRule.from}`,
    `rulef:${family}|${byRule.from}`,
    `same:${indicator}|${Math.min(same.length, 3)}|${larger}`,
    `same:${Math.min(same.length, 3)}|${larger}`,
    `here:${indicator}|${Math.min(here.length, 2)}|${largerHere}`,
    `here:${Math.min(here.length, 2)}|${largerHere}`,
    `wholehere:${indicator}|${whole !== undefined}|${largerHere}`,
    `twin:${twin}`,
    `last:${indicator}|${last?.indicator ?? "^"}|${lastScope}`,
    `last:${lastScope}|${near}`,
    `lastf:${family}|${lastScope}|${near}`,
    `lastk:${last !== undefined && last.indicator.split(".")[0] === family}|${lastScope}|${near}`,
    `lastm:${last !== undefined && sameFamily(last.number.measure, quantity.measure)}|${lastScope}|${near}`,
    `town:${question.town}`,
    `among:${isBrokenDown(before)}`,
    `among:${indicator}|${isBrokenDown(before)}`,
    `place:${place.from}|${place.zone !== undefined}`,
    `place:${indicator}|${place.from}`,
    `order:${Math.min(site.order, 3)}|${Math.min(site.clause.quantities.length, 4)}`,
    `size:${indicator}|${Math.floor(Math.log10(Math.max(1, quantity.value)))}`,
    `mod:${Math.min(8, modifier.length)}|${family}`,
    `narrow:${narrowingOf(modifier) !== null}|${family}`,
    `narrowr:${narrowingOf(right.text.slice(0, 12)) !== null}|${family}`,
    `firm:${companyIn(before.slice(-60), "zh") !== null}|${family}`,
    `quoted:${/[“「][^”」]{1,14}[”」][^，。；]{0,8}$/.test(left.text)}|${indicator}`,
    `listed:${/^[、和及]/.test(left.text)}|${lastScope}`,
    `i:${indicator}`,
    `heading:${question.heading.length > 0 && question.heading.length <= 16}`,
  ];
  for (const { role, others } of question.relations) {
    signs.push(`x:${role}|${family}`, `x:${role}|${indicator}`);
    const scopes = others
      .map((other) => own.find((draft) => draft.number === other))
      .filter((draft) => draft !== undefined);
    for (const draft of scopes)
      signs.push(
        `xs:${role}|${draft.indicator === indicator ? "same" : draft.indicator.split(".")[0] === family ? "kin" : "other"}|${draft.scope === null}`,
      );
  }
  if (question.relations.length === 0) signs.push(`x:none|${family}`);
  for (const sign of wordsOf(modifier)) signs.push(`w:${sign}`, `wf:${family}|${sign}`);
  return signs;
}

/** What stands between the last mark and the number. */
function modifierBefore(left: string): string {
  return /[^，。；：、]*$/.exec(left)?.[0].slice(-16) ?? "";
}

function wordsOf(text: string): string[] {
  const signs: string[] = [];
  for (let at = 0; at + 2 <= text.length; at++) signs.push(text.slice(at, at + 2));
  return signs;
}
