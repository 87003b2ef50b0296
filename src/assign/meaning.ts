import type { Catalogue, Indicator } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { beneficiary } from "./benefit.js";
import { type Claim, claimsOnCount } from "./compete.js";
import { type Candidate, Evidence } from "./evidence.js";
import { buildFrame, type Frame } from "./frame.js";
import type { Guide } from "./guide.js";
import { claimsInList } from "./lists.js";
import type { Memory } from "./memory.js";
import { claimsOnMoney, DECOY } from "./money.js";
import { claimsOnPercent } from "./rate.js";
import { isMoney } from "./sentence.js";
import type { Site } from "./site.js";

/** From this probability on a number is a figure: measured by leaving clippings out. */
const FIGURE_FROM = 0.4;
/** Log odds of an indicator that no condition of the catalogue speaks for. */
const UNCLAIMED = -3;
/** The same of an indicator that evidence has never seen: nothing at all speaks for it. */
const NEVER_SEEN = -30;
/** What a rule that speaks against a claim takes off its log odds. */
const RULED_OUT = 4.5;
/** Log odds of a claim against no figure: scores run from 3.4 to about 6.5, and the better half is right nine times in ten. */
const priorOf = (claim: Claim) => 1.1 * (Math.min(claim.score, 6.5) - 2.8);

const kindOf = (quantity: Quantity): keyof Questions =>
  isMoney(quantity) ? "money" : quantity.unit === "percent" ? "percent" : "count";

/** Whether a number can be a figure at all. */
export const mayBeFigure = (quantity: Quantity): boolean => quantity.value !== 0 && !quantity.conversion;

/** What the catalogue's conditions say a number is, the best first, and the frame they were read in. */
export function claimsFor(memory: Memory, site: Site): { claims: Claim[]; frame: Frame | undefined } {
  const { catalogue, normal } = memory;
  const { quantity, clause, order, before } = site;
  const listed = claimsInList(catalogue, normal.text, site.clauses, site.index, order);
  if (listed) return { claims: listed, frame: undefined };
  if (quantity.unit === "percent")
    return { claims: claimsOnPercent(catalogue, clause, order, memory.topics(), before.words), frame: undefined };
  if (isMoney(quantity)) {
    const isBare = quantity.unit === "bare";
    const claims = claimsOnMoney(
      catalogue,
      clause,
      order,
      isBare ? undefined : memory.money,
      isBare ? [] : before.words,
    );
    return { claims: isBare ? claims.filter((claim) => claim.score >= 4.4) : claims, frame: undefined };
  }
  if (quantity.unit !== "count" || quantity.one) return { claims: [], frame: undefined };
  const bare = buildFrame(clause, order, memory.topics(), before);
  const frame = beneficiary(normal, bare, clause, order, site.clauses[site.index + 1]);
  return { claims: claimsOnCount(catalogue, frame), frame };
}

/** What the number means: the catalogue's claims and the evidence of annotated clippings together. */
export function decide(
  memory: Memory,
  quantity: Quantity,
  claims: readonly Claim[],
  features: readonly string[],
  isRuledOut: boolean,
): { claim: Claim; margin: number } | undefined {
  if (!mayBeFigure(quantity)) return undefined;
  const { catalogue } = memory;
  const { teach } = memory.guide;
  if (teach) {
    const taught = teach.meaning(quantity, features, candidatesFor(memory, quantity, claims, isRuledOut));
    return taught === "none" ? undefined : { claim: claimOf(catalogue, taught, claims, 1), margin: 1 };
  }
  const logs = logOddsOf(memory, quantity, claims, isRuledOut);
  let best = 1;
  let other = 0;
  for (let at = 2; at < logs.length; at++) {
    if ((logs[at] as number) > (logs[best] as number)) {
      other = strongest(logs, other, best);
      best = at;
    } else other = strongest(logs, other, at);
  }
  let total = 0;
  for (let at = 0; at < logs.length; at++) total += Math.exp((logs[at] as number) - (logs[best] as number));
  const probability = 1 / total;
  if (!(probability >= FIGURE_FROM)) return undefined;
  const label = questionOf(memory, quantity).unclaimed[best]?.label as string;
  const margin = probability * (1 - Math.exp((logs[other] as number) - (logs[best] as number)));
  return { claim: claimOf(catalogue, label, claims, probability), margin };
}

const strongest = (logs: Float64Array, a: number, b: number): number =>
  (logs[b] as number) > (logs[a] as number) ? b : a;

/** Log odds of each candidate, in their order: its prior, and what the signs around the number say. They hold until the next call. */
function logOddsOf(memory: Memory, quantity: Quantity, claims: readonly Claim[], isRuledOut: boolean): Float64Array {
  const { order, priors, places, logs } = questionOf(memory, quantity);
  logs.set(priors);
  // of two claims of one indicator the first counts
  for (let at = claims.length - 1; at >= 0; at--) {
    const claim = claims[at] as Claim;
    const place = order.get(claim.indicator.id) ?? -1;
    if (claim.indicator === DECOY) logs[0] = Math.max(0, priorOf(claim));
    else if (place > 0) logs[place] = claimedPrior(claim, isRuledOut);
  }
  const sums = memory.around?.meaning(kindOf(quantity));
  if (!sums) return logs;
  let most = 0;
  for (let at = 1; at < places.length; at++) most = Math.max(most, sums[places[at] as number] ?? 0);
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    if (place >= 0) logs[at] = (logs[at] as number) + (sums[place] as number) / 100;
    // a researcher's own indicator, of which evidence knows nothing, competes by its conditions alone
    else if ((logs[at] as number) > NEVER_SEEN) logs[at] = (logs[at] as number) + most / 100;
  }
  return logs;
}

const claimedPrior = (claim: Claim, isRuledOut: boolean): number =>
  priorOf(claim) + claim.indicator.prefer - (isRuledOut ? RULED_OUT : 0);

/** `none` first, then every indicator of this kind of number, with what the catalogue's conditions say for it. */
export function candidatesFor(
  memory: Memory,
  quantity: Quantity,
  claims: readonly Claim[],
  isRuledOut: boolean,
): readonly Candidate[] {
  const { unclaimed } = questionOf(memory, quantity);
  if (claims.length === 0) return unclaimed;
  const decoy = claims.find((claim) => claim.indicator === DECOY);
  return unclaimed.map((candidate, index) => {
    if (index === 0) return decoy ? { label: candidate.label, prior: Math.max(0, priorOf(decoy)) } : candidate;
    const claim = claims.find((each) => each.indicator.id === candidate.label);
    return claim ? { label: candidate.label, prior: claimedPrior(claim, isRuledOut) } : candidate;
  });
}

/** What is asked of every number of a kind. */
export interface Question {
  /** The candidates, where no condition says anything of them. */
  readonly unclaimed: readonly Candidate[];
  readonly priors: Float64Array;
  /** Where each indicator stands among them. */
  readonly order: ReadonlyMap<string, number>;
  /** Where each stands among the labels of the evidence; −1 where that does not know it. */
  readonly places: Int8Array;
  /** Room for their log odds. */
  readonly logs: Float64Array;
}

/** What is asked of numbers of each kind. */
export type Questions = Readonly<Record<"money" | "percent" | "count", Question>>;

const QUESTIONS = new WeakMap<Catalogue, WeakMap<Evidence, Questions>>();

/** Made once for a catalogue and evidence. */
export function questionsOf(catalogue: Catalogue, { evidence }: Guide): Questions {
  const meaning = evidence?.meaning ?? UNTAUGHT;
  const known = QUESTIONS.get(catalogue) ?? new WeakMap<Evidence, Questions>();
  QUESTIONS.set(catalogue, known);
  let questions = known.get(meaning);
  if (!questions) {
    const of = (kind: keyof Questions) => newQuestion(catalogue, meaning, kind);
    questions = { money: of("money"), percent: of("percent"), count: of("count") };
    known.set(meaning, questions);
  }
  return questions;
}

const questionOf = ({ questions }: Memory, quantity: Quantity): Question => questions[kindOf(quantity)];

function newQuestion(catalogue: Catalogue, meaning: Evidence, kind: keyof Questions): Question {
  const unclaimed = [
    { label: "none", prior: 0 },
    ...catalogue.indicators
      .filter((indicator) => indicator.unit === kind)
      // what no annotated clipping has could only win where others are ruled out
      .map(({ id }) => ({
        label: id,
        prior: meaning === UNTAUGHT || meaning.knows(id) ? UNCLAIMED : NEVER_SEEN,
      })),
  ];
  return {
    unclaimed,
    order: new Map(unclaimed.map(({ label }, at) => [label, at])),
    priors: Float64Array.from(unclaimed, ({ prior }) => prior),
    places: Int8Array.from(unclaimed, ({ label }) => meaning.placeOf(label)),
    logs: new Float64Array(unclaimed.length),
  };
}

/** Stands for the evidence that is still being gathered. */
const UNTAUGHT = new Evidence({ labels: [], signs: {} });

function claimOf(catalogue: Catalogue, label: string, claims: readonly Claim[], probability: number): Claim {
  const known = claims.find((claim) => claim.indicator.id === label);
  if (known) return { ...known, score: probability };
  const indicator = catalogue.indicators.find((each) => each.id === label) as Indicator;
  return { indicator, score: probability, because: "" };
}
