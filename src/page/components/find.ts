import type { IndicatorList, PeriodReply, Region } from "../../server/contract/index.js";
import { get } from "../api/client.js";
import { periodWords } from "../format.js";
import type { Language } from "../i18n/say.js";
import type { Choice } from "./combobox.js";

/** Regions by Chinese or English name, or by code. */
export async function findRegions(text: string, language: Language): Promise<Choice[]> {
  if (text.trim() === "") return [];
  const { items } = await get<{ items: readonly Region[] }>("/regions", { q: text.trim(), limit: 12 });
  return items.map(({ code, path }) => ({ value: code, label: path[language], note: code }));
}

/** Indicators of a list that have the typed words in one of their names; all for none. */
export function findIndicators({ items }: IndicatorList, text: string, language: Language): Choice[] {
  const wanted = text.trim().toLowerCase();
  return items
    .filter(({ id, name, names, namesEn }) =>
      [id, name.zh, name.en, ...names, ...namesEn].some((each) => each.toLowerCase().includes(wanted)),
    )
    .map(({ id, name }) => ({ value: id, label: name[language], note: name[language === "zh" ? "en" : "zh"] }));
}

/** Indicators, and what is computed from them. */
export function findMeasures(list: IndicatorList, text: string, language: Language): Choice[] {
  const wanted = text.trim().toLowerCase();
  const derived = list.measures
    .filter(({ id, name }) => [id, name.zh, name.en].some((each) => each.toLowerCase().includes(wanted)))
    .map(({ id, name }) => ({ value: id, label: name[language], note: name[language === "zh" ? "en" : "zh"] }));
  const choices = [...findIndicators(list, text, language), ...derived];
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}

/** Periods that plain words name: 2021年上半年, 截至6月底, Q2 2022; `published` is what 今年 is counted from. */
export async function findPeriods(text: string, published: string | null, language: Language): Promise<Choice[]> {
  if (text.trim() === "") return [];
  const near = published && /^\d{4}-\d{2}-\d{2}$/.test(published) ? published : undefined;
  const { items } = await get<PeriodReply>("/periods", { text: text.trim(), near });
  return items.map(({ period }) => ({ value: period, label: periodWords(period, language), note: period }));
}
