import type { PartialDate } from "./calendar.js";

/** A phrase of time in the normal text. */
export interface TimePhrase {
  readonly start: number;
  readonly end: number;
  /** ISO interval; null for a phrase that speaks of time but fixes none (目前 without a publication date). */
  readonly period: string | null;
  /**
   * `opens`: gives only a start (今年以来, 自7月以来) that a later 截至 closes.
   * `closes`: gives only an end. `same`: the period named before, a year earlier when `yearsBack` is 1.
   */
  readonly role: "interval" | "opens" | "closes" | "same";
  readonly yearsBack?: number | undefined;
  /** The period by the publication's year, where the sentence named another one. */
  readonly otherwise?: string | undefined;
  /** ISO start of an `opens` phrase, known even where its end is not. */
  readonly from?: string | undefined;
  /** What another number is measured against: 比上季度, 上月为, 去年同期. */
  readonly compared?: boolean | undefined;
  /** The year was not said but taken from the publication. */
  readonly bare?: boolean | undefined;
}

/** A phrase that has all that phrases may have: what all have in common is read fast. */
export const phraseFrom = ({
  start,
  end,
  period,
  role,
  yearsBack,
  otherwise,
  from,
  compared,
  bare,
}: TimePhrase): Required<TimePhrase> => ({
  start,
  end,
  period,
  role,
  yearsBack,
  otherwise,
  from,
  compared,
  bare,
});

/** What bare months and 今年 are counted from. */
export interface TimeAnchor {
  readonly published: PartialDate | undefined;
  /** The year of the document, when no publication date says more. */
  readonly year: number | undefined;
  /** Minguo years (112年) are read. */
  readonly minguo: boolean;
  /** The year a yearly report is about. */
  readonly reportYear?: number | undefined;
}
