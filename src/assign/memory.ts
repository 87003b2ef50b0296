import type { Catalogue, Lexeme } from "../catalogue/index.js";
import type { Article, Draft, Metadata, Normal, Quantity } from "../doc/index.js";
import { parseIso } from "./calendar.js";
import type { Label } from "./features.js";
import { Governing } from "./governing.js";
import type { Guide } from "./guide.js";
import { type Around, ledgerOf } from "./ledger.js";
import { type Questions, questionsOf } from "./meaning.js";
import type { MoneyTopic } from "./money.js";
import { Places } from "./place.js";
import { type Relation, relationsOf } from "./relations.js";
import { ChineseTime } from "./time-chinese.js";
import { EnglishTime } from "./time-english.js";
import { phraseFrom, type TimePhrase } from "./time-phrase.js";
import { sameFamily, type Topic } from "./topic.js";

/** How many figures back a text is taken to refer; no clipping of the corpus has as many. */
export const MEMORY = 200;

/** A phrase of time, and where its sentence stood. */
export type TimeBefore = TimePhrase & { readonly sentence: number; readonly opens: boolean };

/** Not by spreading alone: that would give every one a shape of its own. */
const timeBefore = (phrase: TimePhrase, sentence: number, opens: boolean): TimeBefore => ({
  sentence,
  opens,
  ...phraseFrom(phrase),
});

/** Everything that a reader of one article knows of it and has read so far. */
export class Memory {
  readonly places: Places;
  readonly time: ChineseTime | EnglishTime;
  readonly drafts: Draft[] = [];
  readonly dated = new DatedFigures();
  readonly relations: ReadonlyMap<Quantity, readonly Relation[]>;
  /** What each number read so far was found to be. */
  readonly labelled = new Map<Quantity, string>();
  /** What the numbers before were found to be, the nearest first. */
  labels: Label[] = [];
  paragraphTopics: Topic[] = [];
  articleTopics: Topic[] = [
    {
      heads: [{ concepts: ["problem"], weight: 2, how: "topic", word: undefined }],
      verbs: [],
      measure: "个",
      distance: "article",
    },
  ];
  sentenceTopics: Topic[] = [];
  money: MoneyTopic | undefined;
  /** Under a heading of plans. */
  planned = false;
  /** The town, zone or office that the heading limits what follows to. */
  town: string | null = null;
  heading = "";
  headingWords: readonly Lexeme[] = [];
  headingPeriod: string | undefined;
  readonly governing = new Governing();
  readonly published: string | null;
  /** The last start of a span that was named without its end: 自7月以来. */
  openedAt: string | null = null;
  carried: string | undefined;
  /** The last time any sentence of the article named. */
  lastTime: string | null = null;
  /** The first time the article's text named. */
  leadPeriod: string | null = null;
  /** Times of earlier sentences of the paragraph, the nearest last. */
  paragraphTimes: TimeBefore[] = [];
  private pendingTimes: TimeBefore[] = [];
  /** Words of a question that the next sentence answers: 办结了多少？31035个。 */
  question: readonly Lexeme[] = [];
  sentenceIndex = 0;
  /** What is asked of each kind of number. */
  readonly questions: Questions;
  /** The signs around the number that is read; undefined while evidence is gathered. */
  readonly around: Around | undefined;

  constructor(
    readonly catalogue: Catalogue,
    readonly normal: Normal,
    readonly article: Article,
    readonly articleIndex: number,
    numbers: readonly Quantity[],
    about: Metadata,
    readonly home: string | null,
    readonly guide: Guide,
  ) {
    this.relations = relationsOf(numbers);
    this.questions = questionsOf(catalogue, guide);
    this.around = guide.teach ? undefined : ledgerOf(guide.evidence, catalogue).around();
    const published = parseIso(about.published);
    this.published = about.published;
    const anchor = {
      published: published?.month === undefined ? undefined : published,
      year: published?.year,
      minguo: normal.traditional,
      reportYear: reportYear(article.title ?? about.title),
    };
    this.time = normal.language === "en" ? new EnglishTime(anchor) : new ChineseTime(anchor);
    this.places = new Places(normal, article.start, article.end, home);
  }

  add(draft: Draft): void {
    this.drafts.push(draft);
    this.dated.add(draft);
  }

  /** The figures that may still be meant by what follows. */
  recent(): readonly Draft[] {
    return this.drafts.length > MEMORY ? this.drafts.slice(-MEMORY) : this.drafts;
  }

  relationsTo(quantity: Quantity): readonly Relation[] {
    return this.relations.get(quantity) ?? [];
  }

  enterParagraph(): void {
    this.carried = undefined;
    this.governing.paragraph();
    this.lead();
    this.paragraphTimes = [];
    this.pendingTimes = [];
    this.articleTopics = newestOfEachKind([...at("article", this.paragraphTopics), ...this.articleTopics]);
    this.paragraphTopics = [];
    this.money = undefined;
  }

  enterSentence(start: number, phrases: readonly TimePhrase[]): void {
    this.sentenceTopics = [];
    if (this.money) this.money = { ...this.money, distance: "paragraph" };
    this.sentenceIndex++;
    this.takeTimes(start, phrases);
  }

  leaveSentence(): void {
    if (this.sentenceTopics.length === 0) return;
    this.paragraphTopics = newestOfEachKind([...at("paragraph", this.sentenceTopics), ...this.paragraphTopics]);
  }

  /** What earlier counts leave for later ones to leave out, the nearest first. */
  topics(): Topic[] {
    return [...this.sentenceTopics, ...this.paragraphTopics, ...this.articleTopics];
  }

  /** Keeps the times of the sentences before for those that name none. */
  private takeTimes(start: number, phrases: readonly TimePhrase[]): void {
    this.paragraphTimes.push(...this.pendingTimes);
    this.lead();
    const sentence = this.sentenceIndex;
    this.pendingTimes = phrases.map((phrase) => timeBefore(phrase, sentence, phrase.start - start <= 6));
  }

  private lead(): void {
    this.leadPeriod ??= this.pendingTimes.find((phrase) => phrase.period && phrase.role !== "same")?.period ?? null;
  }
}

/** The periods of the figures of an article that are no plans. */
class DatedFigures {
  private first: string | undefined;
  private readonly kin = new Map<string, { first: string; last: string }>();
  private readonly counts = new Map<string, { readonly order: number; times: number }>();
  private commonest: string | undefined;

  add({ period, status, indicator }: Draft): void {
    if (period === null || status !== "actual") return;
    this.first ??= period;
    const family = familyOf(indicator);
    const kin = this.kin.get(family);
    if (kin) kin.last = period;
    else this.kin.set(family, { first: period, last: period });
    this.count(period);
  }

  /** The commonest is the first that was named of those named as often. */
  private count(period: string): void {
    const own = this.counts.get(period) ?? { order: this.counts.size, times: 0 };
    own.times++;
    this.counts.set(period, own);
    const most = this.commonest === undefined ? undefined : this.counts.get(this.commonest);
    if (!most || own.times > most.times || (own.times === most.times && own.order < most.order))
      this.commonest = period;
  }

  /** The article's first, the family's first and last, and the commonest; undefined where there is none. */
  before(indicator: string): readonly (readonly [where: string, period: string | undefined])[] {
    if (this.first === undefined) return [];
    const kin = this.kin.get(familyOf(indicator));
    return [
      ["first", this.first],
      ["kinFirst", kin?.first],
      ["kinLast", kin?.last],
      ["commonest", this.commonest],
    ];
  }
}

const FAMILIES = new Map<string, string>();

/** problem of problem.resolved; there are few indicators, so that all are kept. */
export function familyOf(indicator: string): string {
  let family = FAMILIES.get(indicator);
  if (family === undefined) {
    family = indicator.slice(0, indicator.indexOf("."));
    FAMILIES.set(indicator, family);
  }
  return family;
}

export const isSameFamily = (a: string, b: string): boolean => familyOf(a) === familyOf(b);

const at = (distance: Topic["distance"], topics: readonly Topic[]): Topic[] =>
  topics.map((topic) => ({ ...topic, distance }));

/** The last topic for each kind of measure word: what was counted in between does not push it out. */
function newestOfEachKind(topics: readonly Topic[]): Topic[] {
  const isNewer = (index: number) => {
    const { measure } = topics[index] as Topic;
    for (let at = 0; at < index; at++) if (sameFamily((topics[at] as Topic).measure, measure)) return false;
    return true;
  };
  return topics.filter((_, index) => isNewer(index));
}

/** A yearly report published in spring speaks of the year in its title. */
function reportYear(title: string | null): number | undefined {
  const match = /(20\d{2})年(?:度|上半年|国民经济|[^，。]{0,16}(?:总结|公报|报告|综述|成绩单|情况))/.exec(title ?? "");
  return match ? Number(match[1]) : undefined;
}
