import type { Catalogue, Indicator, Lexeme } from "../catalogue/index.js";
import type {
  Article,
  Draft,
  Metadata,
  Normal,
  Paragraph,
  PeriodFrom,
  Quantity,
  Sentence,
  Status,
} from "../doc/index.js";
import { beneficiary } from "./benefit.js";
import { parseIso, yearBefore } from "./calendar.js";
import { type ClauseParts, clauseParts } from "./clause.js";
import { type Claim, claimsOnCount } from "./compete.js";
import type { Candidate, EvidenceSet } from "./evidence.js";
import { type Label, type Surroundings, sayFeatures } from "./features.js";
import { buildFrame, type Frame } from "./frame.js";
import { claimsInList, itemInList } from "./lists.js";
import { claimsOnMoney, DECOY, type MoneyTopic } from "./money.js";
import { type PeriodCandidate, periodCandidates, timeOf } from "./period.js";
import { type PlaceFound, Places } from "./place.js";
import { claimsOnPercent } from "./rate.js";
import { type Relation, relationsOf } from "./relations.js";
import { ruledOutBy } from "./rules.js";
import { bodyIn } from "./scope.js";
import { type ScopeQuestion, sayScopeSigns } from "./scope-signs.js";
import { isBrokenDown, type Passage, scopeFor } from "./scopes.js";
import { clausesOf, isInTime, isMoney, quoteSpan, within } from "./sentence.js";
import { KnownSigns, knownSigns, type SignSink, SpokenSigns } from "./signs.js";
import { isPlanHeading, statusOf } from "./status.js";
import { readTable } from "./table.js";
import { ChineseTime, type TimePhrase } from "./time-chinese.js";
import { EnglishTime } from "./time-english.js";
import { sameFamily, type Topic } from "./topic.js";
import { provenanceOf, type Trace } from "./trace.js";

/** Reads one article from its first to its last sentence, remembering what may be left out. */
export class Reader {
  private readonly places: Places;
  private readonly time: ChineseTime | EnglishTime;
  private readonly drafts: Draft[] = [];
  private paragraphTopics: Topic[] = [];
  private articleTopics: Topic[] = [];
  private sentenceTopics: Topic[] = [];
  private money: MoneyTopic | undefined;
  private planned = false;
  private town: string | null = null;
  private headingPeriod: string | undefined;
  private carried: string | undefined;
  /** The last time any sentence of the article named. */
  private lastTime: string | null = null;
  /** Words of a question that the next sentence answers: 办结了多少？31035个。 */
  private question: readonly Lexeme[] = [];
  private sentenceIndex = 0;
  /** What the numbers before were found to be, the nearest first. */
  private labels: Label[] = [];
  private readonly relations: ReadonlyMap<Quantity, readonly Relation[]>;
  private readonly labelled = new Map<Quantity, string>();
  private heading = "";
  private headingWords: readonly Lexeme[] = [];
  private paragraphTimes: (TimePhrase & { sentence: number; opens: boolean })[] = [];
  private pendingTimes: (TimePhrase & { sentence: number; opens: boolean })[] = [];
  private leadPeriod: string | null = null;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly normal: Normal,
    private readonly article: Article,
    private readonly articleIndex: number,
    private readonly numbers: readonly Quantity[],
    about: Metadata,
    private readonly home: string | null,
    private readonly guide: Guide,
  ) {
    this.relations = relationsOf(numbers);
    const published = parseIso(about.published);
    const anchor = {
      published: published?.month === undefined ? undefined : published,
      year: published?.year,
      minguo: normal.traditional,
      reportYear: reportYear(article.title ?? about.title),
    };
    this.time = normal.language === "en" ? new EnglishTime(anchor) : new ChineseTime(anchor);
    this.places = new Places(normal.text, article.start, article.end, home, normal.language);
    this.articleTopics = [
      {
        heads: [{ concepts: ["problem"], weight: 2, how: "topic", word: undefined }],
        verbs: [],
        measure: "个",
        distance: "article",
      },
    ];
  }

  read(): Draft[] {
    const { paragraphs } = this.article;
    for (let index = 0; index < paragraphs.length; index++) {
      const paragraph = paragraphs[index] as Paragraph;
      if (paragraph.kind === "row") {
        const rows = this.rowsFrom(index);
        // figures of a table are far from those of the text around it
        this.sentenceIndex += 3;
        this.drafts.push(
          ...readTable(
            this.catalogue,
            this.normal,
            rows,
            within(this.numbers, paragraph.start, rows.at(-1)?.end ?? 0),
            {
              home: this.home,
              article: this.articleIndex,
              time: this.time,
              planned: this.planned,
              caption: this.textBefore(index),
              period: this.headingPeriod ?? null,
              sentence: this.sentenceIndex,
            },
          ),
        );
        index += rows.length - 1;
        continue;
      }
      if (paragraph.kind === "furniture") continue;
      if (paragraph.kind === "heading") this.enterHeading(paragraph, index);
      this.readParagraph(paragraph);
    }
    return this.drafts;
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
    const text = this.normal.text.slice(paragraph.start, paragraph.end);
    if (text.length > 60) return;
    this.heading = text;
    this.headingWords = this.catalogue.lexicon.scan(text);
    this.planned = index > 0 && isPlanHeading(text);
    // 扎下街道：把会开到车间去 limits what stands under it to that town
    this.town = index > 1 && /^[\p{Script=Han}]{2,8}[：:]/u.test(text) ? bodyIn(text) : null;
    const isTitle = index <= 2;
    const phrases = this.time.find(this.normal.text, paragraph.start, paragraph.end);
    const span = phrases.find(
      (phrase) =>
        phrase.period &&
        phrase.role === "interval" &&
        (phrase.period.includes("/") || /^\d{4}$/.test(phrase.period) || /^\d{4}-\d{2}$/.test(phrase.period)),
    );
    if (
      span?.period &&
      (isTitle ? /总结|报告|通报|公报|汇报|情况|简报|排名|成效|综述/.test(text) : true) &&
      !/^《|第\s?\d+\s?版/.test(text)
    )
      this.headingPeriod = span.period;
    else if (!isTitle) this.headingPeriod = this.headingPeriod && index <= 3 ? this.headingPeriod : this.headingPeriod;
  }

  /** Keeps the times of the sentences before for those that name none. */
  private takeTimes(sentence: Sentence, phrases: readonly TimePhrase[]): void {
    this.paragraphTimes.push(...this.pendingTimes);
    this.leadPeriod ??= this.pendingTimes.find((phrase) => phrase.period && phrase.role !== "same")?.period ?? null;
    this.pendingTimes = phrases.map((phrase) => ({
      ...phrase,
      sentence: this.sentenceIndex,
      opens: phrase.start - sentence.start <= 6,
    }));
  }

  /** 下半年怎么干。 opens what follows like a heading. */
  private carryTime(sentence: Sentence): void {
    const asked = this.normal.text.slice(sentence.start, sentence.end);
    if (asked.length > 16 || !/怎|如何|什么|哪|何|？/.test(asked)) return;
    const phrase = this.time
      .find(this.normal.text, sentence.start, sentence.end)
      .find((each) => each.period && each.role === "interval");
    if (phrase?.period) this.carried = phrase.period;
  }

  private readParagraph(paragraph: Paragraph): void {
    this.carried = undefined;
    this.leadPeriod ??= this.pendingTimes.find((phrase) => phrase.period && phrase.role !== "same")?.period ?? null;
    this.paragraphTimes = [];
    this.pendingTimes = [];
    this.articleTopics = newestOfEachKind([
      ...this.paragraphTopics.map((topic) => ({ ...topic, distance: "article" as const })),
      ...this.articleTopics,
    ]);
    this.paragraphTopics = [];
    this.money = undefined;
    for (const sentence of paragraph.sentences) this.readSentence(sentence, paragraph);
  }

  private readSentence(sentence: Sentence, paragraph: Paragraph): void {
    const numbers = within(this.numbers, sentence.start, sentence.end).filter(
      (number) => number.not === undefined && !number.conversion && (number.unit !== "bare" || number.scaled),
    );
    this.sentenceTopics = [];
    if (this.money) this.money = { ...this.money, distance: "paragraph" };
    this.sentenceIndex++;
    const phrases = this.time.find(this.normal.text, sentence.start, sentence.end);
    this.takeTimes(sentence, phrases);
    if (numbers.length === 0) {
      this.carryTime(sentence);
      this.lastTime = phrases.filter((phrase) => phrase.period).at(-1)?.period ?? this.lastTime;
      const asks = /多少|几何|几件|几个|如何/.test(this.normal.text.slice(sentence.start, sentence.end));
      this.question = asks ? this.catalogue.lexicon.scan(this.normal.text, sentence.start, sentence.end) : [];
      return;
    }
    let partStart = sentence.start;
    const clauses = clausesOf(this.normal.text, sentence, numbers).map((clause) => {
      const opensPart = clause.start === sentence.start || /[；;]/.test(this.normal.text[clause.start - 1] ?? "");
      return clauseParts(this.normal.text, this.catalogue.lexicon, {
        start: clause.start,
        end: clause.end,
        opensPart,
        quantities: numbers.filter(
          (number) =>
            number.numberStart >= clause.start && number.numberEnd <= clause.end && !isInTime(number, phrases),
        ),
        times: phrases,
      });
    });
    clauses.forEach((clause, index) => {
      if (clause.opensPart) partStart = clause.start;
      clause.quantities.forEach((_, order) => {
        this.readQuantity({ clause, order, clauses, index, sentence, paragraph, partStart, phrases });
      });
    });
    this.question = [];
    this.lastTime = phrases.filter((phrase) => phrase.period && phrase.role !== "same").at(-1)?.period ?? this.lastTime;
    this.paragraphTopics = newestOfEachKind([
      ...this.sentenceTopics.map((topic) => ({ ...topic, distance: "paragraph" as const })),
      ...this.paragraphTopics,
    ]);
  }

  private readQuantity(site: Site): void {
    const quantity = site.clause.quantities[site.order] as Quantity;
    const { claims, frame } = this.claimsFor(site, quantity);
    const rule = this.ruleAgainst(site, claims[0]);
    const surroundings = this.surroundingsOf(site, quantity, claims, rule !== undefined);
    const features = this.signsOf((out) => sayFeatures(surroundings, out));
    const decided = this.decide(quantity, claims, features, rule !== undefined);
    const winner = decided?.claim;
    const label = winner && winner.indicator !== DECOY ? winner.indicator.id : "none";
    this.labelled.set(quantity, label);
    this.guide.trace?.competed(quantity, site, {
      claims,
      frame,
      rule,
      signs: features.said,
      known: features.known,
      candidates: this.candidatesFor(kindOf(quantity), claims, rule !== undefined),
      evidence: this.guide.evidence.meaning,
      won: label,
    });
    this.labels = [
      {
        label,
        measure: quantity.measure,
        unit: quantity.unit,
        sentence: this.sentenceIndex,
      },
      ...this.labels,
    ].slice(0, 6);
    if (frame && frame.heads.length > 0) this.remember(frame, winner);
    if (!winner || winner.indicator === DECOY) {
      const decoy = claims[0];
      if (decoy && isMoney(quantity))
        this.money = { concept: "money_other", word: decoy.because, distance: "sentence" };
      return;
    }
    if (isMoney(quantity))
      this.money = { concept: winner.indicator.heads[0] ?? "", word: winner.because, distance: "sentence" };
    this.drafts.push(this.toDraft(site, quantity, winner, decided.margin, frame, features));
    for (const shared of claims.slice(1)) {
      if (shared.shared && shared.indicator !== winner.indicator)
        this.drafts.push(this.toDraft(site, quantity, shared, decided.margin, frame, features));
    }
  }

  /** Signs as strings only where somebody reads them. */
  private signsOf(say: (out: SignSink) => void): Signs {
    const { teach, trace } = this.guide;
    const said = new SpokenSigns();
    const known = new KnownSigns();
    if (teach || trace) say(said);
    if (!teach) say(known);
    return { said: said.signs, known: known.ids };
  }

  private ruleAgainst(site: Site, claim: Claim | undefined): string | undefined {
    if (!claim || claim.indicator === DECOY) return undefined;
    const { text, language } = this.normal;
    return ruledOutBy(text, site.clause, site.order, site.sentence, claim.indicator, language);
  }

  private surroundingsOf(site: Site, quantity: Quantity, claims: readonly Claim[], isRuledOut: boolean): Surroundings {
    return {
      text: this.normal.text,
      language: this.normal.language,
      catalogue: this.catalogue,
      clause: site.clause,
      order: site.order,
      sentenceStart: site.sentence.start,
      sentenceEnd: site.sentence.end,
      partStart: site.partStart,
      before: this.before(site).words,
      claims,
      isRuledOut,
      history: this.labels,
      headingWords: this.headingWords,
      relations: this.relations.get(quantity) ?? [],
      labelOf: (other) => this.labelled.get(other),
    };
  }

  /** What the number means: the catalogue's claims and the evidence of annotated clippings together. */
  private decide(
    quantity: Quantity,
    claims: readonly Claim[],
    features: Signs,
    isRuledOut: boolean,
  ): { claim: Claim; margin: number } | undefined {
    if (quantity.value === 0 || quantity.conversion) return undefined;
    const candidates = this.candidatesFor(kindOf(quantity), claims, isRuledOut);
    const taught = this.guide.teach?.meaning(quantity, features.said, candidates);
    if (taught !== undefined)
      return taught === "none" ? undefined : { claim: this.claimOf(taught, claims, 1), margin: 1 };
    const ranked = this.guide.evidence.meaning.rank(features.known, candidates);
    const best = ranked.find((each) => each.label !== "none");
    if (!best || best.probability < FIGURE_FROM) return undefined;
    const other = ranked.find((each) => each !== best);
    return {
      claim: this.claimOf(best.label, claims, best.probability),
      margin: best.probability - (other?.probability ?? 0),
    };
  }

  /** Every indicator of this kind of number, with what the catalogue's conditions say for it. */
  private candidatesFor(kind: Indicator["unit"], claims: readonly Claim[], isRuledOut: boolean): Candidate[] {
    const decoy = claims.find((claim) => claim.indicator === DECOY);
    const candidates: Candidate[] = [{ label: "none", prior: decoy ? Math.max(0, priorOf(decoy)) : 0 }];
    for (const indicator of this.catalogue.indicators) {
      if (indicator.unit !== kind) continue;
      const claim = claims.find((each) => each.indicator.id === indicator.id);
      candidates.push({ label: indicator.id, prior: this.priorFor(indicator, claim, isRuledOut) });
    }
    return candidates;
  }

  private priorFor(indicator: Indicator, claim: Claim | undefined, isRuledOut: boolean): number {
    if (claim) return priorOf(claim) + indicator.prefer - (isRuledOut ? 4.5 : 0);
    // what no annotated clipping has could only win where others are ruled out
    return this.guide.evidence?.meaning.knows(indicator.id) === false ? NEVER_SEEN : UNCLAIMED;
  }

  private claimOf(label: string, claims: readonly Claim[], probability: number): Claim {
    const known = claims.find((claim) => claim.indicator.id === label);
    if (known) return { ...known, score: probability };
    const indicator = this.catalogue.indicators.find((each) => each.id === label) as Indicator;
    return { indicator, score: probability, because: "" };
  }

  private claimsFor(site: Site, quantity: Quantity): { claims: Claim[]; frame: Frame | undefined } {
    const topics = [...this.sentenceTopics, ...this.paragraphTopics, ...this.articleTopics];
    const listed = claimsInList(this.catalogue, this.normal.text, site.clauses, site.index, site.order);
    if (listed) return { claims: listed, frame: undefined };
    if (quantity.unit === "percent")
      return {
        claims: claimsOnPercent(this.catalogue, site.clause, site.order, topics, this.before(site).words),
        frame: undefined,
      };
    if (isMoney(quantity))
      return {
        claims: claimsOnMoney(
          this.catalogue,
          site.clause,
          site.order,
          quantity.unit === "bare" ? undefined : this.money,
          quantity.unit === "bare" ? [] : this.before(site).words,
        ).filter((claim) => quantity.unit !== "bare" || claim.score >= 4.4),
        frame: undefined,
      };
    if (quantity.unit !== "count" || quantity.one) return { claims: [], frame: undefined };
    const bare = buildFrame(site.clause, site.order, topics, this.before(site));
    const frame = beneficiary(this.normal, bare, site.clause, site.order, site.clauses[site.index + 1]);
    return { claims: claimsOnCount(this.catalogue, frame), frame };
  }

  private before(site: Site): { words: Lexeme[]; lastClause: Lexeme[]; among: boolean } {
    const words = [
      ...this.question,
      ...site.clauses
        .slice(0, site.index)
        .filter((clause) => clause.start >= site.partStart)
        .flatMap((clause) => clause.gaps.flatMap((gap) => gap.words)),
    ];
    const last = site.clauses[site.index - 1];
    const lastClause =
      last && last.quantities.length === 0
        ? last.gaps.flatMap((gap) => [...gap.words])
        : site.index === 0
          ? [...this.question]
          : [];
    const part = this.normal.text.slice(site.partStart, site.clause.quantities[site.order]?.start);
    return { words, lastClause, among: isBrokenDown(part) };
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
    this.sentenceTopics = [topic, ...this.sentenceTopics].slice(0, 4);
  }

  private toDraft(
    site: Site,
    quantity: Quantity,
    claim: Claim,
    margin: number,
    frame: Frame | undefined,
    features: Signs,
  ): Draft {
    const { text, language } = this.normal;
    const span = quoteSpan(site.clause, site.order, frame, claim);
    const item = itemInList(text, site.partStart, site.clause, site.order, this.home);
    const near = this.places.at(quantity.start, site.sentence.start, site.paragraph.start);
    const place: PlaceFound = item && "region" in item ? { code: item.region, from: "list" } : near;
    const byRule = statusOf(
      text.slice(site.sentence.start, quantity.numberStart),
      text.slice(quantity.end, site.clause.end + 16),
      {
        money: isMoney(quantity),
        language,
        underPlanHeading: this.planned,
        sure: claim.indicator.id === "job.offered",
      },
    );
    const status = this.askPlanned(quantity, claim.indicator.id, byRule, features);
    const passage: Passage = {
      text,
      language,
      clause: site.clause,
      order: site.order,
      sentence: site.sentence,
      partStart: site.partStart,
      drafts: this.recent(),
      sentenceIndex: this.sentenceIndex,
      paragraphStart: site.paragraph.start,
    };
    const listed =
      item && "scope" in item && !item.scope.includes(claim.because.slice(0, 2)) && !isMoney(quantity)
        ? item.scope
        : undefined;
    const limit = scopeFor(claim.indicator as Indicator, passage, frame, claim);
    const limited = place.zone ?? listed ?? limit ?? this.town;
    const scopeFrom = place.zone ? "zone" : listed ? "list" : limit ? "words" : this.town ? "heading" : "near";
    const scope = this.askScoped(
      site,
      quantity,
      claim.indicator.id,
      { scope: limited, from: limited === null ? "none" : scopeFrom },
      place,
      features,
    );
    const time = this.askPeriod(site, quantity, claim, frame);
    return {
      indicator: claim.indicator.id,
      value: quantity.value,
      unit: isMoney(quantity) && quantity.unit === "bare" ? "CNY" : quantity.unit,
      qualifier: quantity.qualifier,
      region: place.code,
      period: time.period,
      scope,
      status,
      start: span.start,
      end: span.end,
      number: quantity,
      article: this.articleIndex,
      score: claim.score,
      margin,
      because: claim.because,
      elliptic: frame?.elliptic ?? false,
      sentence: this.sentenceIndex,
      from: provenanceOf(claim, frame, quantity, {
        region: place.from,
        period: time.from,
        scope: scope === null ? "none" : scopeFrom,
      }),
    };
  }

  private askPeriod(site: Site, quantity: Quantity, claim: Claim, frame: Frame | undefined): Inherited {
    const context = {
      text: this.normal.text,
      sentenceStart: site.sentence.start,
      clauseStart: site.clause.start,
      clauseEnd: site.clause.end,
      partStart: site.partStart,
      english: this.normal.language === "en",
      phrases: site.phrases,
    };
    const found = timeOf(context, quantity.start, quantity.end);
    const named = found.period ?? (found.phrase?.role === "same" ? this.sameTime(found.phrase) : found.period);
    const byRule: Inherited =
      named !== undefined
        ? { period: named, from: found.period === undefined ? "same" : (found.from ?? "clause") }
        : this.inheritedPeriod(site, frame, claim);
    const candidates = periodCandidates(
      context,
      quantity.start,
      quantity.end,
      claim.indicator.id,
      frame?.elliptic ?? false,
      {
        last: this.drafts.at(-1),
        sentence: this.sentenceIndex,
        paragraph: this.paragraphTimes.slice(-4),
        heading: this.headingPeriod ?? null,
        carried: this.carried ?? null,
        lead: this.leadPeriod,
        byRule: byRule.period,
        ruleFrom: byRule.from,
        lastTime: this.lastTime,
        figures: this.periodsBefore(claim.indicator.id),
      },
    );
    const taught = this.guide.teach?.period(quantity, candidates);
    if (taught !== undefined) return { period: taught, from: byRule.from };
    const { period } = this.guide.evidence;
    let best = candidates[0];
    let most = Number.NEGATIVE_INFINITY;
    for (const candidate of candidates) {
      const weight = period.weigh(knownSigns(candidate.signs)) + (candidate.signs.includes("rule") ? RULE_FIRST : 0);
      if (weight > most) {
        best = candidate;
        most = weight;
      }
    }
    return best ?? byRule;
  }

  private periodsBefore(indicator: string): Readonly<Record<string, string | null | undefined>> {
    const dated = this.drafts.filter((draft) => draft.period !== null && draft.status === "actual");
    const kin = dated.filter((draft) => isSameFamily(draft.indicator, indicator));
    const counts = new Map<string, number>();
    for (const { period } of dated) if (period !== null) counts.set(period, (counts.get(period) ?? 0) + 1);
    const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
    return { first: dated[0]?.period, kinFirst: kin[0]?.period, kinLast: kin.at(-1)?.period, commonest };
  }

  /** The figures that may still be meant by what follows. */
  private recent(): readonly Draft[] {
    return this.drafts.length > MEMORY ? this.drafts.slice(-MEMORY) : this.drafts;
  }

  private askPlanned(quantity: Quantity, id: string, byRule: Status, features: Signs): Status {
    const own = this.signsOf((out) => {
      out.say("rule:", byRule);
      out.say("i:", id, "|", byRule);
      out.say("under:", String(this.planned));
    });
    const candidates = priors("planned", "actual", byRule === "planned");
    const { teach } = this.guide;
    if (teach)
      return teach.planned(
        quantity,
        [...features.said.filter((sign) => STATUS_SIGNS.test(sign)), ...own.said],
        id,
        candidates,
      )
        ? "planned"
        : "actual";
    // signs of other kinds have no weight there
    const [best] = this.guide.evidence.planned.rank([...features.known, ...own.known], candidates);
    return best?.label === "planned" ? "planned" : "actual";
  }

  private askScoped(
    site: Site,
    quantity: Quantity,
    id: string,
    byRule: { scope: string | null; from: string },
    place: PlaceFound,
    features: Signs,
  ): string | null {
    const question: ScopeQuestion = {
      text: this.normal.text,
      site,
      quantity,
      indicator: id,
      byRule,
      place,
      drafts: this.recent(),
      sentence: this.sentenceIndex,
      article: this.articleIndex,
      town: this.town !== null,
      heading: this.heading,
      relations: this.relations.get(quantity) ?? [],
    };
    const own = this.signsOf((out) => sayScopeSigns(question, out));
    const candidates = priors("part", "whole", byRule.scope !== null);
    const { teach } = this.guide;
    const [best] = teach
      ? [{ label: teach.scoped(quantity, [...scopeSigns(features.said, id), ...own.said], id, candidates) }]
      : this.guide.evidence.scoped.rank([...features.known, ...own.known], candidates, id);
    if (best?.label === "whole" || best === undefined) return null;
    return byRule.scope ?? scopeNear(this.normal.text, site.clause, site.order);
  }

  /** 去年同期: the last time that was named, as many years earlier. */
  private sameTime(phrase: TimePhrase): string | null {
    let time = this.lastTime;
    for (let back = phrase.yearsBack ?? 0; back > 0 && time; back--) time = yearBefore(time);
    return time;
  }

  /** What leaves its head out, or breaks a total down, keeps the time of what it goes on from. */
  private inheritedPeriod(site: Site, frame: Frame | undefined, claim: Claim): Inherited {
    const last = this.drafts.at(-1);
    // what follows in a sentence keeps the time its first figure took over
    if (last?.sentence === this.sentenceIndex && last.start >= site.sentence.start && site.phrases.length === 0)
      return { period: last.period, from: "sentence" };
    const goesOn =
      frame?.elliptic ||
      frame?.cues.has("rest-here") ||
      /其中|当中|of (?:which|those|these|them)|the remaining|the other/i.test(
        this.normal.text.slice(site.sentence.start, site.sentence.start + 20),
      );
    if (
      goesOn &&
      last &&
      this.sentenceIndex - last.sentence <= 2 &&
      last.start >= site.paragraph.start &&
      last.status === "actual" &&
      (isSameFamily(last.indicator, claim.indicator.id) ||
        /^其中/.test(this.normal.text.slice(site.sentence.start, site.sentence.start + 2)))
    )
      return { period: last.period, from: "parent" };
    const follows =
      last && this.sentenceIndex - last.sentence === 1 && last.start >= site.paragraph.start && last.region !== null;
    if (
      follows &&
      last.status === "actual" &&
      last.indicator.startsWith("problem.") &&
      FOLLOWING.has(claim.indicator.id)
    )
      return { period: last.period, from: "parent" };
    const opened = this.recent()
      .filter((draft) => draft.indicator === "problem.collected" && draft.article === this.articleIndex)
      .at(-1);
    if (
      goesOn &&
      frame?.elliptic &&
      opened &&
      isSameFamily(opened.indicator, claim.indicator.id) &&
      this.sentenceIndex - opened.sentence <= 4
    )
      return { period: opened.period, from: "whole" };
    if (this.carried) return { period: this.carried, from: "carried" };
    return this.headingPeriod ? { period: this.headingPeriod, from: "heading" } : { period: null, from: "none" };
  }
}

/** The last topic for each kind of measure word: what was counted in between does not push it out. */
function newestOfEachKind(topics: readonly Topic[]): Topic[] {
  return topics.filter(
    (topic, index) => !topics.slice(0, index).some((other) => sameFamily(other.measure, topic.measure)),
  );
}

/** How many figures back a text is taken to refer; no clipping of the corpus has as many. */
const MEMORY = 200;

/** A yearly report published in spring speaks of the year in its title. */
function reportYear(title: string | null): number | undefined {
  const match = /(20\d{2})年(?:度|上半年|国民经济|[^，。]{0,16}(?:总结|公报|报告|综述|成绩单|情况))/.exec(title ?? "");
  return match ? Number(match[1]) : undefined;
}

/** What is said of the same set of problems a sentence later. */
const FOLLOWING = new Set(["problem.resolved", "problem.pending", "problem.resolution_rate", "problem.assigned"]);

const isSameFamily = (a: string, b: string) => b.startsWith(a.slice(0, a.indexOf(".") + 1));

/** What helps a reader decide; `teach` gives the answers while evidence is gathered. */
export interface Guide {
  readonly evidence: EvidenceSet;
  readonly teach?: Teacher;
  /** Remembers how each number was decided. */
  readonly trace?: Trace | undefined;
}

/** Answers for a number from a gold figure, and takes down its signs. */
export interface Teacher {
  meaning(quantity: Quantity, signs: readonly string[], candidates: readonly Candidate[]): string;
  scoped(quantity: Quantity, signs: readonly string[], indicator: string, candidates: readonly Candidate[]): string;
  /** The right one of the candidates, or what the gold says. */
  period(quantity: Quantity, candidates: readonly PeriodCandidate[]): string | null;
  planned(quantity: Quantity, signs: readonly string[], indicator: string, candidates: readonly Candidate[]): boolean;
}

const kindOf = (quantity: Quantity): Indicator["unit"] =>
  isMoney(quantity) ? "money" : quantity.unit === "percent" ? "percent" : "count";

/** From this probability on a number is a figure: measured by leaving clippings out. */
const FIGURE_FROM = 0.4;
/** Log odds of an indicator that no condition of the catalogue speaks for. */
const UNCLAIMED = -3;
/** The same of an indicator that evidence has never seen: nothing at all speaks for it. */
const NEVER_SEEN = -30;
/** Log odds of a claim against no figure: scores run from 3.4 to about 6.5, and the better half is right nine times in ten. */
const priorOf = (claim: Claim) => 1.1 * (Math.min(claim.score, 6.5) - 2.8);
/** What the rule says starts ahead, so that evidence has to speak against it. */
const priors = (yes: string, no: string, byRule: boolean): Candidate[] => [
  { label: yes, prior: byRule ? 1.5 : -1.5 },
  { label: no, prior: 0 },
];

/** How far the rule's own period starts ahead. */
export const RULE_FIRST = 1.5;
const STATUS_SIGNS = /^(?:bias|[<LPN]|h:|rw|>)/;
const SCOPE_SIGNS = /^(?:bias|u:|[<LR]|l[nm]:|r[nm]:|h:|b1:|s:|rw|lw)/;

/** The signs that tell a part from the whole, each also as a sign of the indicator. */
const scopeSigns = (features: readonly string[], id: string): string[] =>
  features.filter((sign) => SCOPE_SIGNS.test(sign)).flatMap((sign) => [sign, `${id}@${sign}`]);

/** The words right before a number that most likely limit it. */
function scopeNear(text: string, clause: ClauseParts, order: number): string {
  const gap = clause.gaps[order];
  const left = (gap?.text ?? "").replace(/[\s，、：:；（(]+$/, "");
  const words = /[^\s，、：:；（(。]{1,16}$/.exec(left)?.[0];
  if (words) return words;
  const right = /^[^\s，；。、）)]{1,12}/.exec(clause.gaps[order + 1]?.text ?? "")?.[0];
  return right ?? text.slice(clause.start, clause.quantities[order]?.start).slice(-8);
}

/** The signs around a number, and the numbers of those that evidence knows. */
interface Signs {
  readonly said: readonly string[];
  readonly known: readonly number[];
}

/** A period taken over, and from where. */
interface Inherited {
  readonly period: string | null;
  readonly from: PeriodFrom;
}

/** Where a number stands among the clauses of its sentence. */
export interface Site {
  readonly clause: ClauseParts;
  readonly order: number;
  readonly clauses: readonly ClauseParts[];
  readonly index: number;
  readonly sentence: Sentence;
  readonly paragraph: Paragraph;
  readonly partStart: number;
  readonly phrases: readonly TimePhrase[];
}
