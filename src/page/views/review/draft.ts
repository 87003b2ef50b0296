import { scanNumeral } from "../../../quantity/numeral.js";
import type { Figure, Meaning } from "../../../server/contract/index.js";
import type { Word } from "../../i18n/say.js";

/** A figure's fields while they are edited: the value is what was typed. */
export interface Draft extends Omit<Meaning, "value"> {
  readonly value: string;
  readonly indicatorLabel: string;
  readonly regionLabel: string;
}

export type Field = keyof Meaning;

/** Reads a value as people write it: 1,121, 2.36亿, 三百二十, 98.6%, 236万元; undefined where it is no number. */
export function readValue(text: string): number | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/(?:%|元|个|件|家|名|人|次)$/, "");
  if (/^-?\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  const found = scanNumeral(plain, 0);
  return found && found.end === plain.length ? found.value : undefined;
}

export const draftOf = (figure: Figure, language: "zh" | "en"): Draft => ({
  indicator: figure.indicator,
  value: figure.value.toLocaleString("en", { maximumFractionDigits: 10 }),
  unit: figure.unit,
  qualifier: figure.qualifier,
  region: figure.region,
  period: figure.period,
  scope: figure.scope,
  status: figure.status,
  indicatorLabel: figure.indicatorName[language],
  regionLabel: figure.regionName?.[language] ?? figure.region ?? "",
});

/** A missed figure: like its neighbours, but for what it says. */
export const emptyDraft = (like: Figure | undefined, language: "zh" | "en"): Draft => ({
  indicator: "",
  value: "",
  unit: "count",
  qualifier: "exact",
  region: like?.region ?? null,
  period: like?.period ?? null,
  scope: null,
  status: "actual",
  indicatorLabel: "",
  regionLabel: like?.regionName?.[language] ?? "",
});

export type Checked =
  | { readonly meaning: Meaning; readonly errors?: undefined }
  | { readonly meaning?: undefined; readonly errors: Partial<Record<Field, Word>> };

/** The meaning of a draft, or what is wrong with which field. */
export function check(draft: Draft): Checked {
  const value = readValue(draft.value);
  const errors: Partial<Record<Field, Word>> = {};
  if (value === undefined) errors.value = "wrong.value";
  else if (value < 0) errors.value = "wrong.negative";
  else if (draft.unit === "count" && !Number.isInteger(value)) errors.value = "wrong.whole";
  if (draft.indicator === "") errors.indicator = "wrong.indicator";
  if (value === undefined || Object.keys(errors).length > 0) return { errors };
  const { indicator, unit, qualifier, region, period, status } = draft;
  const scope = draft.scope?.trim() || null;
  return { meaning: { indicator, value, unit, qualifier, region, period, scope, status } };
}

const FIELDS: readonly Field[] = ["indicator", "value", "unit", "qualifier", "region", "period", "scope", "status"];

/** The fields of a meaning that are another than a figure's. */
export function changeOf(figure: Meaning, meaning: Meaning): Partial<Meaning> {
  return Object.fromEntries(
    FIELDS.filter((field) => figure[field] !== meaning[field]).map((field) => [field, meaning[field]]),
  );
}
