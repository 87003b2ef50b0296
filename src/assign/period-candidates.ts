import type { PeriodFrom } from "../doc/index.js";
import type { Guide, Signs } from "./guide.js";
import type { Scale } from "./scale.js";
import { type SignSink, SpokenSigns } from "./signs.js";

/** A period a number may have, and the signs that speak for or against it. */
export interface PeriodCandidate {
  readonly period: string | null;
  readonly from: PeriodFrom;
  /** Only while evidence is gathered. */
  readonly signs: readonly string[];
  /** What its signs weigh together, in hundredths of log odds. */
  readonly weight: number;
}

/** A candidate while its signs are said. */
interface Gathered {
  readonly period: string | null;
  readonly from: PeriodFrom;
  readonly signs: string[];
  weight: number;
}

/** Gathers candidates: the same period said twice is one, with the signs of both. */
export class Candidates {
  private readonly found: Gathered[] = [];
  private readonly spoken: SpokenSigns | undefined;
  private readonly scale: Scale | undefined;
  /** Whose signs are being said. */
  private current: Gathered | undefined;

  constructor({ teach, evidence }: Guide) {
    if (teach) this.spoken = new SpokenSigns();
    else this.scale = evidence.period.scaleOf("right");
    this.scale?.clear();
  }

  /** Takes down signs of a candidate, until those of another are said. */
  about(period: string | null, from: PeriodFrom): SignSink {
    this.settle();
    this.current = this.of(period, from);
    return (this.spoken ?? this.scale) as SignSink;
  }

  add(period: string | null, from: PeriodFrom, { said, weight }: Signs): void {
    const candidate = this.of(period, from);
    if (said.length > 0) candidate.signs.push(...said);
    candidate.weight += weight;
  }

  /** Signs that several candidates may have. */
  signs(say: (out: SignSink) => void): Signs {
    this.settle();
    const out = (this.spoken ?? this.scale) as SignSink;
    say(out);
    return this.taken();
  }

  list(): readonly PeriodCandidate[] {
    this.settle();
    return this.found;
  }

  private settle(): void {
    const { current } = this;
    if (!current) return;
    this.current = undefined;
    const { said, weight } = this.taken();
    if (said.length > 0) current.signs.push(...said);
    current.weight += weight;
  }

  private taken(): Signs {
    const weight = this.scale?.weight ?? 0;
    this.scale?.clear();
    return { said: this.spoken?.signs.splice(0) ?? NONE, weight };
  }

  private of(period: string | null, from: PeriodFrom): Gathered {
    for (const known of this.found) if (known.period === period) return known;
    const candidate = { period, from, signs: [], weight: 0 };
    this.found.push(candidate);
    return candidate;
  }
}

const NONE: readonly string[] = [];
