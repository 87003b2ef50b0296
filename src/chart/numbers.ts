import type { ChartLanguage } from "./words.js";

const SCALES: Readonly<Record<ChartLanguage, readonly { readonly size: number; readonly word: string }[]>> = {
  zh: [
    { size: 1e8, word: "亿" },
    { size: 1e4, word: "万" },
  ],
  en: [
    { size: 1e9, word: "bn" },
    { size: 1e6, word: "m" },
    { size: 1e3, word: "k" },
  ],
};

const CURRENCY: Readonly<Record<string, Readonly<Record<ChartLanguage, string>>>> = {
  CNY: { zh: "元", en: "CNY" },
  TWD: { zh: "元新台币", en: "TWD" },
  HKD: { zh: "港元", en: "HKD" },
  MOP: { zh: "澳门元", en: "MOP" },
  USD: { zh: "美元", en: "USD" },
  EUR: { zh: "欧元", en: "EUR" },
  JPY: { zh: "日元", en: "JPY" },
  GBP: { zh: "英镑", en: "GBP" },
};

const plain = (value: number, digits: number) =>
  new Intl.NumberFormat("en", { maximumSignificantDigits: digits }).format(value);

/** A value on a mark: 2.36亿元, 98.7%, 1,121; with the digits that people compare by. */
export function shortValue(value: number, unit: string, language: ChartLanguage): string {
  if (unit === "percent") return `${plain(value, 4)}%`;
  const money = CURRENCY[unit]?.[language] ?? (unit === "count" || unit === "ratio" ? "" : unit);
  const number = scaled(value, language, unit === "count" ? 1e4 : 0);
  return language === "zh" || money === "" ? `${number}${money}` : `${number} ${money}`;
}

/** A value on an axis, without its unit. */
export const axisValue = (value: number, unit: string, language: ChartLanguage): string =>
  unit === "percent" ? `${plain(value, 6)}%` : scaled(value, language, 0);

/** What an axis is counted in: %, 元; nothing for counts. */
export const unitWord = (unit: string, language: ChartLanguage): string => CURRENCY[unit]?.[language] ?? "";

function scaled(value: number, language: ChartLanguage, from: number): string {
  const size = Math.abs(value);
  const scale = SCALES[language].find((each) => size >= each.size && size >= from);
  if (!scale) return plain(value, size >= 1e4 ? 6 : 4);
  return `${plain(value / scale.size, 4)}${scale.word}`;
}
