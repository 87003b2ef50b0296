import { catalogue, type Indicator, measures } from "../catalogue/index.js";
import { bySupport, voicesOf, type Window } from "./choose.js";
import { isReviewed, type Observed } from "./observed.js";
import { shapeOf } from "./period.js";

/** One thing that is compared: an indicator, what follows from two, or a rate that is computed where nothing states it. */
export interface Measured {
  /** Of an indicator, a measure of schemas/measures.json, or two indicators with a slash: `fund.loan/enterprise.benefited`. */
  readonly id: string;
  readonly label: string;
  readonly labelEn: string;
  /** Read from figures as it stands. */
  readonly indicator?: string;
  readonly ratio?: Ratio;
}

export interface Ratio {
  readonly of: string;
  readonly per: readonly string[];
  readonly share: boolean;
}

/** There is no such measure. */
export class MeasureError extends Error {}

/** The measure of an id. Throws MeasureError where there is none. */
export function measureOf(id: string, indicators: readonly Indicator[] = catalogue().indicators): Measured {
  const indicator = indicators.find((each) => each.id === id);
  const derived = measures().find((each) => each.id === id);
  const [of = "", per = "", ...more] = id.split("/");
  if (indicator || derived) {
    const { label, labelEn } = (indicator ?? derived) as { label: string; labelEn: string };
    return { id, label, labelEn, ...(indicator ? { indicator: id } : {}), ...(derived ? { ratio: derived } : {}) };
  }
  const part = indicators.find((each) => each.id === of);
  const whole = indicators.find((each) => each.id === per);
  if (!part || !whole || more.length > 0) throw new MeasureError(`no measure '${id}'`);
  if (part.unit === "percent" || whole.unit !== "count")
    throw new MeasureError(`'${id}': only counts and money can be divided, and only by counts`);
  return {
    id,
    label: `${part.label}/${whole.label}`,
    labelEn: `${part.labelEn} / ${whole.labelEn}`,
    ratio: { of, per: [per], share: false },
  };
}

/** The indicators whose figures a measure is made of. */
export const indicatorsOf = ({ indicator, ratio }: Measured): string[] => [
  ...(indicator ? [indicator] : []),
  ...(ratio ? [ratio.of, ...ratio.per] : []),
];

/** Where the two parts of a computed value stand, the surest first: near each other, in one clipping, in two of the same period. */
export const BASES = ["passage", "clipping", "period"] as const;
export type Basis = (typeof BASES)[number];

export interface Computed {
  readonly value: number;
  readonly unit: string;
  readonly part: Observed;
  readonly whole: Observed;
  readonly basis: Basis;
}

/** Characters within which two counts belong to one passage: counts that stand farther apart speak of different sets. */
const PASSAGE = 400;

/** The ratio of the best supported pair of figures that belong together; undefined where none do. */
export function compute(
  ratio: Pick<Ratio, "share">,
  parts: readonly Observed[],
  wholes: readonly Observed[],
  asked?: Window,
): Computed | undefined {
  if (parts.length === 0 || wholes.length === 0) return undefined;
  const denominators = voicesOf(wholes, asked);
  const pairs: Computed[] = [];
  for (const part of voicesOf(parts, asked))
    for (const whole of denominators) {
      const basis = basisOf(part, whole, ratio.share);
      const value = basis && divide(part, whole, ratio.share);
      if (basis && value !== undefined)
        pairs.push({
          value,
          unit: ratio.share ? "percent" : part.unit === "count" ? "ratio" : part.unit,
          part,
          whole,
          basis,
        });
    }
  return pairs.sort(byPairSupport(asked))[0];
}

function byPairSupport(asked: Window | undefined): (a: Computed, b: Computed) => number {
  const order = bySupport(asked);
  const sure = ({ part, whole }: Computed) => Number(isReviewed(part)) + Number(isReviewed(whole));
  const end = ({ part }: Computed) => shapeOf(part.period).end || 0;
  return (a, b) =>
    sure(b) - sure(a) ||
    end(b) - end(a) ||
    BASES.indexOf(a.basis) - BASES.indexOf(b.basis) ||
    order(a.part, b.part) ||
    order(a.whole, b.whole);
}

function basisOf(part: Observed, whole: Observed, share: boolean): Basis | undefined {
  if (part.period !== whole.period) return undefined;
  if (part.clipping === whole.clipping) {
    if (Math.abs(part.start - whole.start) <= PASSAGE) return "passage";
    return share ? undefined : "clipping";
  }
  return part.period === null ? undefined : "period";
}

function divide(part: Observed, whole: Observed, share: boolean): number | undefined {
  if (whole.value <= 0 || part.unit === "percent") return undefined;
  if (!share) return Number((part.value / whole.value).toPrecision(12));
  return part.value <= whole.value ? Math.round((part.value / whole.value) * 1000) / 10 : undefined;
}
