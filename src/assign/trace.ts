import type { Catalogue } from "../catalogue/index.js";
import type { Article, Provenance, Quantity } from "../doc/index.js";
import { best, bestVerb, type Claim, claimsOnCount, forbidden, THRESHOLD } from "./compete.js";
import type { Candidate, Evidence } from "./evidence.js";
import type { Filler, Frame } from "./frame.js";
import type { Site } from "./site.js";

/** A meaning that a number might have had: an indicator, or `none`. */
export interface Rival {
  readonly indicator: string;
  /** Of all meanings, after the signs were weighed. */
  readonly probability: number;
  /** Log odds that the catalogue's conditions gave it before. */
  readonly prior: number;
  /** Score of its claim; undefined where the catalogue's conditions made none. */
  readonly claim: number | undefined;
  /** The words that decided the claim, or why there was none. */
  readonly because: string;
}

/** A sign around a number, and the log odds it added to the winner's. */
export interface Reason {
  readonly sign: string;
  readonly weight: number;
}

/** What was decided of one number, and on what grounds. Offsets are of the normal text. */
export interface Decision {
  readonly quantity: Quantity;
  readonly sentence: { readonly start: number; readonly end: number };
  readonly frame: Frame | undefined;
  /** The winner, then the others, likeliest first. */
  readonly rivals: readonly Rival[];
  /** The rule that spoke against the catalogue's best claim. */
  readonly rule: string | undefined;
  /** Strongest first. */
  readonly reasons: readonly Reason[];
}

/** What the reader knew when it decided. */
interface Grounds {
  readonly claims: readonly Claim[];
  readonly frame: Frame | undefined;
  readonly rule: string | undefined;
  readonly signs: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly evidence: Evidence;
  /** The indicator that was taken, or `none`. */
  readonly won: string;
}

/**
 * Remembers how numbers came to their meaning. Made only on request: without
 * one nothing is recorded, and nothing is computed for recording's sake.
 */
export class Trace {
  private readonly byStart = new Map<number, Decision>();
  /** Where the articles lie, their regions, and why one was passed over. */
  readonly articles: { start: number; end: number; home: string | null; skipped: string | undefined }[] = [];

  constructor(private readonly catalogue: Catalogue) {}

  /** What was decided of the number that begins at this place of the normal text. */
  decisionAt(numberStart: number): Decision | undefined {
    return this.byStart.get(numberStart);
  }

  enter(article: Article, home: string | null): void {
    this.articles.push({ start: article.start, end: article.end, home, skipped: undefined });
  }

  leftOut(article: Article, why: string): void {
    this.articles.push({ start: article.start, end: article.end, home: null, skipped: why });
  }

  competed(quantity: Quantity, site: Site, grounds: Grounds): void {
    const { claims, frame, rule, signs, candidates, evidence, won } = grounds;
    const ranked = evidence.rank(signs, candidates).sort((a, b) => Number(b.label === won) - Number(a.label === won));
    const weak = frame ? claimsOnCount(this.catalogue, frame, Number.NEGATIVE_INFINITY) : [];
    const rivals = ranked.map(({ label, probability }): Rival => {
      const claim = claims.find((each) => each.indicator.id === label);
      return {
        indicator: label,
        probability,
        prior: candidates.find((each) => each.label === label)?.prior ?? 0,
        claim: claim?.score,
        because: claim?.because ?? (label === "none" ? "" : this.whyNoClaim(label, frame, weak)),
      };
    });
    this.byStart.set(quantity.numberStart, {
      quantity,
      sentence: site.sentence,
      frame,
      rivals,
      rule,
      reasons: ranked[0] ? evidence.reasons(signs, ranked[0].label) : [],
    });
  }

  /** Why the conditions of a counting indicator made no claim on a frame. */
  private whyNoClaim(id: string, frame: Frame | undefined, weak: readonly Claim[]): string {
    const indicator = this.catalogue.indicators.find((each) => each.id === id);
    if (!indicator || !frame) return "none of its words is near";
    const claim = weak.find((each) => each.indicator.id === id);
    if (claim) return `${claim.because}: ${claim.score.toFixed(1)}, below the threshold of ${THRESHOLD}`;
    const head = best(frame.heads, indicator.heads);
    if (!head) return "what is counted is not among its heads";
    if (forbidden(indicator, frame))
      return `forbidden by ${indicator.forbid.filter((cue) => frame.cues.has(cue)).join(", ") || "its kind of team"}`;
    return bestVerb(frame, indicator) ? "its head may not be left out here" : "none of its verbs is there";
  }
}

/** Where the parts of a figure came from, by the fillers that decided its claim. */
export function provenanceOf(
  claim: Claim,
  frame: Frame | undefined,
  quantity: Quantity,
  slots: Pick<Provenance, "region" | "period" | "scope">,
): Provenance {
  const { region, period, scope } = slots;
  if (!frame) return { head: quantity.unit === "percent" ? "rate" : "money", verb: "none", region, period, scope };
  return {
    head: howOf(best(frame.heads, claim.indicator.heads)),
    verb: howOf(bestVerb(frame, claim.indicator)),
    region,
    period,
    scope,
  };
}

const howOf = (filler: Filler | undefined): string => filler?.how ?? "none";
