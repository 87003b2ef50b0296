import type { Draft } from "../doc/index.js";
import type { Gap } from "./clause.js";
import { familyOf } from "./memory.js";
import type { PlaceFound } from "./place.js";
import type { Relation } from "./relations.js";
import { companyIn, isNarrowed } from "./scope.js";
import { type Piece, pieceOf, truth } from "./sign-table.js";
import type { SignSink } from "./signs.js";
import type { Site } from "./site.js";
import { sameFamily } from "./topic.js";
import { Window } from "./window.js";

/** What is known when it is asked whether a figure is a part only. */
export interface ScopeQuestion {
  readonly text: string;
  readonly site: Site;
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
export function sayScopeSigns(question: ScopeQuestion, out: SignSink): void {
  const own = ownFigures(question);
  saySigns(question, own, out);
  // what limits enterprises may not limit funds: each sign counts once more as one of the family
  out.under(ofFamily(question.indicator));
  saySigns(question, own, out);
  out.under();
}

/** What a sign begins with that counts for one family of indicators only. */
export const ofFamily = (indicator: string): Piece => pieceOf(`${familyOf(indicator)}@`);

function saySigns(question: ScopeQuestion, own: OwnFigures, out: SignSink): void {
  const { site, byRule, place, sentence, text } = question;
  const { quantity } = site;
  const indicator = pieceOf(question.indicator);
  const family = pieceOf(familyOf(question.indicator));
  const { last, lastScope } = own;
  const near = !last ? "far" : last.sentence === sentence ? "same" : sentence - last.sentence === 1 ? "next" : "far";
  const left = site.clause.gaps[site.order] as Gap;
  const right = site.clause.gaps[site.order + 1] as Gap;
  const among = truth(site.before.among);
  const modifier = modifierBefore(left.text);
  const isWhole = truth(byRule.scope === null);
  const from = pieceOf(byRule.from);
  const lastNear = pieceOf(`${lastScope}|${near}`);
  out.say(S.RULE, isWhole);
  out.say(S.RULE, indicator, S.BAR, isWhole);
  out.say(S.RULEF, from);
  out.say(S.RULEF, family, S.BAR, from);
  sayOfOthers(own, indicator, out);
  out.say(S.LAST, indicator, S.BAR, pieceOf(last?.indicator ?? "^"), pieceOf(`|${lastScope}`));
  out.say(S.LAST, lastNear);
  out.say(S.LASTF, family, S.BAR, lastNear);
  out.say(S.LASTK, truth(last !== undefined && familyOf(last.indicator) === family.text), S.BAR, lastNear);
  const counts = last !== undefined && sameFamily(last.number.measure, quantity.measure);
  out.say(S.LASTM, truth(counts), S.BAR, lastNear);
  out.say(S.TOWN, truth(question.town));
  out.say(S.AMONG, among);
  out.say(S.AMONG, indicator, S.BAR, among);
  out.say(S.PLACE, place.from, S.BAR, truth(place.zone !== undefined));
  out.say(S.PLACE, indicator, S.BAR, place.from);
  out.say(S.ORDER, String(Math.min(site.order, 3)), S.BAR, String(Math.min(site.clause.quantities.length, 4)));
  out.say(S.SIZE, indicator, S.BAR, String(Math.floor(Math.log10(Math.max(1, quantity.value)))));
  out.say(S.MOD, String(Math.min(8, modifier.length)), S.BAR, family);
  out.say(S.NARROW, truth(isNarrowed(modifier)), S.BAR, family);
  out.say(S.NARROWR, truth(isNarrowed(right.text.slice(0, 12))), S.BAR, family);
  const ahead = text.slice(Math.max(site.partStart, quantity.start - 60), quantity.start);
  out.say(S.FIRM, truth(companyIn(ahead, "zh") !== null), S.BAR, family);
  out.say(S.QUOTED, truth(QUOTED.test(left.text)), S.BAR, indicator);
  out.say(S.LISTED, truth(LISTED.test(left.text)), S.BAR, lastScope);
  out.say(S.INDICATOR, indicator);
  out.say(S.HEADING, truth(question.heading.length > 0 && question.heading.length <= 16));
  sayRelations(question, family, indicator, out);
  const window = MODIFIER.fill(modifier);
  out.grams("w:", window, 0, window.length, 2, 2);
  out.grams(pieceOf(`wf:${family.text}|`), window, 0, window.length, 2, 2);
}

const MODIFIER = new Window();
const LISTED = /^[、和及]/;
const QUOTED = /[“「][^”」]{1,14}[”」][^，。；]{0,8}$/;

/** What the figures before one say of it. */
interface OwnFigures {
  readonly last: Draft | undefined;
  readonly lastScope: "whole" | "part" | "^";
  /** Figures of the indicator in the article, and those of its region that are no plans. */
  readonly same: number;
  readonly here: number;
  readonly larger: boolean;
  readonly largerHere: boolean;
  readonly whole: boolean;
  /** The same was told already. */
  readonly twin: boolean;
}

function ownFigures({ drafts, article, indicator, place, site }: ScopeQuestion): OwnFigures {
  const { quantity } = site;
  let last: Draft | undefined;
  let same = 0;
  let here = 0;
  let [larger, largerHere, whole, twin] = [false, false, false, false];
  for (const draft of drafts) {
    if (draft.article !== article) continue;
    last = draft;
    if (draft.indicator !== indicator) continue;
    same++;
    larger ||= draft.value > quantity.value;
    if (draft.region !== place.code || draft.status !== "actual") continue;
    here++;
    largerHere ||= draft.value > quantity.value;
    whole ||= draft.scope === null;
    twin ||= draft.scope === null && draft.value === quantity.value;
  }
  const lastScope = last ? (last.scope === null ? "whole" : "part") : "^";
  return { last, lastScope, same, here, larger, largerHere, whole, twin };
}

function sayOfOthers(own: OwnFigures, indicator: Piece, out: SignSink): void {
  const same = pieceOf(`${Math.min(own.same, 3)}|${own.larger}`);
  const here = pieceOf(`${Math.min(own.here, 2)}|${own.largerHere}`);
  out.say(S.SAME, indicator, S.BAR, same);
  out.say(S.SAME, same);
  out.say(S.HERE, indicator, S.BAR, here);
  out.say(S.HERE, here);
  out.say(S.WHOLEHERE, indicator, S.BAR, truth(own.whole), own.largerHere ? "|true" : "|false");
  out.say(S.TWIN, truth(own.twin));
}

function sayRelations(question: ScopeQuestion, family: Piece, indicator: Piece, out: SignSink): void {
  const { relations, drafts, article } = question;
  if (relations.length === 0) out.say(S.UNRELATED_OF, family);
  for (const { role, others } of relations) {
    out.say(S.RELATED, role, S.BAR, family);
    out.say(S.RELATED, role, S.BAR, indicator);
    for (const other of others) {
      const draft = drafts.find((each) => each.number === other && each.article === article);
      if (!draft) continue;
      const isSame = draft.indicator === question.indicator;
      const kin = isSame ? "same" : familyOf(draft.indicator) === family.text ? "kin" : "other";
      out.say(S.RELATED_SCOPE, role, S.BAR, kin, draft.scope === null ? "|true" : "|false");
    }
  }
}

/** What stands between the last mark and the number. */
function modifierBefore(left: string): string {
  let from = left.length;
  while (from > 0 && left.length - from < 16 && !"，。；：、".includes(left[from - 1] as string)) from--;
  return left.slice(from);
}

/** What signs are named by, and what stands between their parts. */
const S = {
  AMONG: pieceOf("among:"),
  BAR: pieceOf("|"),
  FIRM: pieceOf("firm:"),
  HEADING: pieceOf("heading:"),
  HERE: pieceOf("here:"),
  INDICATOR: pieceOf("i:"),
  LAST: pieceOf("last:"),
  LASTF: pieceOf("lastf:"),
  LASTK: pieceOf("lastk:"),
  LASTM: pieceOf("lastm:"),
  LISTED: pieceOf("listed:"),
  MOD: pieceOf("mod:"),
  NARROW: pieceOf("narrow:"),
  NARROWR: pieceOf("narrowr:"),
  ORDER: pieceOf("order:"),
  PLACE: pieceOf("place:"),
  QUOTED: pieceOf("quoted:"),
  RELATED: pieceOf("x:"),
  RELATED_SCOPE: pieceOf("xs:"),
  RULE: pieceOf("rule:"),
  RULEF: pieceOf("rulef:"),
  SAME: pieceOf("same:"),
  SIZE: pieceOf("size:"),
  TOWN: pieceOf("town:"),
  TWIN: pieceOf("twin:"),
  UNRELATED_OF: pieceOf("x:none|"),
  WHOLEHERE: pieceOf("wholehere:"),
} as const;
