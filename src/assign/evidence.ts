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
  private readonly ofOne = new Map<string, Map<number, readonly number[]>>();
  private readonly places: ReadonlyMap<string, number>;
  /** Sums of hundredths, one a label; kept between calls. */
  private readonly sums: Int32Array;
  readonly labels: readonly string[];

  constructor(file: EvidenceFile) {
    this.labels = file.labels;
    this.places = new Map(file.labels.map((label, place) => [label, place]));
    this.sums = new Int32Array(file.labels.length);
    const common: [number, readonly number[]][] = [];
    for (const [sign, weights] of densestFirst(file.signs)) {
      const owner = sign.includes("@") ? OF_ONE.exec(sign)?.[1] : undefined;
      if (owner === undefined) {
        common.push([numberOfSign(sign), weights]);
        continue;
      }
      const own = this.ofOne.get(owner) ?? new Map<number, readonly number[]>();
      own.set(numberOfSign(sign.slice(owner.length + 1)), weights);
      this.ofOne.set(owner, own);
    }
    this.weights = Weights.of(common);
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
    const own = owner === undefined ? undefined : this.ofOne.get(owner);
    if (own) addOwn(own, signs, sums);
    const logs = candidates.map(({ label, prior }) => {
      const place = places.get(label);
      return prior + (place === undefined ? 0 : (sums[place] as number) / 100);
    });
    return shared(logs);
  }

  /** The same question with these labels only. */
  ballot(labels: readonly string[]): Ballot {
    return new Ballot(this.weights.narrowedTo(labels.map((label) => this.places.get(label))), labels.length);
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

/** A question whose candidates are always the same: most weights of the model are of others. */
export class Ballot {
  private readonly sums: Int32Array;

  constructor(
    private readonly weights: Weights,
    size: number,
  ) {
    this.sums = new Int32Array(size);
  }

  /** How likely each candidate is; they come in the order of the ballot's labels. */
  probabilities(signs: readonly number[], candidates: readonly Candidate[]): number[] {
    const { sums } = this;
    sums.fill(0);
    this.weights.addAll(signs, sums);
    return shared(candidates.map(({ prior }, place) => prior + (sums[place] as number) / 100));
  }
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

/** Signs with many weights are met most often: with numbers that lie together they stay in the processor's cache. */
function densestFirst(signs: EvidenceFile["signs"]): [string, readonly number[]][] {
  const byLength: [string, readonly number[]][][] = [];
  for (const sign in signs) {
    const weights = signs[sign] as readonly number[];
    byLength[weights.length] ??= [];
    byLength[weights.length]?.push([sign, weights]);
  }
  return byLength.reverse().flat();
}

function addOwn(own: ReadonlyMap<number, readonly number[]>, signs: readonly number[], sums: Int32Array): void {
  for (const sign of signs) {
    const weights = own.get(sign);
    if (!weights) continue;
    for (let at = 0; at < weights.length; at += 2)
      sums[weights[at] as number] = (sums[weights[at] as number] as number) + (weights[at + 1] as number);
  }
}

/** A weight of 16 bits holds the place of its label in the last six. */
const LABEL_BITS = 6;
const LABEL = (1 << LABEL_BITS) - 1;
const MOST = (1 << (15 - LABEL_BITS)) - 1;

/** Labels' places and weights of many signs, in one row. */
class Weights {
  private constructor(
    /** Where the weights of each sign start, by its number; they end where those of the next one start. */
    private readonly starts: Int32Array,
    private readonly pairs: Int16Array,
  ) {}

  /** Of pairs of a label's place and its weight; no sign comes twice. */
  static of(entries: readonly (readonly [sign: number, pairs: readonly number[]])[]): Weights {
    const last = entries.reduce((most, [sign]) => Math.max(most, sign), -1);
    const starts = new Int32Array(last + 2);
    for (const [sign, pairs] of entries) starts[sign + 1] = pairs.length / 2;
    for (let sign = 0; sign <= last; sign++) starts[sign + 1] = (starts[sign + 1] as number) + (starts[sign] as number);
    const all = new Int16Array(starts[last + 1] as number);
    for (const [sign, pairs] of entries) {
      let to = starts[sign] as number;
      for (let at = 0; at < pairs.length; at += 2) all[to++] = packed(pairs[at] as number, pairs[at + 1] as number);
    }
    return new Weights(starts, all);
  }

  /** The weights of some labels, which get new places: their order here. */
  narrowedTo(places: readonly (number | undefined)[]): Weights {
    const newPlaces = new Int8Array(LABEL + 1).fill(-1);
    for (const [to, from] of places.entries()) if (from !== undefined) newPlaces[from] = to;
    const starts = new Int32Array(this.starts.length);
    const all = new Int16Array(this.pairs.length);
    let size = 0;
    for (let sign = 0; sign + 1 < starts.length; sign++) {
      for (let at = this.starts[sign] as number; at < (this.starts[sign + 1] as number); at++) {
        const pair = this.pairs[at] as number;
        const place = newPlaces[pair & LABEL] as number;
        if (place >= 0) all[size++] = (pair & ~LABEL) | place;
      }
      starts[sign + 1] = size;
    }
    return new Weights(starts, all.slice(0, size));
  }

  addAll(signs: readonly number[], sums: Int32Array): void {
    const { starts, pairs } = this;
    for (const sign of signs) {
      if (sign + 1 >= starts.length) continue;
      const end = starts[sign + 1] as number;
      for (let at = starts[sign] as number; at < end; at++) {
        const pair = pairs[at] as number;
        sums[pair & LABEL] = (sums[pair & LABEL] as number) + (pair >> LABEL_BITS);
      }
    }
  }
}

function packed(place: number, weight: number): number {
  if (place > LABEL) throw new RangeError(`evidence has at most ${LABEL + 1} labels`);
  return (Math.max(-MOST, Math.min(MOST, weight)) << LABEL_BITS) | place;
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
    standard = {
      meaning: new Evidence(file.meaning),
      scoped: new Evidence(file.scoped),
      planned: new Evidence(file.planned),
      period: new Evidence(file.period),
    };
  }
  return standard;
}
