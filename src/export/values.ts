const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const RATIO = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const CURRENCY: Readonly<Record<string, string>> = {
  CNY: "元",
  TWD: "元新台币",
  HKD: "港元",
  USD: "美元",
  MOP: "澳门元",
  EUR: "欧元",
  JPY: "日元",
  GBP: "英镑",
};
const SIGN = { exact: "", over: ">", about: "≈", under: "<" } as const;

/** A value as people read it: 2.36亿元, 98.7%, 1,121. */
export function toPeople(value: number, unit: string, qualifier: keyof typeof SIGN = "exact"): string {
  return SIGN[qualifier] + plain(value, unit);
}

function plain(value: number, unit: string): string {
  if (unit === "percent") return `${NUMBER.format(value)}%`;
  if (unit === "ratio") return RATIO.format(value);
  const currency = CURRENCY[unit];
  if (!currency) return NUMBER.format(value);
  if (value >= 1e8) return `${NUMBER.format(value / 1e8)}亿${currency}`;
  if (value >= 1e4) return `${NUMBER.format(value / 1e4)}万${currency}`;
  return `${NUMBER.format(value)}${currency}`;
}
