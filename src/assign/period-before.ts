import type { PeriodFrom } from "../doc/index.js";
import type { Governed } from "./governing.js";
import { familyOf, type TimeBefore } from "./memory.js";
import type { Candidates } from "./period-candidates.js";
import { flags, INDICATORS, ROLES } from "./sign-key.js";
import { type Piece, pieceOf, truth } from "./sign-table.js";
import type { SignGroup } from "./signs.js";

/** What the text before the sentence leaves for it. */
export interface TimesBefore {
  /** The figure before, if any. */
  readonly last:
    | {
        readonly period: string | null;
        readonly indicator: string;
        readonly sentence: number;
        readonly start: number;
        readonly compared?: boolean;
      }
    | undefined;
  readonly paragraphStart: number;
  readonly sentence: number;
  /** Phrases of earlier sentences of the paragraph, the nearest last. */
  readonly paragraph: readonly TimeBefore[];
  readonly heading: string | null;
  readonly carried: string | null;
  /** The first period the article's text named. */
  readonly lead: string | null;
  readonly byRule: string | null;
  readonly ruleFrom: PeriodFrom;
  readonly lastTime: string | null;
  /** Where the last span that was named without its end starts. */
  readonly openedAt: string | null;
  /** What titles, headings and opening lines declare. */
  readonly governed: readonly Governed[];
  /** What governs most closely, and where the section starts. */
  readonly under: string;
  readonly sectionStart: number;
  readonly isPlanned: boolean;
  /** Periods of figures before: the article's first, the family's first and last, the commonest. */
  readonly figures: readonly (readonly [where: string, period: string | null | undefined])[];
}

/** What times the sentence names itself. */
export interface Tail {
  readonly piece: Piece;
  readonly number: number;
}
export const TAILS = {
  own: { piece: pieceOf("|own"), number: 0 },
  behind: { piece: pieceOf("|behind"), number: 1 },
  none: { piece: pieceOf("|none"), number: 2 },
} satisfies Record<string, Tail>;
const KIN: readonly Piece[] = ["same", "kin", "other"].map(pieceOf);
const SHAPES = ["null", "until", "span", "year", "month", "day"] as const;

/** The kind of span a period is: a month's report, a year's, a day's. */
export function shapeOf(period: string | null): (typeof SHAPES)[number] {
  if (period === null) return "null";
  if (period.startsWith("../")) return "until";
  if (period.includes("/")) return "span";
  return period.length === 4 ? "year" : period.length === 7 ? "month" : "day";
}

const DATED: readonly Piece[] = ["^", "null", "dated"].map(pieceOf);
const UNDER = pieceOf("|under:");
const AWAY: readonly Piece[] = ["0", "1", "2", "3"].map(pieceOf);

/** What a number asks of the times before its sentence. */
export interface Asked {
  readonly found: Candidates;
  readonly before: TimesBefore;
  readonly tail: Tail;
  readonly family: string;
  readonly indicator: string;
  readonly elliptic: boolean;
  /** Numbers for the words that signs are made of: they tell whether a group of signs was said before. */
  readonly ofFamily: number;
  readonly ofIndicator: number;
  readonly ofUnder: number;
}

/** The periods that earlier figures, sentences and headings leave, and none. */
export function addEarlier(asked: Asked): void {
  const { found, before, tail } = asked;
  addLast(asked);
  for (const [where, period] of before.figures) if (period !== undefined) sayWhere(asked, period, "whole", where);
  const said = Math.min(4, before.paragraph.length);
  for (let index = 0; index < said; index++)
    addPhraseBefore(asked, before.paragraph[before.paragraph.length - 1 - index] as TimeBefore, index);
  if (before.heading) sayWhere(asked, before.heading, "heading", "heading");
  for (const governed of before.governed) addGoverned(asked, governed);
  if (before.carried) found.about(before.carried, "carried").say("carried", tail.piece);
  if (before.lead) sayWhere(asked, before.lead, "whole", "lead");
  addNone(asked);
  addRule(asked);
}

const GROUPS = {
  last: { name: "how the last figure stands to this one" },
  shape: { name: "the kind of span of the last figure" },
  under: { name: "what the last figure stands under" },
  indicator: { name: "how far the last figure is for an indicator" },
  pair: { name: "the last indicator and this one" },
  where: { name: "a period read somewhere" },
  phrase: { name: "a phrase of an earlier sentence" },
  governed: { name: "a period that governs" },
  none: { name: "no period, by the indicator" },
  bare: { name: "no period, by what stands before" },
  ungoverned: { name: "no period, though one governs" },
  rule: { name: "the rule's own" },
} satisfies Record<string, SignGroup>;

/** The time of the figure before. */
function addLast({ found, before, tail, family, indicator, elliptic, ofFamily, ofIndicator, ofUnder }: Asked): void {
  const { last } = before;
  if (!last) return;
  const back = Math.min(3, before.sentence - last.sentence);
  const away = AWAY[back] as Piece;
  const kin = last.indicator === indicator ? 0 : familyOf(last.indicator) === family ? 1 : 2;
  const isNear = last.start >= before.paragraphStart;
  const isBefore = last.start < before.sectionStart;
  const isBare = last.period === null;
  const isCompared = last.compared === true;
  const shape = shapeOf(last.period);
  const out = found.about(last.period, back === 0 ? "sentence" : "parent");
  const relation = flags(isNear, isBare, isCompared, elliptic) * 3 + kin;
  out.group(GROUPS.last, (relation * 4 + back) * 3 + tail.number, () => {
    out.say("last:", away, tail.piece);
    out.say("lastpar:", away, "|", truth(isNear), tail.piece);
    out.say("lastpar:", KIN[kin] as Piece, "|", truth(isNear), tail.piece);
    if (isCompared) out.say("lastcmp:", away, tail.piece);
    out.say("last:", away, "|", KIN[kin] as Piece, tail.piece);
    out.say("last:", away, "|", truth(elliptic), tail.piece);
    out.say("lastn:", truth(isBare), "|", away, tail.piece);
  });
  out.group(GROUPS.shape, (SHAPES.indexOf(shape) * 4 + back) * 3 + tail.number, () =>
    out.say("lastform:", shape, "|", away, tail.piece),
  );
  out.group(GROUPS.under, (ofUnder * 4 + flags(before.isPlanned, isBefore)) * 3 + tail.number, () => {
    out.say("laststate:", truth(before.isPlanned), tail.piece);
    out.say("lastunder:", isBefore ? "before" : "in", UNDER, pieceOf(before.under), tail.piece);
  });
  out.group(GROUPS.indicator, (ofIndicator * 4 + back) * 3 + tail.number, () =>
    out.say("lasti:", pieceOf(indicator), "|", away, tail.piece),
  );
  out.group(GROUPS.pair, (INDICATORS.of(last.indicator) * INDICATORS.most + ofFamily) * 3 + tail.number, () =>
    out.say("lastp:", pieceOf(last.indicator), "|", pieceOf(family), tail.piece),
  );
}

function sayWhere(asked: Asked, period: string | null, from: PeriodFrom, where: string): void {
  const { found, before, tail, family, ofFamily, ofUnder } = asked;
  const out = found.about(period, from);
  const shape = shapeOf(period);
  const place = (ROLES.of(where) * ROLES.most + ofUnder) * SHAPES.length + SHAPES.indexOf(shape);
  const key = (place * INDICATORS.most + ofFamily) * 3 + tail.number;
  out.group(GROUPS.where, key, () => {
    const piece = pieceOf(where);
    out.say(piece, tail.piece);
    out.say(piece, "|", pieceOf(family), tail.piece);
    out.say(piece, UNDER, pieceOf(before.under), tail.piece);
    out.say(piece, "|form:", shape, tail.piece);
  });
}

function addPhraseBefore(asked: Asked, phrase: TimeBefore, index: number): void {
  const { found, before, tail, family, ofFamily } = asked;
  if (!phrase.period) return;
  const back = Math.min(3, before.sentence - phrase.sentence);
  const away = AWAY[back] as Piece;
  const out = found.about(phrase.period, "near");
  const shape = shapeOf(phrase.period);
  const place = ((SHAPES.indexOf(shape) * 4 + back) * 4 + index) * 3 + tail.number;
  const key = ((ROLES.of(phrase.role) * INDICATORS.most + ofFamily) * 288 + place) * 2 + flags(phrase.opens);
  out.group(GROUPS.phrase, key, () => {
    out.say("para:", away, "|", truth(phrase.opens), tail.piece);
    out.say("para:", away, "|", phrase.role, tail.piece);
    out.say("paran:", String(index), tail.piece);
    out.say("paraform:", shape, "|", away, tail.piece);
    out.say("paraf:", pieceOf(family), "|", away, tail.piece);
  });
}

function addGoverned(asked: Asked, { how, period }: Governed): void {
  const { found, before, tail } = asked;
  const { last } = before;
  sayWhere(asked, period, "heading", how);
  const out = found.about(period, "heading");
  const isDated = String(last?.period ?? "null").length > 4;
  const isNear = last !== undefined && last.start >= before.paragraphStart;
  const key = (ROLES.of(how) * 8 + flags(isDated, isNear, before.isPlanned)) * 3 + tail.number;
  out.group(GROUPS.governed, key, () => {
    out.say(how, "|", isDated ? "dated" : "bare", tail.piece);
    out.say(how, "|", truth(isNear), tail.piece);
    out.say(how, "|", truth(before.isPlanned), tail.piece);
  });
}

function addNone({ found, before, tail, family, indicator, ofIndicator, ofUnder }: Asked): void {
  const { last } = before;
  const out = found.about(null, "none");
  out.group(GROUPS.none, ofIndicator * 3 + tail.number, () => {
    out.say("null", tail.piece);
    out.say("null|", pieceOf(family), tail.piece);
    out.say("null|", pieceOf(indicator), tail.piece);
  });
  const isHeaded = before.heading !== null;
  const isGoverned = before.governed.length > 0;
  const isTold = before.paragraph.length > 0;
  const dated = last ? (last.period === null ? 1 : 2) : 0;
  const key = (ofUnder * 16 + flags(isHeaded, before.isPlanned, isGoverned, isTold)) * 3 + dated;
  out.group(GROUPS.bare, key * 3 + tail.number, () => {
    out.say("null|", truth(last === undefined), tail.piece);
    out.say("null|h", truth(isHeaded), tail.piece);
    out.say("null|planned", truth(before.isPlanned), tail.piece);
    out.say("null", UNDER, pieceOf(before.under), tail.piece);
    out.say("null|g", truth(isGoverned), tail.piece);
    out.say("null|p", truth(isTold), tail.piece);
    out.say("null|l", DATED[dated] as Piece, tail.piece);
  });
  for (const { how, period } of before.governed) {
    const shape = shapeOf(period);
    out.group(GROUPS.ungoverned, (ROLES.of(how) * SHAPES.length + SHAPES.indexOf(shape)) * 3 + tail.number, () =>
      out.say("null|", how, "|form:", shape, tail.piece),
    );
  }
}

function addRule({ found, before, tail, family, ofFamily }: Asked): void {
  const out = found.about(before.byRule, before.ruleFrom);
  const isBare = before.byRule === null;
  out.group(GROUPS.rule, (ofFamily * 2 + flags(isBare)) * 3 + tail.number, () => {
    out.say("rule", tail.piece);
    out.say("rule|", truth(isBare), tail.piece);
    out.say("rule|", pieceOf(family));
  });
}
