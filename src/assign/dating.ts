import type { Draft, PeriodFrom, Status } from "../doc/index.js";
import { isYearBefore, yearsBefore } from "./calendar.js";
import type { Claim } from "./compete.js";
import type { Frame } from "./frame.js";
import { isSameFamily, MEMORY, type Memory } from "./memory.js";
import { periodCandidates } from "./period.js";
import type { TimesBefore } from "./period-before.js";
import type { Site } from "./site.js";
import { timeOf, usableOf } from "./time-of.js";
import type { TimePhrase } from "./time-phrase.js";

/** A period, and where it was read or taken over from. */
export interface Dated {
  readonly period: string | null;
  readonly from: PeriodFrom;
  /** Told to measure another figure against. */
  readonly compared?: boolean;
}

/** How far the rule's own period starts ahead. */
export const RULE_FIRST = 1.5;

/** The period of a figure: the rule's own and every other that the text offers compete. */
export function periodOf(memory: Memory, site: Site, claim: Claim, frame: Frame | undefined, status: Status): Dated {
  const { quantity } = site;
  const { text } = memory.normal;
  const phrases = nearest(site.phrases, quantity.start);
  const context = {
    text,
    sentenceStart: site.sentence.start,
    clauseStart: site.clause.start,
    clauseEnd: site.clause.end,
    partStart: site.partStart,
    english: memory.normal.language === "en",
    phrases,
    usable: usableOf(phrases, { text, facts: site.facts }),
    facts: site.facts,
  };
  const found = timeOf(context, quantity.start, quantity.end);
  const named = found.period ?? (found.phrase?.role === "same" ? sameTime(memory, found.phrase) : found.period);
  const byRule: Dated =
    named !== undefined
      ? { period: named, from: found.period === undefined ? "same" : (found.from ?? "clause") }
      : inheritedPeriod(memory, site, frame, claim);
  const { teach } = memory.guide;
  const candidates = periodCandidates(
    context,
    quantity.start,
    quantity.end,
    claim.indicator.id,
    frame?.elliptic ?? false,
    timesBefore(memory, claim.indicator.id, byRule, status, site.paragraph.start),
    memory.guide,
  );
  const isCompared = (period: string | null) =>
    site.phrases.length > 0 &&
    site.phrases.some((phrase) => phrase.compared && (phrase.period === period || phrase.role === "same")) &&
    !site.phrases.some((phrase) => !phrase.compared && phrase.period === period) &&
    period !== memory.lastTime;
  if (teach) {
    const period = teach.period(quantity, candidates);
    return { period, from: byRule.from, ...(isCompared(period) ? { compared: true } : {}) };
  }
  let best: Dated = byRule;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const weight = candidate.weight / 100 + (candidate.period === byRule.period ? RULE_FIRST : 0);
    if (weight > most) {
      best = candidate;
      most = weight;
    }
  }
  return { period: best.period, from: best.from, compared: isCompared(best.period) };
}

/** No sentence that people write names more times than this. */
const MOST_PHRASES = 12;

/** The phrases of a sentence, of a run of dates those around a place: each number would weigh them all. */
function nearest(phrases: readonly TimePhrase[], start: number): readonly TimePhrase[] {
  if (phrases.length <= MOST_PHRASES) return phrases;
  const ahead = phrases.filter((phrase) => phrase.start < start).length;
  const from = Math.max(0, Math.min(ahead - MOST_PHRASES / 2, phrases.length - MOST_PHRASES));
  return phrases.slice(from, from + MOST_PHRASES);
}

function timesBefore(
  memory: Memory,
  indicator: string,
  byRule: Dated,
  status: Status,
  paragraphStart: number,
): TimesBefore {
  return {
    last: lastDated(memory),
    sentence: memory.sentenceIndex,
    paragraph: memory.paragraphTimes,
    heading: memory.headingPeriod ?? null,
    carried: memory.carried ?? null,
    lead: memory.leadPeriod,
    byRule: byRule.period,
    ruleFrom: byRule.from,
    lastTime: memory.lastTime,
    openedAt: memory.openedAt,
    governed: memory.governing.list(),
    under: memory.governing.nearest()?.how ?? "none",
    sectionStart: memory.governing.sectionStart,
    isPlanned: status === "planned",
    paragraphStart,
    figures: memory.dated.before(indicator),
  };
}

/** The figure whose time may be taken over: one of last year's, told for comparison, leaves none to the next sentence. */
function lastDated({ drafts, sentenceIndex }: Memory): Draft | undefined {
  const last = drafts.at(-1);
  if (!last?.period || last.sentence === sentenceIndex) return last;
  if (last.compared) return drafts.slice(-COMPARED).findLast((draft) => !draft.compared) ?? last;
  const near = drafts.slice(-COMPARED);
  const isCompared = ({ period, start }: Draft) =>
    period !== null &&
    near.some((other) => other.start < start && other.period !== null && isYearBefore(period, other.period));
  return near.findLast((draft) => !isCompared(draft)) ?? last;
}

function lastCollected({ drafts }: Memory): Draft | undefined {
  for (let at = drafts.length - 1; at >= Math.max(0, drafts.length - MEMORY); at--)
    if (drafts[at]?.indicator === "problem.collected") return drafts[at];
  return undefined;
}

/** How many figures back what is compared with may stand. */
const COMPARED = 6;

/** 去年同期: the last time that was named, as many years earlier. */
const sameTime = ({ lastTime }: Memory, phrase: TimePhrase): string | null =>
  lastTime ? yearsBefore(lastTime, phrase.yearsBack ?? 0) : lastTime;

/** What is said of the same set of problems a sentence later. */
const FOLLOWING = new Set(["problem.resolved", "problem.pending", "problem.resolution_rate", "problem.assigned"]);
const GOES_ON = /其中|当中|of (?:which|those|these|them)|the remaining|the other/i;

/** What leaves its head out, or breaks a total down, keeps the time of what it goes on from. */
function inheritedPeriod(memory: Memory, site: Site, frame: Frame | undefined, claim: Claim): Dated {
  const { sentenceIndex, normal } = memory;
  const last = lastDated(memory);
  // what follows in a sentence keeps the time its first figure took over
  if (last?.sentence === sentenceIndex && last.start >= site.sentence.start && site.phrases.length === 0)
    return { period: last.period, from: "sentence" };
  const goesOn =
    frame?.elliptic ||
    frame?.cues.has("rest-here") ||
    GOES_ON.test(normal.text.slice(site.sentence.start, site.sentence.start + 20));
  if (
    goesOn &&
    last &&
    sentenceIndex - last.sentence <= 2 &&
    last.start >= site.paragraph.start &&
    last.status === "actual" &&
    (isSameFamily(last.indicator, claim.indicator.id) ||
      /^其中/.test(normal.text.slice(site.sentence.start, site.sentence.start + 2)))
  )
    return { period: last.period, from: "parent" };
  const follows =
    last && sentenceIndex - last.sentence === 1 && last.start >= site.paragraph.start && last.region !== null;
  if (follows && last.status === "actual" && last.indicator.startsWith("problem.") && FOLLOWING.has(claim.indicator.id))
    return { period: last.period, from: "parent" };
  const opened = goesOn && frame?.elliptic ? lastCollected(memory) : undefined;
  if (opened && isSameFamily(opened.indicator, claim.indicator.id) && sentenceIndex - opened.sentence <= 4)
    return { period: opened.period, from: "whole" };
  if (memory.carried) return { period: memory.carried, from: "carried" };
  const governed = memory.governing.nearest();
  if (governed) return { period: governed.period, from: "heading" };
  return memory.headingPeriod ? { period: memory.headingPeriod, from: "heading" } : { period: null, from: "none" };
}
