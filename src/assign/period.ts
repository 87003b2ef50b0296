import type { PeriodFrom } from "../doc/index.js";
import { yearsBefore } from "./calendar.js";
import type { Governed } from "./governing.js";
import type { Guide, Signs } from "./guide.js";
import { familyOf } from "./memory.js";
import type { Scale } from "./scale.js";
import { commasIn, numbersIn } from "./sentence.js";
import { type Piece, pieceOf, truth } from "./sign-table.js";
import { type SignSink, SpokenSigns } from "./signs.js";
import { factsOf, isBound, settle, type TimeContext, usablePhrases } from "./time-of.js";
import type { TimePhrase } from "./time-phrase.js";

/** A period a number may have, and the signs that speak for or against it. */
export interface PeriodCandidate {
  readonly period: string | null;
  readonly from: PeriodFrom;
  /** Only while evidence is gathered. */
  readonly signs: readonly string[];
  /** What its signs weigh together, in hundredths of log odds. */
  readonly weight: number;
}

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
  readonly paragraph: readonly (TimePhrase & { readonly sentence: number; readonly opens: boolean })[];
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

/** A candidate while its signs are said. */
interface Gathered {
  readonly period: string | null;
  readonly from: PeriodFrom;
  readonly signs: string[];
  weight: number;
}

/** Gathers candidates: the same period said twice is one, with the signs of both. */
class Candidates {
  private readonly found: Gathered[] = [];
  private readonly spoken: SpokenSigns | undefined;
  private readonly scale: Scale | undefined;
  /** Whose signs are being said. */
  private current: Gathered | undefined;

  constructor({ teach, evidence }: Guide) {
    if (teach) this.spoken = new SpokenSigns();
    else this.scale = evidence.period.scaleOf("right");
    this.scale?.clear();
  }

  /** Takes down signs of a candidate, until those of another are said. */
  about(period: string | null, from: PeriodFrom): SignSink {
    this.settle();
    this.current = this.of(period, from);
    return (this.spoken ?? this.scale) as SignSink;
  }

  add(period: string | null, from: PeriodFrom, { said, weight }: Signs): void {
    const candidate = this.of(period, from);
    candidate.signs.push(...said);
    candidate.weight += weight;
  }

  /** Signs that several candidates may have. */
  signs(say: (out: SignSink) => void): Signs {
    this.settle();
    const out = (this.spoken ?? this.scale) as SignSink;
    say(out);
    return this.taken();
  }

  list(): readonly PeriodCandidate[] {
    this.settle();
    return this.found;
  }

  private settle(): void {
    const { current } = this;
    if (!current) return;
    this.current = undefined;
    const { said, weight } = this.taken();
    current.signs.push(...said);
    current.weight += weight;
  }

  private taken(): Signs {
    const weight = this.scale?.weight ?? 0;
    this.scale?.clear();
    return { said: this.spoken?.signs.splice(0) ?? NONE, weight };
  }

  private of(period: string | null, from: PeriodFrom): Gathered {
    for (const known of this.found) if (known.period === period) return known;
    const candidate = { period, from, signs: [], weight: 0 };
    this.found.push(candidate);
    return candidate;
  }
}

const NONE: readonly string[] = [];

const sumOf = (a: Signs, b: Signs): Signs => ({
  said: a.said.length === 0 ? b.said : [...a.said, ...b.said],
  weight: a.weight + b.weight,
});

/** Every period that a careful reader could give the number at `[start, end)`, with its signs. */
export function periodCandidates(
  context: TimeContext,
  start: number,
  end: number,
  indicator: string,
  elliptic: boolean,
  before: TimesBefore,
  guide: Guide,
): readonly PeriodCandidate[] {
  const found = new Candidates(guide);
  const family = familyOf(indicator);
  found.about(before.byRule, before.ruleFrom).say("rule");
  const usable = usablePhrases(context);
  const ahead = usable.filter((phrase) => phrase.end <= start);
  for (const phrase of context.phrases) {
    const settled = settle(phrase, usable, context).period;
    const where = phrase.end <= start ? (phrase.start >= context.clauseStart ? "clause" : "part") : "behind";
    const pairing = { context, phrase, ahead, start, end, family, indicator };
    const signs = sumOf(
      phraseSigns(context, phrase, whereIs(pairing), found),
      found.signs((out) => sayPairing(pairing, out)),
    );
    const also = (...own: string[]) =>
      sumOf(
        found.signs((out) => {
          for (const sign of own) out.say(sign);
        }),
        signs,
      );
    if (settled !== undefined) found.add(settled, where, signs);
    if (phrase.period !== settled && phrase.period !== null) found.add(phrase.period, where, also("raw"));
    const told = phrase.bare && settled ? inYearOf(settled, before.lastTime) : undefined;
    if (told)
      found.add(told, where, also("year-before", before.isPlanned ? "year-before|planned" : "year-before|told"));
    if (phrase.otherwise) found.add(phrase.otherwise, where, also("otherwise"));
    const opened = openedBefore(phrase, settled, before);
    if (opened) found.add(opened, where, also("opened-before"));
    if (phrase.role !== "same") continue;
    for (const [source, named] of namedBefore(before)) {
      if (named) found.add(yearsBefore(named, phrase.yearsBack ?? 0), "same", also(source));
    }
  }
  const own = ahead.length > 0 ? "own" : usable.length > 0 ? "behind" : "none";
  addEarlier(found, before, { own, family, indicator, elliptic });
  return found.list();
}

/** What 同期 and 本期 may mean, and the sign of each source. */
function* namedBefore(before: TimesBefore): Generator<readonly [sign: string, period: string | null | undefined]> {
  yield ["same-before", before.lastTime];
  yield ["same-last", before.last?.period];
  yield ["same-para", before.paragraph.findLast(({ period }) => period !== null)?.period];
  for (const { how, period } of before.governed) yield [`same-${how}`, period];
}

/** 全年 after a sentence about last year is last year's. */
function inYearOf(period: string, lastTime: string | null): string | undefined {
  const year = /(\d{4})(?!.*\d{4})/.exec(lastTime ?? "")?.[1];
  if (year === undefined) return undefined;
  const moved = period.replace(/\d{4}/g, year);
  return moved === period ? undefined : moved;
}

/** 截至11月10日 closes a span that an earlier sentence opened. */
function openedBefore(phrase: TimePhrase, settled: string | null | undefined, { openedAt }: TimesBefore) {
  if (!openedAt || phrase.role !== "closes" || !settled?.startsWith("../")) return undefined;
  const end = settled.slice(3);
  return openedAt < end ? `${openedAt}/${end}` : undefined;
}

/** The periods that earlier figures, sentences and headings leave, and none. */
function addEarlier(
  found: Candidates,
  before: TimesBefore,
  {
    own,
    family,
    indicator,
    elliptic,
  }: { own: keyof typeof TAILS; family: string; indicator: string; elliptic: boolean },
): void {
  const { last } = before;
  const tail = TAILS[own];
  const ofFamily = pieceOf(family);
  const ofIndicator = pieceOf(indicator);
  const under = pieceOf(before.under);
  if (last) {
    const away = AWAY[Math.min(3, before.sentence - last.sentence)] as Piece;
    const kin = last.indicator === indicator ? "same" : familyOf(last.indicator) === family ? "kin" : "other";
    const near = truth(last.start >= before.paragraphStart);
    const out = found.about(last.period, away === AWAY[0] ? "sentence" : "parent");
    out.say("last:", away, tail);
    out.say("lastpar:", away, "|", near, tail);
    out.say("lastpar:", kin, "|", near, tail);
    out.say("laststate:", truth(before.isPlanned), tail);
    out.say("lastunder:", last.start < before.sectionStart ? "before" : "in", UNDER, under, tail);
    if (last.compared) out.say("lastcmp:", away, tail);
    out.say("last:", away, "|", kin, tail);
    out.say("last:", away, "|", truth(elliptic), tail);
    out.say("lastn:", truth(last.period === null), "|", away, tail);
    out.say("lastform:", shapeOf(last.period), "|", away, tail);
    out.say("lasti:", ofIndicator, "|", away, tail);
    out.say("lastp:", pieceOf(last.indicator), "|", ofFamily, tail);
  }
  const sayWhere = (period: string | null, from: PeriodFrom, where: string) => {
    const out = found.about(period, from);
    const piece = pieceOf(where);
    out.say(piece, tail);
    out.say(piece, "|", ofFamily, tail);
    out.say(piece, UNDER, under, tail);
    out.say(piece, "|form:", shapeOf(period), tail);
  };
  for (const [where, period] of before.figures) if (period !== undefined) sayWhere(period, "whole", where);
  for (let index = 0; index < Math.min(4, before.paragraph.length); index++) {
    const phrase = before.paragraph.at(-1 - index);
    if (!phrase?.period) continue;
    const away = AWAY[Math.min(3, before.sentence - phrase.sentence)] as Piece;
    const out = found.about(phrase.period, "near");
    out.say("para:", away, "|", truth(phrase.opens), tail);
    out.say("para:", away, "|", phrase.role, tail);
    out.say("paran:", String(index), tail);
    out.say("paraform:", shapeOf(phrase.period), "|", away, tail);
    out.say("paraf:", ofFamily, "|", away, tail);
  }
  if (before.heading) sayWhere(before.heading, "heading", "heading");
  for (const { how, period } of before.governed) {
    sayWhere(period, "heading", how);
    const out = found.about(period, "heading");
    out.say(how, "|", String(last?.period ?? "null").length > 4 ? "dated" : "bare", tail);
    out.say(how, "|", String(last !== undefined && last.start >= before.paragraphStart), tail);
    out.say(how, "|", truth(before.isPlanned), tail);
  }
  if (before.carried) found.about(before.carried, "carried").say("carried", tail);
  if (before.lead) sayWhere(before.lead, "whole", "lead");
  const none = found.about(null, "none");
  none.say("null", tail);
  none.say("null|", ofFamily, tail);
  none.say("null|", ofIndicator, tail);
  none.say("null|", truth(last === undefined), tail);
  none.say("null|h", truth(before.heading !== null), tail);
  none.say("null|planned", truth(before.isPlanned), tail);
  none.say("null", UNDER, under, tail);
  none.say("null|g", truth(before.governed.length > 0), tail);
  for (const { how, period } of before.governed) none.say("null|", how, "|form:", shapeOf(period), tail);
  none.say("null|p", truth(before.paragraph.length > 0), tail);
  none.say("null|l", last ? (last.period === null ? "null" : "dated") : "^", tail);
  const rule = found.about(before.byRule, before.ruleFrom);
  rule.say("rule", tail);
  rule.say("rule|", truth(before.byRule === null), tail);
  rule.say("rule|", ofFamily);
}

/** What times the sentence names itself. */
const TAILS = { own: pieceOf("|own"), behind: pieceOf("|behind"), none: pieceOf("|none") } as const;
const UNDER = pieceOf("|under:");
const AWAY: readonly Piece[] = ["0", "1", "2", "3"].map(pieceOf);

/** A phrase of time and a number that it may date. */
interface Pairing {
  readonly context: TimeContext;
  readonly phrase: TimePhrase;
  readonly ahead: readonly TimePhrase[];
  readonly start: number;
  readonly end: number;
  readonly family: string;
  readonly indicator: string;
}

/** Where a phrase may stand as a number sees it: before it in its clause, its part or its sentence, or behind it. */
const WHERES: readonly Piece[] = ["clause", "part", "sentence", "after", "later"].map(pieceOf);

/** The place of a phrase among WHERES. */
function whereIs({ context, phrase, start }: Omit<Pairing, "ahead">): number {
  if (phrase.end > start) return phrase.start < context.clauseEnd ? 3 : 4;
  if (phrase.start >= context.clauseStart) return 0;
  return phrase.start >= context.partStart ? 1 : 2;
}

/** Signs of a phrase for a number. */
function sayPairing(pairing: Pairing, out: SignSink): void {
  const { context, phrase, ahead, start, end, family, indicator } = pairing;
  const isBefore = phrase.end <= start;
  const where = WHERES[whereIs(pairing)] as Piece;
  const rank = isBefore ? Math.min(2, ahead.length - 1 - ahead.indexOf(phrase)) : 0;
  const from = isBefore ? phrase.end : end;
  const to = isBefore ? start : phrase.start;
  const numbers = String(numbersIn(context.text, from, to, 3));
  out.say("at:", where, "|", String(rank));
  out.say("at:", where, "|", numbers);
  out.say("at:", where, "|", String(commasIn(context.text, from, to, 4)));
  out.say("at:", where, "|", opensOf(context, phrase), `|${numbers}`);
  out.say("last-ahead:", truth(isBefore && rank === 0));
  out.say("ahead:", truth(ahead.length > 0), "|", where);
  out.say("fam:", pieceOf(family), "|at:", where);
  out.say("ind:", pieceOf(indicator), "|at:", where);
}

/** Signs of a phrase for all numbers that see it in the same place. */
function sayPhrase(context: TimeContext, phrase: TimePhrase, where: Piece, out: SignSink): void {
  const { text } = context;
  const opens = opensOf(context, phrase);
  const form = shapeOf(phrase.period);
  const at = pieceOf(`|${where.text}`);
  out.say("at:", where);
  out.say("at:", where, "|", opens);
  out.say("at:", where, "|", phrase.role);
  out.say("at:", where, "|", form);
  out.say("form:", form);
  const word = text.slice(phrase.start, phrase.end).replace(/[\d一二三四五六七八九十]+/g, "#");
  out.part("word:", word, 0, Math.min(8, word.length));
  const start1 = Math.max(context.sentenceStart, phrase.start - 1);
  const start2 = Math.max(context.sentenceStart, phrase.start - 2);
  out.part("then:", text, phrase.end, phrase.end + 1, at);
  out.part("then2:", text, phrase.end, phrase.end + 2);
  out.part("lead:", text, start1, phrase.start, at);
  out.part("lead2:", text, start2, phrase.start);
  if (isBound(text, phrase)) out.say("bound", at);
  if (factsOf(context, phrase).isReporting) {
    out.say("reported");
    out.say("reported", at);
  }
  if (phrase.compared) out.say("compared", at);
}

function opensOf({ sentenceStart }: TimeContext, { start }: TimePhrase): string {
  const from = start - sentenceStart;
  return from <= 3 ? "open" : from <= 16 ? "near" : "mid";
}

function phraseSigns(context: TimeContext, phrase: TimePhrase, where: number, found: Candidates): Signs {
  const { signs } = factsOf(context, phrase);
  let known = signs[where];
  if (!known) {
    known = found.signs((out) => sayPhrase(context, phrase, WHERES[where] as Piece, out));
    signs[where] = known;
  }
  return known;
}

/** The kind of span a period is: a month's report, a year's, a day's. */
function shapeOf(period: string | null): string {
  if (period === null) return "null";
  if (period.startsWith("../")) return "until";
  if (period.includes("/")) return "span";
  return period.length === 4 ? "year" : period.length === 7 ? "month" : "day";
}
