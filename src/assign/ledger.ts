import { type Catalogue, type Indicator, catalogue as standardCatalogue } from "../catalogue/index.js";
import type { Evidence, EvidenceSet } from "./evidence.js";
import { SignTable, type SignTableParts } from "./sign-table.js";
import { HashedSigns } from "./signs.js";

/** Where the weights of a sign lie in its record. */
const PLANNED = 0;
const SCOPED = 1;
/** The sign's place among those that count for one family only, plus one; 0 where it is none of them. */
const OWN = 2;
/** How many pairs follow for each kind of number: 5 bits each. */
const COUNTS = 3;
const HEAD = 4;

const KINDS: readonly Indicator["unit"][] = ["count", "money", "percent"];
const COUNT_BITS = 5;
const MOST_PAIRS = (1 << COUNT_BITS) - 1;
/** A pair of 16 bits holds the place of its label in the last six. */
const LABEL_BITS = 6;
const LABEL = (1 << LABEL_BITS) - 1;
const MOST = (1 << (15 - LABEL_BITS)) - 1;

/** A ledger as it is kept in a file. */
export interface LedgerParts {
  readonly records: Int16Array;
  readonly own: ReadonlyMap<string, Int16Array>;
  readonly table: SignTableParts;
  readonly labels: number;
}

/**
 * What evidence has to say of the words around a number, for all that is asked
 * of them: a record a sign, so that it is looked up once.
 */
export class Ledger {
  private constructor(
    private readonly records: Int16Array,
    /** By family of indicators, the weights for its being a part by the place among own signs. */
    private readonly own: ReadonlyMap<string, Int16Array>,
    private readonly table: SignTable,
    private readonly labels: number,
  ) {}

  /** A ledger as `parts` gave it. */
  static of({ records, own, table, labels }: LedgerParts): Ledger {
    return new Ledger(records, own, SignTable.of(table), labels);
  }

  get parts(): LedgerParts {
    return { records: this.records, own: this.own, table: this.table.parts, labels: this.labels };
  }

  static for({ meaning, scoped, planned }: EvidenceSet, catalogue: Catalogue): Ledger {
    if (meaning.labels.length > LABEL + 1) throw new RangeError(`evidence has at most ${LABEL + 1} labels`);
    const parts = scoped.differences("part", "whole");
    const plans = planned.differences("planned", "actual").common;
    const own = new Map<string, number>();
    for (const weights of parts.ofOne.values())
      for (const sign of weights.keys()) if (!own.has(sign)) own.set(sign, own.size + 1);
    const ofOne = new Map([...parts.ofOne].map(([owner, weights]) => [owner, inPlaces(weights, own)]));
    const signs = densestFirst(meaning);
    const known = new Set(signs.map(([sign]) => sign));
    for (const others of [plans, parts.common, own])
      for (const sign of others.keys()) {
        if (!known.has(sign)) signs.push([sign, []]);
        known.add(sign);
      }
    const table = SignTable.for(signs.length);
    // a weight for no indicator stands in the record for each kind of number
    const records = new Int16Array(
      1 + signs.reduce((sum, [, weights]) => sum + HEAD + weights.length / 2 + KINDS.length - 1, 0),
    );
    const kinds = kindsOf(meaning, catalogue);
    // no sign has the number 0
    let at = 1;
    for (const [sign, weights] of signs) {
      table.put(sign, at);
      records[at + PLANNED] = plans.get(sign) ?? 0;
      records[at + SCOPED] = parts.common.get(sign) ?? 0;
      records[at + OWN] = own.get(sign) ?? 0;
      at = writePairs(weights, kinds, records, at);
    }
    return new Ledger(records.slice(0, at), ofOne, table, meaning.labels.length);
  }

  /** Takes down the signs of one number after the other. */
  around(): Around {
    return new Around(this.table, this.records, this.own, this.labels);
  }
}

/** The signs around a number, and how they speak. */
export class Around extends HashedSigns {
  private readonly sums: Int32Array;
  private forPlan = 0;
  private forPart = 0;

  constructor(
    table: SignTable,
    private readonly records: Int16Array,
    private readonly own: ReadonlyMap<string, Int16Array>,
    labels: number,
  ) {
    super(table);
    this.sums = new Int32Array(labels);
  }

  /** Of what a number of this kind means: a sum a label, in hundredths of log odds; it holds until the next call. */
  meaning(kind: Indicator["unit"]): Int32Array {
    const { records, sums } = this;
    sums.fill(0);
    const place = KINDS.indexOf(kind);
    this.lookUp();
    const { found, size } = this;
    for (let at = 0; at < size; at++) {
      const record = found[at] as number;
      const counts = records[record + COUNTS] as number;
      let pair = record + HEAD;
      for (let before = 0; before < place; before++) pair += (counts >> (before * COUNT_BITS)) & MOST_PAIRS;
      const end = pair + ((counts >> (place * COUNT_BITS)) & MOST_PAIRS);
      for (; pair < end; pair++) {
        const packed = records[pair] as number;
        sums[packed & LABEL] = (sums[packed & LABEL] as number) + (packed >> LABEL_BITS);
      }
    }
    return sums;
  }

  /** For a plan, in hundredths of log odds. */
  planned(): number {
    this.lookUp();
    return this.forPlan;
  }

  /** For a part of the region's whole, in hundredths of log odds. */
  scoped(family: string): number {
    this.lookUp();
    const { found, size, records } = this;
    let sum = this.forPart;
    const own = this.own.get(family);
    if (!own) return sum;
    for (let at = 0; at < size; at++) sum += own[records[(found[at] as number) + OWN] as number] as number;
    return sum;
  }

  /** Fetches all records at once, beside what is the same for every kind of number. */
  protected override lookUp(): boolean {
    if (!super.lookUp()) return false;
    const { found, size, records } = this;
    let plan = 0;
    let part = 0;
    for (let at = 0; at < size; at++) {
      const record = found[at] as number;
      plan += records[record + PLANNED] as number;
      part += records[record + SCOPED] as number;
    }
    this.forPlan = plan;
    this.forPart = part;
    return true;
  }
}

/** Signs with many weights first: they are met most, and stay together in the processor's cache. */
function densestFirst(meaning: Evidence): [sign: string, weights: readonly number[]][] {
  const byLength: [string, readonly number[]][][] = [];
  for (const entry of meaning.entries()) {
    const { length } = entry[1];
    byLength[length] ??= [];
    byLength[length]?.push(entry);
  }
  return byLength.reverse().flat();
}

function inPlaces(weights: ReadonlyMap<string, number>, places: ReadonlyMap<string, number>): Int16Array {
  const placed = new Int16Array(places.size + 1);
  for (const [sign, weight] of weights) placed[places.get(sign) as number] = weight;
  return placed;
}

/** The kinds of number, a bit each, that a label may be the meaning of in a catalogue; all of them for `none`. */
function kindsOf({ labels }: Evidence, { indicators }: Catalogue): number[] {
  const units = new Map(indicators.map(({ id, unit }) => [id, 1 << KINDS.indexOf(unit)]));
  return labels.map((label) => (label === "none" ? (1 << KINDS.length) - 1 : (units.get(label) ?? 0)));
}

/** Writes the weights of the record at `start`, the counting indicators' first; tells where it ends. */
function writePairs(weights: readonly number[], kinds: readonly number[], records: Int16Array, start: number): number {
  let counts = 0;
  let to = start + HEAD;
  for (let kind = 0; kind < KINDS.length; kind++) {
    const from = to;
    for (let at = 0; at < weights.length; at += 2) {
      const place = weights[at] as number;
      if (((kinds[place] as number) & (1 << kind)) === 0) continue;
      records[to++] = (Math.max(-MOST, Math.min(MOST, weights[at + 1] as number)) << LABEL_BITS) | place;
    }
    if (to - from > MOST_PAIRS) throw new RangeError(`a sign weighs ${MOST_PAIRS} indicators of a kind at most`);
    counts |= (to - from) << (kind * COUNT_BITS);
  }
  records[start + COUNTS] = counts;
  return to;
}

const LEDGERS = new WeakMap<EvidenceSet, WeakMap<Catalogue, Ledger>>();

/** Made once for a catalogue and evidence. */
export function ledgerOf(evidence: EvidenceSet, catalogue: Catalogue): Ledger {
  if (evidence.ledger && catalogue === standardCatalogue()) return evidence.ledger;
  const known = LEDGERS.get(evidence) ?? new WeakMap<Catalogue, Ledger>();
  LEDGERS.set(evidence, known);
  const ledger = known.get(catalogue) ?? Ledger.for(evidence, catalogue);
  known.set(catalogue, ledger);
  return ledger;
}
