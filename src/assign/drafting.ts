import type { Draft, Status } from "../doc/index.js";
import type { ClauseParts } from "./clause.js";
import type { Claim } from "./compete.js";
import { periodOf } from "./dating.js";
import type { EvidenceSet } from "./evidence.js";
import type { Frame } from "./frame.js";
import { isLikelier, priors, weighed } from "./guide.js";
import { itemInList } from "./lists.js";
import { familyOf, type Memory } from "./memory.js";
import type { PlaceFound } from "./place.js";
import { ofFamily, type ScopeQuestion, sayScopeSigns } from "./scope-signs.js";
import { scopeFor } from "./scopes.js";
import { isMoney, quoteSpan } from "./sentence.js";
import { flags, INDICATORS } from "./sign-key.js";
import type { SignGroup } from "./signs.js";
import type { Site } from "./site.js";
import { statusOf } from "./status.js";
import { provenanceOf } from "./trace.js";

/** What was decided of a number that is a figure. */
export interface Decided {
  readonly claim: Claim;
  readonly margin: number;
  readonly frame: Frame | undefined;
  /** The number's signs as strings, where somebody reads them. */
  readonly features: readonly string[];
}

/** The figure of a number whose meaning is known: its place, period, scope and status. */
export function toDraft(memory: Memory, site: Site, decided: Decided): Draft {
  const { claim, margin, frame, features } = decided;
  const { quantity } = site;
  const { text } = memory.normal;
  const span = quoteSpan(site.clause, site.order, frame, claim);
  const item = itemInList(text, site.partStart, site.clause, site.order, memory.home);
  const near = memory.places.at(quantity.start, site.sentence.start, site.paragraph.start);
  const place: PlaceFound = item && "region" in item ? { code: item.region, from: "list" } : near;
  const status = planOf(memory, site, claim, features);
  const listed =
    item && "scope" in item && !item.scope.includes(claim.because.slice(0, 2)) && !isMoney(quantity)
      ? item.scope
      : undefined;
  const limited = limitOf(memory, site, claim, frame, place, listed);
  const scope = partOf(memory, site, claim.indicator.id, limited, place, features);
  const time = periodOf(memory, site, claim, frame, status);
  return {
    indicator: claim.indicator.id,
    value: quantity.value,
    unit: isMoney(quantity) && quantity.unit === "bare" ? "CNY" : quantity.unit,
    qualifier: quantity.qualifier,
    region: place.code,
    period: time.period,
    scope,
    status,
    start: span.start,
    end: span.end,
    number: quantity,
    article: memory.articleIndex,
    score: claim.score,
    margin,
    because: claim.because,
    elliptic: frame?.elliptic ?? false,
    sentence: memory.sentenceIndex,
    compared: time.compared ?? false,
    from: provenanceOf(claim, frame, quantity, {
      region: place.from,
      period: time.from,
      scope: scope === null ? "none" : limited.source,
    }),
  };
}

const STATUS_SIGNS = /^(?:bias|[<LPN]|h:|rw|>)/;

/** Whether the figure is a fact or a plan. */
function planOf(memory: Memory, site: Site, { indicator }: Claim, features: readonly string[]): Status {
  const { quantity } = site;
  const { text, language } = memory.normal;
  const byRule = statusOf(
    text.slice(site.sentence.start, quantity.numberStart),
    text.slice(quantity.end, site.clause.end + 16),
    {
      money: isMoney(quantity),
      language,
      underPlanHeading: memory.planned,
      sure: indicator.id === "job.offered",
    },
  );
  const own = weighed(memory.guide, PLANNED, (out) => {
    const key = INDICATORS.of(indicator.id) * 4 + flags(byRule === "planned", memory.planned);
    out.group(PLAN, key, () => {
      out.say("rule:", byRule);
      out.say("i:", indicator.id, "|", byRule);
      out.say("under:", String(memory.planned));
    });
  });
  const candidates = priors("planned", "actual", byRule === "planned");
  const { teach } = memory.guide;
  if (teach) {
    const signs = [...features.filter((sign) => STATUS_SIGNS.test(sign)), ...own.said];
    return teach.planned(quantity, signs, indicator.id, candidates) ? "planned" : "actual";
  }
  // signs of other kinds have no weight there
  return isLikelier(candidates, (memory.around?.planned() ?? 0) + own.weight) ? "planned" : "actual";
}

const PLAN: SignGroup = { name: "the rule's own status of an indicator" };
const PLANNED = ({ planned }: EvidenceSet) => planned.scaleOf("planned", "actual");
const SCOPED = ({ scoped }: EvidenceSet) => scoped.scaleOf("part", "whole");

/** What a rule says that a figure is limited to, and where that was read. */
interface Limit {
  readonly scope: string | null;
  /** As a sign. */
  readonly from: string;
  /** As the figure's provenance, where it is a part. */
  readonly source: Draft["from"]["scope"];
}

function limitOf(
  memory: Memory,
  site: Site,
  claim: Claim,
  frame: Frame | undefined,
  place: PlaceFound,
  listed: string | undefined,
): Limit {
  const { text, language } = memory.normal;
  const limit = scopeFor(
    claim.indicator,
    {
      text,
      language,
      clause: site.clause,
      order: site.order,
      sentence: site.sentence,
      partStart: site.partStart,
      among: site.before.among,
      drafts: memory.recent(),
      sentenceIndex: memory.sentenceIndex,
      paragraphStart: site.paragraph.start,
    },
    frame,
    claim,
  );
  const scope = place.zone ?? listed ?? limit ?? memory.town;
  const source = place.zone ? "zone" : listed ? "list" : limit ? "words" : memory.town ? "heading" : "near";
  return { scope, from: scope === null ? "none" : source, source };
}

const SCOPE_SIGNS = /^(?:bias|u:|[<LR]|l[nm]:|r[nm]:|h:|b1:|s:|rw|lw)/;

/** The signs that tell a part from the whole, each also as a sign of the indicator's family. */
const scopeSigns = (features: readonly string[], id: string): string[] =>
  features.filter((sign) => SCOPE_SIGNS.test(sign)).flatMap((sign) => [sign, `${ofFamily(id).text}${sign}`]);

/** What the figure is limited to; null where it is the region's whole. */
function partOf(
  memory: Memory,
  site: Site,
  id: string,
  byRule: Limit,
  place: PlaceFound,
  features: readonly string[],
): string | null {
  const question: ScopeQuestion = {
    text: memory.normal.text,
    site,
    indicator: id,
    byRule,
    place,
    drafts: memory.recent(),
    sentence: memory.sentenceIndex,
    article: memory.articleIndex,
    town: memory.town !== null,
    heading: memory.heading,
    relations: memory.relationsTo(site.quantity),
  };
  const own = weighed(memory.guide, SCOPED, (out) => sayScopeSigns(question, out));
  const candidates = priors("part", "whole", byRule.scope !== null);
  const { teach } = memory.guide;
  const isPart = teach
    ? teach.scoped(site.quantity, [...scopeSigns(features, id), ...own.said], id, candidates) !== "whole"
    : isLikelier(candidates, (memory.around?.scoped(familyOf(id)) ?? 0) + own.weight);
  return isPart ? (byRule.scope ?? scopeNear(memory.normal.text, site.clause, site.order)) : null;
}

/** The words right before a number that most likely limit it. */
function scopeNear(text: string, clause: ClauseParts, order: number): string {
  const gap = clause.gaps[order];
  const left = (gap?.text ?? "").replace(/[\s，、：:；（(]{1,40}$/, "");
  const words = /[^\s，、：:；（(。]{1,16}$/.exec(left)?.[0];
  if (words) return words;
  const right = /^[^\s，；。、）)]{1,12}/.exec(clause.gaps[order + 1]?.text ?? "")?.[0];
  return right ?? text.slice(clause.start, clause.quantities[order]?.start).slice(-8);
}
