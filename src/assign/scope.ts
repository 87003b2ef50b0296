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
export function sortIn(text: string): string | null {
  const near = text.slice(-14);
  const sort = /([\p{Script=Han}]{2,8}(?:类|方面|领域|环节))(?:的?(?:问题|诉求|事项))?[为有共达占]?$/u.exec(near);
  if (sort && !/(?:各|此|这|该|分|种|同|一|几|多)类$|(?:各|多|全)方面$/.test(sort[1] ?? "")) return sort[1] ?? null;
  return (
    /(?:首批|第[一二三四五六七八九十\d]{1,4}批|前[一二三四五两\d]{1,4}批|(?<![分\d])[一二三四五两\d]{1,4}批次?)[^，。]{0,14}$/u.exec(
      near,
    )?.[0] ?? null
  );
}
