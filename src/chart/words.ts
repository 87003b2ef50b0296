import { regionOf } from "../catalogue/index.js";
import type { Measured } from "../compare/index.js";

export type ChartLanguage = "zh" | "en";

const LEVEL = {
  zh: { province: "省级", city: "市级", county: "县级" },
  en: { province: "provinces", city: "cities", county: "counties" },
} as const;

const WORDS = {
  zh: {
    compared: (level: keyof typeof LEVEL.zh | undefined) => (level ? `${LEVEL.zh[level]}比较` : "地区比较"),
    top: (shown: number, all: number) => `前${shown}名，共${all}地`,
    lines: (shown: number, all: number) => `${shown}地，共${all}地有数据`,
    both: (shown: number, all: number) => `两项齐全的${shown}地，共${all}地`,
    until: (day: string) => `截至${day}`,
    computed: "斜纹、空心：由其他数字推算",
    conflict: "须线：其他材料另有说法",
    unlike: "灰色、空心：时段与他处不同，不排名",
    reviewed: "✓ 已复核",
    unranked: "时段不同",
    log: "对数",
    median: "中位数",
    none: "没有可比较的数字",
  },
  en: {
    compared: (level: keyof typeof LEVEL.en | undefined) => (level ? `by ${LEVEL.en[level]}` : "by region"),
    top: (shown: number, all: number) => `top ${shown} of ${all}`,
    lines: (shown: number, all: number) => `${shown} of ${all} regions`,
    both: (shown: number, all: number) => `${shown} of ${all} regions have both`,
    until: (day: string) => `until ${day}`,
    computed: "hatched, hollow: computed from other figures",
    conflict: "whiskers: other clippings say otherwise",
    unlike: "grey, hollow: of a period unlike the others', not ranked",
    reviewed: "✓ reviewed",
    unranked: "another period",
    log: "log",
    median: "median",
    none: "no figures to compare",
  },
} as const;

export const wordsOf = (language: ChartLanguage) => WORDS[language];

/** A period for people: 截至2022-06-30, 2022-01 – 2022-06. */
export function periodWords(period: string, language: ChartLanguage): string {
  const [first = "", last] = period.split("/");
  if (last === undefined) return first;
  return first === ".." ? WORDS[language].until(last) : `${first} – ${last}`;
}

export const measureLabel = (
  { label, labelEn }: Pick<Measured, "label" | "labelEn">,
  language: ChartLanguage,
): string => (language === "zh" ? label : labelEn);

/** The name of a region as a chart has it. */
export function placeName(code: string, language: ChartLanguage): string {
  const region = regionOf(code);
  if (!region) return code;
  return language === "zh" ? region.name : (region.english[0] ?? region.name);
}

/** Names by code, with the parent's before them where the regions lie in several. */
export function placeNames(codes: readonly string[], language: ChartLanguage): Map<string, string> {
  const counties = codes.filter((code) => regionOf(code)?.level === "county");
  const severalParents = new Set(counties.map((code) => regionOf(code)?.parent)).size > 1;
  return new Map(
    codes.map((code) => {
      const name = placeName(code, language);
      const parent = regionOf(code)?.parent;
      if (!parent || !severalParents || regionOf(code)?.level !== "county") return [code, name];
      const above = placeName(parent, language).replace(/市$/, "");
      if (name.startsWith(above)) return [code, name];
      return [code, language === "zh" ? `${above} ${name}` : `${name}, ${above}`];
    }),
  );
}
