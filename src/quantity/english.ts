import nlp from "compromise";
import type { Qualifier, Quantity } from "../doc/index.js";
import { round } from "./numeral.js";

const WORDS =
  "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen)";
const NUMBER_WORDS = `${WORDS}(?:(?:[\\s-]+(?:and[\\s-]+)?)${WORDS})*`;
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  mln: 1e6,
  bln: 1e9,
  k: 1e3,
  m: 1e6,
  bn: 1e9,
};
const FRACTIONS: Readonly<Record<string, number>> = {
  half: 50,
  "one-half": 50,
  "two-thirds": 66.67,
  "two thirds": 66.67,
  "one-third": 33.33,
  "a third": 33.33,
  "three-quarters": 75,
  "three quarters": 75,
  "four-fifths": 80,
  "nine-tenths": 90,
  "three-fifths": 60,
  "two-fifths": 40,
  "a quarter": 25,
  "one-quarter": 25,
  "four out of five": 80,
  "nine out of ten": 90,
  "nine in ten": 90,
  "four in five": 80,
  "three in four": 75,
  "four in ten": 40,
  "eight out of ten": 80,
  "three out of four": 75,
};

const MONEY_BEFORE = "(?:RMB|CNY|US\\$|HK\\$|NT\\$|MOP\\$?|[$¥￥€£])";
const MONEY_AFTER =
  "(?:yuan|renminbi|RMB|(?:U\\.?S\\.?|Hong Kong|HK|New Taiwan|NT) dollars|dollars|euros?|yen|pounds|patacas)";
const TOKEN = new RegExp(
  `(?<fraction>\\b(?:${Object.keys(FRACTIONS)
    .filter((word) => word !== "half")
    .join("|")})\\b)` +
    `|(?:(?<before>${MONEY_BEFORE})\\s?)?(?:(?<half>\\bhalf an? )(?<halfScale>million|billion|thousand)|(?<![\\w.,])(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?:[\\s-]?(?<scale>hundred|thousand|million|billion|trillion|mln|bln|bn)\\b)?|\\b(?<words>${NUMBER_WORDS})\\b)` +
    `(?:[\\s-]*(?<percent>percent(?:age points?)?|per cent|%)|[\\s-]+(?<after>${MONEY_AFTER})\\b)?`,
  "gi",
);

const BEFORE: readonly (readonly [RegExp, Qualifier | "ceiling"])[] = [
  [/\b(?:up to|no more than|at most|not exceeding|a maximum of|capped at)\s+(?:a combined\s+)?$/i, "ceiling"],
  [
    /\b(?:more than|over|at least|in excess of|above|exceed(?:ed|ing|s)?|topp(?:ed|ing)|surpass(?:ed|ing)|upwards of|not less than|no less than|no fewer than|beyond)\s+(?:a combined\s+)?$/i,
    "over",
  ],
  [/\b(?:nearly|almost|close to|less than|fewer than|under|just under|below|approaching)\s+$/i, "under"],
  [/\b(?:about|around|some|approximately|roughly|an estimated|circa)\s+$/i, "about"],
];
const AFTER: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:\s+or more|\s+and above|\+|-plus|\s+plus)/i, "over"],
  [/^\s+or so\b/i, "about"],
];

/** What a bare number stands for that counts nothing. */
const CODE_BEFORE =
  /(?:\b(?:No\.?|Article|Route|Highway|hotline|Covid-|page|Room|Vol\.?|Document)\s*|[A-Za-z]-?|\d[-/:.]|(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+)$/;
const CODE_AFTER =
  /^(?:st|nd|rd|th)\b|^[-/:]\d|^-(?:year|day|month|hour|member|meter|kilometer|square|strong|minute|week)|^\s+(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|percentage points?|o'clock|a\.m|p\.m|kilomet|met(?:er|re)s?\b|hectares?|tonnes?|tons\b|mu\b|square|cubic|acres|degrees|working days|times\b|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)/i;

/** Finds every number of an English text. Number words are read by compromise. */
export function findEnglishQuantities(text: string, start = 0, end = text.length): Quantity[] {
  const found: Quantity[] = [];
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match && match.index < end; match = TOKEN.exec(text)) {
    const quantity = toQuantity(text, match, found.at(-1));
    if (quantity) found.push(quantity);
  }
  return found;
}

function toQuantity(text: string, match: RegExpExecArray, previous: Quantity | undefined): Quantity | undefined {
  const groups = match.groups ?? {};
  const lead = match[0].length - match[0].trimStart().length;
  const numberStart = match.index + lead;
  const unitEnd = match.index + match[0].length;
  const value = amountOf(groups);
  if (value === undefined) return undefined;
  const unit = groups["fraction"] ? "percent" : unitOf(groups);
  const before = text.slice(Math.max(0, numberStart - 28), numberStart);
  const after = text.slice(unitEnd, unitEnd + 24);
  const spelled = groups["words"];
  let not: Quantity["not"];
  if (/percentage point/i.test(groups["percent"] ?? "")) not = "code";
  else if (unit === "bare" && (CODE_BEFORE.test(before) || CODE_AFTER.test(after))) not = "code";
  else if (unit === "bare" && isYear(groups["digits"] ?? "", before, after)) not = "code";
  else if (unit === "bare" && isAge(groups["digits"] ?? "", before, after)) not = "code";
  else if (spelled && /^(?:one|hundred|thousand|million|billion|dozen)$/i.test(spelled) && unit === "bare")
    not = /^one$/i.test(spelled) ? "word" : "indefinite";
  else if (/^s\b/.test(after)) not = "indefinite";
  let qualifier: Qualifier = "exact";
  let ceiling = false;
  let from = numberStart;
  for (const [pattern, meaning] of BEFORE) {
    const hit = pattern.exec(before);
    if (!hit) continue;
    from = numberStart - hit[0].length;
    if (meaning === "ceiling") ceiling = true;
    else qualifier = meaning;
    break;
  }
  let end = unitEnd;
  for (const [pattern, meaning] of AFTER) {
    const hit = pattern.exec(after);
    if (!hit) continue;
    end += hit[0].length;
    qualifier = meaning;
    break;
  }
  const conversion =
    previous !== undefined &&
    /^\s*\((?:about|around|approximately|some|nearly|over|or|equivalent to)?\s*$/i.test(
      text.slice(previous.end, from),
    ) &&
    previous.unit !== unit &&
    /^(?:USD|EUR|HKD|GBP)$/.test(unit);
  return {
    value,
    unit: unit === "bare" && not === undefined ? "count" : unit,
    measure: "",
    qualifier,
    start: from,
    end,
    numberStart,
    numberEnd: unitEnd,
    ceiling,
    range: false,
    conversion,
    scaled: false,
    one: false,
    ...(not ? { not } : {}),
  };
}

type Groups = Record<string, string | undefined>;

function amountOf(groups: Groups): number | undefined {
  if (groups["fraction"]) return FRACTIONS[groups["fraction"].toLowerCase()];
  if (groups["half"]) return (SCALES[(groups["halfScale"] ?? "").toLowerCase()] ?? 1) / 2;
  if (groups["digits"])
    return round(Number(groups["digits"].replace(/,/g, "")) * (SCALES[(groups["scale"] ?? "").toLowerCase()] ?? 1));
  return groups["words"] ? wordsToNumber(groups["words"]) : undefined;
}

/** `eighty-six` → 86, `thirteen thousand` → 13000. */
export function wordsToNumber(words: string): number | undefined {
  if (/^dozen$/i.test(words)) return 12;
  const value = nlp(words.replace(/-/g, " ")).numbers().get(0) as unknown;
  const numbers = nlp(words).numbers().json() as { number?: { num?: number | null } }[];
  const parsed = numbers[0]?.number?.num ?? (typeof value === "number" ? value : undefined);
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
}

function unitOf(groups: Groups): string {
  if (groups["percent"]) return /point/i.test(groups["percent"]) ? "percentage-point" : "percent";
  const money = (groups["before"] ?? groups["after"] ?? "").toLowerCase();
  if (!money) return "bare";
  if (/^(?:rmb|cny|¥|￥|yuan|renminbi)/.test(money)) return "CNY";
  if (/^(?:hk|hong)/.test(money)) return "HKD";
  if (/^(?:nt|new taiwan)/.test(money)) return "TWD";
  if (/^(?:mop|pataca)/.test(money)) return "MOP";
  if (/^(?:€|euro)/.test(money)) return "EUR";
  if (/^(?:£|pound)/.test(money)) return "GBP";
  if (/^yen/.test(money)) return "JPY";
  return "USD";
}

function isYear(digits: string, before: string, after: string): boolean {
  if (!/^(?:19|20)\d{2}$/.test(digits)) return false;
  return (
    /\b(?:in|of|since|from|by|until|during|early|late|mid|year|,|and|to|for)[\s-]+$/i.test(before) ||
    (/^(?:[.,;)\s]|$|-\d{4}|–)/.test(after) && !/^\s+[a-z]{4,}s\b/.test(after))
  );
}

/** Chen, 47, owns …; a man aged 31. */
function isAge(digits: string, before: string, after: string): boolean {
  if (!/^\d{2}$/.test(digits)) return false;
  return (/[A-Z][a-z]+,\s*$/.test(before) && /^,/.test(after)) || /\baged?\s+$/i.test(before);
}
