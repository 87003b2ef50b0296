import { isoOf, lastDayOf, lastYearOf, type PartialDate, startOf } from "./calendar.js";
import { DIGIT, daysIn, edgeOf, small } from "./time-numbers.js";
import {
  DAYS,
  DAYS_OF_MONTH,
  FEAST,
  FEASTS,
  FISCAL,
  ISSUE,
  LAUNCHED,
  mayStart,
  NOW,
  PARTS_OF_DATE,
  PLAN,
  PLAN_STARTS,
  QUARTER,
  RANGE,
  RELATIVE,
  SAME,
  SINCE_NEW_YEAR,
  SINCE_YEAR,
  SINGLE,
  startsWith,
  UNTIL,
  YEARS,
  YEARS_PAST,
} from "./time-patterns.js";
import { phraseFrom, type TimeAnchor, type TimePhrase } from "./time-phrase.js";

const COMPARED = /(?:比|较|同比|与|而)(?:于|起)?$/;
const COMPARES = /^[是为有仅只]|^的?(?:数|量)?为/;

/** Finds every phrase of time in Chinese sentences. */
export class ChineseTime {
  /** The year that a title or heading says the text is about, where it is not the publication's. */
  private aboutYear: number | undefined;

  constructor(private readonly anchor: TimeAnchor) {}

  /** What stands under 2021年工作情况 is of 2021 where it names no year. */
  under(period: string | undefined): void {
    const year = period === undefined ? undefined : lastYearOf(period);
    this.aboutYear = year === undefined ? undefined : Number(year);
  }

  private get reportYear(): number | undefined {
    return this.aboutYear ?? this.anchor.reportYear;
  }

  /** Phrases in `text[start, end)`, in order, none overlapping another. */
  find(text: string, start: number, end: number): TimePhrase[] {
    const phrases: TimePhrase[] = [];
    let year: number | undefined;
    let at = start;
    while (at < end) {
      if (!mayStart(text, at)) {
        at++;
        continue;
      }
      const phrase = this.at(text, at, end, year);
      if (phrase && phrase.end <= end && !ISSUE.test(text.slice(phrase.end, phrase.end + 12))) {
        const plain = year === undefined ? undefined : this.at(text, at, end, undefined)?.period;
        const own = text.slice(phrase.start, phrase.end);
        const isCompared =
          COMPARED.test(text.slice(Math.max(start, phrase.start - 3), phrase.start)) ||
          /^(?:去年|上年|前年)(?:的)?同[期月]/.test(own) ||
          (/^上/.test(own) && COMPARES.test(text.slice(phrase.end, phrase.end + 4)));
        phrases.push({
          start: phrase.start,
          end: phrase.end,
          period: phrase.period,
          role: phrase.role,
          yearsBack: phrase.yearsBack,
          from: phrase.from,
          otherwise: plain && plain !== phrase.period ? plain : phrase.otherwise,
          compared: isCompared || undefined,
          bare:
            /年(?!内)|^(?:上|本|下|昨|今|当)|^20\d{2}/.test(own) && !/^(?:全年|上半年|下半年|年内|半年)/.test(own)
              ? undefined
              : true,
        });
        const stated = /^(?:\.\.\/)?(\d{4})/.exec(phrase.period ?? "");
        // 比去年一季度的502件少65件，其中1月168件: what is compared with gives the next months no year
        if (stated && !isCompared && /年|^20\d{2}\D/.test(own)) year = Number(stated[1]);
        at = phrase.end;
      } else {
        at++;
      }
    }
    return phrases;
  }

  private at(text: string, at: number, limit: number, sentenceYear: number | undefined): TimePhrase | undefined {
    const first = text.charCodeAt(at);
    const match = (pattern: RegExp) => {
      if (!startsWith(pattern, first)) return undefined;
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      return found && at + found[0].length <= limit ? found : undefined;
    };
    const phrase = (
      found: RegExpExecArray,
      period: string | null,
      role: TimePhrase["role"] = "interval",
      yearsBack?: number,
    ): TimePhrase => phraseFrom({ start: at, end: at + found[0].length, period, role, yearsBack });
    let found = match(SINCE_NEW_YEAR);
    if (found) {
      const year = this.yearOf(found[1]) ?? this.baseYear();
      const month = small(found[2] ?? "");
      if (year !== undefined && month >= 1 && month <= 12)
        return phrase(found, `${isoOf({ year, month: 1 })}/${isoOf({ year, month })}`);
    }
    found = match(SINCE_YEAR);
    if (found) return this.sinceYear(found[1] ?? "", phrase(found, null, "opens"));
    found = match(UNTIL);
    if (found) {
      const period = this.until(found[1] ?? "", sentenceYear);
      return period === undefined ? undefined : phrase(found, period, "closes");
    }
    found = match(SAME);
    if (found) return phrase(found, null, "same", found[1] === "前年" ? 2 : found[1] ? 1 : 0);
    found = match(FISCAL);
    if (found && Number(found[2]) === (Number(found[1]) + 1) % 100)
      return phrase(found, `${found[1]}-04/${Number(found[1]) + 1}-03`);
    found = match(YEARS);
    if (found) {
      const first = this.yearOf(found[1]) ?? Number((found[1] ?? "").slice(0, 4));
      const last = this.yearOf(found[2]);
      if (last !== undefined && first) return phrase(found, `${first}/${last}`);
    }
    found = match(DAYS);
    if (found) {
      const month = small(found[2] ?? "");
      const year = this.yearOf(found[1]) ?? sentenceYear ?? this.yearForMonth(month);
      if (year === undefined) return phrase(found, null);
      return phrase(found, daysIn(year, month, small(found[3] ?? ""), small(found[4] ?? "")));
    }
    found = match(RANGE);
    if (found && /月/.test(found[0])) return this.range(found, sentenceYear, phrase);
    found = match(QUARTER);
    if (found) {
      // 第3季, 首三季: the same in another form
      found[2] ??= found[3] as string;
      found[4] ??= found[5] as string;
    }
    if (found && !(found[4] && !/[前首头1一第]/.test(found[4]))) {
      const quarter = this.quarter(found, sentenceYear, phrase);
      const since = /^(?:以来|至今|起(?=[，,共累]))/.exec(text.slice(quarter.end, quarter.end + 3));
      return since && quarter.period?.includes("/")
        ? this.opened(quarter, startOf(quarter.period) ?? "", quarter.end + since[0].length)
        : quarter;
    }
    found = match(FEAST);
    if (found) return this.feast(found, phrase);
    found = match(DAYS_OF_MONTH);
    if (found) return this.daysOfMonth(found, phrase);
    found = match(SINGLE);
    if (found) return this.single(text, found, sentenceYear, phrase);
    found = match(NOW);
    if (found) return phrase(found, this.now(), "closes");
    found = match(LAUNCHED);
    if (found) return phrase(found, this.now(), "closes");
    found = match(PLAN);
    if (found) return this.opened(phrase(found, null), String(PLAN_STARTS[found[1] ?? ""]), at + found[0].length);
    found = match(YEARS_PAST);
    if (found) return this.yearsPast(found, phrase(found, null, "opens"));
    found = match(RELATIVE);
    if (found) return this.relative(found, phrase);
    return undefined;
  }

  /** 今年以来, 2022年以来; a season (入夏以来) fixes nothing. */
  private sinceYear(word: string, phrase: TimePhrase): TimePhrase {
    const year = this.yearOf(word);
    if (year === undefined) return phrase;
    return { ...phrase, period: this.since(year), from: isoOf({ year, month: 1 }) };
  }

  /** 三年来: from as many years before the publication. */
  private yearsPast(found: RegExpExecArray, phrase: TimePhrase): TimePhrase {
    const base = this.baseYear();
    const years = small(found[1] ?? found[2] ?? "");
    return base === undefined || years < 1 || years > 30
      ? phrase
      : this.opened(phrase, String(base - years), phrase.end);
  }

  /** A phrase that only opens: up to the publication, until a 截至 closes it. */
  private opened(phrase: TimePhrase, from: string, end: number): TimePhrase {
    const now = this.now();
    return { ...phrase, end, role: "opens", from, period: now === null ? null : `${from}/${now.slice(3)}` };
  }

  /** 元旦前, 国庆节前: up to the day before, of the next one to come. */
  private feast(found: RegExpExecArray, phrase: Phrase): TimePhrase | undefined {
    const { published } = this.anchor;
    const day = FEASTS[found[2] ?? ""];
    if (!published?.month || !day) return undefined;
    const named = this.yearOf(found[1]);
    const year = named ?? (published.month * 100 + (published.day ?? 1) <= day ? published.year : published.year + 1);
    const eve = new Date(Date.UTC(year, Math.floor(day / 100) - 1, (day % 100) - 1));
    return phrase(found, `../${eve.toISOString().slice(0, 10)}`, "closes");
  }

  /** 本月1至20日. */
  private daysOfMonth(found: RegExpExecArray, phrase: Phrase): TimePhrase | undefined {
    const { published } = this.anchor;
    if (!published?.month) return undefined;
    const day = (text: string | undefined) =>
      isoOf({ year: published.year, month: published.month, day: small(text ?? "") });
    return phrase(found, `${day(found[1])}/${day(found[2])}`);
  }

  private range(found: RegExpExecArray, sentenceYear: number | undefined, phrase: Phrase): TimePhrase | undefined {
    const [, yearText, listFrom, listTo, fromMonth, fromDay, toYear, toMonth, toDay, toEdge] = found;
    const first = small(listFrom ?? fromMonth ?? "");
    const last = small(listTo ?? toMonth ?? "");
    if (first < 1 || first > 12 || last < 1 || last > 12) return undefined;
    const end =
      this.yearOf(toYear) ?? this.yearOf(yearText) ?? sentenceYear ?? this.reportYear ?? this.yearForMonth(last);
    if (end === undefined) return phrase(found, null);
    const start = this.yearOf(yearText) ?? (first > last ? end - 1 : end);
    if (first === last && start === end && fromDay && toDay)
      return phrase(found, daysIn(end, first, small(fromDay), small(toDay)));
    const closing = toDay
      ? { year: end, month: last, day: small(toDay) }
      : toEdge
        ? { year: end, month: last, day: lastDayOf(end, last) }
        : { year: end, month: last };
    return phrase(
      found,
      `${isoOf({ year: start, month: first, day: fromDay ? small(fromDay) : undefined })}/${isoOf(closing)}`,
    );
  }

  private quarter(found: RegExpExecArray, sentenceYear: number | undefined, phrase: Phrase): TimePhrase {
    const [, yearText, quarter, , quarters, , months, half, edge] = found;
    const year = this.yearOf(yearText) ?? sentenceYear ?? this.reportYear ?? this.baseYear();
    if (year === undefined) return phrase(found, null);
    const past = yearText || sentenceYear || this.reportYear ? undefined : this.quarterGone(found);
    if (past) return past;
    const span = (first: number, last: number) => `${isoOf({ year, month: first })}/${isoOf({ year, month: last })}`;
    if (quarter) {
      const index = /\d/.test(quarter) ? Number(quarter) : small(quarter);
      if (edge) return phrase(found, `../${isoOf({ year, month: index * 3, day: lastDayOf(year, index * 3) })}`);
      return phrase(found, span(index * 3 - 2, index * 3));
    }
    if (quarters) return phrase(found, span(1, /[两二2]/.test(quarters) && !/三|3/.test(quarters) ? 6 : 9));
    if (/首季/.test(found[0])) return phrase(found, span(1, 3));
    if (/首月/.test(found[0])) return phrase(found, isoOf({ year, month: 1 }));
    if (months) return phrase(found, span(1, small(months)));
    if (half === "上半年" || half === "前半年") return phrase(found, span(1, 6));
    if (half === "下半年") return phrase(found, span(7, 12));
    return phrase(found, String(year));
  }

  /** 四季度 in a report of February is the last one, unless it is planned. */
  private quarterGone(found: RegExpExecArray): TimePhrase | undefined {
    const { published } = this.anchor;
    const [whole, , quarter, , , , , half] = found;
    const first = quarter ? (/\d/.test(quarter) ? Number(quarter) : small(quarter)) * 3 - 2 : half === "下半年" ? 7 : 0;
    if (!published?.month || first - published.month < 6) return undefined;
    const span = (year: number) =>
      `${isoOf({ year, month: first })}/${isoOf({ year, month: first + (quarter ? 2 : 5) })}`;
    return {
      start: found.index,
      end: found.index + whole.length,
      period: span(published.year - 1),
      role: "interval",
      otherwise: span(published.year),
    };
  }

  private single(
    text: string,
    found: RegExpExecArray,
    sentenceYear: number | undefined,
    phrase: Phrase,
  ): TimePhrase | undefined {
    const date = this.dateOf(found[1] ?? "", sentenceYear);
    if (!date) return /^\d{1,2}月/.test(found[0]) || /月/.test(found[0]) ? phrase(found, null) : undefined;
    const after = text.slice(found.index + found[0].length, found.index + found[0].length + 30);
    const since =
      /^(?:[^，。；：、0-9]{0,22}?(?:以来|至今)|(?:起|开始)(?=[，,“共累从以])|起(?![点始草步码降伏诉]))/.exec(after);
    const launched =
      /^(?:启动|正式启动|开展|部署)[，,]/.exec(after) &&
      /[自从]$/.test(text.slice(Math.max(0, found.index - 1), found.index));
    if (since || launched) {
      const end = found.index + found[0].length + (since?.[0].length ?? 2);
      return {
        ...phrase(found, this.since(date)),
        end,
        role: "opens",
        from: isoOf(date.month === undefined ? { year: date.year, month: 1 } : date),
      };
    }
    const before = text.slice(Math.max(0, found.index - 2), found.index);
    if (/[始起]于$/.test(before) && date.month !== undefined)
      return { ...phrase(found, this.since(date)), role: "opens", from: isoOf(date) };
    const ended = /^(?:正式|圆满)?(?:收官|结束|截止|收尾|落幕|告一段落|止)/.exec(after);
    if (ended && date.month !== undefined)
      return phrase(found, `../${isoOf(edgeOf(found[1] ?? "", date).date)}`, "closes");
    const closed = edgeOf(found[1] ?? "", date);
    if (found[2] || closed.isEdge) return phrase(found, `../${isoOf(closed.date)}`, found[2] ? "closes" : "interval");
    return phrase(found, isoOf(date));
  }

  private relative(found: RegExpExecArray, phrase: Phrase): TimePhrase | undefined {
    const { published } = this.anchor;
    const year = this.baseYear();
    const word = found[0];
    if (/[底末]$/.test(word) && /^[上本]/.test(word)) {
      const until = this.until(word.replace(/个/, "").replace(/末$/, "底"), undefined);
      return phrase(found, until ?? null, "closes");
    }
    if (/^当月/.test(word)) return phrase(found, null, "same", 0);
    if (/^年(底|末)/.test(word)) return year === undefined ? undefined : phrase(found, `../${year}-12-31`, "closes");
    // of a monthly report, or of the day it is told
    if (/^本月/.test(word)) {
      const otherwise = published?.month ? isoOf({ year: published.year, month: published.month }) : undefined;
      return { ...phrase(found, null, "same", 0), otherwise };
    }
    if (/^[昨今][（(]/.test(word) && published?.month) {
      const day = Number(/\d+/.exec(word)?.[0]);
      const month = word.startsWith("昨") && published.day === 1 ? published.month - 1 : published.month;
      return month < 1 ? undefined : phrase(found, isoOf({ year: published.year, month, day }));
    }
    if (/^下个?月/.test(word) && published?.month) {
      const last = published.month === 12;
      return phrase(found, isoOf({ year: published.year + (last ? 1 : 0), month: last ? 1 : published.month + 1 }));
    }
    if (/^上个?月/.test(word) && published?.month) {
      const month = published.month === 1 ? 12 : published.month - 1;
      return phrase(found, isoOf({ year: published.month === 1 ? published.year - 1 : published.year, month }));
    }
    return undefined;
  }

  private until(text: string, sentenceYear: number | undefined): string | null | undefined {
    const year = sentenceYear ?? this.baseYear();
    if (/^年(底|末)/.test(text)) return year === undefined ? null : `../${year}-12-31`;
    if (/^[今昨]/.test(text) && /[日天]$/.test(text)) return this.now();
    if (/月底$/.test(text) && !/[0-9一二三四五六七八九十]/.test(text)) {
      const { published } = this.anchor;
      if (!published?.month) return null;
      const month = text.startsWith("上") ? ((published.month + 10) % 12) + 1 : published.month;
      const at = text.startsWith("上") && published.month === 1 ? published.year - 1 : published.year;
      return `../${isoOf({ year: at, month, day: lastDayOf(at, month) })}`;
    }
    const date = this.dateOf(text, sentenceYear);
    if (!date) return /月/.test(text) ? null : undefined;
    return `../${isoOf(edgeOf(text, date).date)}`;
  }

  private dateOf(text: string, sentenceYear: number | undefined): PartialDate | undefined {
    const match = PARTS_OF_DATE.exec(text);
    if (!match) return undefined;
    const month = match[2] ? small(match[2]) : undefined;
    if (month !== undefined && (month < 1 || month > 12)) return undefined;
    const year =
      this.yearOf(match[1]) ?? sentenceYear ?? (month === undefined ? this.baseYear() : this.yearForMonth(month));
    if (year === undefined) return undefined;
    const day = match[3] ? small(match[3]) : undefined;
    if (day !== undefined && (day < 1 || day > 31)) return undefined;
    return { year, month, day };
  }

  private yearOf(text: string | undefined): number | undefined {
    if (!text) return undefined;
    const base = this.baseYear();
    if (text.startsWith("当年")) return this.reportYear ?? base;
    if (/^(?:今年|本年)/.test(text)) return base;
    // 去年 is told from today, 上年 in the report
    const told = text.startsWith("上年") ? (this.reportYear ?? base) : base;
    if (/^(?:去年|上年)/.test(text)) return told === undefined ? undefined : told - 1;
    if (text === "前年") return base === undefined ? undefined : base - 2;
    if (text === "明年") return base === undefined ? undefined : base + 1;
    if (text === "年初") return base;
    if (/^\d{4}/.test(text)) return Number(text.slice(0, 4));
    if (/^1\d{2}年/.test(text)) return this.anchor.minguo ? Number(text.slice(0, 3)) + 1911 : undefined;
    if (/^[二一]/.test(text) && text.length >= 5)
      return Number([...text.slice(0, 4)].map((digit) => DIGIT[digit] ?? 0).join(""));
    return undefined;
  }

  private baseYear(): number | undefined {
    return this.anchor.published?.year ?? this.anchor.year;
  }

  /** A bare month later than the publication's lies in the year before. */
  private yearForMonth(month: number): number | undefined {
    const { published } = this.anchor;
    if (this.aboutYear !== undefined) return this.aboutYear;
    if (published?.month !== undefined && month > published.month + 3) return published.year - 1;
    return this.baseYear();
  }

  private now(): string | null {
    const { published } = this.anchor;
    return published?.day === undefined ? null : `../${isoOf(published)}`;
  }

  /** From a date to the publication; null when the latter is not known to the day. */
  private since(date: PartialDate | number | undefined): string | null {
    const { published } = this.anchor;
    if (date === undefined || published?.day === undefined) return null;
    const start =
      typeof date === "number"
        ? { year: date, month: 1 }
        : date.month === undefined
          ? { year: date.year, month: 1 }
          : date;
    return `${isoOf(start)}/${isoOf(published)}`;
  }
}

type Phrase = (
  found: RegExpExecArray,
  period: string | null,
  role?: TimePhrase["role"],
  yearsBack?: number,
) => TimePhrase;
