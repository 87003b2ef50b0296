import type { TimePhrase } from "./time-phrase.js";

/** How a text says that a period holds for more than the sentence it stands in. */
export type Governor = "title" | "announced" | "term" | "section" | "above" | "opening" | "run-in" | "asked";

/** A period declared for what stands under it. */
export interface Governed {
  readonly how: Governor;
  readonly period: string;
}

/** 现将上半年情况报告如下: what follows is of that time. */
const ANNOUNCES =
  /现(?:将|就|把)|成绩单|答卷|账单|晒出|交出|通报(?:会|了)|发布会|调度会|例会|(?:如下|通报|汇报|公布|报告)[：:。]?$|as follows|(?:report|newsletter|bulletin|statement)\b[^.]* (?:covers|covering|gives|is)/i;
const ASKS = /请问|想了解|想问|介绍一下|[？?]["”’）)]?$/;
/** 本考核期（9月19日—10月18日）: a period is given a name. */
const NAMES_TERM = /(?:期间?|周期|阶段|时段|季度?|月度?|年度|周|period|term|cycle)\s?[（(：:]?$/i;
/** What governs the next words most closely comes first. */
const NEAREST_FIRST: readonly Governor[] = ["run-in", "asked", "section", "above", "term", "announced"];
/** For a table that names no period. */
const OF_TABLE: readonly Governor[] = ["section", "above", "announced", "term", "title"];
/** For months and quarters without a year. */
const OF_YEAR: readonly Governor[] = ["run-in", "section", "above", "title"];
/** Paragraphs from the top that may hold the title. */
const TITLES = 4;
/** How long a sentence at most is that only heads its paragraph: 红木家具转型专项（2019年7—12月）。 */
const RUN_IN = 32;
/** A heading without a number stands as high as one with 一、. */
const UNNUMBERED = 2;
const TERM_BEHIND =
  /^[）)]?(?:为|是|即)?(?:市级|省级|本次|本轮|一个)?(?:考核|统计|报告|评价|监测|通报)(?:期|周期|时段)/;

/** A heading that what follows stands under. */
interface Section {
  readonly level: number;
  readonly period: string | undefined;
}

/** The periods that titles, section headings and opening lines of an article declare. */
export class Governing {
  private readonly own = new Map<Governor, string>();
  /** The same as a list, until it changes. */
  private listed: readonly Governed[] | undefined;
  /** The headings that the text stands under, the outermost first. */
  private sections: Section[] = [];
  /** Where the section starts that the text stands in. */
  sectionStart = 0;
  /** A heading that no text has followed yet: lines of a table of contents govern nothing. */
  private pending: Section | undefined;

  /** A heading, `index` paragraphs from the top: what a section of its level or above declared ends with it. */
  heading(text: string, start: number, end: number, index: number, phrases: readonly TimePhrase[]): void {
    const period = phrases.find(isSpan)?.period ?? undefined;
    this.forget("run-in");
    this.terms(text, start, end, phrases);
    const level = levelOf(text.slice(start, end));
    if (index < TITLES && level === undefined) {
      if (period && !this.own.has("title")) this.declare("title", period);
      return;
    }
    const section = { level: level ?? UNNUMBERED, period };
    if (this.pending && this.pending.level < section.level) this.settle();
    this.pending = section;
    if (section.level <= UNNUMBERED) this.sectionStart = start;
  }

  /** Text follows the last heading. */
  private settle(): void {
    if (!this.pending) return;
    const section = this.pending;
    this.pending = undefined;
    this.sections = [...this.sections.filter(({ level }) => level < section.level), section];
    const dated = this.sections.findLast(({ period }) => period !== undefined);
    this.forget("section");
    this.forget("above");
    if (dated?.period) this.declare(dated === section ? "section" : "above", dated.period);
  }

  /** A new paragraph; what its first words declare holds to its end. */
  paragraph(): void {
    this.forget("run-in");
  }

  /** A sentence of the text. `isBare`: it opens its paragraph and counts nothing. */
  sentence(text: string, start: number, end: number, phrases: readonly TimePhrase[], isBare: boolean): void {
    this.settle();
    const asks = ASKS.test(text.slice(start, end).trimEnd());
    if (asks) this.forget("asked");
    if (phrases.length === 0) return;
    const span = phrases.find(isSpan)?.period;
    if (span && asks) this.declare("asked", span);
    if (span && !this.own.has("opening")) this.declare("opening", span);
    if (span && !this.own.has("announced") && ANNOUNCES.test(text.slice(start, end))) this.declare("announced", span);
    if (span && isBare && end - start <= RUN_IN) this.declare("run-in", span);
    this.terms(text, start, end, phrases);
  }

  /** 报告期：7月1日—7月31日; 9月19日至10月18日为考核期. */
  private terms(text: string, start: number, end: number, phrases: readonly TimePhrase[]): void {
    for (const phrase of phrases) {
      const before = text.slice(Math.max(start, phrase.start - 8), phrase.start);
      const behind = text.slice(phrase.end, Math.min(end, phrase.end + 12));
      if (isSpan(phrase) && (NAMES_TERM.test(before) || TERM_BEHIND.test(behind)))
        this.declare("term", phrase.period as string);
    }
  }

  /** The period of a table that names none: that of its section, of what announces it, of the title. */
  ofTable(): string | undefined {
    this.settle();
    return this.firstOf(OF_TABLE)?.period;
  }

  /** The year that bare months and quarters are of: of the section, of the title. */
  yearOf(): string | undefined {
    return this.firstOf(OF_YEAR)?.period;
  }

  /** What governs the next words most closely: the head of the paragraph, of the section, a term or announcement. */
  nearest(): Governed | undefined {
    return this.firstOf(NEAREST_FIRST);
  }

  private firstOf(order: readonly Governor[]): Governed | undefined {
    const how = order.find((each) => this.own.has(each));
    return how && { how, period: this.own.get(how) as string };
  }

  /** All that governs now. */
  list(): readonly Governed[] {
    this.listed ??= Array.from(this.own, ([how, period]) => ({ how, period }));
    return this.listed;
  }

  private declare(how: Governor, period: string): void {
    this.own.set(how, period);
    this.listed = undefined;
  }

  private forget(how: Governor): void {
    if (this.own.delete(how)) this.listed = undefined;
  }
}

const isSpan = ({ period, role }: TimePhrase): boolean =>
  period !== null && role !== "same" && (period.includes("/") || period.length <= 7);

const LEVELS = [
  /^第[一二三四五六七八九十\d]+(?:部分|章|篇)/,
  /^[一二三四五六七八九十]+、/,
  /^[（(][一二三四五六七八九十]+[）)]/,
  /^\d+[.．、]/,
];

/** How deep a heading stands by its number: 1 for 第一部分, 2 for 一、; undefined without one. */
function levelOf(text: string): number | undefined {
  const level = LEVELS.findIndex((pattern) => pattern.test(text.trimStart()));
  return level < 0 ? undefined : level + 1;
}
