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
   * Ranks candidates: each starts from its prior, a label the model does not
   * know keeps it. With an `owner` (an indicator) each sign counts once more
   * as a sign of that indicator.
   */
  rank(signs: readonly number[], candidates: readonly Candidate[], owner?: string): Ranked[] {
    const { sums, places } = this;
    sums.fill(0);
    this.weights.addAll(signs, sums);
    if (owner !== undefined) this.ofOne.get(owner)?.addAll(signs, sums);
    let total = 0;
    const ranked = candidates.map(({ label, prior }) => {
      const place = places.get(label);
      const odds = Math.exp(prior + (place === undefined ? 0 : (sums[place] as number) / 100));
      total += odds;
      return { label, probability: odds };
    });
    for (const each of ranked) each.probability /= total;
    return ranked.sort((a, b) => b.probability - a.probability);
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

/** Pairs of a label's place and its weight, of many signs in one row. */
class Weights {
  /** Where the pairs of each sign start and end, by its number; both zero for a sign without. */
  private readonly spans: Int32Array;
  private readonly pairs: Int16Array;

  constructor(entries: readonly (readonly [sign: number, pairs: readonly number[]])[]) {
    let last = -1;
    let size = 0;
    for (const [sign, pairs] of entries) {
      last = Math.max(last, sign);
      size += pairs.length;
    }
    this.spans = new Int32Array(2 * (last + 1));
    this.pairs = new Int16Array(size);
    let at = 0;
    for (const [sign, pairs] of entries) {
      this.spans[2 * sign] = at;
      for (const each of pairs) this.pairs[at++] = each;
      this.spans[2 * sign + 1] = at;
    }
  }

  addAll(signs: readonly number[], sums: Int32Array): void {
    const { spans, pairs } = this;
    for (const sign of signs) {
      if (2 * sign >= spans.length) continue;
      const end = spans[2 * sign + 1] as number;
      for (let at = spans[2 * sign] as number; at < end; at += 2)
        sums[pairs[at] as number] = (sums[pairs[at] as number] as number) + (pairs[at + 1] as number);
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
