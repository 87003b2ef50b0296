import type { Draft } from "../doc/index.js";
import type { Gap } from "./clause.js";
import { familyOf } from "./memory.js";
import type { PlaceFound } from "./place.js";
import type { Relation } from "./relations.js";
import { companyIn, isNarrowed } from "./scope.js";
import { flags, INDICATORS, ROLES } from "./sign-key.js";
import { type Piece, pieceOf, truth } from "./sign-table.js";
import type { SignGroup, SignSink } from "./signs.js";
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
  const asked: Asked = {
    question,
    own: ownFigures(question),
    family: familyOf(question.indicator),
    ofIndicator: INDICATORS.of(question.indicator),
  };
  sayRule(asked, out);
  sayOfOthers(asked, out);
  sayOfLast(asked, out);
  sayOfPlace(asked, out);
  sayOfWords(asked, out);
  sayForBoth(question.indicator, out, () =>
    sayRelations(question, pieceOf(asked.family), pieceOf(question.indicator), out),
  );
}

const OF_FAMILY = new Map<string, Piece>();

/** What a sign begins with that counts for the family of an indicator only. */
export function ofFamily(indicator: string): Piece {
  let prefix = OF_FAMILY.get(indicator);
  if (!prefix) {
    prefix = pieceOf(`${familyOf(indicator)}@`);
    OF_FAMILY.set(indicator, prefix);
  }
  return prefix;
}

/** What limits enterprises may not limit funds: each sign counts once more as one of the family. */
function sayForBoth(indicator: string, out: SignSink, say: () => void): void {
  say();
  out.under(ofFamily(indicator));
  say();
  out.under();
}

/** A group of signs that follow from the indicator, among other things. */
const sayGroup = ({ question }: Asked, out: SignSink, group: SignGroup, key: number, say: () => void): void =>
  out.group(group, key, () => sayForBoth(question.indicator, out, say));

/** A question, and what several groups of signs need of it. */
interface Asked {
  readonly question: ScopeQuestion;
  readonly own: OwnFigures;
  readonly family: string;
  /** The number of the indicator. */
  readonly ofIndicator: number;
}

const GROUPS = {
  rule: { name: "what the rule says" },
  others: { name: "figures of the indicator before" },
  last: { name: "the figure before" },
  place: { name: "where the number stands" },
  size: { name: "how large the number is" },
  order: { name: "its place among the numbers of the clause" },
  words: { name: "the words before and behind" },
} satisfies Record<string, SignGroup>;

function sayRule(asked: Asked, out: SignSink): void {
  const { question, family, ofIndicator } = asked;
  const { byRule, indicator } = question;
  const isWhole = byRule.scope === null;
  const key = (ROLES.of(byRule.from) * INDICATORS.most + ofIndicator) * 2 + flags(isWhole);
  sayGroup(asked, out, GROUPS.rule, key, () => {
    const from = pieceOf(byRule.from);
    out.say(S.RULE, truth(isWhole));
    out.say(S.RULE, pieceOf(indicator), S.BAR, truth(isWhole));
    out.say(S.RULEF, from);
    out.say(S.RULEF, pieceOf(family), S.BAR, from);
  });
}

/** What the figures before say of this one. */
function sayOfOthers(asked: Asked, out: SignSink): void {
  const { question, own, ofIndicator } = asked;
  const most = Math.min(own.same, 3);
  const mostHere = Math.min(own.here, 2);
  const seen = (most * 3 + mostHere) * 16 + flags(own.larger, own.largerHere, own.whole, own.twin);
  sayGroup(asked, out, GROUPS.others, seen * INDICATORS.most + ofIndicator, () => {
    const indicator = pieceOf(question.indicator);
    const same = `${most}|${own.larger}`;
    const here = `${mostHere}|${own.largerHere}`;
    out.say(S.SAME, indicator, S.BAR, same);
    out.say(S.SAME, same);
    out.say(S.HERE, indicator, S.BAR, here);
    out.say(S.HERE, here);
    out.say(S.WHOLEHERE, indicator, S.BAR, truth(own.whole), own.largerHere ? "|true" : "|false");
    out.say(S.TWIN, truth(own.twin));
  });
}

function sayOfLast(asked: Asked, out: SignSink): void {
  const { question, own, family, ofIndicator } = asked;
  const { last, lastScope } = own;
  const before = last?.indicator ?? "^";
  const back = !last ? 2 : Math.min(2, question.sentence - last.sentence);
  const counts = last !== undefined && sameFamily(last.number.measure, question.site.quantity.measure);
  const scope = SCOPES.indexOf(lastScope);
  const key = ((INDICATORS.of(before) * INDICATORS.most + ofIndicator) * 3 + back) * 6 + scope * 2 + flags(counts);
  sayGroup(asked, out, GROUPS.last, key, () => {
    const lastNear = `${lastScope}|${NEAR[back]}`;
    out.say(S.LAST, pieceOf(question.indicator), S.BAR, pieceOf(before), `|${lastScope}`);
    out.say(S.LAST, lastNear);
    out.say(S.LASTF, pieceOf(family), S.BAR, lastNear);
    out.say(S.LASTK, truth(last !== undefined && familyOf(last.indicator) === family), S.BAR, lastNear);
    out.say(S.LASTM, truth(counts), S.BAR, lastNear);
  });
}

/** How many sentences back the figure before stands. */
const NEAR = ["same", "next", "far"] as const;

function sayOfPlace(asked: Asked, out: SignSink): void {
  const { question, ofIndicator } = asked;
  const { site, place, town, heading } = question;
  const { among } = site.before;
  const isZone = place.zone !== undefined;
  const isHeaded = heading.length > 0 && heading.length <= 16;
  const key = (ROLES.of(place.from) * 16 + flags(town, among, isZone, isHeaded)) * INDICATORS.most + ofIndicator;
  sayGroup(asked, out, GROUPS.place, key, () => {
    const indicator = pieceOf(question.indicator);
    out.say(S.TOWN, truth(town));
    out.say(S.AMONG, truth(among));
    out.say(S.AMONG, indicator, S.BAR, truth(among));
    out.say(S.PLACE, place.from, S.BAR, truth(isZone));
    out.say(S.PLACE, indicator, S.BAR, place.from);
    out.say(S.INDICATOR, indicator);
    out.say(S.HEADING, truth(isHeaded));
  });
}

function sayOfWords(asked: Asked, out: SignSink): void {
  const { question, own, family, ofIndicator } = asked;
  const { site, text } = question;
  const { quantity, clause, order } = site;
  const left = clause.gaps[order] as Gap;
  const right = clause.gaps[order + 1] as Gap;
  const modifier = modifierBefore(left.text);
  const digits = Math.floor(Math.log10(Math.max(1, quantity.value)));
  sayGroup(asked, out, GROUPS.size, digits * INDICATORS.most + ofIndicator, () =>
    out.say(S.SIZE, pieceOf(question.indicator), S.BAR, String(digits)),
  );
  const place = Math.min(order, 3);
  const size = Math.min(clause.quantities.length, 4);
  const isQuoted = QUOTED.test(left.text);
  const isListed = LISTED.test(left.text);
  const where = ((place * 5 + size) * 4 + flags(isQuoted, isListed)) * 3 + SCOPES.indexOf(own.lastScope);
  sayGroup(asked, out, GROUPS.order, where * INDICATORS.most + ofIndicator, () => {
    out.say(S.ORDER, String(place), S.BAR, String(size));
    out.say(S.QUOTED, truth(isQuoted), S.BAR, pieceOf(question.indicator));
    out.say(S.LISTED, truth(isListed), S.BAR, own.lastScope);
  });
  const length = Math.min(8, modifier.length);
  const isNarrow = isNarrowed(modifier);
  const isNarrowBehind = isNarrowed(right.text.slice(0, 12));
  const isOfOne = companyIn(text.slice(Math.max(site.partStart, quantity.start - 60), quantity.start), "zh") !== null;
  const words = length * 8 + flags(isNarrow, isNarrowBehind, isOfOne);
  sayGroup(asked, out, GROUPS.words, words * INDICATORS.most + ofIndicator, () => {
    out.say(S.MOD, String(length), S.BAR, pieceOf(family));
    out.say(S.NARROW, truth(isNarrow), S.BAR, pieceOf(family));
    out.say(S.NARROWR, truth(isNarrowBehind), S.BAR, pieceOf(family));
    out.say(S.FIRM, truth(isOfOne), S.BAR, pieceOf(family));
  });
  const window = MODIFIER.fill(modifier);
  sayForBoth(question.indicator, out, () => {
    out.grams("w:", window, 0, window.length, 2, 2);
    out.grams(pieceOf(`wf:${family}|`), window, 0, window.length, 2, 2);
  });
}

const MODIFIER = new Window();
const LISTED = /^[、和及]/;
const QUOTED = /[“「][^”」]{1,14}[”」][^，。；]{0,8}$/;

const SCOPES = ["^", "whole", "part"] as const;

/** What the figures before one say of it. */
interface OwnFigures {
  readonly last: Draft | undefined;
  readonly lastScope: (typeof SCOPES)[number];
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
