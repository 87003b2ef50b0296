import type { Catalogue, Indicator } from "../catalogue/index.js";
import type { Filler, Frame } from "./frame.js";

/** An indicator's claim on a quantity. */
export interface Claim {
  readonly indicator: Indicator;
  readonly score: number;
  /** Why, for people: the words that decided. */
  readonly because: string;
  /** The number states this claim as well as the winner (办结率和满意率均达100%). */
  readonly shared?: boolean;
}

/** Below this a count is left alone. Measured on the corpus: lower costs more wrong figures than it finds. */
export const THRESHOLD = 3.4;

/** Lets the catalogue's counting indicators compete for a frame; the best claim first. */
export function claimsOnCount(catalogue: Catalogue, frame: Frame, threshold = THRESHOLD): Claim[] {
  const claims: Claim[] = [];
  if (frame.heads.length === 0) return claims;
  for (const indicator of catalogue.indicators) {
    if (indicator.unit !== "count") continue;
    const claim = claimOf(indicator, frame);
    if (claim && claim.score >= threshold) claims.push(claim);
  }
  return claims.length > 1 ? claims.sort((a, b) => b.score - a.score) : claims;
}

function claimOf(indicator: Indicator, frame: Frame): Claim | undefined {
  const head = best(frame.heads, indicator.heads);
  if (!head) return undefined;
  if (head.how === "topic" && !indicator.ellipsis && !ELLIPSIS_BY_MEASURE.test(frame.quantity.measure))
    return undefined;
  const verb = bestVerb(frame, indicator);
  const whole = head.concepts.includes(indicator.heads[0] ?? "") && frame.quantity.value > 3;
  const score = verb ? head.weight + verb.weight : indicator.default > 0 && whole ? head.weight + indicator.default : 0;
  if (score === 0 || forbidden(indicator, frame)) return undefined;
  const words = [head.word?.text ?? "…", verb?.word?.text].filter(Boolean).join("+");
  return { indicator, score: score + preference(indicator, frame), because: words };
}

/** Enterprises may be left out too where the measure word names them: 已服务1200家次. */
const ELLIPSIS_BY_MEASURE = /^(?:家|户|家次|户次|企次|名|人|场|次|场次|册|本|份|张)$/;

export function best(fillers: readonly Filler[], concepts: readonly string[]): Filler | undefined {
  let found: Filler | undefined;
  for (const filler of fillers) {
    if (!haveOneOf(filler.concepts, concepts)) continue;
    if (!found || filler.weight > found.weight) found = filler;
  }
  return found;
}

function haveOneOf(ids: readonly string[], concepts: readonly string[]): boolean {
  for (const id of ids) for (const concept of concepts) if (id === concept) return true;
  return false;
}

export function bestVerb(frame: Frame, indicator: Indicator): Filler | undefined {
  const found = best(frame.verbs, indicator.verbs);
  if (indicator.verbs.includes("rest") && frame.cues.has("rest-here")) {
    const marker: Filler = { concepts: ["rest"], weight: 2.7, how: "marker", word: undefined };
    if (!found) return marker;
    return found.weight > marker.weight ? found : { ...marker, weight: marker.weight + 0.3 };
  }
  return found;
}

const TEAM = /组$|队$|团$|专班$|teams?$|groups?$|forces$/;

export function forbidden(indicator: Indicator, frame: Frame): boolean {
  // teams that are set up are out, those sent out are in
  if (
    indicator.id === "official.assigned" &&
    TEAM.test(frame.heads[0]?.word?.text ?? "") &&
    !frame.verbs.some((verb) =>
      /分派|派|下沉|进驻|入驻|奔赴|深入|分赴|sent|dispatch|deploy|post/.test(verb.word?.text ?? ""),
    )
  )
    return true;
  return indicator.forbid.some((id) => frame.cues.has(id));
}

/** Small leanings where two readings fit alike. */
function preference(indicator: Indicator, frame: Frame): number {
  const { measure } = frame.quantity;
  if (indicator.id === "enterprise.visited" && /次$/.test(measure)) return 1.5;
  if (indicator.id === "enterprise.covered" && /次$/.test(measure)) return -0.5;
  return 0;
}
