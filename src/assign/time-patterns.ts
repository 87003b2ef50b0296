// How Chinese text tells time: a pattern for each kind of phrase, matched where it starts.

const N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?|卅[一]?)";
const YEAR =
  "(?:(?:20|19)[0-9]{2}年度?|20[0-9]{2}(?=[0-9]{1,2}月|[一二三四]季度|全年|[上下]半年)|二[〇零○O][〇零○O一二三][〇零○O一二三四五六七八九]年|1[0-9]{2}年|今年|去年|前年|明年|上年|本年度?|当年)";
const DAY = `${N}[日号]`;
const MONTH = `${N}月份?`;
const EDGE = "(?:上旬|中旬|下旬|底|末|初)";
const DATE = `(?:${YEAR}的?(?:${MONTH}(?:${DAY}|${EDGE})?|底|末|年底|年末)?|${MONTH}(?:${DAY}|${EDGE})?)`;
const TO = "[—–\\-~～至到―－]{1,2}";

/** 2月17日（正月初八）至2月23日 */
const ASIDE = "(?:[（(][^（）()0-9]{1,8}[）)])?";
export const RANGE = new RegExp(
  `(${YEAR})?的?(?:(${N})[、](${N})月份?|(${N})(?:月份?)?(?:(${N})[日号]${ASIDE})?${TO}(${YEAR})?(${N})月份?(?:(${N})[日号]|(底|末))?)`,
  "y",
);
export const DAYS = new RegExp(`(${YEAR})?(${N})月(${N})[日号]?${TO}(${N})[日号]`, "y");
/** 2022/23财政年度, 2023-24年度: from April to March. */
export const FISCAL = /(20[0-9]{2})[-/／—–](?:20)?([0-9]{2})(?:财政)?年度?(?![0-9])/y;
export const YEARS = new RegExp(`(${YEAR}|(?:20|19)[0-9]{2})${TO}(${YEAR})`, "y");
export const QUARTER = new RegExp(
  `(${YEAR})?的?(?:第?([一二三四1-4])季度|第([一二三四1-4])季(?!度)|(?:([前首头]?[三两二32]|[1一第][-—至到、][二三23])(?:个)?季度|([前首头][三两二32])季)|[前首头](${N}|两)个?月|首(?:季度?|月)|(上半年|下半年|全年|年内|前半年))(末)?`,
  "y",
);
export const SINGLE = new RegExp(`(${DATE})(以前|之前|前)?`, "y");
export const PARTS_OF_DATE = new RegExp(`^(${YEAR})?的?(?:(${N})月份?(?:(${N})[日号])?)?`);
export const UNTIL = new RegExp(
  `(?:截至|截止到?|到|至|截止至|截)(${DATE}|年底|年末|本月底|上月底|月底|今天|今日|昨日)(?:前|止|24时|为止)?`,
  "y",
);
export const NOW =
  /(?:截至|截止到?|到|至)(?:目前|现在|发稿时?|发稿前|记者发稿时?|当前|今天|今日|日前|当日)|目前|至今|迄今(?:为止)?|如今|当前|眼下|现如今|现已/y;
/** 五年来, 近三年, “十四五”以来, 活动启动以来: up to now, from a time that may not be known. */
export const YEARS_PAST =
  /(?:近|过去|这)?([一两二三四五六七八九十]|\d{1,2})年(?:多|半)?(?:以?来|里|间)|近([一两二三四五六七八九十])年/y;
export const PLAN = /[“"]?十([二三四五])五[”"]?(?:规划)?(?:时期)?(?:以来|期间)/y;
export const LAUNCHED = /(?:启动|开展|实施|运行|上线|成立|开通|挂牌|组建|推行|开馆|开业)(?:之日起|至今|以来)/y;
export const SINCE_NEW_YEAR = new RegExp(`(?:自|从)?(${YEAR})?(?:年初|开年)(?:起)?[至到—](${N})月份?(?:底|末)?`, "y");
export const SINCE_YEAR = new RegExp(
  `(?:自|从)?(今年|去年|${YEAR}|年初|入[春夏秋冬]|本轮)(?:以来|以后|至今|开年以来|年初以来)`,
  "y",
);
export const FEAST = new RegExp(`(${YEAR})?(元旦|国庆|五一|“五一”|“十一”)(?:节|假期)?(?:之?前|到来之?前)`, "y");
export const PLAN_STARTS: Readonly<Record<string, number>> = { 二: 2011, 三: 2016, 四: 2021, 五: 2026 };
export const FEASTS: Readonly<Record<string, number>> = {
  元旦: 101,
  国庆: 1001,
  "“十一”": 1001,
  五一: 501,
  "“五一”": 501,
};
export const DAYS_OF_MONTH = new RegExp(`(?:本月|当月)(${N})日?${TO}(${N})[日号]`, "y");
export const SAME =
  /(去年|上年|前年)?(?:的)?同(?:期|月)|(?:截[至止]|到|至)?同[日天](?!程)|(?:在)?(?:这|该|此|同)一?(?:期间|时期|时段|阶段|考核期|统计期)|(?:本|该|这个?)(?:考核|统计|报告|评价|监测|通报|分析)?(?:期(?!望|待|末|要|导|刊|视)|周期|季度|考核月|时段)|(?:考核|统计|报告|评价|监测|通报)(?:周)?期[内间]|此间|年度内|期间(?=[，,])|当季|全季|(?:百|\d+|[一二三四五六七八九两]?十[一二三四五六七八九]?)[日天](?:里|内|间|来|以来)(?!办|完)|[月季期]末(?=[^\p{Script=Han}]|办|累|共|全|仍|还|尚|未|销|化)|\d{1,2}个月[里来间内]|[两三四五六七八九十]个(?:多)?月[里来间内]/uy;
/** 2023年第11期: a number of the paper, not a time. */
export const ISSUE =
  /^\s{0,2}(?:第|总第)\s{0,2}[\d一二三四五六七八九十百]{1,5}\s{0,2}[期号]|^[〕）\]]\s{0,2}第?\s{0,2}\d{1,5}\s{0,2}号/;
export const RELATIVE =
  /(?:上|本)个?月[底末]|当月|本月|上个?月|下个?月|[昨今][（(][0-9]{1,2}[)）][日天]|当年|上周|本周|当日|当天|近期|近日|日前|近年来?|昨[日天]|今[日天]|月初|月底|年底(?:前|之前)?|年末(?:前)?|下阶段|今后|未来[一二三两]年/y;

/** What numbers, and years, start with. */
const OF_NUMBER = "0123456789一二三四五六七八九十廿卅";
const OF_YEAR = "12二今去前明上本当";

/** The kinds of phrases, each with the code units that it may start with, in the order in which they are asked for. */
const KINDS: readonly (readonly [pattern: RegExp, starts: string])[] = [
  [SINCE_NEW_YEAR, `自从年开${OF_YEAR}`],
  [SINCE_YEAR, `自从年入${OF_YEAR}`],
  [UNTIL, "截到至"],
  [SAME, "0123456789一二三四五六七八九十两百去上前同截到至这该此本考统报评监通期当全月季年"],
  [FISCAL, "2"],
  [YEARS, OF_YEAR],
  [DAYS, OF_YEAR + OF_NUMBER],
  [RANGE, OF_YEAR + OF_NUMBER],
  [QUARTER, `${OF_YEAR}第0123456789一二三四两首头下全年`],
  [FEAST, `${OF_YEAR}元国五“`],
  [DAYS_OF_MONTH, "本当"],
  [SINGLE, OF_YEAR + OF_NUMBER],
  [NOW, "截到至目迄如当眼现"],
  [LAUNCHED, "启开实运上成挂组推"],
  [PLAN, "“十"],
  [YEARS_PAST, "近过去这一两二三四五六七八九十0123456789"],
  [RELATIVE, "上本当下昨今近日月年未"],
];
const BITS = new Map(KINDS.map(([pattern], at) => [pattern, 1 << at]));

/** The kinds that may start with a code unit, a bit each. */
const STARTS = new Uint32Array(0x10000);
for (const [pattern, starts] of KINDS)
  for (const char of starts) {
    const code = char.charCodeAt(0);
    STARTS[code] = (STARTS[code] as number) | (BITS.get(pattern) as number);
  }

/** Whether a kind of phrase may start with a code unit. */
export const startsWith = (pattern: RegExp, code: number): boolean =>
  ((STARTS[code] as number) & (BITS.get(pattern) as number)) !== 0;

const ANY = new Map<number, RegExp>();

/** Of all kinds that may start with a code unit: one look tells that none starts at a place. */
function anyOf(kinds: number): RegExp {
  let any = ANY.get(kinds);
  if (!any) {
    const sources = KINDS.filter((_, at) => (kinds & (1 << at)) !== 0)
      // nothing is taken from what they hold
      .map(([{ source }]) => `(?:${source.replace(/\((?!\?)/g, "(?:")})`);
    any = new RegExp(sources.join("|"), "uy");
    ANY.set(kinds, any);
  }
  return any;
}

const codesIn = (chars: string): Uint8Array => {
  const table = new Uint8Array(0x10000);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
};
/** NaN, which stands behind a text, is in none. */
const isIn = (table: Uint8Array, code: number): boolean => table[code] === 1;

/** Whether a phrase may start at a place: not amid a number. */
export function mayStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const kinds = STARTS[code] as number;
  if (kinds === 0) return false;
  if (at > 0 && isIn(AMID, text.charCodeAt(at - 1))) return false;
  if (isIn(NUMERAL, code) && !isOfTime(text, at)) return false;
  const any = anyOf(kinds);
  any.lastIndex = at;
  return any.test(text);
}

/** Whether what stands behind the numeral at a place may make a time of it: most numerals count something. */
function isOfTime(text: string, at: number): boolean {
  let end = at + 1;
  while (isIn(NUMERAL, text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  return isIn(MEASURE, next) ? isIn(OF_MONTHS, text.charCodeAt(end + 1)) : isIn(BEHIND_NUMERAL, next);
}

const AMID = codesIn("0123456789一二三四五六七八九十");
const NUMERAL = codesIn("0123456789〇零○O一二三四五六七八九十廿卅两百");
const MEASURE = codesIn("个");
const OF_MONTHS = codesIn("月季多");
/** Of dates, ranges, quarters, plans of five years and feasts. */
const BEHIND_NUMERAL = codesIn('年月日号天、—–-/／~～至到―－季全上下规时以期”"节假之前的');
