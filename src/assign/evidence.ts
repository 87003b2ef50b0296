import { readFileSync } from "node:fs";
import { knownSigns, numberOfSign } from "./signs.js";

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
  private readonly weights: Weights;
  /** Weights of signs that count for one indicator only (`problem.resolved@l:…`), by indicator. */
  private readonly ofOne = new Map<string, Weights>();
  private readonly places: ReadonlyMap<string, number>;
  /** Sums of hundredths, one a label; kept between calls. */
  private readonly sums: Int32Array;
  readonly labels: readonly string[];

  constructor(file: EvidenceFile) {
    this.labels = file.labels;
    this.places = new Map(file.labels.map((label, place) => [label, place]));
    this.sums = new Int32Array(file.labels.length);
    const shared: [number, readonly number[]][] = [];
    const owned = new Map<string, [number, readonly number[]][]>();
    for (const sign in file.signs) {
      const weights = file.signs[sign] as readonly number[];
      const owner = sign.includes("@") ? OF_ONE.exec(sign)?.[1] : undefined;
      if (owner === undefined) {
        shared.push([numberOfSign(sign), weights]);
        continue;
      }
      const own = owned.get(owner) ?? [];
      if (own.length === 0) owned.set(owner, own);
      own.push([numberOfSign(sign.slice(owner.length + 1)), weights]);
    }
    this.weights = new Weights(shared);
    for (const [owner, own] of owned) this.ofOne.set(owner, new Weights(own));
  }

  knows(label: string): boolean {
    return this.places.has(label);
  }

  /**
   * How likely each candidate is, in their order: each starts from its prior,
   * a label the model does not know keeps it. With an `owner` (an indicator)
   * each sign counts once more as a sign of that indicator.
   */
  probabilities(signs: readonly number[], candidates: readonly Candidate[], owner?: string): number[] {
    const { sums, places } = this;
    sums.fill(0);
    this.weights.addAll(signs, sums);
    if (owner !== undefined) this.ofOne.get(owner)?.addAll(signs, sums);
    let total = 0;
    const odds: number[] = [];
    for (const { label, prior } of candidates) {
      const place = places.get(label);
      const own = Math.exp(prior + (place === undefined ? 0 : (sums[place] as number) / 100));
      total += own;
      odds.push(own);
    }
    for (let at = 0; at < odds.length; at++) odds[at] = (odds[at] as number) / total;
    return odds;
  }

  /** The candidates and how likely each is, the likeliest first. */
  rank(signs: readonly number[], candidates: readonly Candidate[], owner?: string): Ranked[] {
    const odds = this.probabilities(signs, candidates, owner);
    return candidates
      .map(({ label }, at) => ({ label, probability: odds[at] as number }))
      .sort((a, b) => b.probability - a.probability);
  }

  /** Whether the first of two candidates is at least as likely as the second. */
  isLikelier(signs: readonly number[], candidates: readonly Candidate[], owner?: string): boolean {
    const [first = 0, second = 0] = this.probabilities(signs, candidates, owner);
    return first >= second;
  }

  /** The sum of the signs' weights for the only label. */
  weigh(signs: readonly number[]): number {
    this.sums.fill(0);
    this.weights.addAll(signs, this.sums);
    return (this.sums[0] as number) / 100;
  }

  /** The signs that spoke most for `label` against the mean of the others; for explaining. */
  reasons(features: readonly string[], label: string, most = 8): { sign: string; weight: number }[] {
    const place = this.places.get(label);
    if (place === undefined) return [];
    return features
      .map((sign) => {
        this.sums.fill(0);
        this.weights.addAll(knownSigns([sign]), this.sums);
        return { sign, weight: (this.sums[place] as number) / 100 };
      })
      .filter((each) => each.weight !== 0)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, most);
  }
}

/** Labels' places and weights of many signs, in one row. */
class Weights {
  /** Where the pairs of each sign start and end, by its number; both zero for a sign without. */
  private readonly spans: Int32Array;
  /** A weight above the eight bits of its label's place. */
  private readonly pairs: Int32Array;

  constructor(entries: readonly (readonly [sign: number, pairs: readonly number[]])[]) {
    let last = -1;
    let size = 0;
    for (const [sign, pairs] of entries) {
      last = Math.max(last, sign);
      size += pairs.length / 2;
    }
    this.spans = new Int32Array(2 * (last + 1));
    this.pairs = new Int32Array(size);
    let at = 0;
    for (const [sign, pairs] of entries) {
      this.spans[2 * sign] = at;
      for (let pair = 0; pair < pairs.length; pair += 2)
        this.pairs[at++] = ((pairs[pair + 1] as number) << 8) | (pairs[pair] as number);
      this.spans[2 * sign + 1] = at;
    }
  }

  addAll(signs: readonly number[], sums: Int32Array): void {
    const { spans, pairs } = this;
    for (const sign of signs) {
      if (2 * sign >= spans.length) continue;
      const end = spans[2 * sign + 1] as number;
      for (let at = spans[2 * sign] as number; at < end; at++) {
        const pair = pairs[at] as number;
        sums[pair & 0xff] = (sums[pair & 0xff] as number) + (pair >> 8);
      }
    }
  }
}

const OF_ONE = /^([a-z_]+\.[a-z_]+)@/;

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
    // the smaller ones first: their signs get low numbers, and their tables stay short
    const period = new Evidence(file.period);
    const planned = new Evidence(file.planned);
    const scoped = new Evidence(file.scoped);
    standard = { meaning: new Evidence(file.meaning), scoped, planned, period };
  }
  return standard;
}
