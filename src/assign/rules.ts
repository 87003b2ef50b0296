import type { Indicator } from "../catalogue/index.js";
import type { Sentence } from "../doc/index.js";
import type { ClauseParts, Gap } from "./clause.js";

const RULE_SENTENCE =
  /按照?规定|政策规定|里规定|明确规定|根据(?:政策|规定)|《[^》]{2,30}》(?:规定|明确)|规定[，,：:]|符合条件的?|条件是|标准为/;
const RULE_CLAUSE =
  /(?:对|凡|每|首次|新增)[^，。；]{2,26}(?:的|企业|单位|个人|户|人员|项目)[，,]?[^，。；]{0,12}(?:给予|予以|一次性(?:奖励|补助|给予)|奖励|再?补贴|再?补助|按[^，。]{0,12}(?:给予|补助|补贴|奖励|贴息)|最高)[^，。；]{0,10}$/;
const GIVEN_RULE =
  /(?:可|可以|均可|即可|能够?)(?:获|获得|享受|申请|减免|给予|贷|拿到)[^，。；]{0,12}$|(?:给予|予以)[^，。；\d]{0,10}(?:奖励|补助|补贴)?[^，。；\d]{0,4}$/;
const PER =
  /(?:每(?:人|户|家|名|个|年|月|天|日|周|次|件|笔|吨|亩|立方米|平方米|半月|半年|季度|位|季|县|镇|村|单)|户均|人均|平均|日均|月均|年均|件均|笔均|场均|家均|单笔|单户|单家|最长|最短|单个企业|一次性扣)[^，。；、]{0,14}$/;
const PER_AFTER = /^[^，。；\d]{0,3}(?:\/(?:人|户|家|月|年)|每(?:人|户|家|月|年|天))/;
const EN_PER = /\b(?:each|per|every|on average|an average of|averaging|averaged)\b[^,.;]{0,24}$/i;
const CHANGE =
  /(?:比|较|同比|环比|比上月|比去年|比上年)[^，。；]{0,16}(?:增加|减少|多|少|增长|下降|提高|上升|降低|增多|多出)了?$|(?:净增|净增加|多出|增加了|减少了|缩短|压缩|少跑|提速|扣减?|各扣|节省了?时间|增幅|同比增长|同比增加|增长|同比下降|下降|环比增长)$/;
const EN_CHANGE =
  /\b(?:up|down|rose|fell|grew|increased|decreased|increase of|rise of|growth of|expanded|dropped|by)\s+(?:by\s+|of\s+)?$/i;
const SAVED = /减|免|降|省|节约|少支出|少交|少缴|让利|saved?|cut|waive|lower|reduc/i;
const ELIGIBLE = /(?:低于|高于|超过|不足|以下|以上)$/;

/** What the number states instead of what was done: a rule, a ceiling, an average, a change; undefined where nothing speaks against it. */
export function ruledOutBy(
  text: string,
  clause: ClauseParts,
  order: number,
  sentence: Sentence,
  indicator: Indicator,
  language: "zh" | "en",
): string | undefined {
  const quantity = clause.quantities[order];
  if (!quantity) return "a number that is not there";
  const before = text.slice(clause.start, quantity.start);
  const sentenceBefore = text.slice(sentence.start, quantity.start);
  const left = clause.gaps[order] as Gap;
  const right = text.slice(quantity.end, clause.end);
  if (quantity.conversion || (quantity.ceiling && indicator.unit !== "percent")) return "a ceiling or a conversion";
  if (quantity.value === 0) return "zero";
  if (indicator.unit === "percent" && /^低于/.test(text.slice(quantity.start, quantity.numberStart)))
    return "under a bound";
  if (indicator.unit === "money" && quantity.value < 1000) return "too small for money";
  if (
    /^(?:者|的(?:单位|企业|项目|部分|\d|[县区镇乡街部]))/.test(text.slice(quantity.end, quantity.end + 4)) &&
    quantity.qualifier !== "exact" &&
    indicator.unit !== "count"
  )
    return "those over or under a bound";
  if (
    /^[^，。；]{0,8}(?:获评|被评|评为|入选|认定|荣获|上榜|获批(?:国家|省)|被认定|通报批评)/.test(
      text.slice(quantity.end, quantity.end + 16),
    ) &&
    indicator.id.startsWith("enterprise")
  )
    return "an award, no benefit";
  if (
    indicator.unit === "money" &&
    indicator.verbs.length > 0 &&
    !clause.gaps
      .slice(0, order + 2)
      .some((gap) => gap.words.some((word) => word.concepts.some((concept) => indicator.verbs.includes(concept.id)))) &&
    !SAVED.test(text.slice(sentence.start, clause.end))
  )
    return "none of the verbs that this money needs";
  if (
    indicator.unit === "money" &&
    (/(?:规模|资金池|基金)[为达约]?$/.test(left.text) || /^的[^，。；]{0,14}(?:资金池|基金|池)/.test(right))
  )
    return "the size of a pool or fund";
  if (
    indicator.unit === "money" &&
    quantity.qualifier !== "exact" &&
    /(?:以内|以下|以上)$/.test(text.slice(quantity.start, quantity.end)) &&
    text[quantity.end] === "的"
  )
    return "a bound";
  if (language === "en") {
    const stated =
      /\b(?:ceiling|cap|upper limit|maximum)\b[^.;]{0,40}$/i.test(before) ||
      EN_PER.test(before) ||
      (indicator.unit === "percent" && EN_CHANGE.test(before)) ||
      /^\s*(?:each|apiece|per|a (?:month|year|day))\b/i.test(right) ||
      /\b(?:can|may) (?:be|apply|get|receive)\b[^.]{0,40}$/i.test(before) ||
      (/\bannual(?:ly)?\b|\bat least\b/i.test(left.text) && /revenue/i.test(before));
    return stated ? "a ceiling, an average, a change or a rule" : undefined;
  }
  if (PER.test(before) || PER_AFTER.test(right)) return "an average";
  if (
    CHANGE.test(left.text) ||
    /(?:比|较)[^，。；]{0,24}(?:增加|减少|多|少|增长|下降)了?$/.test(before) ||
    (indicator.unit === "percent" && /(?:提高|上升|下降|增长|回落|降低)了?$/.test(left.text))
  )
    return "a change, no level";
  if (indicator.unit === "percent" && /^以下的|^的(?:单位|企业|部门|乡镇|要|将)/.test(right))
    return "a share of those below a bound";
  if (indicator.unit === "percent" && ELIGIBLE.test(left.text) && /的/.test(right.slice(0, 3)))
    return "a bound of who may apply";
  if (RULE_SENTENCE.test(sentenceBefore) && !/已|累计|共/.test(left.text)) return "a rule that is quoted";
  if (indicator.unit === "money" && !/已|累计|共计?|合计|实际|兑现|兑付|拨付|到账|发放|落实|办理/.test(left.text)) {
    if (
      RULE_CLAUSE.test(before) ||
      GIVEN_RULE.test(left.text) ||
      (/的政策|的标准|额度/.test(right.slice(0, 12)) && !/授信/.test(before))
    )
      return "a rule of who gets what";
    if (
      /^对|凡/.test(sentenceBefore) &&
      /按[^，。]{0,16}$|奖励[^，。]{0,4}$|补助[^，。]{0,4}$|补贴[^，。]{0,6}$/.test(before) &&
      !/家/.test(sentenceBefore)
    )
      return "a rule of who gets what";
  }
  return undefined;
}
