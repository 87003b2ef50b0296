import type { Catalogue } from "../catalogue/index.js";
import type { Article, Draft, Metadata, Normal, Paragraph, Quantity, Sentence } from "../doc/index.js";
import { type ClauseParts, clauseParts, type Gap } from "./clause.js";
import type { Claim } from "./compete.js";
import { toDraft } from "./drafting.js";
import { type Surroundings, sayFeatures } from "./features.js";
import type { Before, Frame } from "./frame.js";
import { type Guide, spoken } from "./guide.js";
import { candidatesFor, claimsFor, decide, mayBeFigure } from "./meaning.js";
import { Memory } from "./memory.js";
import { DECOY } from "./money.js";
import { placeHeaded } from "./place.js";
import { ruledOutBy } from "./rules.js";
import { bodyIn } from "./scope.js";
import { isBrokenDown } from "./scopes.js";
import { clausesOf, isInTime, isMoney, within } from "./sentence.js";
import type { Site } from "./site.js";
import { isPlanHeading } from "./status.js";
import { readTable } from "./table.js";
import { openedIn, type PhraseFacts } from "./time-of.js";
import type { TimePhrase } from "./time-phrase.js";
import type { Topic } from "./topic.js";

/** Whether the text told what a table repeats: its totals, of a time the table does not name. */
const isTold = (draft: Draft, before: readonly Draft[]): boolean =>
  draft.scope === null &&
  before.some(
    (told) =>
      told.indicator === draft.indicator &&
      told.value === draft.value &&
      told.region === draft.region &&
      told.scope === null,
  );

const isSemicolon = (code: number): boolean => code === 0xff1b || code === 0x3b;

/** The numbers of a clause that are no times. */
function countedIn(
  start: number,
  end: number,
  numbers: readonly Quantity[],
  phrases: readonly TimePhrase[],
): Quantity[] {
  const counted: Quantity[] = [];
  for (const number of numbers)
    if (number.numberStart >= start && number.numberEnd <= end && !isInTime(number, phrases)) counted.push(number);
  return counted;
}

/** Reads one article from its first to its last sentence, remembering what may be left out. */
export class Reader {
  private readonly memory: Memory;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly normal: Normal,
    private readonly article: Article,
    articleIndex: number,
    private readonly numbers: readonly Quantity[],
    about: Metadata,
    home: string | null,
    private readonly guide: Guide,
  ) {
    this.memory = new Memory(catalogue, normal, article, articleIndex, numbers, about, home, guide);
  }

  read(): readonly Draft[] {
    const { paragraphs } = this.article;
    for (let index = 0; index < paragraphs.length; index++) {
      const paragraph = paragraphs[index] as Paragraph;
      if (paragraph.kind === "row") {
        const rows = this.rowsFrom(index);
        this.readRows(rows, index);
        index += rows.length - 1;
        continue;
      }
      if (paragraph.kind === "furniture") continue;
      if (paragraph.kind === "heading") this.enterHeading(paragraph, index);
      this.memory.enterParagraph();
      for (const sentence of paragraph.sentences) this.readSentence(sentence, paragraph);
    }
    return this.memory.drafts;
  }

  private readRows(rows: readonly Paragraph[], index: number): void {
    const { memory } = this;
    // figures of a table are far from those of the text around it
    memory.sentenceIndex += 3;
    const numbers = within(this.numbers, rows[0]?.start ?? 0, rows.at(-1)?.end ?? 0);
    const drafts = readTable(this.catalogue, this.normal, rows, numbers, {
      home: memory.home,
      article: memory.articleIndex,
      time: memory.time,
      planned: memory.planned,
      caption: this.textBefore(index),
      period: memory.governing.ofTable() ?? memory.headingPeriod ?? null,
      sentence: memory.sentenceIndex,
    });
    const before = memory.recent();
    for (const draft of drafts.filter((each) => !isTold(each, before))) memory.add(draft);
  }

  private rowsFrom(first: number): Paragraph[] {
    const rows: Paragraph[] = [];
    for (let index = first; this.article.paragraphs[index]?.kind === "row"; index++)
      rows.push(this.article.paragraphs[index] as Paragraph);
    return rows;
  }

  private textBefore(index: number): string {
    return this.article.paragraphs
      .slice(Math.max(0, index - 2), index)
      .map((paragraph) => this.normal.text.slice(paragraph.start, paragraph.end))
      .join("。");
  }

  private enterHeading(paragraph: Paragraph, index: number): void {
    const { memory } = this;
    const text = this.normal.text.slice(paragraph.start, paragraph.end);
    if (text.length > 60) return;
    memory.places.section = placeHeaded(text, memory.home);
    const phrases = memory.time.find(this.normal.text, paragraph.start, paragraph.end);
    memory.governing.heading(this.normal.text, paragraph.start, paragraph.end, index, phrases);
    memory.heading = text;
    memory.headingWords = this.catalogue.lexicon.scan(text);
    memory.planned = index > 0 && isPlanHeading(text);
    // 扎下街道：把会开到车间去 limits what stands under it to that town
    memory.town = index > 1 && /^[\p{Script=Han}]{2,8}[：:]/u.test(text) ? bodyIn(text) : null;
    if (index <= 2 && !/总结|报告|通报|公报|汇报|情况|简报|排名|成效|综述/.test(text)) return;
    if (/^《|第\s?\d+\s?版/.test(text)) return;
    const span = phrases.find(
      ({ period, role }) =>
        period && role === "interval" && (period.includes("/") || /^\d{4}(?:-\d{2})?$/.test(period)),
    );
    if (span?.period) memory.headingPeriod = span.period;
  }

  /** 下半年怎么干。 opens what follows like a heading. */
  private carryTime(sentence: Sentence, phrases: readonly TimePhrase[]): void {
    const asked = this.normal.text.slice(sentence.start, sentence.end);
    if (asked.length > 16 || !/怎|如何|什么|哪|何|？/.test(asked)) return;
    const phrase = phrases.find((each) => each.period && each.role === "interval");
    if (phrase?.period) this.memory.carried = phrase.period;
  }

  private readSentence(sentence: Sentence, paragraph: Paragraph): void {
    const { memory } = this;
    const { text } = this.normal;
    const numbers = within(this.numbers, sentence.start, sentence.end).filter(
      (number) => number.not === undefined && !number.conversion && (number.unit !== "bare" || number.scaled),
    );
    const phrases = this.timesIn(sentence, paragraph);
    memory.enterSentence(sentence.start, phrases);
    if (paragraph.kind !== "heading") {
      const isBare =
        numbers.every((number) => isInTime(number, phrases)) && sentence.start === paragraph.sentences[0]?.start;
      memory.governing.sentence(text, sentence.start, sentence.end, phrases, isBare);
    }
    if (numbers.length === 0) {
      this.carryTime(sentence, phrases);
      memory.openedAt = openedIn(text, phrases) ?? memory.openedAt;
      memory.lastTime = phrases.findLast((phrase) => phrase.period)?.period ?? memory.lastTime;
      const asks = /多少|几何|几件|几个|如何/.test(text.slice(sentence.start, sentence.end));
      memory.question = asks ? this.catalogue.lexicon.scan(text, sentence.start, sentence.end) : [];
      return;
    }
    const clauses = this.clausesIn(sentence, numbers, phrases);
    const facts: PhraseFacts = new Map();
    let partStart = sentence.start;
    clauses.forEach((clause, index) => {
      if (clause.opensPart) partStart = clause.start;
      if (clause.quantities.length === 0) return;
      const before = this.beforeClause(clauses, index, partStart);
      clause.quantities.forEach((quantity, order) => {
        const among = isBrokenDown(text.slice(partStart, quantity.start));
        this.readQuantity({
          quantity,
          clause,
          order,
          clauses,
          index,
          sentence,
          paragraph,
          partStart,
          phrases,
          facts,
          before: { words: before.words, lastClause: before.lastClause, among },
        });
      });
    });
    memory.question = [];
    memory.openedAt = openedIn(text, phrases) ?? memory.openedAt;
    memory.lastTime = phrases.findLast((phrase) => phrase.period && phrase.role !== "same")?.period ?? memory.lastTime;
    memory.leaveSentence();
  }

  /** Phrases of time of a sentence; none of a line that only says when the report was made. */
  private timesIn(sentence: Sentence, paragraph: Paragraph): TimePhrase[] {
    const { text } = this.normal;
    const { time, governing } = this.memory;
    time.under(governing.yearOf());
    const phrases = time.find(text, sentence.start, sentence.end);
    const isShort =
      paragraph.end - paragraph.start <= 60 && !/[，。；]/.test(text.slice(paragraph.start, paragraph.end - 1));
    return isShort && phrases.some(({ period }) => period === this.memory.published)
      ? phrases.filter(({ period }) => period !== this.memory.published)
      : phrases;
  }

  private clausesIn(sentence: Sentence, numbers: readonly Quantity[], phrases: readonly TimePhrase[]): ClauseParts[] {
    const { text } = this.normal;
    return clausesOf(text, sentence, numbers).map(({ start, end }) =>
      clauseParts(text, this.catalogue.lexicon, {
        start,
        end,
        opensPart: start === sentence.start || isSemicolon(text.charCodeAt(start - 1)),
        quantities: countedIn(start, end, numbers, phrases),
        times: phrases,
      }),
    );
  }

  /** What the part of the sentence said before a clause. */
  private beforeClause(clauses: readonly ClauseParts[], index: number, partStart: number): Omit<Before, "among"> {
    const { question } = this.memory;
    const words = question.slice();
    for (let at = 0; at < index; at++) {
      const clause = clauses[at] as ClauseParts;
      if (clause.start < partStart) continue;
      for (const gap of clause.gaps) for (const word of gap.words) words.push(word);
    }
    const last = index > 0 ? clauses[index - 1] : undefined;
    // a clause without a number is one stretch
    const lastClause = last?.quantities.length === 0 ? (last.gaps[0] as Gap).words : index === 0 ? question : [];
    return { words, lastClause };
  }

  private readQuantity(site: Site): void {
    const { memory, guide } = this;
    const { quantity } = site;
    const { claims, frame } = claimsFor(memory, site);
    const rule = this.ruleAgainst(site, claims[0]);
    const isRuledOut = rule !== undefined;
    const surroundings = this.surroundingsOf(site, claims, isRuledOut);
    const features = spoken(guide, (out) => sayFeatures(surroundings, out));
    if (memory.around && mayBeFigure(quantity)) {
      memory.around.clear();
      sayFeatures(surroundings, memory.around);
    }
    const decided = decide(memory, quantity, claims, features, isRuledOut);
    const winner = decided?.claim;
    const label = winner && winner.indicator !== DECOY ? winner.indicator.id : "none";
    this.label(quantity, label);
    guide.trace?.competed(quantity, site, {
      claims,
      frame,
      rule,
      signs: features,
      candidates: candidatesFor(memory, quantity, claims, isRuledOut),
      evidence: guide.evidence.meaning,
      won: label,
    });
    if (frame && frame.heads.length > 0) this.remember(frame, winner);
    if (isMoney(quantity)) this.rememberMoney(claims[0], winner);
    if (!winner || winner.indicator === DECOY) return;
    const { margin } = decided;
    memory.add(toDraft(memory, site, { claim: winner, margin, frame, features }));
    for (const shared of claims.slice(1)) {
      if (shared.shared && shared.indicator !== winner.indicator)
        memory.add(toDraft(memory, site, { claim: shared, margin, frame, features }));
    }
  }

  private label(quantity: Quantity, label: string): void {
    const { memory } = this;
    memory.labelled.set(quantity, label);
    const own = { label, measure: quantity.measure, unit: quantity.unit, sentence: memory.sentenceIndex };
    memory.labels = [own, ...memory.labels.slice(0, 5)];
  }

  private rememberMoney(first: Claim | undefined, winner: Claim | undefined): void {
    if (winner && winner.indicator !== DECOY)
      this.memory.money = { concept: winner.indicator.heads[0] ?? "", word: winner.because, distance: "sentence" };
    else if (first) this.memory.money = { concept: "money_other", word: first.because, distance: "sentence" };
  }

  private ruleAgainst(site: Site, claim: Claim | undefined): string | undefined {
    if (!claim || claim.indicator === DECOY) return undefined;
    const { text, language } = this.normal;
    return ruledOutBy(text, site.clause, site.order, site.sentence, claim.indicator, language);
  }

  private surroundingsOf(site: Site, claims: readonly Claim[], isRuledOut: boolean): Surroundings {
    const { memory } = this;
    return {
      text: this.normal.text,
      language: this.normal.language,
      clause: site.clause,
      order: site.order,
      sentenceStart: site.sentence.start,
      sentenceEnd: site.sentence.end,
      before: site.before.words,
      headingWords: memory.headingWords,
      claims,
      isRuledOut,
      history: memory.labels,
      relations: memory.relationsTo(site.quantity),
      labelOf: (other) => memory.labelled.get(other),
    };
  }

  private remember(frame: Frame, winner: Claim | undefined): void {
    const head = frame.heads[0];
    // those who act or receive are no topic: 派发至23个部门
    if (head?.concepts.every((id) => id === "bank" || id === "person")) return;
    const topic: Topic = {
      heads: frame.heads,
      verbs: winner
        ? frame.verbs.filter((verb) => verb.concepts.some((id) => winner.indicator.verbs.includes(id)))
        : [],
      measure: frame.quantity.measure,
      distance: "sentence",
    };
    this.memory.sentenceTopics = [topic, ...this.memory.sentenceTopics].slice(0, 4);
  }
}
