import type { Catalogue, Lexeme } from "../catalogue/index.js";
import { type ClauseParts, type Gap, isConcept, isKind } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Topic } from "./topic.js";

const LINK =
  /^(?:[了的共达为约逾超近是由从，、：:\s“”]|达到|高达|均|都|分别|保持在|稳定在|提高到|提升到|提升至|提高至|上升到|上升至|升至|达到了|保持|不低于|要达到|要|超过|突破|维持在|也|已|更是|仍|就|接近|上年|去年|同期|上月|底|（[^）]{0,20}）|[（(][^）)]{0,20}[)）])*$/;

/** What a share is: the rate word that it follows or precedes, or the shares of problems and enterprises told as fractions. */
export function claimsOnPercent(
  catalogue: Catalogue,
  clause: ClauseParts,
  index: number,
  topics: readonly Topic[],
  before: readonly Lexeme[],
): Claim[] {
  const left = clause.gaps[index] as Gap;
  const right = clause.gaps[index + 1] as Gap;
  const rates = left.words.filter((word) => isKind(word, "rate"));
  // 表示满意的占98.6%: the share of those named before
  const last = rates.at(-1);
  const other = rates.at(-2);
  const named = last && other && /^(?:占|占比)$/.test(last.text) && last.start - other.end <= 3 ? other : last;
  if (named) {
    const between = left.text.slice(named.end - left.start);
    return claimsOfRate(
      catalogue,
      named,
      LINK.test(between) || /^的?占$/.test(between) ? 6 : between.length <= 12 ? 4.2 : 3,
      topics,
      before,
    );
  }
  const after = right.words.find((word) => isKind(word, "rate"));
  if (after && after.start - right.start <= 8 && !/[，。；、]/.test(right.text.slice(0, after.start - right.start))) {
    return claimsOfRate(catalogue, after, 5, topics, before);
  }
  // satisfaction, measured by text message, stood at 97.6%
  const earlier = before.filter((word) => isKind(word, "rate")).at(-1);
  if (
    earlier &&
    !left.words.some((word) => isKind(word, "noun")) &&
    index === 0 &&
    /^[^，。；]{0,20}$/.test(left.text) &&
    /\b(?:stood|stands|reached|was|is|at)\b/i.test(left.text)
  )
    return claimsOfRate(catalogue, earlier, 4.2, topics, before);
  return claimsOfShare(catalogue, left, right, topics);
}

function claimsOfRate(
  catalogue: Catalogue,
  word: Lexeme,
  score: number,
  topics: readonly Topic[],
  before: readonly Lexeme[],
): Claim[] {
  const claims: Claim[] = [];
  for (const concept of word.concepts) {
    const indicator = catalogue.indicators.find(
      (candidate) => candidate.unit === "percent" && candidate.heads.includes(concept.id),
    );
    if (!indicator) continue;
    if (indicator.shareOf && topics[0] && isForeignTopic(topics[0])) continue;
    if (indicator.shareOf && speaksOfOthers(before)) continue;
    claims.push({ indicator, score, because: word.text });
  }
  return claims;
}

/** 登记手续实行一窗受理，办结率100%: the sentence speaks of other things only. */
function speaksOfOthers(before: readonly Lexeme[]): boolean {
  const nouns = before.filter((word) => isKind(word, "noun"));
  return (
    nouns.some((word) => /手续|审批|证照|许可|登记|案件|执照|permits?|approvals?/i.test(word.text)) &&
    !nouns.some((word) => isConcept(word, "problem") || isConcept(word, "matter"))
  );
}

/** A rate right behind other things counted (案件, 手续) is a rate of those. */
function isForeignTopic(topic: Topic): boolean {
  if (topic.distance !== "sentence") return false;
  const concepts = topic.heads[0]?.concepts ?? [];
  return concepts.length > 0 && concepts.every((id) => id === "other" || id === "project");
}

/** 九成以上问题得到解决, 98%的企业表示满意, two-thirds of the problems had been solved. */
function claimsOfShare(catalogue: Catalogue, left: Gap, right: Gap, topics: readonly Topic[]): Claim[] {
  const words = right.words.filter((word) => word.start - right.start <= 24);
  const noun = words.find((word) => isKind(word, "noun")) ?? left.words.filter((word) => isKind(word, "noun")).at(-1);
  const verb = words.find((word) => isConcept(word, "resolve") && !/^(?:办理|处理|处置|完成|落地)$/.test(word.text));
  const pleased = words.find((word) => isConcept(word, "satisfaction_rate"));
  const byId = (id: string) => catalogue.indicators.find((indicator) => indicator.id === id);
  const rate = byId("problem.resolution_rate");
  const satisfaction = byId("satisfaction.rate");
  const about = topics.find((topic) => topic.distance !== "article")?.heads[0]?.concepts ?? [];
  if (!noun && verb && about.includes("problem") && rate) return [{ indicator: rate, score: 4, because: verb.text }];
  if (noun && verb && isConcept(noun, "problem") && rate)
    return [{ indicator: rate, score: 4.2, because: `${noun.text}+${verb.text}` }];
  if (pleased && satisfaction) return [{ indicator: satisfaction, score: 4.2, because: pleased.text }];
  return [];
}
