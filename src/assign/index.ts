import type { Catalogue } from "../catalogue/index.js";
import type { Article, Draft, Metadata, Normal, Quantity } from "../doc/index.js";
import { regionOfArticle } from "./about.js";
import { standardEvidence } from "./evidence.js";
import type { Guide } from "./guide.js";
import { Reader } from "./reader.js";
import { isRelevant } from "./relevance.js";
import { within } from "./sentence.js";

export { aboutOf } from "./about.js";
export { RULE_FIRST } from "./dating.js";
export {
  Evidence,
  type EvidenceFile,
  type EvidenceSet,
  type Ranked,
  standardEvidence,
} from "./evidence.js";
export type { Guide, Teacher } from "./guide.js";
export { periodsOf } from "./plain-period.js";
export { type Decision, type Rival, Trace } from "./trace.js";

/** Gives quantities their meaning: one draft figure for each number that an indicator claims. */
export function assign(
  catalogue: Catalogue,
  normal: Normal,
  articles: readonly Article[],
  numbers: readonly Quantity[],
  about: Metadata,
  guide: Guide = { evidence: standardEvidence() },
): Draft[] {
  const drafts: Draft[] = [];
  articles.forEach((article, index) => {
    if (!isRelevant(normal, article, articles)) {
      guide.trace?.leftOut(article, "the article speaks of other subjects");
      return;
    }
    const own = within(numbers, article.start, article.end);
    const home = regionOfArticle(normal, article, about);
    guide.trace?.enter(article, home);
    // one by one: an argument for each of a hundred thousand would overflow the stack
    for (const draft of new Reader(catalogue, normal, article, index, own, about, home, guide).read())
      drafts.push(draft);
  });
  return unique(drafts);
}

/** Once per distinct indicator, value, region, period, status and scope or none; the surest stays. */
function unique(drafts: readonly Draft[]): Draft[] {
  const seen = new Map<string, Draft>();
  for (const draft of drafts) {
    const { indicator, value, unit, region, period, scope, status } = draft;
    const key = `${indicator}|${value}|${unit}|${region ?? ""}|${period ?? ""}|${scope === null}|${status}`;
    const known = seen.get(key);
    if (!known || draft.score > known.score) seen.set(key, draft);
  }
  return [...seen.values()].sort((a, b) => a.start - b.start);
}
