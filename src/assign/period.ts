import { lastYearOf, yearsBefore } from "./calendar.js";
import type { Guide, Signs } from "./guide.js";
import { familyOf } from "./memory.js";
import { addEarlier, shapeOf, TAILS, type TimesBefore } from "./period-before.js";
import { Candidates, type PeriodCandidate } from "./period-candidates.js";
import { commasIn, numbersIn } from "./sentence.js";
import { flags, INDICATORS, ROLES } from "./sign-key.js";
import { type Piece, pieceOf, truth } from "./sign-table.js";
import type { SignGroup, SignSink } from "./signs.js";
import { factsOf, isBound, settle, type TimeContext } from "./time-of.js";
import type { TimePhrase } from "./time-phrase.js";

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
  const { usable } = context;
  const ahead = usable.filter((phrase) => phrase.end <= start);
  for (const phrase of context.phrases) {
    const settled = settle(phrase, usable, context).period;
    const where = phrase.end <= start ? (phrase.start >= context.clauseStart ? "clause" : "part") : "behind";
    const pairing = { context, phrase, ahead, start, end, family, indicator };
    const signs = sumOf(
      phraseSigns(context, phrase, whereIs(pairing), found),
      found.signs((out) => sayPairing(pairing, out)),
    );
    const also = (own: string, more?: string) =>
      sumOf(
        found.signs((out) => {
          out.say(own);
          if (more !== undefined) out.say(more);
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
  addEarlier({
    found,
    before,
    tail: TAILS[ahead.length > 0 ? "own" : usable.length > 0 ? "behind" : "none"],
    family,
    indicator,
    elliptic,
    ofFamily: INDICATORS.of(family),
    ofIndicator: INDICATORS.of(indicator),
    ofUnder: ROLES.of(before.under),
  });
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
  const year = lastTime === null ? undefined : lastYearOf(lastTime);
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

const GROUPS = {
  pairing: { name: "where a phrase stands" },
  family: { name: "where a phrase stands for an indicator" },
} satisfies Record<string, SignGroup>;

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
  const place = whereIs(pairing);
  const where = WHERES[place] as Piece;
  const rank = isBefore ? Math.min(2, ahead.length - 1 - ahead.indexOf(phrase)) : 0;
  const from = isBefore ? phrase.end : end;
  const to = isBefore ? start : phrase.start;
  const numbers = numbersIn(context.text, from, to, 3);
  const commas = commasIn(context.text, from, to, 4);
  const opens = opensOf(context, phrase);
  const key = (((place * 4 + numbers) * 5 + commas) * 3 + rank) * 3 + OPENS.indexOf(opens);
  out.group(GROUPS.pairing, key * 4 + flags(isBefore, ahead.length > 0), () => {
    out.say("at:", where, "|", String(rank));
    out.say("at:", where, "|", String(numbers));
    out.say("at:", where, "|", String(commas));
    out.say("at:", where, "|", opens, `|${numbers}`);
    out.say("last-ahead:", truth(isBefore && rank === 0));
    out.say("ahead:", truth(ahead.length > 0), "|", where);
  });
  out.group(GROUPS.family, INDICATORS.of(indicator) * WHERES.length + place, () => {
    out.say("fam:", pieceOf(family), "|at:", where);
    out.say("ind:", pieceOf(indicator), "|at:", where);
  });
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

const OPENS = ["open", "near", "mid"] as const;

function opensOf({ sentenceStart }: TimeContext, { start }: TimePhrase): (typeof OPENS)[number] {
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
