import type { Indicator } from "./indicators.js";

/** The indicator of an id, a label or a name; undefined where there is none. */
export function indicatorNamed(text: string, all: readonly Indicator[]): Indicator | undefined {
  const wanted = text.trim();
  const lower = wanted.toLowerCase();
  return (
    all.find((each) => each.id === lower) ??
    all.find((each) => each.label === wanted || each.labelEn.toLowerCase() === lower) ??
    all.find((each) => each.names.includes(wanted) || each.namesEn.some((name) => name.toLowerCase() === lower))
  );
}

/** Indicators for what a person typed, the best first: named so, beginning so, holding it, sharing most of its characters. */
export function indicatorsLike(text: string, all: readonly Indicator[]): Indicator[] {
  const lower = text.trim().toLowerCase();
  if (lower === "") return [];
  const family = lower.split(".")[0] ?? "";
  const scored = all.map((indicator, order) => {
    const names = namesOf(indicator);
    const best = Math.max(...names.map((name) => likeness(name, lower)));
    return { indicator, order, score: Math.max(best, indicator.id.includes(family) ? 0.3 : 0) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ indicator }) => indicator);
}

const namesOf = ({ id, label, labelEn, names, namesEn }: Indicator): string[] =>
  [id, label, labelEn, ...names, ...namesEn].map((name) => name.toLowerCase());

/** 3 for the name itself down to the share of its characters; words in Latin letters share nothing by their letters. */
function likeness(name: string, text: string): number {
  if (name === text) return 3;
  if (name.startsWith(text)) return 2;
  if (name.includes(text)) return 1.5;
  const chars = [...text].filter((char) => /\p{Script=Han}/u.test(char));
  if (chars.length === 0) return 0;
  return chars.filter((char) => name.includes(char)).length / Math.max(chars.length, [...name].length);
}
