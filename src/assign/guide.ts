import type { Quantity } from "../doc/index.js";
import type { Candidate, EvidenceSet } from "./evidence.js";
import type { PeriodCandidate } from "./period.js";
import { KnownSigns, type SignSink, SpokenSigns } from "./signs.js";
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

/** The signs around a number: as strings where somebody reads them, and by number those that evidence knows. */
export interface Signs {
  readonly said: string[];
  readonly known: number[];
}

/** Takes signs down in the forms that the guide needs. */
export function signsOf({ teach, trace }: Guide, say: (out: SignSink) => void): Signs {
  const known = new KnownSigns();
  if (!teach) say(known);
  if (!teach && !trace) return { said: [], known: known.ids };
  const said = new SpokenSigns();
  say(said);
  return { said: said.signs, known: known.ids };
}

export const NO_SIGNS: Signs = { said: [], known: [] };

/** What the rule says starts ahead, so that evidence has to speak against it. */
export const priors = (yes: string, no: string, byRule: boolean): Candidate[] => [
  { label: yes, prior: byRule ? 1.5 : -1.5 },
  { label: no, prior: 0 },
];
