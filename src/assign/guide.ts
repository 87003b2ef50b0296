import type { Quantity } from "../doc/index.js";
import type { Candidate, EvidenceSet } from "./evidence.js";
import type { PeriodCandidate } from "./period-candidates.js";
import type { Scale } from "./scale.js";
import { type SignSink, SpokenSigns } from "./signs.js";
import type { Trace } from "./trace.js";

/** What helps a reader decide; `teach` gives the answers while evidence is gathered. */
export interface Guide {
  readonly evidence: EvidenceSet;
  readonly teach?: Teacher;
  /** Remembers how each number was decided. */
  readonly trace?: Trace | undefined;
}

/** Answers for a number from a gold figure, and takes down its signs. */
export interface Teacher {
  meaning(quantity: Quantity, signs: readonly string[], candidates: readonly Candidate[]): string;
  scoped(quantity: Quantity, signs: readonly string[], indicator: string, candidates: readonly Candidate[]): string;
  /** The right one of the candidates, or what the gold says. */
  period(quantity: Quantity, candidates: readonly PeriodCandidate[]): string | null;
  planned(quantity: Quantity, signs: readonly string[], indicator: string, candidates: readonly Candidate[]): boolean;
}

/** Signs as strings, where somebody reads them. */
export function spoken({ teach, trace }: Guide, say: (out: SignSink) => void): readonly string[] {
  if (!teach && !trace) return NONE;
  const said = new SpokenSigns();
  say(said);
  return said.signs;
}

/** Signs of one question: as strings while evidence is gathered, else by what they weigh together. */
export interface Signs {
  readonly said: readonly string[];
  /** Hundredths of log odds. */
  readonly weight: number;
}

export function weighed(guide: Guide, scaleOf: (evidence: EvidenceSet) => Scale, say: (out: SignSink) => void): Signs {
  if (guide.teach) return { said: spoken(guide, say), weight: 0 };
  const scale = scaleOf(guide.evidence);
  scale.clear();
  say(scale);
  return { said: NONE, weight: scale.weight };
}

const NONE: readonly string[] = [];

/** What the rule says starts ahead, so that evidence has to speak against it. */
export const priors = (yes: string, no: string, byRule: boolean): Candidate[] => [
  { label: yes, prior: byRule ? 1.5 : -1.5 },
  { label: no, prior: 0 },
];

/** Whether the first of two answers is the likelier, or as likely: its prior and what signs weigh for it. */
export const isLikelier = ([yes, no]: readonly Candidate[], hundredths: number): boolean =>
  (yes?.prior ?? 0) * 100 + hundredths >= (no?.prior ?? 0) * 100;
