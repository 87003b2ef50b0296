import type { Observed } from "./observed.js";

/** How far 余 and 多 reach above the number, 近 and 不足 below, 约 to both sides; as shares of it. */
const REACH = { exact: [0, 0], over: [0, 0.15], under: [0.15, 0], about: [0.1, 0.1] } as const;

/** Digits with their scale, of a number as printed. */
const NUMBER = /\d[\d,，]*(?:\.(\d+))?\s*(?:(万亿|亿|万|千|trillion|billion|million|thousand|bn\b|m\b|k\b))?/giu;
const SCALE: Readonly<Record<string, number>> = {
  万亿: 1e12,
  亿: 1e8,
  万: 1e4,
  千: 1e3,
  trillion: 1e12,
  billion: 1e9,
  bn: 1e9,
  million: 1e6,
  m: 1e6,
  thousand: 1e3,
  k: 1e3,
};

/** The worth of the last digit printed: 0.1 for 98.6%, 1,000,000 for 2.36亿; 1 for counts and where the quote has no digits. */
export function printedStep(quote: string, value: number): number {
  for (const match of quote.matchAll(NUMBER)) {
    const scale = SCALE[match[2]?.toLowerCase() ?? ""] ?? 1;
    const printed = Number.parseFloat(match[0].replace(/[,，]/g, "")) * scale;
    if (Math.abs(printed - value) <= Math.abs(value) * 1e-9) return scale * 10 ** -(match[1]?.length ?? 0);
  }
  return Number.isInteger(value) ? 1 : 0;
}

function rangeOf(figure: Observed): readonly [number, number] {
  const [below, above] = REACH[figure.qualifier];
  const step = printedStep(figure.quote, figure.value);
  // a count without a scale is meant to the last digit
  const half = step === 1 ? 0 : step / 2;
  const size = Math.abs(figure.value);
  return [figure.value - size * below - half, figure.value + size * above + half];
}

/** Whether two figures can both be true of one thing: 2.36亿元 and 23612万元 can, 1500余 and 1512 too, 200 and 205 cannot. */
export function isAgreeing(a: Observed, b: Observed): boolean {
  if (a.value === b.value) return true;
  if (a.unit !== b.unit) return false;
  const [fromA, toA] = rangeOf(a);
  const [fromB, toB] = rangeOf(b);
  const overlap = Math.min(toA, toB) - Math.max(fromA, fromB);
  const slack = 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value));
  // two rounded values that only touch are neighbours: 98.6% and 98.7%
  return overlap > slack || (overlap >= -slack && (fromA === toA || fromB === toB));
}
