import type { Indicator } from "../catalogue/index.js";
import type { Draft, Sentence } from "../doc/index.js";
import { type ClauseParts, type Gap, isConcept, isKind } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Frame } from "./frame.js";
import { familyOf } from "./memory.js";
import { bodyIn, companyIn, narrowingOf, sortIn } from "./scope.js";

/** Where a number stands, for finding what it is limited to. */
export interface Passage {
  readonly text: string;
  readonly language: "zh" | "en";
  readonly clause: ClauseParts;
  readonly order: number;
  readonly sentence: Sentence;
  readonly partStart: number;
  /** The part of the sentence breaks a total down. */
  readonly among: boolean;
  readonly paragraphStart: number;
  /** The figures of the article so far. */
  readonly drafts: readonly Draft[];
  readonly sentenceIndex: number;
}

const LEADERS =
  /((?:省|市|州|县|区|处|厅|科|乡|镇)(?:厅|处)?级?(?:党政)?(?:领导(?:干部)?|干部)(?:及[^，。\d]{2,8})?|(?:省|市|县|区)领导)/;

/** Leaders who act as the subject; counted ones (36名县领导) are no limit. */
function leadersIn(text: string): string | undefined {
  const match = LEADERS.exec(text);
  if (
    !match ||
    /[\d一二三四五六七八九十百][名位]$/.test(text.slice(Math.max(0, match.index - 3), match.index)) ||
    /^[^，。；]{0,4}\d+[名人位]/.test(text.slice(match.index + match[0].length))
  )
    return undefined;
  return match[1];
}

/** The few words that limit a figure; null when it is the region's whole. */
export function scopeFor(
  indicator: Indicator,
  passage: Passage,
  frame: Frame | undefined,
  claim: Claim,
): string | null {
  switch (familyOf(indicator.id)) {
    case "problem":
      return problemScope(indicator, passage, frame);
    case "satisfaction":
      return bodyIn(partBefore(passage).slice(-30));
    case "resumption":
      return rateSubject(passage);
    case "fund":
      return fundScope(passage, claim);
    case "investment":
      return investmentScope(passage);
    case "enterprise":
      return enterpriseScope(indicator, passage, frame);
    case "official":
      return officialScope(passage, frame);
    case "project":
      return projectScope(passage, frame);
    case "event":
    case "material":
      return kindScope(passage, frame);
    case "job":
      return /意向|signed on|signed up|found work|were hired|签约|录用/i.test(
        passage.text.slice(passage.clause.start, passage.clause.end),
      )
        ? "意向"
        : null;
    default:
      return frame ? narrowingOf(frame.modifier) : null;
  }
}

const partBefore = (passage: Passage) =>
  passage.text.slice(passage.partStart, passage.clause.quantities[passage.order]?.start);
const sentenceBefore = (passage: Passage) =>
  passage.text.slice(passage.sentence.start, passage.clause.quantities[passage.order]?.start);
const AMONG = /其中|当中|of which|of whom|of them|including|among them/i;
const CONCERNS = /涉及|包括|排在?前/g;

/** Whether a text breaks down a total it gave: 其中, or what a number just given concerns. */
export function isBrokenDown(text: string): boolean {
  if (AMONG.test(text)) return true;
  CONCERNS.lastIndex = 0;
  for (let match = CONCERNS.exec(text); match; match = CONCERNS.exec(text)) {
    const { index } = match;
    const part = Math.max(text.lastIndexOf("；", index), text.lastIndexOf("。", index));
    if (/\d/.test(text.slice(part + 1, index))) return true;
  }
  return false;
}

function problemScope(indicator: Indicator, passage: Passage, frame: Frame | undefined): string | null {
  const before = partBefore(passage);
  const clauseText = passage.text.slice(passage.clause.start, passage.clause.end);
  const left = passage.clause.gaps[passage.order] as Gap;
  const body =
    bodyIn(passage.text.slice(passage.clause.start, passage.clause.quantities[passage.order]?.start)) ?? bodyIn(before);
  if (body && !/^(?:各|县市区|全)/.test(body)) return body;
  if (frame) {
    const sort = sortIn(left.text);
    if (sort) return sort;
  }
  const leaders = leadersIn(before);
  if (leaders && !passage.among && indicator.id !== "problem.assigned") return leaders;
  if (indicator.id === "problem.assigned") return recipientScope(passage);
  const same = passage.drafts.filter(
    (draft) => draft.indicator === indicator.id && draft.sentence >= passage.sentenceIndex - 1,
  );
  if (/现场|当场|就地/.test(left.text) && indicator.id === "problem.resolved") {
    const rest = passage.text.slice(passage.clause.end, passage.clause.end + 160);
    return /(?:办结|解决|化解|销号|答复)[^，。；率]{0,6}\d/.test(rest) ? "现场解决" : null;
  }
  if (passage.among && same.length > 0) return (frame?.modifier ?? "").slice(0, 16) || "其中";
  if (/上级|省级|市级|自己化解|交办件|部门接单|转办件|本级|县级|镇级|自行/.test(left.text))
    return /上级交办|省级|市级|自己化解|交办件|转办件|本级|县级|镇级|自行/.exec(left.text)?.[0] ?? null;
  const assigned = passage.drafts
    .filter((draft) => draft.sentence >= passage.sentenceIndex - 1 && draft.indicator.startsWith("problem."))
    .at(-1);
  if (
    assigned &&
    assigned.sentence === passage.sentenceIndex &&
    assigned.scope &&
    indicator.id !== "problem.collected" &&
    (indicator.id === "problem.resolved" || indicator.id === "problem.pending") &&
    isPartOf(assigned, passage)
  )
    return assigned.scope;
  void clauseText;
  return null;
}

/** What follows a scoped figure of the same part of the sentence keeps its scope. */
function isPartOf(parent: Draft, passage: Passage): boolean {
  return parent.start >= passage.partStart && (passage.clause.quantities[passage.order]?.value ?? 0) <= parent.value;
}

/** Several recipients side by side split the whole; a single one names it. */
function recipientScope(passage: Passage): string | null {
  const left = passage.clause.gaps[passage.order] as Gap;
  const batch = /(?:第[一二三四五六七八九十\d]+批|前[一二三四五两\d]+批)/.exec(partBefore(passage));
  if (batch) return batch[0];
  // 市企服办转办的8个问题 are those of one sender, not the whole
  const sender = /([\p{Script=Han}]{2,10}(?:转办|交办|下发|批转|移交|派发|督办))(?:给[\p{Script=Han}]{2,8})?的$/u.exec(
    left.text,
  );
  if (sender) return sender[1] ?? null;
  const recipients =
    /((?:省|市|县|区|镇|乡|上级)(?:直|级|（区）|职能)?(?:[\p{Script=Han}（）]{0,8})|[\p{Script=Han}]{2,8}(?:局|委|办|厅|处|中心|公司))$/u.exec(
      left.text.replace(/(?:的|办理|协调|解决|分别|共){1,8}$/g, ""),
    );
  const others =
    passage.clause.quantities.filter((quantity) => quantity.unit === "count").length > 1 ||
    /^[，、；](?:转|交|分|提请|派|上报|[县市区省])[^。]{0,18}\d/.test(
      passage.text.slice(passage.clause.quantities[passage.order]?.end ?? 0, passage.sentence.end).slice(0, 26),
    ) ||
    /(?:转办|交办|提请|派发|办理|分办|上报|转交)[^，。；]{0,14}\d+[个件条项]?[、，；][^。]{0,30}$/.test(
      sentenceBefore(passage),
    );
  if (recipients && others) return recipients[1] ?? null;
  if (
    passage.language === "en" &&
    /departments of|provincial departments/i.test(passage.text.slice(passage.clause.start, passage.clause.end))
  )
    return "departments";
  return null;
}

function rateSubject(passage: Passage): string | null {
  const before = passage.text
    .slice(passage.clause.start, passage.clause.quantities[passage.order]?.start)
    .replace(/(?:复工率|复产率|返岗率|用工恢复率|开工率|达产率|和|均|达到|达|为|、|企业)+/g, "|");
  const subject = before
    .split("|")
    .map((part) => part.replace(/^[，\s]*(?:全[市县区省]|我[市县区省]|截至[^，]*|目前)/, ""))
    .find((part) => part.length >= 2 && !/^\d+$/.test(part));
  if (subject) return subject.slice(-16);
  const parent = passage.drafts
    .filter(
      (draft) =>
        draft.sentence === passage.sentenceIndex &&
        (draft.indicator.startsWith("enterprise.res") || draft.indicator.startsWith("resumption")),
    )
    .at(-1);
  return parent?.scope ?? null;
}

function fundScope(passage: Passage, claim: Claim): string | null {
  const quantity = passage.clause.quantities[passage.order];
  if (!quantity) return null;
  const left = passage.clause.gaps[passage.order] as Gap;
  const right = passage.clause.gaps[passage.order + 1] as Gap;
  const near = passage.text.slice(Math.max(passage.sentence.start, quantity.start - 90), passage.clause.end);
  const parent = passage.drafts
    .filter((draft) => draft.indicator === claim.indicator.id && draft.sentence === passage.sentenceIndex)
    .at(-1);
  if (claim.because.startsWith("(") && parent?.scope) return parent.scope;
  const company = companyIn(near, passage.language);
  const enterprises = passage.clause.quantities.some((other) => /^[家户]/.test(other.measure) && !other.one);
  if (company && !enterprises) return company;
  if (passage.language === "en")
    return (
      /\b(?:small and micro|manufacturers|private|smes|foreign trade|industrial|agricultural|technological upgrad\w+|state-owned)\b/i.exec(
        passage.text.slice(passage.clause.start, passage.clause.end),
      )?.[0] ?? null
    );
  const leaders = LEADERS.exec(sentenceBefore(passage));
  if (leaders && claim.indicator.id === "fund.raised") return leaders[1] ?? null;
  const product =
    /[“「『]([^”」』]{2,20})[”」』](?:等|专项|专案|系列)*(?:信用|小额)?(?:贷款|专案|资金|产品|计划)?[^，。；]{0,14}$/.exec(
      left.text,
    );
  if (product && /贷|融|券|保|通|易|专案|计划/.test(product[0]) && !/过桥|续贷|倒贷|转贷|等贷款/.test(product[0]))
    return product[1] ?? null;
  const programme = /[“「『]([^”」』]{4,24}(?:专案|贷款|方案|计划)?)[”」』](?:专案|方案|计划)?/.exec(
    sentenceBefore(passage),
  );
  if (programme && /专案|方案|贷款|计划$/.test(programme[0])) return programme[1] ?? null;
  const level = /(省级|市级|区级|县级|国家级|中央|上级)(?!领导|以上|纾困|财政)[^，。；“”]{0,12}$/.exec(left.text);
  if (level) return level[1] ?? null;
  const moneyWords = left.words.filter((word) => isKind(word, "money"));
  const before = left.text.slice(-28).replace(/^.*[，。；：、]/, "");
  const behind = moneyWords.length === 0 ? (/^[^，。；]{0,16}/.exec(right.text)?.[0] ?? "") : "";
  const isTax =
    claim.indicator.id === "fund.tax_relief" ||
    claim.indicator.id === "fund.bridge_loan" ||
    claim.indicator.id === "fund.job_subsidy";
  const recipients = enterprises ? (/[家户]([\p{Script=Han}“”]{2,14})/u.exec(near)?.[1] ?? "") : "";
  const found =
    (isTax ? null : batchOrKind(before)) ??
    narrowingIfStrong(before, isTax) ??
    narrowingIfStrong(behind, isTax) ??
    (/大型|中小|小微|工业企业|规上/.test(recipients.slice(0, 6)) &&
    claim.indicator.id !== "fund.bridge_loan" &&
    claim.indicator.id !== "fund.credit"
      ? recipients
      : null);
  if (found) return found;
  if (passage.among && isTax && /[类型]?企业|行业|制造业|个体/.test(before)) return before.slice(-14);
  if (claim.indicator.id === "fund.cost_relief") return claim.because.replace(/[()]/g, "") || null;
  if (claim.indicator.id === "fund.rent_relief" && /国有|厂房|中小|小微/.test(sentenceBefore(passage).slice(-40)))
    return /国有[房屋标准厂]*|厂房|中小企业|小微企业/.exec(sentenceBefore(passage).slice(-40))?.[0] ?? null;
  return null;
}

const batchOrKind = (text: string) =>
  /第[一二三四五六七八九十\d]+批[^，。]{0,8}|首批|头批|技改(?:补助|资金|奖补)?|设备更新[^，。\d]{0,4}|满负荷[^，。\d]{0,10}|制造[^，。\d]{0,10}(?:奖励|资金|补助)|新晋[^，。\d]{0,8}|(?:[一-龥]{2,8})专项资金|贴息|利息补贴|(?:研发|科技创新|上市|电商|外贸|升规|高企|专精特新)[^，。\d]{0,8}(?:补助|奖励|资金|奖补|补贴)|复工专项|首贷|信用贷款|担保贷款|技改贷款|创业担保贷款/.exec(
    text,
  )?.[0] ?? null;

function narrowingIfStrong(text: string, weak: boolean): string | null {
  if (text.length > 40) return null;
  const found =
    /规上|规模以上|小微企业|中小微企业|中小企业|民营企业|个体工商户|外贸企业|大型企业|工业企业|农业|制造业|涉农|科技型|餐饮|文旅|物流企业|服务业|批零住餐/.exec(
      text,
    )?.[0];
  if (!found) return null;
  return weak && !/制造业|大型企业|服务业/.test(found) ? null : found;
}

function investmentScope(passage: Passage): string | null {
  const parent = passage.drafts
    .filter((draft) => draft.sentence === passage.sentenceIndex && draft.indicator === "project.count")
    .at(-1);
  if (parent) return parent.scope ?? "项目";
  const near =
    sentenceBefore(passage).slice(-60) +
    passage.text.slice(passage.clause.quantities[passage.order]?.end ?? 0, passage.clause.end);
  return /[\p{Script=Han}“”]{2,16}项目|签约|到位资金|方案|大方案|意向/u.exec(near)?.[0] ?? null;
}

function enterpriseScope(indicator: Indicator, passage: Passage, frame: Frame | undefined): string | null {
  const left = passage.clause.gaps[passage.order] as Gap;
  if (indicator.id === "enterprise.benefited") {
    const all = [...passage.clause.gaps.flatMap((gap) => gap.words)];
    const benefit = all.find((word) => isKind(word, "money") && !isConcept(word, "money_other"));
    return benefit?.text ?? passage.drafts.at(-1)?.scope ?? "惠企政策";
  }
  const leaders =
    leadersIn(left.text) ?? (indicator.id === "enterprise.visited" ? leadersIn(partBefore(passage)) : undefined);
  if (
    leaders &&
    (passage.among ||
      passage.drafts.some((draft) => draft.indicator === indicator.id) ||
      indicator.id === "enterprise.visited") &&
    !/各级|党员干部/.test(sentenceBefore(passage).slice(-30))
  )
    return leaders;
  if (!frame) return null;
  const modifier = frame.modifier;
  if (/、/.test(modifier.replace(/“[^”]{0,200}”/g, "")) || /[^”]和/.test(modifier))
    return passage.among ? modifier.slice(0, 16) : null;
  if (passage.language === "en")
    return (
      /\b(?:above designated size|industrial|small|micro|private|foreign|high-tech|manufacturing|export|leading|key)\b[^,.;]{0,24}/i.exec(
        frame.modifier,
      )?.[0] ?? (passage.among ? "of which" : null)
    );
  const narrowed =
    /规上|规模以上|限上|小微|中小|大型|民营|外贸|外资|龙头|专精特新|高新技术|科技型|四上|工业企业|工业区|农业|制造业|服务业|建筑|商贸|个体|上市|停产|推介|重点外贸|链主|独角兽|单项冠军|纺织|化工|食品/.exec(
      modifier,
    )?.[0];
  if (narrowed) return modifier.replace(/^[，的\s]+/, "").slice(0, 16);
  const batch = sortIn(left.text);
  if (batch) return batch;
  if (/停产|工业企业|规上|限上|规模以上/.test(left.text.slice(-14))) return left.text.slice(-12);
  return passage.among && indicator.id !== "enterprise.resumed" ? modifier.slice(0, 12) || "其中" : null;
}

function officialScope(passage: Passage, frame: Frame | undefined): string | null {
  if (!frame) return null;
  const left = passage.clause.gaps[passage.order] as Gap;
  const word = frame.heads[0]?.word?.text ?? "";
  if (/组$|队$|团$|专班$|分队$|groups?$|teams?$/i.test(word)) return word;
  const batch = /首批|第[一二三四五六七八九十\d]+批|增派|增配|新增/.exec(left.text)?.[0];
  if (batch) return batch;
  if (passage.among) return frame.modifier.slice(-12) || "其中";
  const modifier = `${frame.modifier}${word}`;
  if (/、/.test(frame.modifier)) return null;
  const level =
    /(?:县处|厅|处|科|正科|副科|市级|县级|省级|区级|镇级|乡级)[级]?(?:领导|干部|后备干部)?|县领导|市领导|区领导|后备干部|年轻干部|党员|金融|税务|科技|法律|乡镇干部|专家/.exec(
      modifier,
    );
  if (level && !/以上/.test(modifier)) return level[0];
  return null;
}

function projectScope(passage: Passage, frame: Frame | undefined): string | null {
  const text = `${frame?.modifier ?? ""}`;
  const kind =
    /重点|亿元|重大|省市|技改|产业|签约|开工|竣工|投产|工业|新能源|新开工|在建|落地|意向|招商|民生|[\p{Script=Han}]{2,8}类/u.exec(
      text,
    );
  if (kind) return text.replace(/^[，的、\s]+/, "").slice(0, 20);
  const verb = frame?.verbs.find(
    (filler) => filler.concepts.includes("build") && filler.word && !/包含|推介|发布|包联/.test(filler.word.text),
  )?.word?.text;
  if (verb) return verb;
  const near = passage.text.slice(passage.clause.start, passage.clause.end);
  return /签约|开工|竣工|投产|工程/.exec(near)?.[0] ?? null;
}

/** The kind of event or printed matter: its own name, else the title or noun the sentence spoke of. */
function kindScope(passage: Passage, frame: Frame | undefined): string | null {
  const word = frame?.heads[0]?.word?.text;
  if (word) {
    const rest = frame?.modifier.replace(word, "").replace(/各类|次|场|开展|举办/g, "") ?? "";
    return /^(?:活动|会议|资料|材料|events?|meetings?)$/i.test(word) && !/[\p{Script=Han}]{2,}/u.test(rest)
      ? null
      : word;
  }
  const before = sentenceBefore(passage);
  const title = [...before.matchAll(/《[^》]{2,24}》|“[^”]{2,20}(?:卡|册|书|包|手册)”/g)].at(-1)?.[0];
  if (title) return title;
  const nouns = [
    ...before.matchAll(
      /[\p{Script=Han}]{0,4}(?:手册|清单|口袋书|汇编|海报|折页|明白卡|公开信|宣传册|资料|宣传单|指南|读本|会|活动|培训)/gu,
    ),
  ];
  return nouns.at(-1)?.[0] ?? null;
}
