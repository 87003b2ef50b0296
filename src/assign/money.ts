import type { Catalogue, Indicator, Lexeme } from "../catalogue/index.js";
import { type ClauseParts, type Gap, isKind } from "./clause.js";
import type { Claim } from "./compete.js";

interface Vote {
  readonly concept: string;
  readonly score: number;
  readonly word: string;
}

/** A kind of money that earlier clauses spoke of. */
export interface MoneyTopic {
  readonly concept: string;
  readonly word: string;
  readonly distance: "sentence" | "paragraph";
}

const LINK =
  /^(?:[了的共达为约逾超近有，、：:\s“”]|共计|总计|合计|累计|已|分别|资金|金额|总额|额度|总量|规模|款项|高达|达到|超过|不低于|突破|已兑现|已拨付|已发放|兑现|兑付|支出|支付|投放|拨付|下达|到账|到位|已到位|余额|就|均|一共|实际|左右|协议|政策|资金量|近|各|人民币|新台币|港币|港元|额|共达|（[^）]{0,16}）|[（(][^）)]{0,16}[)）])*$/;

const LINK_EN =
  /^\s*(?:(?:of|worth|totalling|totaling|totalled|totaled|came to|amounted to|amounting to|reached|valued at|a|an|the|about|some|combined|another|additional|more than|over|nearly|,|:|\()\s*)*$/i;

/**
 * What an amount of money is: the words around it vote, the nearer and the
 * more specific the stronger; decoys (产值, 余额, 订单 …) vote too.
 */
export function claimsOnMoney(
  catalogue: Catalogue,
  clause: ClauseParts,
  index: number,
  topic: MoneyTopic | undefined,
  before: readonly Lexeme[],
): Claim[] {
  const votes = votesFor(clause, index);
  if (votes.length === 0)
    for (const word of before.filter((each) => isKind(each, "money")).slice(-1)) addVotes(votes, word, 1.6);
  if (topic && !votes.some((vote) => vote.score >= 3)) {
    votes.push({ concept: topic.concept, score: topic.distance === "sentence" ? 4.6 : 3.2, word: `(${topic.word})` });
  }
  const byConcept = new Map<string, Vote>();
  for (const vote of votes) {
    const known = byConcept.get(vote.concept);
    byConcept.set(vote.concept, known ? { ...vote, score: Math.max(known.score, vote.score) + 0.5 } : vote);
  }
  const claims: Claim[] = [];
  for (const vote of byConcept.values()) {
    const indicator = catalogue.indicators.find(
      (candidate) => candidate.unit === "money" && candidate.heads.includes(vote.concept),
    );
    claims.push({ indicator: indicator ?? DECOY, score: vote.score, because: vote.word });
  }
  return claims.sort((a, b) => b.score - a.score);
}

/** Stands for money that no indicator counts. */
export const DECOY: Indicator = {
  id: "none.none",
  label: "",
  labelEn: "",
  unit: "money",
  heads: [],
  verbs: [],
  default: 0,
  ellipsis: false,
  forbid: [],
  prefer: 0,
  measures: [],
  names: [""],
  namesEn: [],
  examples: [],
};

function votesFor(clause: ClauseParts, index: number): Vote[] {
  const votes: Vote[] = [];
  const left = clause.gaps[index] as Gap;
  const right = clause.gaps[index + 1] as Gap;
  const leftMoney = left.words.filter((word) => isKind(word, "money"));
  leftMoney.forEach((word, order) => {
    const between = left.text.slice(word.end - left.start);
    const last = order === leftMoney.length - 1;
    const nearness = last && (LINK.test(between) || LINK_EN.test(between)) ? 3.5 : last ? 2 : 1.2;
    addVotes(votes, word, nearness);
  });
  if (leftMoney.length === 0) {
    for (let back = index - 1; back >= 0; back--) {
      const words = (clause.gaps[back] as Gap).words.filter((word) => isKind(word, "money"));
      const word = words.at(-1);
      if (!word) continue;
      addVotes(votes, word, clause.quantities[back]?.unit === clause.quantities[index]?.unit ? 1.4 : 2.2);
      break;
    }
  }
  // “茶商贷”“藤铁贷”分别投放…: a product named so lends
  const said = clause.text.slice(0, (clause.quantities[index]?.start ?? 0) - clause.start);
  if (/“[^”]{1,12}(?:贷|易融|快贷)”[^，。；]{0,16}$/.test(said)) votes.push({ concept: "loan", score: 5, word: "贷" });
  const after = right.words.filter((word) => isKind(word, "money"));
  const first = after[0];
  if (first) {
    const between = right.text.slice(0, first.start - right.start).replace(/^\s*[（(][^）)]*[）)]/, "");
    const direct =
      !/[，。；：、）]/.test(between) &&
      !right.words.some((word) => word.end <= first.start && isKind(word, "verb") && !isKind(word, "noun"));
    if (direct && between.length <= 16) {
      const tail = headOf(after, right);
      addVotes(votes, tail, between.length <= 1 || /^的/.test(between) || leftMoney.length === 0 ? 3.6 : 2.4);
    } else if (leftMoney.length === 0 && !/[；。]/.test(between) && between.length <= 20) {
      addVotes(votes, first, 1.2);
    }
  }
  return votes;
}

/** The last money word of the noun phrase behind the amount: 流动资金贷款 is a loan. */
function headOf(words: readonly Lexeme[], gap: Gap): Lexeme {
  let head = words[0] as Lexeme;
  for (const word of words.slice(1)) {
    if (word.start - head.end > 4 || /[，。；：、]/.test(gap.text.slice(head.end - gap.start, word.start - gap.start)))
      break;
    head = word;
  }
  return head;
}

function addVotes(votes: Vote[], word: Lexeme, nearness: number): void {
  for (const concept of word.concepts) {
    if (concept.kind !== "money") continue;
    votes.push({ concept: concept.id, score: nearness + (concept.weight ?? 3) / 2.5, word: word.text });
  }
}
