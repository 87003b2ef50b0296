import type { Decision } from "../assign/index.js";
import { type Contribution, contributionsOf } from "../check/confidence.js";
import type { Draft, Figure, Quantity, Repair } from "../doc/index.js";
import type { Extraction, Grounds } from "../pipeline.js";
import { DROPPED, PERIOD_FROM, REGION_FROM, SCOPE_FROM } from "./words.js";

/** A sentence of the normal text, and where the number stands in it. */
export interface Marked {
  readonly text: string;
  /** Half-open, of `text`. */
  readonly start: number;
  readonly end: number;
}

/** A word that fills a slot of the frame. */
export interface Filled {
  /** "…" where it was left out. */
  readonly word: string;
  readonly concepts: readonly string[];
  readonly how: string;
  readonly weight: number;
}

/** The value of a slot, and where it was read. */
export interface Slot {
  readonly value: string | null;
  readonly from: string;
  readonly says: string;
}

/** How a number was read, whether or not it became a figure. */
interface Reading {
  readonly sentence: Marked;
  readonly quantity: Pick<Quantity, "value" | "unit" | "measure" | "qualifier">;
  readonly frame: {
    readonly heads: readonly Filled[];
    readonly verbs: readonly Filled[];
    readonly cues: readonly string[];
    readonly modifier: string;
    readonly elliptic: boolean;
  } | null;
  /** Meanings that competed, the likeliest first; the first one won. */
  readonly rivals: Decision["rivals"];
  /** Signs around the number that spoke most for or against the winner. */
  readonly reasons: Decision["reasons"];
  /** A rule that spoke against it. */
  readonly rule: string | null;
}

/** How one figure was found. */
export interface Explanation extends Reading {
  readonly figure: Figure;
  readonly region: Slot;
  readonly period: Slot;
  readonly scope: Slot;
  readonly status: Slot;
  /** Changes that were made to the characters of its sentence. */
  readonly repairs: readonly Repair[];
  readonly confidence: { readonly value: number; readonly parts: readonly Contribution[] };
}

/** A number that became no figure, and why. */
export interface Unused extends Reading {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Rivals less likely than this are not told. */
const LEAST = 0.005;

/** Explains every figure of an extraction that kept its grounds, in order. */
export function explain(extraction: Extraction): Explanation[] {
  const grounds = groundsOf(extraction);
  return extraction.figures.map((figure, index) =>
    explainFigure(extraction, grounds, figure, grounds.drafts[index] as Draft, grounds.features[index] ?? new Map()),
  );
}

/** The numbers of an extraction that became no figure, in order. */
export function explainUnused(extraction: Extraction): Unused[] {
  const grounds = groundsOf(extraction);
  return grounds.numbers
    .filter((number) => !grounds.drafts.some((draft) => overlaps(draft.number, number)))
    .map((number) => ({
      ...readingOf(grounds, number),
      ...grounds.normal.map.range(number.start, number.end),
      reason: reasonFor(grounds, number),
    }));
}

function groundsOf(extraction: Extraction): Grounds {
  if (!extraction.grounds) throw new TypeError("extracted without { explain: true }");
  return extraction.grounds;
}

function explainFigure(
  extraction: Extraction,
  grounds: Grounds,
  figure: Figure,
  draft: Draft,
  features: ReadonlyMap<string, number>,
): Explanation {
  const reading = readingOf(grounds, draft.number);
  const { normal, trace } = grounds;
  const from = draft.number.start - reading.sentence.start;
  const at = normal.map.range(from, from + reading.sentence.text.length);
  const home = trace.articles.find((article) => draft.start >= article.start && draft.start < article.end)?.home;
  return {
    ...reading,
    figure,
    region: slot(
      figure.region,
      draft.from.region,
      REGION_FROM[draft.from.region],
      home ? `; the article is about ${home}` : "",
    ),
    period: slot(figure.period, draft.from.period, PERIOD_FROM[draft.from.period]),
    scope: slot(figure.scope, draft.from.scope, SCOPE_FROM[draft.from.scope]),
    status: slot(
      figure.status,
      figure.status,
      figure.status === "planned"
        ? "words of planning outweigh those of what is done"
        : "no word of planning governs it",
    ),
    repairs: extraction.repairs.filter((repair) => repair.at.start < at.end && repair.at.end > at.start),
    confidence: { value: figure.confidence, parts: contributionsOf(features) },
  };
}

const slot = (value: string | null, from: string, says: string, more = ""): Slot => ({
  value,
  from,
  says: says + more,
});

function readingOf(grounds: Grounds, number: Quantity): Reading {
  const decision = grounds.trace.decisionAt(number.numberStart);
  return {
    sentence: sentenceOf(grounds, number, decision),
    quantity: { value: number.value, unit: number.unit, measure: number.measure, qualifier: number.qualifier },
    frame: decision?.frame
      ? {
          heads: decision.frame.heads.map(filled),
          verbs: decision.frame.verbs.map(filled),
          cues: [...decision.frame.cues],
          modifier: decision.frame.modifier,
          elliptic: decision.frame.elliptic,
        }
      : null,
    rivals: (decision?.rivals ?? []).filter((rival, rank) => rank === 0 || rival.probability >= LEAST || rival.claim),
    reasons: decision?.reasons ?? [],
    rule: decision?.rule ?? null,
  };
}

type Filler = NonNullable<Decision["frame"]>["heads"][number];
const filled = ({ word, concepts, how, weight }: Filler): Filled => ({
  word: word?.text ?? "…",
  concepts,
  how,
  weight,
});

/** The sentence of a number; the row of a cell; no more than 160 characters to either side. */
function sentenceOf(grounds: Grounds, number: Quantity, decision: Decision | undefined): Marked {
  const { text } = grounds.normal;
  const lineStart = text.lastIndexOf("\n", number.start - 1) + 1;
  const lineEnd = text.indexOf("\n", number.end);
  const start = Math.max(decision?.sentence.start ?? lineStart, number.start - 160);
  const end = Math.min(decision?.sentence.end ?? (lineEnd < 0 ? text.length : lineEnd), number.end + 160);
  return { text: text.slice(start, end), start: number.start - start, end: number.end - start };
}

const overlaps = (a: Quantity, b: Quantity) => a.numberStart < b.numberEnd && a.numberEnd > b.numberStart;

/** Why a number became no figure: what it is, where it stands, or who failed to claim it. */
function reasonFor(grounds: Grounds, number: Quantity): string {
  if (number.not) return DROPPED[number.not];
  if (number.conversion) return DROPPED.conversion;
  const article = grounds.trace.articles.find(({ start, end }) => number.start >= start && number.end <= end);
  if (article?.skipped) return article.skipped;
  const decision = grounds.trace.decisionAt(number.numberStart);
  if (!decision) return number.unit === "bare" && !number.scaled ? DROPPED.bare : DROPPED.unread;
  if (number.ceiling && number.unit !== "percent") return DROPPED.ceiling;
  const [first, second] = decision.rivals;
  if (first && first.indicator !== "none") return DROPPED.repeated;
  const best = decision.rivals.find((rival) => rival.claim !== undefined);
  if (decision.rule) return `it states ${decision.rule}${best ? ` (${best.indicator} claimed it)` : ""}`;
  if (best) return `${best.indicator} claimed it, but the signs around it speak for no figure`;
  return `no indicator claims it${second ? `; nearest ${second.indicator}: ${second.because}` : ""}`;
}
