import { isoOf, lastDayOf } from "./calendar.js";
import { phraseFrom, type TimeAnchor, type TimePhrase } from "./time-phrase.js";

const MONTH =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)";
const NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMBER: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
};
const COUNT = "(?:\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven)";
const YEAR = "(?:,? (?:of )?(?<y>(?:19|20)\\d{2}|(?:this|last|next) year))?";
const DAY = "(?<d>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)";
const D = (name: string) => `(?<${name}>\\d{1,2})(?!\\d)`;

type Groups = Record<string, string | undefined>;
interface Rule {
  readonly pattern: RegExp;
  read(groups: Groups, time: EnglishTime): Omit<TimePhrase, "start" | "end"> | undefined;
}

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `(?:by|at|until|till|as of|as at|to|through|before) (?:the )?(?:end of|late) (?:(?<m>${MONTH})${YEAR}|(?<yr>(?:19|20)\\d{2}|this year|the year|last year|next year|last month|the month))`,
      "iy",
    ),
    read: (g, t) => t.endOf(g),
  },
  {
    pattern: new RegExp(
      `(?:as of|as at|by|until|till|up to|through) (?<m>${MONTH}) ${DAY}${YEAR}|(?:as of|as at|by|until|till|up to|through) (?<d2>\\d{1,2}) (?<m2>${MONTH})${YEAR.replaceAll("<y>", "<y2>")}`,
      "iy",
    ),
    read: (g, t) => t.until(g),
  },
  {
    // as of September 2024: the month is known, not the day
    pattern: new RegExp(
      `(?:as of|as at|by|up to|until|through) (?:(?<nx>next|last) )?(?<m>${MONTH})${YEAR}(?! \\d)`,
      "iy",
    ),
    read: (g, t) => t.untilMonth(g),
  },
  {
    pattern: /(?:by|at|before) (?:the )?(?:year-end|end of the year|year end)/iy,
    read: (_, t) => t.endOf({ yr: "this year" }),
  },
  {
    pattern: new RegExp(
      `(?:in |during |over |for )?(?:the )?(?<m>${MONTH})(?:-| to |–)(?<m2>${MONTH})(?: period)?${YEAR}`,
      "iy",
    ),
    read: (g, t) => t.range(g),
  },
  {
    // fiscal years: 2023-24, 2023/24
    pattern: /(?:in|during|for) (?:the )?(?:financial year |fiscal year )?(?<y>20\d{2})[-\/](?<y2>\d{2})(?!\d)/iy,
    read: (g) => ({ period: `${g["y"]}-04/20${g["y2"]}-03`, role: "interval" }),
  },
  {
    pattern: /H(?<k>[12]) (?<y>20\d{2})/y,
    read: (g, t) => (g["k"] === "1" ? t.months(1, 6, g["y"]) : t.months(7, 12, g["y"])),
  },
  { pattern: /(?:in |during )?(?:the )?first-half/iy, read: (_, t) => t.months(1, 6, undefined) },
  { pattern: /(?:in |during )?this month/iy, read: (_, t) => t.thisMonth(0) },
  { pattern: /(?:in |during )?last month/iy, read: (_, t) => t.thisMonth(-1) },
  {
    pattern: new RegExp(
      `(?:from|between) (?<m>${MONTH})(?: ${D("d")})?${YEAR} (?:to|through|until|and|-) (?:(?<m2>${MONTH})(?: ${D("d2")})?|${D("d3")})(?:,? (?<y2>20\\d{2}))?`,
      "iy",
    ),
    read: (g, t) => t.range(g),
  },
  {
    pattern: new RegExp(
      `(?:from|between) (?<d>\\d{1,2}) (?<m>${MONTH})${YEAR} (?:to|through|until|and|-) (?<d2>\\d{1,2}) (?<m2>${MONTH})(?:,? (?<y2>20\\d{2}))?`,
      "iy",
    ),
    read: (g, t) => t.range(g),
  },
  {
    pattern: new RegExp(
      `since (?:(?:early|late|mid|the (?:start|beginning) of)[- ])?(?:(?<m>${MONTH})(?: ${D("d")})?${YEAR}|(?<yr>(?:19|20)\\d{2}|this year|the (?:start|beginning) of (?:this|the) year|the year began|last year))`,
      "iy",
    ),
    read: (g, t) => t.since(g),
  },
  {
    pattern: new RegExp(
      `(?:in |during |over |for )?(?:the )?(?:first|opening|initial) (?<n>${COUNT}) months(?: of (?<y>(?:19|20)\\d{2}|this year|the year|last year))?`,
      "iy",
    ),
    read: (g, t) => t.months(1, toNumber(g["n"]), g["y"]),
  },
  {
    pattern: new RegExp(
      `(?:in |during |over |for )?(?:the )?(?<n>${COUNT})(?:-month| months) (?:through|to|ending(?: in)?) (?<m>${MONTH})${YEAR}`,
      "iy",
    ),
    read: (g, t) => t.months(1, monthOf(g["m"]), g["y"]),
  },
  {
    pattern:
      /(?:in |during |over |for )?(?:the )?(?<h>first|second) half(?: of (?:the year|this year|(?<y>(?:19|20)\d{2}|last year)))?/iy,
    read: (g, t) => (g["h"]?.toLowerCase() === "first" ? t.months(1, 6, g["y"]) : t.months(7, 12, g["y"])),
  },
  {
    pattern:
      /(?:in |during |over |for )?(?:the )?(?<h>first|second) (?:six months|half-year)(?: of (?:the year|this year|(?<y>(?:19|20)\d{2}|last year)))?/iy,
    read: (g, t) => (g["h"]?.toLowerCase() === "first" ? t.months(1, 6, g["y"]) : t.months(7, 12, g["y"])),
  },
  {
    pattern:
      /(?:in |during |over |for )?(?:the )?(?:(?<q>first|second|third|fourth) quarter|Q(?<k>[1-4])|first three (?<three>quarters))(?: of (?:the year|this year|(?<y>(?:19|20)\d{2}|last year))|,? (?<y2>20\d{2}))?/iy,
    read: (g, t) => t.quarter(g),
  },
  { pattern: new RegExp(`(?:on )?(?<m>${MONTH}) ${DAY}${YEAR}(?!\\d)`, "iy"), read: (g, t) => t.day(g) },
  {
    pattern: new RegExp(
      `(?:in|during|for|of|this|last|through(?:out)?) (?:(?<yr>last|this|next) )?(?<m>${MONTH})(?! \\d{1,2}\\b(?!\\d))${YEAR}(?![a-z])`,
      "iy",
    ),
    read: (g, t) => t.month(g),
  },
  {
    pattern: /(?:in|during|for|throughout|of) (?:the year )?(?<y>(?:19|20)\d{2})(?![\d,.]\d|-)/iy,
    read: (g) => ({ period: g["y"] ?? null, role: "interval" }),
  },
  {
    pattern: /(?:so far )?this year(?: so far| to date)?|(?:in |during )?the (?:current|past) year/iy,
    read: (_, t) => t.thisYear(0),
  },
  {
    pattern:
      /(?:a|one) year (?:earlier|ago|before)|(?:in |over |during )?(?:the same period (?:of |in |a )?(?:last year|(?:a|one) year (?:earlier|ago)|the previous year))|the same period/iy,
    read: (g, t) => ({ period: null, role: "same", yearsBack: 1, ...(t && g ? {} : {}) }),
  },
  { pattern: /last year/iy, read: (_, t) => t.thisYear(-1) },
  { pattern: /next year/iy, read: (_, t) => t.thisYear(1) },
  {
    pattern: /so far|to date|up to now|until now|at present|currently|now(?= (?:have|has|serve|look|cover))|by now/iy,
    read: (_, t) => t.now(),
  },
  {
    pattern:
      /(?:in|during|over|for|throughout|across) (?:the|that|those|these) (?:(?:same|whole|entire) )?(?:(?:\w+ )?(?:months|weeks|days|quarters)|period|half|half-year|quarter|year|month|time|campaign|drive)\b(?! of|-)/iy,
    read: () => ({ period: null, role: "same", yearsBack: 0 }),
  },
  {
    pattern:
      /since then|since its (?:launch|start|inception|introduction)|since it was (?:launched|set up|introduced|started)/iy,
    read: (_, t) => t.now(),
  },
  {
    pattern: new RegExp(
      `(?:in|for|during|over) the (?<n>${COUNT}|year|quarter|half)(?:-month| months?)?(?: period)? (?:ended|ending|to|through) (?:(?<d>\\d{1,2}) )?(?<m>${MONTH})(?: (?<d2>\\d{1,2})(?!\\d))?${YEAR}`,
      "iy",
    ),
    read: (g, t) => t.endedIn(g),
  },
  {
    pattern:
      /(?:in |during )?that (?:month|year|quarter|day|week)|(?:by|as of|at) (?:then|that (?:date|time|day|point))|the same (?:month|day|year|quarter)/iy,
    read: () => ({ period: null, role: "same", yearsBack: 0 }),
  },
];

/** Of all rules: one look tells that none fits at a place. */
const ANY = new RegExp(
  RULES.map(({ pattern }) => `(?:${pattern.source.replace(/\(\?<\w+>/g, "(?:")})`).join("|"),
  "iy",
);

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isLetterOrDigit = (code: number) => isLetter(code) || (code >= 48 && code <= 57);

function toNumber(text: string | undefined): number {
  return NUMBER[(text ?? "").toLowerCase()] ?? Number(text ?? 0);
}

function monthOf(text: string | undefined): number {
  return NAMES.indexOf((text ?? "").slice(0, 3).toLowerCase()) + 1;
}

/** Up from 310 in May, compared with, against: what is measured against. */
const COMPARED = /\b(?:compared (?:with|to)|against|than|(?:up|down) (?:\S+ ){0,3}from|versus)\b[^.;]{0,24}$/i;

/** Finds the phrases of time in English sentences. */
export class EnglishTime {
  constructor(private readonly anchor: TimeAnchor) {}

  /** English reports name their years. */
  under(_period: string | undefined): void {}

  find(text: string, start: number, end: number): TimePhrase[] {
    const phrases: TimePhrase[] = [];
    for (let at = start; at < end; at++) {
      if (!isLetter(text.charCodeAt(at))) continue;
      if (at > start && isLetterOrDigit(text.charCodeAt(at - 1))) continue;
      ANY.lastIndex = at;
      if (!ANY.test(text)) continue;
      for (const rule of RULES) {
        rule.pattern.lastIndex = at;
        const match = rule.pattern.exec(text);
        if (!match || match.index + match[0].length > end) continue;
        const read = rule.read(match.groups ?? {}, this);
        if (!read) continue;
        const compared = COMPARED.test(text.slice(Math.max(start, at - 40), at)) ? { compared: true } : {};
        phrases.push(phraseFrom({ start: at, end: at + match[0].length, ...read, ...compared }));
        at += match[0].length - 1;
        break;
      }
    }
    return phrases;
  }

  endOf(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    if (groups["m"]) {
      const month = monthOf(groups["m"]);
      const year = this.year(groups["y"]) ?? this.yearForMonth(month);
      return year === undefined
        ? undefined
        : { period: `../${isoOf({ year, month, day: lastDayOf(year, month) })}`, role: "closes" };
    }
    const word = groups["yr"]?.toLowerCase() ?? "";
    if (/month/.test(word)) return { period: null, role: "closes" };
    const year = this.year(word);
    return year === undefined ? undefined : { period: `../${year}-12-31`, role: "closes" };
  }

  until(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = monthOf(groups["m"] ?? groups["m2"]);
    const year = this.year(groups["y"] ?? groups["y2"]) ?? this.yearForMonth(month);
    if (year === undefined) return undefined;
    return { period: `../${isoOf({ year, month, day: Number(groups["d"] ?? groups["d2"]) })}`, role: "closes" };
  }

  untilMonth(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = monthOf(groups["m"]);
    const base = this.yearForMonth(month);
    const shift = groups["nx"] === "next" ? 1 : groups["nx"] === "last" ? -1 : 0;
    const year = this.year(groups["y"]) ?? (base === undefined ? undefined : base + shift);
    return year === undefined ? undefined : { period: `../${isoOf({ year, month })}`, role: "closes" };
  }

  /** The six months ended June 30: the end, and as many months before. */
  endedIn(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = monthOf(groups["m"]);
    const year = this.year(groups["y"]) ?? this.yearForMonth(month);
    if (year === undefined) return undefined;
    const months = { year: 12, half: 6, quarter: 3 }[groups["n"]?.toLowerCase() ?? ""] ?? toNumber(groups["n"]);
    const first = year * 12 + month - months;
    const day = groups["d"] ?? groups["d2"];
    const end = isoOf({ year, month, day: day ? Number(day) : undefined });
    return { period: `${isoOf({ year: Math.floor(first / 12), month: (first % 12) + 1 })}/${end}`, role: "interval" };
  }

  thisMonth(offset: number): Omit<TimePhrase, "start" | "end"> | undefined {
    const { published } = this.anchor;
    if (!published?.month) return undefined;
    const at = published.year * 12 + published.month - 1 + offset;
    return { period: isoOf({ year: Math.floor(at / 12), month: (at % 12) + 1 }), role: "interval" };
  }

  range(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const first = monthOf(groups["m"]);
    const last = groups["m2"] ? monthOf(groups["m2"]) : first;
    const end = this.year(groups["y2"]) ?? this.year(groups["y"]) ?? this.yearForMonth(last);
    if (end === undefined) return undefined;
    const start = this.year(groups["y"]) ?? (first > last ? end - 1 : end);
    const endDay = groups["d2"] ?? groups["d3"];
    return {
      period: `${isoOf({ year: start, month: first, day: groups["d"] ? Number(groups["d"]) : undefined })}/${isoOf({ year: end, month: last, day: endDay ? Number(endDay) : undefined })}`,
      role: "interval",
    };
  }

  since(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = groups["m"] ? monthOf(groups["m"]) : 1;
    const year = groups["m"]
      ? (this.year(groups["y"]) ?? this.yearForMonth(month))
      : (this.year(groups["yr"]) ?? this.base());
    if (year === undefined) return undefined;
    const from = isoOf({ year, month, day: groups["d"] ? Number(groups["d"]) : undefined });
    const { published } = this.anchor;
    return { period: published?.day === undefined ? null : `${from}/${isoOf(published)}`, role: "opens", from };
  }

  months(first: number, last: number, yearText: string | undefined): Omit<TimePhrase, "start" | "end"> | undefined {
    const year = this.year(yearText) ?? this.base();
    if (year === undefined || last < 1 || last > 12) return undefined;
    return { period: `${isoOf({ year, month: first })}/${isoOf({ year, month: last })}`, role: "interval" };
  }

  quarter(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const year = groups["y"] ?? groups["y2"];
    if (groups["three"]) return this.months(1, 9, year);
    const index = groups["k"]
      ? Number(groups["k"])
      : ["first", "second", "third", "fourth"].indexOf(groups["q"]?.toLowerCase() ?? "") + 1;
    return this.months(index * 3 - 2, index * 3, year);
  }

  day(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = monthOf(groups["m"]);
    const year = this.year(groups["y"]) ?? this.yearForMonth(month);
    const day = Number(groups["d"]);
    return year === undefined || day > 31 ? undefined : { period: isoOf({ year, month, day }), role: "interval" };
  }

  month(groups: Groups): Omit<TimePhrase, "start" | "end"> | undefined {
    const month = monthOf(groups["m"]);
    const year = this.year(groups["y"]) ?? this.yearForMonth(month);
    return year === undefined ? undefined : { period: isoOf({ year, month }), role: "interval" };
  }

  thisYear(offset: number): Omit<TimePhrase, "start" | "end"> | undefined {
    const year = this.base();
    return year === undefined ? undefined : { period: String(year + offset), role: "interval" };
  }

  now(): Omit<TimePhrase, "start" | "end"> {
    const { published } = this.anchor;
    return { period: published?.day === undefined ? null : `../${isoOf(published)}`, role: "closes" };
  }

  private year(text: string | undefined): number | undefined {
    if (!text) return undefined;
    if (/^\d{4}$/.test(text)) return Number(text);
    const base = this.base();
    if (base === undefined) return undefined;
    if (/last year/.test(text)) return base - 1;
    if (/next year/.test(text)) return base + 1;
    return base;
  }

  private base(): number | undefined {
    return this.anchor.published?.year ?? this.anchor.year;
  }

  private yearForMonth(month: number): number | undefined {
    const { published } = this.anchor;
    if (published?.month !== undefined && month > published.month + 3) return published.year - 1;
    return this.base();
  }
}
