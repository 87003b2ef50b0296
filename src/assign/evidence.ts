import { readFileSync } from "node:fs";
import { type Compiled, keyOf, readCompiled } from "./compiled.js";
import type { Ledger } from "./ledger.js";
import { Scale } from "./scale.js";

/** How likely each label is, the likeliest first. */
export interface Ranked {
  readonly label: string;
  /** 0–1; all sum to 1. */
  readonly probability: number;
}

/** A label that may be the answer, and the log of its odds before any sign is looked at. */
export interface Candidate {
  readonly label: string;
  readonly prior: number;
}

/** One question asked of a number, and what each sign speaks for. */
export interface EvidenceFile {
  readonly labels: readonly string[];
  /** From a sign to pairs of a label's place and its weight (natural log of odds, times 100). */
  readonly signs: Readonly<Record<string, readonly number[]>>;
}

/**
 * What signs around a number have meant in annotated clippings: a multinomial
 * logistic model over the signs of `sayFeatures`, fitted by `npm run train`
 * and kept readable in `schemas/evidence.json`.
 */
export class Evidence {
  private readonly places: ReadonlyMap<string, number>;
  private readonly scales: { label: string; against: string | undefined; scale: Scale }[] = [];
  readonly labels: readonly string[];

  constructor(private readonly file: EvidenceFile) {
    this.labels = file.labels;
    this.places = new Map(file.labels.map((label, place) => [label, place]));
  }

  knows(label: string): boolean {
    return this.places.has(label);
  }

  /** Where a label stands among those of the weights; −1 where the model does not know it. */
  placeOf(label: string): number {
    return this.places.get(label) ?? -1;
  }

  /**
   * How likely each candidate is, in their order: each starts from its prior,
   * a label the model does not know keeps it. With an `owner` (a family of
   * indicators) each sign counts once more as a sign of that family.
   */
  probabilities(signs: readonly string[], candidates: readonly Candidate[], owner?: string): number[] {
    const sums = this.sumsOf(signs, owner);
    return shared(
      candidates.map(({ label, prior }) => {
        const place = this.places.get(label);
        return prior + (place === undefined ? 0 : (sums[place] as number) / 100);
      }),
    );
  }

  /** The candidates and how likely each is, the likeliest first. */
  rank(signs: readonly string[], candidates: readonly Candidate[], owner?: string): Ranked[] {
    const odds = this.probabilities(signs, candidates, owner);
    return candidates
      .map(({ label }, at) => ({ label, probability: odds[at] as number }))
      .sort((a, b) => b.probability - a.probability);
  }

  /** Whether the first of two candidates is at least as likely as the second. */
  isLikelier(signs: readonly string[], candidates: readonly Candidate[], owner?: string): boolean {
    const [first = 0, second = 0] = this.probabilities(signs, candidates, owner);
    return first >= second;
  }

  /** The sum of the signs' weights for the only label. */
  weigh(signs: readonly string[]): number {
    return (this.sumsOf(signs)[0] as number) / 100;
  }

  /** The signs that spoke most for `label` against the mean of the others; for explaining. */
  reasons(features: readonly string[], label: string, most = 8): { sign: string; weight: number }[] {
    const place = this.places.get(label);
    if (place === undefined) return [];
    return features
      .map((sign) => ({ sign, weight: (this.sumsOf([sign])[place] as number) / 100 }))
      .filter((each) => each.weight !== 0)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, most);
  }

  /** Weighs signs as they are said: for one label, or for it and against another. Made once. */
  scaleOf(label: string, against?: string): Scale {
    for (const known of this.scales) if (known.label === label && known.against === against) return known.scale;
    const scale = Scale.for(this.weightsFor(label, against));
    this.keep(scale, label, against);
    return scale;
  }

  /** Keeps a scale that was made before. */
  keep(scale: Scale, label: string, against?: string): void {
    this.scales.push({ label, against, scale });
  }

  /** What each sign adds to `label` less what it adds to `against`, in hundredths. */
  private weightsFor(label: string, against?: string): Map<string, number> {
    const place = this.placeOf(label);
    const other = against === undefined ? -1 : this.placeOf(against);
    const all = new Map<string, number>();
    for (const [sign, weights] of this.entries()) {
      let difference = 0;
      for (let at = 0; at < weights.length; at += 2) {
        if (weights[at] === place) difference += weights[at + 1] as number;
        else if (weights[at] === other) difference -= weights[at + 1] as number;
      }
      if (difference !== 0) all.set(sign, difference);
    }
    return all;
  }

  /** The same, those of one family of indicators by it. */
  differences(label: string, against?: string): Differences {
    const common = new Map<string, number>();
    const ofOne = new Map<string, Map<string, number>>();
    for (const [sign, difference] of this.weightsFor(label, against)) {
      const owner = sign.includes("@") ? OF_ONE.exec(sign)?.[1] : undefined;
      if (owner === undefined) {
        common.set(sign, difference);
        continue;
      }
      const own = ofOne.get(owner) ?? new Map<string, number>();
      own.set(sign.slice(owner.length + 1), difference);
      ofOne.set(owner, own);
    }
    return { common, ofOne };
  }

  /** Every sign with pairs of a label's place and its weight in hundredths. */
  entries(): [sign: string, weights: readonly number[]][] {
    return Object.entries(this.file.signs);
  }

  /** Sums of hundredths, one a label. */
  private sumsOf(signs: readonly string[], owner?: string): Int32Array {
    const sums = new Int32Array(Math.max(1, this.labels.length));
    for (const sign of signs) {
      add(this.file.signs[sign], sums);
      if (owner !== undefined) add(this.file.signs[`${owner}@${sign}`], sums);
    }
    return sums;
  }
}

/** Weights by sign; those of signs that count for one family of indicators only (`problem@l:…`) by family first. */
export interface Differences {
  readonly common: ReadonlyMap<string, number>;
  readonly ofOne: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const OF_ONE = /^([a-z_]+)@/;

function add(weights: readonly number[] | undefined, sums: Int32Array): void {
  if (!weights) return;
  for (let at = 0; at < weights.length; at += 2)
    sums[weights[at] as number] = (sums[weights[at] as number] as number) + (weights[at + 1] as number);
}

/** Probabilities of log odds, in their place. */
function shared(logs: number[]): number[] {
  let total = 0;
  for (let at = 0; at < logs.length; at++) {
    const odds = Math.exp(logs[at] as number);
    logs[at] = odds;
    total += odds;
  }
  for (let at = 0; at < logs.length; at++) logs[at] = (logs[at] as number) / total;
  return logs;
}

export type Question = "meaning" | "scoped" | "planned" | "period";

/** The questions evidence answers: what a number means, whether it is a part only, whether it is planned. */
export interface EvidenceSet {
  readonly meaning: Evidence;
  readonly scoped: Evidence;
  readonly planned: Evidence;
  /** Ranks the periods a number may have. */
  readonly period: Evidence;
  /** What was made of it for the standard catalogue when jianbao was built. */
  readonly ledger?: Ledger;
}

let standard: EvidenceSet | undefined;

/** The evidence of `schemas/evidence.json`, loaded once. */
export function standardEvidence(): EvidenceSet {
  if (!standard) {
    const bytes = readFileSync(new URL("../../schemas/evidence.json", import.meta.url));
    const compiled = readCompiled(keyOf(bytes));
    standard = compiled ? evidenceOf(compiled, bytes) : writtenEvidence(bytes);
  }
  return standard;
}

/** The evidence of a file's bytes, whatever was made of it at build. */
export function writtenEvidence(bytes: Buffer): EvidenceSet {
  const file = JSON.parse(bytes.toString()) as Record<Question, EvidenceFile>;
  return {
    meaning: new Evidence(file.meaning),
    scoped: new Evidence(file.scoped),
    planned: new Evidence(file.planned),
    period: new Evidence(file.period),
  };
}

/** The strings are read when somebody asks for them: to explain, or for a catalogue of the user's own. */
function evidenceOf({ labels, ledger, scales }: Compiled, bytes: Buffer): EvidenceSet {
  let file: Record<Question, EvidenceFile> | undefined;
  const signsOf = (question: Question) => {
    file ??= JSON.parse(bytes.toString()) as Record<Question, EvidenceFile>;
    return file[question].signs;
  };
  const evidence = (question: Question) =>
    new Evidence({
      labels: labels[question],
      get signs() {
        return signsOf(question);
      },
    });
  const set: EvidenceSet = {
    meaning: evidence("meaning"),
    scoped: evidence("scoped"),
    planned: evidence("planned"),
    period: evidence("period"),
    ledger,
  };
  for (const { question, label, against, scale } of scales) set[question].keep(scale, label, against);
  return set;
}
