import type { Frame } from "./frame.js";

/** Words that narrow nothing: they name the indicator, the whole, or the manner. */
const NEUTRAL =
  /(?:全市|全省|全县|全区|全旗|全州|全盟|全国|我市|我县|我区|我省|该市|该县|该区|本市|本县|本区|各类|各项|各种|各级|各地|累计|共计|合计|总计|总共|一共|合共|共|已|均|约|近|超|逾|达|到|为|的|了|出|新|上门|入企|有效|成功|及时|全部|直接|协调|推动|帮助|现场(?=走访)|企业|公司|工厂|厂家|厂商|业者|市场主体|经营主体|涉企|惠企|助企|企业反映|反映|提出|收集|梳理|问题|诉求|困难|难题|需求|建议|意见|事项|和|与|及|等|、|，|“|”|：|:|（|）|\(|\)|\s|财政|资金|补助|补贴|奖补|奖励|金额|总额|专项资金|政策|兑现|拨付|发放|下达|落实|争取|办理|提供|实现|完成|贷款|融资|授信|信贷|投放|实际|现场|意向|减免|减税|降费|退税|缓税|税费|增值税|留抵|租金|房租|稳岗|返还|补贴|社保费?|失业保险|转贷|续贷|过桥|还本|付息|延期|无还本|展期|周转|应急|家|户|名|人|个|件|条|项|笔|干部|领导|专员|联络员|服务|人员|党员|同志|机关|助企|驻企|驻厂|包联|帮扶|选派|抽调|派出|下派|派驻|组织|动员|有|还|另|又|再|从|由|向|给|对|把|在|上|下|中|其中|分别|目前|截至|今年|去年|当前|数量|总量|总数|总投资|投资额?|协议|合同|签约|项目|岗位|用工|就业|职位|招聘|提供|发布|推出|信息|参与|带头|重点|广大|多名|一批|等级|各部门|有关|相关|所有|以上|左右|重点企业|就|便|也|都|更|仅|只|又|即|并|且|而|则|分批|两批|专门|主动|积极|深入|一线|结对|联系|挂钩|挂点|认领|纳入|平台|数据库|清单|范围|库|包含|显示|统计|初步|据|全面|总|新增|滚动|合作|精准|一对一|全覆盖|同时|通过|市县|市、县|两级|三级|级|省市县|直接|帮办|代办|机制|建立|使用|次|累计|期间|活动|以来|开展|启动|实施|推进|推行|来|去|过|着|得|被|让|使|请|需|要|可|能|将|拟|计划|预计|力争|确保|突破|超过|不低于|达到|约为|各家|各银行|银行|金融|机构|部门|单位|行业|地方|属地|政府|财政局|税务|市直|县直|区直|负责|牵头|协助|指导|支持|解决|办结|化解|销号|答复|回复|处理|处置|交办|转办|转交|受理|登记|征集|接到|收到|汇总|排查|摸排|走访|调研|拜访|回访|惠及|覆盖|受益|获得|享受|拿到|得到)/g;

/** Words that always narrow: kinds of enterprise, levels, batches, sectors. */
const NARROWING =
  /规上|规模以上|规下|限上|小微|中小微|中小|大型|民营|外贸|外资|龙头|专精特新|小巨人|高新技术|科技型|四上|工业|农业|制造业|服务业|建筑业|商贸|个体|省级|市级|县级|区级|国家级|镇级|乡级|处级|科级|县处级|厅级|正科|副科|后备|年轻|首批|第[一二三四五六七八九十\d]+批|前[一二三四五两\d]+批|头批|技改|首贷|信用|农户|春耕|国有|工会|妇女|青年|党员突击|金融|税务|法律|专家|科技|用地|用工|融资类|土地|人才|环保|物流|生产要素|要素|历史遗留|重点|产业链|链上|上市|出口|跨境|电商|旅游|文旅|餐饮|纺织|化工|医药|食品|汽车|钢铁|煤|光伏|新能源|亿元以上|[一-龥]{1,6}类$|乡镇|街道|园区|开发区|高新区/;

/** `处级领导28名` → 处级; null when nothing narrows. */
export function narrowingOf(text: string): string | null {
  const clean = withoutBrackets(text);
  return NARROWING.test(clean) ? trimmed(clean) : null;
}

/** Whether anything in a text narrows. */
export const isNarrowed = (text: string): boolean => text !== "" && NARROWING.test(withoutBrackets(text));

const withoutBrackets = (text: string): string => text.replace(/[（(][^）)]{0,200}[）)]/g, "").trim();

/** What is left of a modifier when the neutral words are taken out; null when that is next to nothing. */
export function remainderOf(text: string): string | null {
  const left = text.replace(NEUTRAL, "").replace(/[\d.%〇一二三四五六七八九十百千万亿余多]/g, "");
  return left.length >= 2 ? trimmed(text) : null;
}

function trimmed(text: string): string {
  const clean = text.replace(/^[，、。；：的了\s]+|[，、。；：的了共\s]{1,40}$/g, "");
  return clean.length > 24 ? clean.slice(-24) : clean;
}

const COMPANY =
  /([\p{Script=Han}A-Za-z（）()·]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|总公司|精密|实业|制衣厂|制品厂|加工厂|印刷厂|机械厂|合作社))/u;
/** What every name of a company ends in: looked for first, for most texts have none. */
const COMPANY_END = /公司|集团|精密|实业|厂|合作社/;
const ONE_COMPANY =
  /(?:[\p{Script=Han}]{0,10}一家[\p{Script=Han}]{0,8}(?:企业|公司|工厂|厂|民企|合作社|店)|该(?:公司|企业|厂|集团)|这家(?:企业|公司|厂|民企)|公司(?=[0-9上下今去月年，]|靠|凭|拿到|获|仅|就)|有户[\p{Script=Han}]{2,6}企业|[\p{Script=Han}]{2,8}(?:公司|厂)(?=获|拿到|得到|凭|收到|领到|申请到|享受))/u;
const EN_COMPANY =
  /((?:[A-Z][\w&'-]{1,30} ){1,6}(?:Co\.?(?:, Ltd\.?)?|Company|Corporation|Corp\.?|Group|Ltd\.?|Inc\.?))(?=[\s,.;'’]|$)|\b(?:Chen|Wang|Li|Zhang|Liu|Zhao|Huang|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Lin|Guo|He|Gao|[A-Z][a-z]+)['’]s (?:company|firm|factory|business|plant|workshop)\b|\b(?:[Hh]er|[Hh]is|[Tt]he company|[Oo]ur|[Tt]he firm|[Tt]he factory|[Mm]y) (?:loan|company|firm|factory|plant|workshop|business)\b/;

/** What every mention of a single one holds. */
const ONE_MENTIONED = /一家|该[公企厂集]|这家|公司|有户|厂/;

/** The one enterprise that a passage speaks of; null when it speaks of many. */
export function companyIn(text: string, language: "zh" | "en"): string | null {
  if (language === "en") return EN_COMPANY.exec(text)?.[0] ?? null;
  const named = COMPANY_END.test(text) ? COMPANY.exec(text)?.[1] : undefined;
  if (named) return named;
  return ONE_MENTIONED.test(text) ? (ONE_COMPANY.exec(text)?.[0] ?? null) : null;
}

const TOWN =
  /(?:^|[，。；：、“\s])([\p{Script=Han}]{2,8}(?:镇|乡|街道|经开区|开发区|高新区|园区|工业园|产业园|管委会|示范区|集聚区|保税区|农场|苏木)(?:、[\p{Script=Han}]{1,8}(?:镇|乡|街道|区))*)(?![\p{Script=Han}]{0,3}(?:政府网|道路|一家))/u;
const OFFICE =
  /(?:^|[，。；：\s])((?:[市县区省])?[\p{Script=Han}]{2,12}(?:局|委|办公室|中心|大队|公安|法院))(?=承办|收到|接到|收集|办理|受理|化解|解决|办结|交办|梳理|走访|征集|排查|负责)/u;

/** What every name of either ends in. */
const BODY_END = /镇|乡|街道|[开发新范聚税]区|园|管委会|农场|苏木|局|委|办公室|中心|大队|公安|法院/;

/** A town, zone or office that stands as the subject of the clause. */
export function bodyIn(text: string): string | null {
  if (!BODY_END.test(text)) return null;
  return TOWN.exec(text)?.[1] ?? OFFICE.exec(text)?.[1] ?? null;
}

/** A batch, or a sort named as `融资类`. */
export function sortIn(frame: Frame, text: string): string | null {
  const near = text.slice(-14);
  void frame;
  const sort = /([\p{Script=Han}]{2,8}(?:类|方面|领域|环节))(?:的?(?:问题|诉求|事项))?[为有共达占]?$/u.exec(near);
  if (sort && !/(?:各|此|这|该|分|种|同|一|几|多)类$|(?:各|多|全)方面$/.test(sort[1] ?? "")) return sort[1] ?? null;
  return (
    /(?:首批|第[一二三四五六七八九十\d]{1,4}批|前[一二三四五两\d]{1,4}批|(?<![分\d])[一二三四五两\d]{1,4}批次?)[^，。]{0,14}$/u.exec(
      near,
    )?.[0] ?? null
  );
}
