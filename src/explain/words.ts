import type { PeriodFrom, Quantity, RegionFrom, ScopeFrom } from "../doc/index.js";

/** What each place that a region can be read in is called. */
export const REGION_FROM: Readonly<Record<RegionFrom, string>> = {
  named: "named before the number in its sentence",
  deixis: "全市, 我县, the city … before the number",
  lead: "named at the head of an earlier sentence of its paragraph",
  list: "its place in a list of regions",
  table: "the label of its row or column",
  article: "no place is named near; the article's own",
};

export const PERIOD_FROM: Readonly<Record<PeriodFrom, string>> = {
  clause: "a time in its clause",
  behind: "a time right behind it",
  part: "a time in an earlier clause of its part of the sentence",
  opening: "the time that opens the sentence",
  near: "the nearest time of the sentence",
  same: "同期: the time named last, years back",
  sentence: "taken over from the figure before it in the sentence",
  parent: "taken over from the figure it goes on from",
  whole: "taken over from the total it is a part of",
  carried: "the question or line that opens the paragraph",
  heading: "the title or heading it stands under",
  table: "the time above the table",
  none: "no time is said for it",
};

export const SCOPE_FROM: Readonly<Record<ScopeFrom, string>> = {
  zone: "a zone without a code of its own is named",
  list: "its place in a list of sorts",
  words: "words of its clause narrow it",
  heading: "the heading it stands under",
  near: "it looks like a part; the words before it",
  table: "the label of its row or column",
  none: "nothing narrows it: the whole",
};

type Dropped = NonNullable<Quantity["not"]> | "conversion" | "bare" | "unread" | "repeated" | "ceiling";

/** Why a number was left aside before or after its meaning was asked for. */
export const DROPPED: Readonly<Record<Dropped, string>> = {
  ordinal: "an ordinal (第三, 首批) counts nothing",
  slogan: "part of a slogan",
  indefinite: "indefinite (数百, 多家)",
  approximate: "a number only about known (十几家, 两三个)",
  word: "part of a word",
  code: "part of a date, document number, phone number or code",
  conversion: "the same amount in another currency",
  bare: "neither a unit nor a measure word stands with it",
  unread: "in a time, in a table under no known heading, or in a line that is no text",
  ceiling: "a ceiling (最高, up to), no value",
  repeated: "says the same as a figure already found",
};
