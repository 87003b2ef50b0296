import {
  cityOf,
  codesNamed,
  findRegions,
  isWithin,
  levelOf,
  narrow,
  provinceOf,
  type RegionMention,
  regionOf,
} from "../catalogue/index.js";
import type { Article, Metadata, Normal } from "../doc/index.js";
import { isoOf, parseIso } from "./calendar.js";
import { territoryOf } from "./home-signs.js";
import { mentionsIn } from "./mentions.js";

const HAN_DIGITS = "〇○零一二三四五六七八九";
const FULL_DATE =
  /(?<!\d)((?:19|20)\d{2})\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})(?:日|号)?(?!\d)|([二一][〇○零九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十元]{1,2})月([一二三四五六七八九十廿卅]{1,3})日|(?<![\d.])(1[01]\d)年(\d{1,2})月(\d{1,2})日|(?<=日期[：:]\s?(?:民国)?)(1[01]\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const EN_DATE =
  /\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? (\d{1,2}),? ((?:19|20)\d{2})\b|\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,? ((?:19|20)\d{2})\b/gi;

/** The month of an English date is a word. */
const HAS_MONTH = /[A-Za-z]{3}/;

/** Title, publisher, date and region of the clipping, from its page, its side file and its text. */
export function aboutOf(given: Metadata, normal: Normal, articles: readonly Article[]): Metadata {
  const published = given.published ?? publishedIn(normal);
  const publisher = given.publisher ?? publisherIn(normal);
  const title = given.title ?? articles[0]?.title ?? null;
  const region = given.region ?? regionOfText(normal.text, 0, normal.text.length, title, publisher, normal);
  return { title, publisher, published, region, url: given.url };
}

function publishedIn(normal: Normal): string | null {
  const { text, blocks } = normal;
  const head = blocks.slice(0, 8).filter((block) => block.start < 700);
  const tail = blocks.slice(-5);
  let best: { iso: string; score: number } | undefined;
  for (const [where, list] of [
    ["head", head],
    ["tail", tail],
  ] as const) {
    for (const block of list) {
      const part = text.slice(block.start, Math.min(block.end, block.start + 400));
      for (const { iso, index } of datesIn(part)) {
        const short = block.end - block.start < 120;
        const around = part.slice(Math.max(0, index - 14), index + 24);
        const cue =
          /发布|时间|日期|来源|日报|晚报|星期|第\s?\d+\s?版|版|编辑|Updated|Published|Date|Source|办公室|记者|（|^\d{4}|期/.test(
            around,
          );
        const narrative = /^.{8,16}(?:，|以来|起|至|到)/.test(part.slice(index, index + 20)) && !short;
        const score =
          (short ? 3 : 0) + (cue ? 2 : 0) + (where === "head" ? 1 : 0.5) - (narrative ? 4 : 0) - (index > 200 ? 2 : 0);
        if (!best || score > best.score) best = { iso, score };
      }
    }
  }
  if (best && best.score >= 1) return best.iso;
  return dateOnItsOwnLine(normal) ?? datelineIn(text) ?? monthOnItsOwnLine(normal) ?? yearIn(text);
}

/** A line in the middle that holds a date only signs a notice. */
function dateOnItsOwnLine(normal: Normal): string | null {
  for (const block of normal.blocks) {
    if (block.end - block.start > 24) continue;
    const line = normal.text.slice(block.start, block.end).trim();
    const [date] = datesIn(line);
    if (date && /^[\d〇○零一二三四五六七八九十廿卅元年月日号./\s-]+$/.test(line)) return date.iso;
  }
  return null;
}

/** 12月6日讯（记者 …）, （2023年第5期 10月19日）: a day without its year, which the text tells. */
function datelineIn(text: string): string | null {
  const head = text.slice(0, 1200);
  const issue = /((?:19|20)\d{2})年[^\n]{0,12}?第?[^\n]{0,8}?期[^\n]{0,12}?(\d{1,2})月(\d{1,2})日/.exec(head);
  if (issue) return isoOf({ year: Number(issue[1]), month: Number(issue[2]), day: Number(issue[3]) });
  const day = /(?<![\d年])(\d{1,2})月(\d{1,2})日(?:电|讯|消息)/.exec(head);
  const year = day ? firstOfCommonest(text) : null;
  return day && year ? isoOf({ year, month: Number(day[1]), day: Number(day[2]) }) : null;
}

/** A statistical communiqué is dated by its month: 2024年4月 under its title. */
function monthOnItsOwnLine(normal: Normal): string | null {
  for (const block of normal.blocks.slice(0, 6)) {
    const match = /^\s*(20\d{2})年(\d{1,2})月\s*$/.exec(normal.text.slice(block.start, block.end));
    if (match) return isoOf({ year: Number(match[1]), month: Number(match[2]) });
  }
  return null;
}

function datesIn(text: string): { iso: string; index: number }[] {
  const dates: { iso: string; index: number }[] = [];
  FULL_DATE.lastIndex = 0;
  for (let match = FULL_DATE.exec(text); match; match = FULL_DATE.exec(text)) {
    const year = match[1]
      ? Number(match[1])
      : match[4]
        ? Number([...match[4]].map((digit) => Math.max(0, HAN_DIGITS.indexOf(digit) - 2)).join(""))
        : Number(match[7] ?? match[10]) + 1911;
    const month = match[2] ? Number(match[2]) : match[5] ? small(match[5]) : Number(match[8] ?? match[11]);
    const day = match[3] ? Number(match[3]) : match[6] ? small(match[6]) : Number(match[9] ?? match[12]);
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31)
      dates.push({ iso: isoOf({ year, month, day }), index: match.index });
  }
  EN_DATE.lastIndex = HAS_MONTH.test(text) ? 0 : text.length;
  for (let match = EN_DATE.exec(text); match; match = EN_DATE.exec(text)) {
    const name = (match[1] ?? match[5] ?? "").toLowerCase().slice(0, 3);
    const month = MONTHS.findIndex((full) => full.startsWith(name)) + 1;
    dates.push({
      iso: isoOf({ year: Number(match[3] ?? match[6]), month, day: Number(match[2] ?? match[4]) }),
      index: match.index,
    });
  }
  return dates;
}

function small(text: string): number {
  if (text === "元") return 1;
  if (/^[廿卅]/.test(text)) return (text.startsWith("廿") ? 20 : 30) + small(text.slice(1));
  const ten = text.indexOf("十");
  const digit = (char: string | undefined) => (char ? Math.max(0, HAN_DIGITS.indexOf(char) - 2) : 0);
  if (ten < 0) return digit(text);
  return (ten === 0 ? 1 : digit(text[0])) * 10 + digit(text[ten + 1]);
}

/** The year most spoken of, the latest among equals; document numbers (〔2021〕) count too. */
function yearIn(text: string): string | null {
  const ranked = [...yearsIn(text)].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return ranked[0] ? String(ranked[0][0]) : null;
}

/** The same, the first named among equals: a report names next year's plans last. */
function firstOfCommonest(text: string): number | null {
  const ranked = [...yearsIn(text)].sort((a, b) => b[1] - a[1]);
  return ranked[0]?.[0] ?? null;
}

function yearsIn(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const match of text.matchAll(/(?<![\d到至])(20[0-3]\d)(?:年(?!规划|底?前|底?到期)|〕|］|\b(?=[,.;)\s]))/g))
    counts.set(Number(match[1]), (counts.get(Number(match[1])) ?? 0) + 1);
  return counts;
}

/** How papers and sites name themselves, each with what it must hold: the pattern is asked only then. */
const PUBLISHERS: readonly (readonly [pattern: RegExp, holds: RegExp])[] = [
  [/(?:来源|稿源|信息来源|文章来源|Source)[：:]\s*([^\s　，。；|｜]{2,30})/, /源|Source/],
  [/《\s*([^》]{2,16}(?:报|刊|周刊|日报|晚报))\s*》/, /《/],
  [/([\u4e00-\u9fff]{2,10}(?:日报|晚报|早报|都市报|时报|商报|晨报))(?![讯道])/, /报/],
  [
    /^([^\s，。]{4,40}(?:办公室|领导小组|指挥部|委员会|管理局|政府|发改委|统计局|工信局))(?=[\s　]*(?:\d{4}年|二〇|编|$))/m,
    /[室组部会局府委]/,
  ],
  [
    /\b(Xinhua|China Daily|Global Times|People's Daily|CGTN|SCMP|South China Morning Post|China News Service|Shanghai Daily)\b/,
    HAS_MONTH,
  ],
  [/([\u4e00-\u9fff]{2,8}(?:客户端|新闻网|人民政府网|政府网|在线|网))/, /网|端|在线/],
];

function publisherIn(normal: Normal): string | null {
  const ends = `${normal.text.slice(0, 800)}\n${normal.text.slice(-400)}`;
  for (const [pattern, holds] of PUBLISHERS) {
    const found = holds.test(ends) ? pattern.exec(ends)?.[1] : undefined;
    if (found) return found.trim();
  }
  return null;
}

/** 我省, 全市, 该县: the level of region that a text speaks of as its own. */
const OWN_LEVEL = /[我全本](省)|[我全本该](?:(市)|[县区旗])/g;

/** The region an article is mainly about: by its title, its issuer, and what it names most. */
export function regionOfText(
  text: string,
  start: number,
  end: number,
  title: string | null,
  publisher: string | null,
  normal: Normal,
): string | null {
  const votes = new Map<string, number>();
  const vote = (codes: readonly string[], weight: number, context: string | null) => {
    const code = codes.length === 1 ? codes[0] : narrow(codes, context);
    if (code) votes.set(code, (votes.get(code) ?? 0) + weight);
    else for (const each of codes) votes.set(each, (votes.get(each) ?? 0) + weight / codes.length);
  };
  const named = mentionsIn(normal, start, Math.min(end, start + BODY));
  const until = (length: number) => named.filter((mention) => mention.end <= start + length);
  const context = provinceHint([...findRegions(publisher ?? ""), ...until(HINT)]);
  const add = (mentions: readonly RegionMention[], weight: number, names: boolean) => {
    mentions.forEach((mention, index) => {
      if (mention.inName && !names) return;
      const next = mentions[index + 1];
      const isParent =
        next !== undefined &&
        next.start - mention.end <= 2 &&
        next.candidates.some((code) => mention.candidates.some((parent) => code !== parent && isWithin(code, parent)));
      vote(
        mention.candidates.filter((code) => !code.startsWith("TW-")),
        isParent ? weight * 0.1 : weight,
        context,
      );
    });
  };
  if (title) {
    const told = findRegions(title).filter((mention) => !A_PLACE_IN.test(title.slice(0, mention.start)));
    add(told, 8, false);
    const lead = HEADED.exec(title)?.[1];
    if (lead && told.length === 0) vote(codesNamed(lead), 8, context);
  }
  add(
    until(MASTHEAD).filter(
      ({ end, candidates }) => levelOf(candidates[0] ?? "") === "county" && PAPER.test(text.slice(end, end + 4)),
    ),
    6,
    true,
  );
  if (publisher) add(findRegions(publisher), 4, true);
  add(until(HEAD), 2.5, false);
  let body = 0;
  for (const mention of named) {
    if (mention.inName || mention.candidates.every((code) => code.startsWith("TW-"))) continue;
    if (body++ > 60) break;
    vote(mention.candidates, mention.form === "full" || mention.form === "english" ? 0.7 : 0.5, context);
  }
  add(findRegions(text.slice(Math.max(start, end - 160), end)), 1, true);
  const whole = text.slice(start, end);
  const mainland = [...votes.keys()].some((code) => !/^[78]/.test(code));
  const territory =
    normal.traditional || normal.language === "en"
      ? territoryOf(whole, normal.traditional ? "traditional" : "english")
      : undefined;
  if (territory) vote([territory.code], mainland ? territory.weight : territory.weight + 8, null);
  const best = strongest(votes, whole);
  return best === null ? null : closest(best, named, text, normal.language === "en");
}

/**
 * A county that its city's paper reports on: it is named more often than the
 * city that holds it, which comes first by the paper's name only.
 */
function closest(best: string, named: readonly RegionMention[], text: string, english: boolean): string {
  const counts = new Map<string, number>();
  for (const { candidates, form, inName, end } of named) {
    if (form === "zone" || (english && inName) || PAPER.test(text.slice(end, end + 4))) continue;
    const code = candidates.length === 1 ? (candidates[0] as string) : narrow(candidates, best);
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const own = counts.get(best) ?? 0;
  // 我市 is said by the city's own
  if (!english && levelOf(best) === "city" && speaksAsCity(text.slice(named[0]?.start ?? 0))) return best;
  const below = [...counts]
    .filter(
      ([code]) => code !== best && !code.startsWith("TW-") && isWithin(code, best) && levelOf(code) !== "province",
    )
    .sort((a, b) => b[1] - a[1]);
  const [first, second] = below;
  if (!first || (second && second[1] * 2 > first[1])) return best;
  if (english) return first[1] >= 3 && first[1] > own ? first[0] : best;
  const opens = named.some(
    ({ candidates, form, inName, end }) =>
      !inName && form === "full" && candidates.includes(first[0]) && end - (named[0]?.start ?? 0) <= OPENING,
  );
  return own === 0 && opens ? first[0] : best;
}

/** How often a text calls a province, a city, a county its own. */
function ownLevels(text: string): { province: number; city: number; county: number } {
  const own = { province: 0, city: 0, county: 0 };
  for (const [, province, city] of text.matchAll(OWN_LEVEL)) own[province ? "province" : city ? "city" : "county"]++;
  return own;
}

/** Whether a text calls a city its own, and no county. */
function speaksAsCity(text: string): boolean {
  const { province, city, county } = ownLevels(text);
  return city > 0 && province === 0 && county === 0;
}

const PAPER = /^(?:日报|晚报|新闻|晨报|晨刊|时报|周报|周刊|发布|融媒|报[\s　])/;

/** Characters in which places are looked for: for what a text is about, for its province, for what it opens with. */
const BODY = 20_000;
const HINT = 6000;
const HEAD = 260;
const MASTHEAD = 30;
const OPENING = 120;

/** A county in Anhui: what follows is what the place lies in. */
const A_PLACE_IN = /\b(?:county|city|district|town|township|village|prefecture) (?:in|of) (?:\w+ )?$/i;
/** 兴宁：挂钩联系送服务 */
const HEADED = /^([\p{Script=Han}]{2,4})[：:]/u;

/** A province named anywhere settles which of two counties of one name is meant. */
function provinceHint(mentions: readonly RegionMention[]): string | null {
  const counts = new Map<string, number>();
  for (const mention of mentions) {
    if (mention.candidates.length !== 1) continue;
    const code = mention.candidates[0] as string;
    const frame = levelOf(code) === "county" ? cityOf(code) : code;
    counts.set(frame, (counts.get(frame) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function strongest(votes: ReadonlyMap<string, number>, text: string): string | null {
  const own = ownLevels(text);
  const total = own.province + own.city + own.county;
  let best: { code: string; score: number } | undefined;
  for (const [code, weight] of votes) {
    const name = regionOf(code)?.name ?? "";
    const level = levelOf(code) === "county" && /市$/.test(name) ? "city" : (levelOf(code) ?? "county");
    const share = total === 0 ? 0 : own[level] / total;
    const score = weight * (1 + share * 0.8);
    if (!best || score > best.score) best = { code, score };
  }
  if (!best || best.score < 1) return null;
  return best.code;
}

/** Region of one article on a page: its own, where its title or opening names one inside or beside the page's. */
export function regionOfArticle(normal: Normal, article: Article, page: Metadata): string | null {
  if (article.start === 0 && article.end >= normal.text.length - 1) return page.region;
  const own = regionOfText(normal.text, article.start, article.end, article.title, null, normal);
  const opening = `${article.title ?? ""} ${normal.text.slice(article.start, article.start + 80)}`;
  const named = findRegions(opening).filter((mention) => !mention.inName);
  const body = normal.text.slice(article.start, article.end);
  const inTitle = findRegions(article.title ?? "").some((mention) => mention.candidates.includes(own ?? ""));
  const isPart = own !== null && page.region !== null && own !== page.region && isWithin(own, page.region);
  // a county that an article of the city's paper merely begins in is not what it is about
  if (own && isPart && !inTitle && /我市|全市/.test(body)) return page.region;
  if (own && named.some((mention) => mention.candidates.includes(own))) return own;
  if (
    /我省|全省|省税务局|省统计局/.test(normal.text.slice(article.start, article.start + 160)) &&
    page.region &&
    !/我市|全市/.test(normal.text.slice(article.start, article.start + 160))
  )
    return provinceOf(page.region);
  return page.region ?? own;
}

export { parseIso };
