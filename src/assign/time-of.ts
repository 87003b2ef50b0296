import type { PeriodFrom } from "../doc/index.js";
import { startOf, yearsBefore } from "./calendar.js";
import type { Signs } from "./guide.js";
import type { TimePhrase } from "./time-phrase.js";

/** The part of a sentence a number stands in, for finding its time. */
export interface TimeContext {
  readonly text: string;
  readonly sentenceStart: number;
  /** The clause of the number. */
  readonly clauseStart: number;
  readonly clauseEnd: number;
  /** Where the part between semicolons starts. */
  readonly partStart: number;
  readonly english: boolean;
  /** Phrases of the whole sentence, in order. */
  readonly phrases: readonly TimePhrase[];
  /** Those of them that may date a number. */
  readonly usable: readonly TimePhrase[];
  readonly facts: PhraseFacts;
}

/** What holds of a phrase for every number of its sentence. */
interface Facts {
  readonly isReporting: boolean;
  /** Its own signs, by where numbers see it. */
  readonly signs: (Signs | undefined)[];
}

/** Kept for a sentence. */
export type PhraseFacts = Map<TimePhrase, Facts>;

export function factsOf({ text, facts }: Pick<TimeContext, "text" | "facts">, phrase: TimePhrase): Facts {
  let known = facts.get(phrase);
  if (!known) {
    known = { isReporting: isReporting(text, phrase), signs: [undefined, undefined, undefined, undefined, undefined] };
    facts.set(phrase, known);
  }
  return known;
}

/** The phrases that may date a number: none that dates the report. */
export function usableOf(
  phrases: readonly TimePhrase[],
  context: Pick<TimeContext, "text" | "facts">,
): readonly TimePhrase[] {
  const isUsable = (phrase: TimePhrase) => !factsOf(context, phrase).isReporting;
  return phrases.every(isUsable) ? phrases : phrases.filter(isUsable);
}

/** Where the last span starts that a sentence opens. */
export function openedIn(text: string, phrases: readonly TimePhrase[]): string | undefined {
  const opening = phrases.findLast((phrase) => phrase.from !== undefined || (phrase.period && isLaunch(text, phrase)));
  return opening?.from ?? (opening?.period ? startOf(opening.period) : undefined);
}

/** `period` undefined: no phrase governs the number; null: one does, but fixes no time. */
export interface TimeFound {
  readonly period: string | null | undefined;
  readonly phrase?: TimePhrase | undefined;
  readonly from?: PeriodFrom | undefined;
}

const REPORTED =
  /^[^，。；]{0,12}(?:记者|获悉|了解到|从[^，。]{0,12}(?:获悉|了解|传来)|召开的|讯|电(?=[（(]|\s)|举行|上午|下午|晚|消息)/;
const STARTED = /^[^，。；\d]{0,14}(?:启动|正式启动|部署|出台|印发|成立)/;

/** The time of the number at `[start, end)`: of its clause, of its part of the sentence, of the sentence's opening. */
export function timeOf(context: TimeContext, start: number, end: number): TimeFound {
  const { usable } = context;
  if (usable.length === 0) return NO_TIME;
  const isInClause = (phrase: TimePhrase) => phrase.start >= context.clauseStart && phrase.end <= context.clauseEnd;
  const before = usable.findLast((phrase) => phrase.end <= start && isInClause(phrase));
  if (before) return foundAs("clause", settle(before, usable, context));
  const after = usable.find(
    (phrase) =>
      phrase.start >= end &&
      phrase.start - end <= 26 &&
      isInClause(phrase) &&
      governsBackward(context.text, phrase, end),
  );
  if (after) return foundAs("behind", settle(after, usable, context));
  const inPart = usable.findLast(
    (phrase) =>
      phrase.start >= context.partStart &&
      phrase.end <= context.clauseStart &&
      !isBound(context.text, phrase) &&
      reaches(context, phrase),
  );
  if (inPart) return foundAs("part", settle(inPart, usable, context));
  const opening = usable.find(
    (phrase) => phrase.start - context.sentenceStart <= 40 && phrase.end <= start && opensSentence(context, phrase),
  );
  if (opening) {
    const closing = usable.find(
      (phrase) =>
        phrase.start > opening.start &&
        phrase.end <= context.clauseStart &&
        phrase.role === "closes" &&
        (opening.role === "opens" || isLaunch(context.text, opening) || phrase.start - opening.end <= 12),
    );
    return foundAs("opening", settle(closing ?? opening, usable, context));
  }
  if (context.english) {
    const nearest = usable.findLast((phrase) => phrase.end <= start) ?? usable.find((phrase) => phrase.start >= end);
    if (nearest) return foundAs("near", settle(nearest, usable, context));
  }
  return NO_TIME;
}

const NO_TIME: TimeFound = { period: undefined, phrase: undefined, from: undefined };

const foundAs = (from: PeriodFrom, { period, phrase }: TimeFound): TimeFound => ({ period, phrase, from });

/** A phrase in mid-sentence reaches to the next clause; one that opens its part, or closes a span, to the end of it. */
function reaches(context: TimeContext, phrase: TimePhrase): boolean {
  const lead = context.text.slice(context.partStart, phrase.start);
  if (lead.length <= 14 || phrase.role !== "interval" || !/[，,]/.test(lead)) return true;
  return !/[，,；;].*[，,；;]/.test(context.text.slice(phrase.end, context.clauseStart));
}

const isLaunch = (text: string, phrase: TimePhrase) =>
  /[自从]$/.test(text.slice(Math.max(0, phrase.start - 1), phrase.start)) &&
  STARTED.test(text.slice(phrase.end, phrase.end + 20));

/** 10月17日，记者从…了解到 dates the report, not the number. */
function isReporting(text: string, phrase: TimePhrase): boolean {
  const rest = text.slice(phrase.end, phrase.end + 30).replace(/^[，,]/, "");
  if (/^\s*\((?:Xinhua|Reuters|AP)|^\s*(?:--|—|–)/.test(rest)) return true;
  return (
    phrase.role === "interval" &&
    ((REPORTED.test(rest) && !/^[^，。；]{0,12}\d/.test(rest)) || /^[^，。；]{0,3}以前/.test(rest))
  );
}

/** A phrase inside a noun phrase (2024年重点技改项目) binds to that noun, not to what follows. */
export function isBound(text: string, phrase: TimePhrase): boolean {
  const after = text[phrase.end] ?? "";
  const before = text.slice(Math.max(0, phrase.start - 2), phrase.start);
  return after === "的" || /[（(]$/.test(before) || /比$|较$|同比$/.test(before);
}

/** 首批220名4月6日到岗: a date behind its number, unless another number follows closer. */
function governsBackward(text: string, phrase: TimePhrase, end: number): boolean {
  const between = text.slice(end, phrase.start);
  if (/(?:转入|结转至?|顺延至?|列入|纳入)$/.test(between)) return false;
  return !/\d[\d,.]{0,30}(?:个|家|件|户|名|万元|亿元|%)/.test(between) && !/[；。]/.test(between);
}

function opensSentence(context: TimeContext, phrase: TimePhrase): boolean {
  const lead = context.text.slice(context.sentenceStart, phrase.start);
  return (
    !/[；;]/.test(lead) &&
    (lead.length <= 16 || (/[，,：:]\s*$/.test(lead) && (lead.match(/[，,]/g) ?? []).length <= 1))
  );
}

export function settle(phrase: TimePhrase, all: readonly TimePhrase[], context: TimeContext): TimeFound {
  if (phrase.role === "same") return sameAs(phrase, all, context);
  if (phrase.role === "closes" && phrase.period) {
    const opens =
      all.findLast((other) => other.role === "opens" && other.end <= phrase.start) ??
      launchBefore(phrase, all, context);
    if (opens?.from) return { period: `${opens.from}/${phrase.period.slice(3)}`, phrase };
  }
  if (phrase.role === "closes" && !phrase.period) {
    const opens = all.findLast((other) => other.role === "opens" && other.end <= phrase.start);
    if (opens?.period) return { period: opens.period, phrase };
  }
  return { period: phrase.period, phrase };
}

/** 自112年3月启动，…截至9月底: a launch opens what a later 截至 closes. */
function launchBefore(phrase: TimePhrase, all: readonly TimePhrase[], context: TimeContext): TimePhrase | undefined {
  const launch = all.find(
    (other) =>
      other.role === "interval" &&
      other.end <= phrase.start &&
      /[自从]$/.test(context.text.slice(Math.max(0, other.start - 1), other.start)) &&
      STARTED.test(context.text.slice(other.end, other.end + 20)),
  );
  return launch?.period ? { ...launch, role: "opens", from: startOf(launch.period) ?? launch.period } : undefined;
}

function sameAs(phrase: TimePhrase, all: readonly TimePhrase[], context: TimeContext): TimeFound {
  const earlier =
    all.findLast(
      (other) =>
        other.end <= phrase.start &&
        other.period &&
        other.role !== "closes" &&
        !/底|末/.test(context.text.slice(other.start, other.end)),
    ) ?? all.findLast((other) => other.end <= phrase.start && other.period);
  if (!earlier?.period) return { period: undefined, phrase };
  return { period: yearsBefore(earlier.period, phrase.yearsBack ?? 0), phrase };
}
