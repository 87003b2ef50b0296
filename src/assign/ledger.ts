import type { Catalogue, Indicator } from "../catalogue/index.js";
import type { Evidence, EvidenceSet } from "./evidence.js";
import { SignTable } from "./sign-table.js";
import { HashedSigns } from "./signs.js";

/** Where the weights of a sign lie in its record. */
const PLANNED = 0;
const SCOPED = 1;
/** The sign's place among those that count for one indicator only, plus one; 0 where it is none of them. */
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

/** A record as it is gathered. */
interface Entry {
  planned: number;
  scoped: number;
  own: number;
  readonly pairs: Record<Indicator["unit"], number[]>;
}

/**
 * What evidence has to say of the words around a number, for all that is asked
 * of them: a record a sign, so that it is looked up once.
 */
export class Ledger {
  private readonly records: Int16Array;
  /** By indicator, the weights for its being a part by the place among own signs. */
  private readonly own = new Map<string, Int16Array>();
  private readonly table: SignTable;
  private readonly labels: number;

  constructor({ meaning, scoped, planned }: EvidenceSet, catalogue: Catalogue) {
    const entries = gathered(meaning, catalogue);
    this.labels = meaning.labels.length;
    const parts = scoped.differences("part", "whole");
    for (const [sign, weight] of parts.common) entryOf(entries, sign).scoped = weight;
    for (const [sign, weight] of planned.differences("planned", "actual").common)
      entryOf(entries, sign).planned = weight;
    const places = new Map<string, number>();
    for (const own of parts.ofOne.values())
      for (const sign of own.keys()) if (!places.has(sign)) places.set(sign, places.size + 1);
    for (const [sign, place] of places) entryOf(entries, sign).own = place;
    for (const [owner, own] of parts.ofOne) {
      const weights = new Int16Array(places.size + 1);
      for (const [sign, weight] of own) weights[places.get(sign) as number] = weight;
      this.own.set(owner, weights);
    }
    this.table = new SignTable(entries.size);
    this.records = this.written(entries);
  }

  /** Takes down the signs of one number after the other. */
  around(): Around {
    return new Around(this.table, this.records, this.own, this.labels);
  }

  /** The records in one row, the longest first: they are met most, and stay together in the processor's cache. */
  private written(entries: ReadonlyMap<string, Entry>): Int16Array {
    const byLength: [string, Entry][][] = [];
    // no sign has the number 0
    let total = 1;
    for (const entry of entries) {
      const length = HEAD + KINDS.reduce((sum, kind) => sum + entry[1].pairs[kind].length, 0);
      byLength[length] ??= [];
      byLength[length]?.push(entry);
      total += length;
    }
    const records = new Int16Array(total);
    let at = 1;
    for (const [sign, { planned, scoped, own, pairs }] of byLength.reverse().flat()) {
      this.table.put(sign, at);
      records[at + PLANNED] = planned;
      records[at + SCOPED] = scoped;
      records[at + OWN] = own;
      KINDS.forEach((kind, place) => {
        records[at + COUNTS] = (records[at + COUNTS] as number) | (pairs[kind].length << (place * COUNT_BITS));
      });
      at += HEAD;
      for (const kind of KINDS) for (const pair of pairs[kind]) records[at++] = pair;
    }
    return records;
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
  scoped(indicator: string): number {
    this.lookUp();
    const { found, size, records } = this;
    let sum = this.forPart;
    const own = this.own.get(indicator);
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

/** The weights of what numbers mean by sign, in the kinds of number that a catalogue has them for; `none` in all. */
function gathered(meaning: Evidence, catalogue: Catalogue): Map<string, Entry> {
  if (meaning.labels.length > LABEL + 1) throw new RangeError(`evidence has at most ${LABEL + 1} labels`);
  const units = new Map(catalogue.indicators.map(({ id, unit }) => [id, unit]));
  const kinds = meaning.labels.map((label) => (label === "none" ? KINDS : [units.get(label)]));
  const entries = new Map<string, Entry>();
  for (const [sign, weights] of meaning.entries()) {
    const { pairs } = entryOf(entries, sign);
    for (let at = 0; at < weights.length; at += 2) {
      const place = weights[at] as number;
      const pair = (Math.max(-MOST, Math.min(MOST, weights[at + 1] as number)) << LABEL_BITS) | place;
      for (const kind of kinds[place] ?? []) if (kind) pairs[kind].push(pair);
    }
  }
  for (const { pairs } of entries.values())
    for (const kind of KINDS)
      if (pairs[kind].length > MOST_PAIRS) throw new RangeError(`a sign weighs ${MOST_PAIRS} labels of a kind at most`);
  return entries;
}

function entryOf(entries: Map<string, Entry>, sign: string): Entry {
  let entry = entries.get(sign);
  if (!entry) {
    entry = { planned: 0, scoped: 0, own: 0, pairs: { count: [], money: [], percent: [] } };
    entries.set(sign, entry);
  }
  return entry;
}

const LEDGERS = new WeakMap<EvidenceSet, WeakMap<Catalogue, Ledger>>();

/** Made once for a catalogue and evidence. */
export function ledgerOf(evidence: EvidenceSet, catalogue: Catalogue): Ledger {
  const known = LEDGERS.get(evidence) ?? new WeakMap<Catalogue, Ledger>();
  LEDGERS.set(evidence, known);
  const ledger = known.get(catalogue) ?? new Ledger(evidence, catalogue);
  known.set(catalogue, ledger);
  return ledger;
}
