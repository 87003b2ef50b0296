import { isoOf, lastDayOf, type PartialDate, startOf } from "./calendar.js";

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

const N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?|卅[一]?)";
const YEAR =
  "(?:(?:20|19)[0-9]{2}年度?|20[0-9]{2}(?=[0-9]{1,2}月|[一二三四]季度|全年|[上下]半年)|二[〇零○O][〇零○O一二三][〇零○O一二三四五六七八九]年|1[0-9]{2}年|今年|去年|前年|明年|上年|本年度?|当年)";
const DAY = `${N}[日号]`;
const MONTH = `${N}月份?`;
const EDGE = "(?:上旬|中旬|下旬|底|末|初)";
const DATE = `(?:${YEAR}的?(?:${MONTH}(?:${DAY}|${EDGE})?|底|末|年底|年末)?|${MONTH}(?:${DAY}|${EDGE})?)`;
const TO = "[—–\\-~～至到―－]{1,2}";

const RANGE = new RegExp(
  `(${YEAR})?的?(?:(${N})[、](${N})月份?|(${N})(?:月份?)?(?:(${N})[日号])?${TO}(${YEAR})?(${N})月份?(?:(${N})[日号]|(底|末))?)`,
  "y",
);
const DAYS = new RegExp(`(${YEAR})?(${N})月(${N})[日号]?${TO}(${N})[日号]`, "y");
const YEARS = new RegExp(`(${YEAR}|(?:20|19)[0-9]{2})${TO}(${YEAR})`, "y");
const QUARTER = new RegExp(
  `(${YEAR})?的?(?:第?([一二三四1-4])季度|第([一二三四1-4])季(?!度)|(?:([前首头]?[三两二32]|[1一第][-—至到、][二三23])(?:个)?季度|([前首头][三两二32])季)|[前首头](${N}|两)个?月|首(?:季度?|月)|(上半年|下半年|全年|年内|前半年))(末)?`,
  "y",
);
const SINGLE = new RegExp(`(${DATE})(以前|之前|前)?`, "y");
const PARTS_OF_DATE = new RegExp(`^(${YEAR})?的?(?:(${N})月份?(?:(${N})[日号])?)?`);
const UNTIL = new RegExp(
  `(?:截至|截止到?|到|至|截止至|截)(${DATE}|年底|年末|本月底|上月底|月底|今天|今日|昨日)(?:前|止|24时|为止)?`,
  "y",
);
const NOW =
  /(?:截至|截止到?|到|至)(?:目前|现在|发稿时?|发稿前|记者发稿时?|当前|今天|今日|日前|当日)|目前|至今|迄今(?:为止)?|如今|当前|眼下|现如今|现已/y;
/** 五年来, 近三年, “十四五”以来, 活动启动以来: up to now, from a time that may not be known. */
const YEARS_PAST =
  /(?:近|过去|这)?([一两二三四五六七八九十]|\d{1,2})年(?:多|半)?(?:以?来|里|间)|近([一两二三四五六七八九十])年/y;
const PLAN = /[“"]?十([二三四五])五[”"]?(?:规划)?(?:时期)?(?:以来|期间)/y;
const LAUNCHED = /(?:启动|开展|实施|运行|上线|成立|开通|挂牌|组建|推行|开馆|开业)(?:之日起|至今|以来)/y;
const SINCE_NEW_YEAR = new RegExp(`(?:自|从)?(${YEAR})?(?:年初|开年)(?:起)?[至到—](${N})月份?(?:底|末)?`, "y");
const SINCE_YEAR = new RegExp(
  `(?:自|从)?(今年|去年|${YEAR}|年初|入[春夏秋冬]|本轮)(?:以来|以后|至今|开年以来|年初以来)`,
  "y",
);
const FEAST = new RegExp(`(${YEAR})?(元旦|国庆|五一|“五一”|“十一”)(?:节|假期)?(?:之?前|到来之?前)`, "y");
const PLAN_STARTS: Readonly<Record<string, number>> = { 二: 2011, 三: 2016, 四: 2021, 五: 2026 };
const FEASTS: Readonly<Record<string, number>> = { 元旦: 101, 国庆: 1001, "“十一”": 1001, 五一: 501, "“五一”": 501 };
const DAYS_OF_MONTH = new RegExp(`(?:本月|当月)(${N})日?${TO}(${N})[日号]`, "y");
const SAME =
  /(去年|上年|前年)?(?:的)?同(?:期|月)|(?:截[至止]|到|至)?同[日天](?!程)|(?:在)?(?:这|该|此|同)一?(?:期间|时期|时段|阶段|考核期|统计期)|(?:本|该|这个?)(?:考核|统计|报告|评价|监测|通报|分析)?(?:期(?!望|待|末|要|导|刊|视)|周期|季度|考核月|时段)|(?:考核|统计|报告|评价|监测|通报)(?:周)?期[内间]|此间|期间(?=[，,])|当季|全季|(?:百|\d+|[一二三四五六七八九两]?十[一二三四五六七八九]?)[日天](?:里|内|间|来|以来)(?!办|完)|[月季期]末(?=[^\p{Script=Han}]|办|累|共|全|仍|还|尚|未|销|化)|\d{1,2}个月[里来间内]|[两三四五六七八九十]个(?:多)?月[里来间内]/uy;
/** 2023年第11期: a number of the paper, not a time. */
const ISSUE =
  /^\s{0,2}(?:第|总第)\s{0,2}[\d一二三四五六七八九十百]{1,5}\s{0,2}[期号]|^[〕）\]]\s{0,2}第?\s{0,2}\d{1,5}\s{0,2}号/;
const RELATIVE =
  /(?:上|本)个?月[底末]|当月|本月|上个?月|下个?月|[昨今][（(][0-9]{1,2}[)）][日天]|当年|上周|本周|当日|当天|近期|近日|日前|近年来?|昨[日天]|今[日天]|月初|月底|年底(?:前|之前)?|年末(?:前)?|下阶段|今后|未来[一二三两]年/y;

const DIGIT: Record<string, number> = {
  〇: 0,
  零: 0,
  "○": 0,
  O: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  两: 2,
};

/** `12`, `十二`, `廿三` → number. */
function small(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text.startsWith("廿")) return 20 + (DIGIT[text[1] ?? ""] ?? 0);
  if (text.startsWith("卅")) return 30 + (DIGIT[text[1] ?? ""] ?? 0);
  const ten = text.indexOf("十");
  if (ten < 0) return DIGIT[text] ?? 0;
  return (ten === 0 ? 1 : (DIGIT[text[0] ?? ""] ?? 1)) * 10 + (DIGIT[text[ten + 1] ?? ""] ?? 0);
}

const COMPARED = /(?:比|较|同比|与|而)(?:于|起)?$/;
const COMPARES = /^[是为有仅只]|^的?(?:数|量)?为/;

/** Finds every phrase of time in Chinese sentences. */
export class ChineseTime {
  /** The year that a title or heading says the text is about, where it is not the publication's. */
  private aboutYear: number | undefined;

  constructor(private readonly anchor: TimeAnchor) {}

  /** What stands under 2021年工作情况 is of 2021 where it names no year. */
  under(period: string | undefined): void {
    const year = Number(/(\d{4})(?!.*\d{4})/.exec(period ?? "")?.[1]);
    this.aboutYear = Number.isNaN(year) ? undefined : year;
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
      if (!isIn(TRIGGER, text.charCodeAt(at)) || !mayStart(text, at)) {
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
    const match = (pattern: RegExp) => {
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

/** From a day to a day of a month; all of its days are the month. */
function daysIn(year: number, month: number, first: number, last: number): string {
  if (first === 1 && last === lastDayOf(year, month)) return isoOf({ year, month });
  return `${isoOf({ year, month, day: first })}/${isoOf({ year, month, day: last })}`;
}

/** 5月底 is the 31st of May, 年底 the 31st of December. */
function edgeOf(text: string, date: PartialDate): { date: PartialDate; isEdge: boolean } {
  if (date.day !== undefined) return { date, isEdge: false };
  if (/(?:底|末)$/.test(text)) {
    const month = date.month ?? 12;
    return { date: { year: date.year, month, day: lastDayOf(date.year, month) }, isEdge: true };
  }
  return { date, isEdge: false };
}

const codesIn = (chars: string): Uint8Array => {
  const table = new Uint8Array(0x10000);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
};
/** NaN, which stands behind a text, is in none. */
const isIn = (table: Uint8Array, code: number): boolean => table[code] === 1;

/** The code units that a phrase of time may start with. */
const TRIGGER = codesIn(
  "0123456789一二三四五六七八九十廿今去前明上本当截到至目自从年入同第下全现如眼近日昨月未迄首头元国五“卅这该此期季两三四五六七八九过启开实运上成挂组推百考统报评监通",
);

/** Of all phrases that `at` asks for: one look tells that none starts at a place. */
const ANY = new RegExp(
  [
    SINCE_NEW_YEAR,
    SINCE_YEAR,
    UNTIL,
    SAME,
    YEARS,
    DAYS,
    RANGE,
    QUARTER,
    FEAST,
    DAYS_OF_MONTH,
    SINGLE,
    NOW,
    LAUNCHED,
    PLAN,
    YEARS_PAST,
    RELATIVE,
  ]
    // nothing is taken from what they hold
    .map(({ source }) => `(?:${source.replace(/\((?!\?)/g, "(?:")})`)
    .join("|"),
  "uy",
);

/** Whether a phrase may start at a place: not amid a number. */
function mayStart(text: string, at: number): boolean {
  if (at > 0 && isIn(AMID, text.charCodeAt(at - 1))) return false;
  if (isIn(NUMERAL, text.charCodeAt(at)) && !isOfTime(text, at)) return false;
  ANY.lastIndex = at;
  return ANY.test(text);
}

/** Whether what stands behind the numeral at a place may make a time of it: most numerals count something. */
function isOfTime(text: string, at: number): boolean {
  let end = at + 1;
  while (isIn(NUMERAL, text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  return isIn(MEASURE, next) ? isIn(OF_MONTHS, text.charCodeAt(end + 1)) : isIn(BEHIND_NUMERAL, next);
}

const AMID = codesIn("0123456789一二三四五六七八九十");
const NUMERAL = codesIn("0123456789〇零○O一二三四五六七八九十廿卅两百");
const MEASURE = codesIn("个");
const OF_MONTHS = codesIn("月季多");
/** Of dates, ranges, quarters, plans of five years and feasts. */
const BEHIND_NUMERAL = codesIn('年月日号天、—–-~～至到―－季全上下规时以期”"节假之前的');
