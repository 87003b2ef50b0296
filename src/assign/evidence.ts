import { readFileSync } from "node:fs";

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
 * logistic model over the signs of `featuresOf`, fitted by
 * `npm run train` and kept readable in `schemas/evidence.json`.
 */
export class Evidence {
  /** Weights of each sign, by its number. */
  private readonly signs: (readonly number[] | undefined)[] = [];
  /** Weights of signs that count for one indicator only (`problem.resolved@l:…`): by the sign's number, then by indicator. */
  private readonly ofOne: (Map<string, readonly number[]> | undefined)[] = [];
  private readonly places: ReadonlyMap<string, number>;
  readonly labels: readonly string[];

  constructor(file: EvidenceFile) {
    this.labels = file.labels;
    this.places = new Map(file.labels.map((label, place) => [label, place]));
    for (const [sign, weights] of Object.entries(file.signs)) {
      const owner = OF_ONE.exec(sign)?.[1];
      const id = numberOf(owner === undefined ? sign : sign.slice(owner.length + 1));
      if (owner === undefined) this.signs[id] = weights;
      else this.ofOne[id] = (this.ofOne[id] ?? new Map<string, readonly number[]>()).set(owner, weights);
    }
  }

  knows(label: string): boolean {
    return this.places.has(label);
  }

  /**
   * Ranks candidates: each starts from its prior, a label the model does not
   * know keeps it. With an `owner` (an indicator) each sign counts once more
   * as a sign of that indicator.
   */
  rank(signs: readonly number[], candidates: readonly Candidate[], owner?: string): Ranked[] {
    const sums = new Float64Array(this.labels.length);
    for (const sign of signs) {
      const weights = this.signs[sign];
      if (weights) add(sums, weights);
      if (owner === undefined) continue;
      const own = this.ofOne[sign]?.get(owner);
      if (own) add(sums, own);
    }
    const ranked = candidates.map(({ label, prior }) => {
      const place = this.places.get(label);
      return { label, probability: Math.exp(prior + (place === undefined ? 0 : (sums[place] as number))) };
    });
    const total = ranked.reduce((sum, each) => sum + each.probability, 0);
    for (const each of ranked) each.probability /= total;
    return ranked.sort((a, b) => b.probability - a.probability);
  }

  /** The sum of the signs' weights for the only label. */
  weigh(signs: readonly string[]): number {
    let sum = 0;
    for (const sign of knownSigns(signs)) sum += (this.signs[sign]?.[1] ?? 0) / 100;
    return sum;
  }

  /** The signs that spoke most for `label` against the mean of the others; for explaining. */
  reasons(features: readonly string[], label: string, most = 8): { sign: string; weight: number }[] {
    const place = this.places.get(label);
    return features
      .map((sign) => {
        const weights = this.signs[NUMBERS.get(sign) ?? -1] ?? [];
        let own = 0;
        for (let at = 0; at < weights.length; at += 2)
          if (weights[at] === place) own = (weights[at + 1] as number) / 100;
        return { sign, weight: own };
      })
      .filter((each) => each.weight !== 0)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, most);
  }
}

/** A number for every sign that any evidence knows, so that it is looked up once however many questions are asked of it. */
const NUMBERS = new Map<string, number>();

function numberOf(sign: string): number {
  const known = NUMBERS.get(sign);
  if (known !== undefined) return known;
  NUMBERS.set(sign, NUMBERS.size);
  return NUMBERS.size - 1;
}

/** The numbers of the signs that some evidence knows. */
export function knownSigns(signs: readonly string[]): number[] {
  const known: number[] = [];
  for (const sign of signs) {
    const id = NUMBERS.get(sign);
    if (id !== undefined) known.push(id);
  }
  return known;
}

const OF_ONE = /^([a-z_]+\.[a-z_]+)@/;

function add(sums: Float64Array, weights: readonly number[]): void {
  for (let at = 0; at < weights.length; at += 2)
    sums[weights[at] as number] = (sums[weights[at] as number] as number) + (weights[at + 1] as number) / 100;
}

/** The questions evidence answers: what a number means, whether it is a part only, whether it is planned. */
export interface EvidenceSet {
  readonly meaning: Evidence;
  readonly scoped: Evidence;
  readonly planned: Evidence;
  /** Ranks the periods a number may have. */
  readonly period: Evidence;
}

let standard: EvidenceSet | undefined;

/** The evidence of `schemas/evidence.json`, loaded once. */
export function standardEvidence(): EvidenceSet {
  if (!standard) {
    const path = new URL("../../schemas/evidence.json", import.meta.url);
    const file = JSON.parse(readFileSync(path, "utf8")) as Record<keyof EvidenceSet, EvidenceFile>;
    standard = {
      meaning: new Evidence(file.meaning),
      scoped: new Evidence(file.scoped),
      planned: new Evidence(file.planned),
      period: new Evidence(file.period),
    };
  }
  return standard;
}
