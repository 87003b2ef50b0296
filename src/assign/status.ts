import type { Status } from "../doc/index.js";

/** Words that make what follows them in the sentence a plan. */
const PLAN =
  /计划(?!单列|生育|总投资完成)(?![，。、”》])|(?<!模|虚|比|草)拟(?!定了|人|态|合)|力争|预计|预估|目标(?!任务完成|绩效|明确|企业|是让)|有望|打算|即将|将(?=于|在|再|会|进一步|继续|新[增建选]|达|超|会同|投[入资]|实[现施]|建[成设]|举|开[展工]|组织|增|带动|创造|选派|抽调|完成|走访|分批|为企业|力|确|建立|推|启|召|陆续|全部|按|兑现|发放)|确保(?=[^，。]{0,14}(?:达|以上|不低于|突破|完成|实现|\d))|要(?:求)?(?=[^，。]{0,10}(?:达到|不低于|提高到|提升到|控制在))|争取(?=[^，。]{0,16}(?:放款|贷款|达到|完成|突破|实现|以上|年底|全年))|下一步|下一阶段|下步|下阶段|今后|明年(?!初的)|下半年(?=[，,]?(?:全|我|将|计|拟|要|力|怎么))|年底前|到今年年底|到年底|投产后|达产后|建成后|全部建成|保持在|不得?低于|不得?少于|提请[^，。]{0,6}审议/g;
const EN_PLAN =
  /\b(?:plans? to|planned|planning to|aims? to|aiming|targets?|will|is expected to|are expected to|expects? to|intends? to|hopes? to|scheduled|is to|are to|proposes? to|would|goal|vow(?:s|ed) to|pledge[sd]? to|set to|projected|forecast|by the end of (?:this|next) year|next year|applied for|have applied)\b/gi;
/** Words after which the sentence speaks of what is done. */
const DONE =
  /已(?!有的)|截至|截止|累计|实际|目前|共(?=[\u4e00-\u9fff]{0,8}\d)|完成了|此前|今年以来|上半年(?=[，,]?全)|;|；/g;
const EN_DONE = /\b(?:has already|have already|so far|to date|as of|have been|has been|had been)\b|;/gi;
/** Behind the number, in its clause: asked for, not yet granted. */
const AFTER =
  /^[^，。；\d]{0,26}?(?:正在申报|申报工作|正在申请|拟|待批|(?:正在)?公示|正在洽谈|在谈|意向|送审|审议|正在走|递交|有待|待拨付|正在审|待审|计划年内|将于|预计)|^[，,]?[^，。；\d]{0,14}(?:正在公示|正在申报|正在洽谈|正在审批|送[^，。]{0,4}审议|待省厅|目前省厅)/;
const ASKED = /(?:申请|申报|意向(?:金额|投资|授信|融资)?|提出|另?申报|报名)(?:惠企政策|[^，。；\d]{0,14}?)$/;

/**
 * Whether a number is a fact or a plan. `sentence` is the text from the start
 * of the sentence up to the number, `rest` what follows it in its clause.
 */
export function statusOf(
  before: string,
  rest: string,
  options: { money: boolean; language: "zh" | "en"; underPlanHeading: boolean; sure: boolean },
): Status {
  if (options.language === "en")
    return lastOf(EN_PLAN, before) > lastOf(EN_DONE, before) ||
      /^[^,.;]{0,30}\b(?:is|are) (?:planned|expected|targeted)\b/i.test(rest)
      ? "planned"
      : "actual";
  const plan = lastOf(PLAN, before);
  const done = lastOf(DONE, before);
  if (plan >= 0 && plan > done) return "planned";
  if (
    AFTER.test(rest) &&
    !/^[^，。；]{0,12}(?:达成就业意向|就业意向)/.test(rest) &&
    !(options.sure && /意向/.test(rest))
  )
    return "planned";
  if (options.money && ASKED.test(before) && !/(?:成功|已|获批|获)(?:申请|申报)[^，。；]{0,14}$/.test(before))
    return "planned";
  if (options.underPlanHeading && done < 0) return "planned";
  return "actual";
}

function lastOf(pattern: RegExp, text: string): number {
  let last = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    last = match.index;
    if (match[0] === "") pattern.lastIndex++;
  }
  return last;
}

const PLAN_HEADING =
  /下一?步|打算|工作计划|工作安排|下一阶段|目标任务|努力方向|主要目标|任务目标|今后|下半年工作|next step|targets|outlook/i;

/** Whether what stands under a heading is a plan. */
export const isPlanHeading = (heading: string) => PLAN_HEADING.test(heading) && heading.length <= 40;
