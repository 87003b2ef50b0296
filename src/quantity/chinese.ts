import { readFileSync } from "node:fs";
import { z } from "zod";
import { type UnitMatch, unitTable } from "../catalogue/units.js";
import type { Qualifier, Quantity } from "../doc/index.js";
import { isHanNumeral, parseNumeral, round, scaleOf } from "./numeral.js";
import type { QuantityOptions } from "./options.js";

const NUMBER =
  /(?:\d[\d,]*(?:\.\d+)?|[零〇○一二两三四五六七八九十百千万亿兆廿卅半壹贰叁肆伍陆柒捌玖拾佰仟]|(?<=[一二三四五六七八九十零百千\d])点(?=[零〇一二三四五六七八九]))+/y;
const APPROXIMATE = /[余多几来]/;
const SCALES = /[十百千万亿兆]+/y;
const DATE_UNIT = /^(?:年|月|日|号)/;

/** Qualifiers before a number, the longest first. */
const BEFORE: readonly (readonly [RegExp, Qualifier | "ceiling" | "bare-scale"])[] = [
  [/(?:不超过|最高(?:可达|达|不超过|为)?|最多(?:可)?|上限(?:为)?|不得超过|不高于|不多于|封顶)$/, "ceiling"],
  [/(?:超过了?|(?<!签|大|高)逾|突破了?|高于|不得?少于|不得?低于|至少|多达|大于|(?<!赶|反)超|达到?上)$/, "over"],
  [/(?:将近|接近|不足|不到|低于|少于|未满|(?<!附|最|临|邻|靠|亲|新)近)$/, "under"],
  [/(?:大约|大概|约为|约合|约计|(?<!签|预|履|合|契|条|特|违|节|集|邀|制|大)约|估计)$/, "about"],
];
const AFTER: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:以上|之上|有余|开外|多(?=[，。；、：的）)”\s]|$)|余(?=[，。；、：的）)”\s]|$))/, "over"],
  [/^(?:左右|上下)/, "about"],
  [/^(?:以下|以内|之内|之下)/, "under"],
];

const words = loadWords();

/** Finds every number of `text[start, end)`: quantities, and numbers that count nothing (`not`). */
export function findChineseQuantities(
  text: string,
  options: QuantityOptions = {},
  start = 0,
  end = text.length,
): Quantity[] {
  const found: Quantity[] = [];
  let at = start;
  while (at < end) {
    const char = text[at] ?? "";
    if (char === "《") at = endOfTitle(text, at, end);
    if (!isStart(text[at] ?? "")) {
      at++;
      continue;
    }
    const word = wordAt(text, at, start);
    if (word > 0) {
      at = word;
      continue;
    }
    const quantity = readShare(text, at, end) ?? readQuantity(text, at, start, end, options);
    if (quantity) {
      found.push(quantity);
      at = Math.max(quantity.end, at + 1);
    } else {
      at = endOfNumber(text, at, end);
    }
  }
  return markRanges(text, found);
}

const isDigit = (char: string) => char >= "0" && char <= "9";
const isStart = (char: string) => isDigit(char) || isHanNumeral(char);

/** 《关于…十项措施》: the numbers in a title count nothing. */
function endOfTitle(text: string, at: number, end: number): number {
  const close = text.indexOf("》", at);
  return close > at && close < end && close - at <= 60 && !text.slice(at, close).includes("\n") ? close : at;
}

function endOfNumber(text: string, at: number, end: number): number {
  let stop = at + 1;
  while (stop < end && isStart(text[stop] ?? "")) stop++;
  return stop;
}

/** Where a word that holds this numeral ends (一带一路); 0 when there is none. */
function wordAt(text: string, at: number, start: number): number {
  if (isDigit(text[at] ?? "")) return 0;
  for (let back = at; back >= Math.max(start, at - 3); back--) {
    for (const word of words.get(text[back] ?? "") ?? []) {
      if (back + word.length > at && text.startsWith(word, back) && !isQuantityAfterAll(text, back, at))
        return back + word.length;
    }
  }
  return 0;
}

/** 近千名, 上百家: bare scales are numbers behind a qualifier; 五十一 is no 十一. */
function isQuantityAfterAll(text: string, wordStart: number, at: number): boolean {
  const before = text.slice(Math.max(0, wordStart - 2), wordStart);
  if (wordStart === at && /(?:近|上|超|逾|约|过|达)$/.test(before) && /[百千万]/.test(text[at] ?? "")) return true;
  return wordStart <= at && /[一二两三四五六七八九十百千万亿零\d点]$/.test(before);
}

/** 百分之九十八点六, 千分之三, 三分之二, 八成五, 半数. */
function readShare(text: string, at: number, end: number): Quantity | undefined {
  const rest = text.slice(at, Math.min(end, at + 24));
  const parts = /^(百|千|万|[一二两三四五六七八九十]|\d{1,2})分之([零〇一二两三四五六七八九十百点半\d.]+)/.exec(rest);
  if (parts) {
    let numerator = parts[2] ?? "";
    while (numerator && parseNumeral(numerator) === undefined) numerator = numerator.slice(0, -1);
    const value = parseNumeral(numerator);
    const base =
      parts[1] === "百" ? 100 : parts[1] === "千" ? 1000 : parts[1] === "万" ? 10000 : parseNumeral(parts[1] ?? "");
    if (value === undefined || !base) return undefined;
    const length = (parts[1]?.length ?? 0) + 2 + numerator.length;
    const percent = Math.round((value / base) * 1e4 + Number.EPSILON) / 100;
    return finish(text, at, at + length, {
      value: base === 100 ? value : base >= 1000 ? round((value / base) * 100) : percent,
      unit: "percent",
      measure: "",
      unitEnd: at + length,
    });
  }
  const tenths =
    /^([一二两三四五六七八九]|\d(?:\.\d)?)成([一二三四五六七八九半])?(?![立为果员功本效长都品熟就交人绩语分份])/.exec(
      rest,
    );
  if (tenths && !/[0-9一二三四五六七八九十完达建形合变促生组构养]$/.test(text.slice(Math.max(0, at - 1), at))) {
    const whole = parseNumeral(tenths[1] ?? "") ?? 0;
    const part = tenths[2] === "半" ? 5 : (parseNumeral(tenths[2] ?? "") ?? 0);
    return finish(text, at, at + tenths[0].length, {
      value: whole * 10 + part,
      unit: "percent",
      measure: "成",
      unitEnd: at + tenths[0].length,
    });
  }
  const half = /^(?:半数|一半)/.exec(rest);
  if (half) return finish(text, at, at + 2, { value: 50, unit: "percent", measure: "", unitEnd: at + 2 });
  return undefined;
}

interface Body {
  readonly value: number;
  readonly unit: string;
  readonly measure: string;
  readonly unitEnd: number;
  readonly qualifier?: Qualifier | undefined;
  readonly scaled?: boolean;
  readonly not?: Quantity["not"];
}

function readQuantity(
  text: string,
  at: number,
  start: number,
  end: number,
  options: QuantityOptions,
): Quantity | undefined {
  const number = readNumber(text, at, start, end);
  if (!number) return undefined;
  const { value, qualifier, scaled } = number;
  let unitAt = number.end;
  if (text[unitAt] === " " && unitTable().at(text, unitAt + 1)) unitAt++;
  const unit =
    unitAt < end
      ? unitAt === number.end || text[unitAt - 1] === " "
        ? unitTable().at(text, unitAt)
        : undefined
      : undefined;
  const han = !isDigit(text[at] ?? "");
  if (DATE_UNIT.test(text.slice(unitAt, unitAt + 1)) && (!unit || unit.unit.kind === "other")) {
    return finish(text, at, number.end, {
      value,
      unit: unit?.unit.id ?? "date",
      measure: text[unitAt] ?? "",
      unitEnd: unitAt + 1,
      not: "code",
    });
  }
  if (!unit) {
    if (han && !scaled)
      return number.indefinite
        ? finish(text, at, number.end, { value, unit: "bare", measure: "", unitEnd: number.end, not: "indefinite" })
        : undefined;
    return finish(text, at, number.end, {
      value,
      unit: currencyBefore(text, at) ?? "bare",
      measure: "",
      unitEnd: number.end,
      qualifier,
      scaled,
    });
  }
  const listed = listNumber(text, at, start, number.end, unit, value);
  if (listed) return listed;
  const not = number.indefinite ? "indefinite" : notQuantity(text, at, unitAt + unit.word.length, han, unit);
  return finish(text, at, number.end, {
    value: unit.unit.id === "permille" ? value / 10 : value,
    unit: unit.unit.id === "permille" ? "percent" : currencyOf(text, at, unit, options),
    measure: unit.word,
    unitEnd: unitAt + unit.word.length,
    qualifier,
    scaled,
    ...(not ? { not } : {}),
  });
}

interface NumberRead {
  readonly value: number;
  readonly end: number;
  readonly qualifier: Qualifier | undefined;
  readonly scaled: boolean;
  readonly indefinite: boolean;
}

/** Digits and Han numerals with scales, and 余 多 between them: 50多万, 二百余, 1.5万余. */
function readNumber(text: string, at: number, start: number, end: number): NumberRead | undefined {
  NUMBER.lastIndex = at;
  let raw = NUMBER.exec(text)?.[0];
  if (!raw) return undefined;
  if (at + raw.length > end) raw = raw.slice(0, end - at);
  const before = text[at - 1] ?? "";
  const indefinite = at > start && /[几数多]/.test(before) && /^[十百千万亿]/.test(raw);
  if (/^[百千万亿兆]/.test(raw)) {
    const qualified = at > start && /(?:近|上|超|超过|逾|约|过|达|突破)$/.test(text.slice(Math.max(start, at - 2), at));
    const tail = text[at + raw.length] ?? "";
    if (!qualified && !indefinite && !/[余多]/.test(tail)) return undefined;
    raw = `1${raw}`;
    const value = parseNumeral(raw);
    if (value === undefined) return undefined;
    return withApproximation(
      text,
      at,
      at + raw.length - 1,
      value,
      end,
      indefinite,
      /上$/.test(text.slice(Math.max(start, at - 1), at)) ? "over" : undefined,
    );
  }
  if (/^[一二三四五六七八九两]{2}$/.test(raw) && !indefinite) {
    const [first, second] = [...raw].map((digit) => parseNumeral(digit) ?? 0);
    if (Math.abs((first ?? 0) - (second ?? 0)) === 1 || raw === "三五")
      return { value: first ?? 0, end: at + 2, qualifier: "about", scaled: false, indefinite: true };
  }
  while (raw && parseNumeral(raw) === undefined) raw = raw.slice(0, -1);
  const value = parseNumeral(raw.replace(/[,.]+$/, ""));
  if (!raw || value === undefined) return undefined;
  return withApproximation(text, at, at + raw.replace(/[,.]+$/, "").length, value, end, indefinite, undefined);
}

function withApproximation(
  text: string,
  at: number,
  numberEnd: number,
  number: number,
  end: number,
  indefinite: boolean,
  lead: Qualifier | undefined,
): NumberRead {
  let value = number;
  let stop = numberEnd;
  let qualifier = lead;
  let unsure = indefinite;
  let scaled = /[万亿兆]$/.test(text.slice(at, numberEnd));
  const approximate = text[stop] ?? "";
  if (stop < end && APPROXIMATE.test(approximate)) {
    SCALES.lastIndex = stop + 1;
    const scale = SCALES.exec(text)?.[0];
    const next = scale ? stop + 1 + scale.length : stop + 1;
    const follows =
      unitTable().at(text, next) !== undefined || scale !== undefined || (approximate === "余" && text[next] === " ");
    if (follows && (approximate !== "来" || /0$|[十百千]$/.test(text.slice(at, stop)))) {
      for (const char of scale ?? "") value = round(value * (scaleOf(char) ?? 1));
      if (scale && /[万亿兆]/.test(scale)) scaled = true;
      if (approximate === "几") unsure = true;
      qualifier = approximate === "来" ? "about" : "over";
      stop = next;
    }
  }
  return { value, end: stop, qualifier, scaled, indefinite: unsure };
}

function notQuantity(text: string, at: number, unitEnd: number, han: boolean, unit: UnitMatch): Quantity["not"] {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text[unitEnd] ?? "";
  if (/第$/.test(before)) return "ordinal";
  if (/分$/.test(before) && /^(?:批|次|期|组|路|片|步)/.test(unit.word)) return "word";
  if (/(?:前|头)$/.test(before) && /^[批名位季个期]/.test(unit.word)) return "ordinal";
  if (/[+＋]$/.test(before) || /^[+＋]/.test(after)) return "slogan";
  if (han && /[“《‘]$/.test(before)) return "slogan";
  if (after === "”" && /^[条项个]$/.test(unit.word)) return "slogan";
  if (han && /^[\d“]/.test(after)) return "slogan";
  if (han && /^一$/.test(text.slice(at, at + 1)) && /^[一二三四五六七八九]/.test(after)) return "slogan";
  if (/[A-Za-z\-—∶:/]$/.test(before) && !han && /[A-Za-z∶:/]$/.test(before)) return "code";
  return undefined;
}

/** `1.1003家` at the start of a clause is item 1 and 1003家. */
function listNumber(
  text: string,
  at: number,
  start: number,
  numberEnd: number,
  unit: UnitMatch,
  value: number,
): Quantity | undefined {
  const item = /^(\d{1,2})\.(\d[\d,]*)/.exec(text.slice(at, numberEnd));
  if (!item) return undefined;
  const opens = at === start || /[\s，。；：\n]/.test(text[at - 1] ?? "");
  const whole = unit.unit.kind === "count" && !Number.isInteger(value);
  // items before or after it at the start of a line make it a list
  const number = Number(item[1]);
  const listed =
    (at === 0 || text[at - 1] === "\n") && (text.includes(`\n${number - 1}.`) || text.includes(`\n${number + 1}.`));
  if (!opens || !(whole || listed)) return undefined;
  const from = at + (item[1]?.length ?? 0) + 1;
  const amount = parseNumeral(text.slice(from, numberEnd));
  if (amount === undefined) return undefined;
  return finish(text, from, numberEnd, {
    value: amount,
    unit: unit.unit.id,
    measure: unit.word,
    unitEnd: numberEnd + unit.word.length,
  });
}

const CURRENCY_BEFORE: readonly (readonly [RegExp, string])[] = [
  [/(?:HK\$|港[币元])\s?$/i, "HKD"],
  [/(?:NT\$|新?台[币元])\s?$/i, "TWD"],
  [/(?:US\$|美[元金])\s?$/i, "USD"],
  [/(?:MOP|澳门[元币])\$?\s?$/i, "MOP"],
  [/(?:[¥￥]|RMB|人民币)\s?$/i, "CNY"],
];

function currencyBefore(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - 5), at);
  return CURRENCY_BEFORE.find(([pattern]) => pattern.test(before))?.[1];
}

function currencyOf(text: string, at: number, unit: UnitMatch, options: QuantityOptions): string {
  if (unit.unit.id !== "CNY") return unit.unit.id;
  if (/人民币/.test(unit.word)) return "CNY";
  return currencyBefore(text, at) ?? options.currency ?? "CNY";
}

function finish(text: string, at: number, numberEnd: number, body: Body): Quantity {
  const before = text.slice(Math.max(0, at - 6), at);
  let start = at;
  let qualifier: Qualifier = body.qualifier ?? "exact";
  let ceiling = false;
  for (const [pattern, meaning] of BEFORE) {
    const match = pattern.exec(before);
    if (!match) continue;
    start = at - match[0].length;
    if (meaning === "ceiling") ceiling = true;
    else if (meaning !== "bare-scale" && qualifier === "exact") qualifier = meaning;
    break;
  }
  let end = body.unitEnd;
  const tail = text.slice(end, end + 4);
  for (const [pattern, meaning] of AFTER) {
    const match = pattern.exec(tail);
    if (!match) continue;
    end += match[0].length;
    qualifier = meaning;
    break;
  }
  return {
    value: body.value,
    unit: body.unit,
    measure: body.measure,
    qualifier,
    start,
    end,
    numberStart: at,
    numberEnd,
    ceiling,
    range: false,
    conversion:
      /[（(](?:约?合|折合)?约?$/.test(text.slice(Math.max(0, start - 3), start)) && /^(?:USD|EUR|HKD)$/.test(body.unit),
    scaled: body.scaled ?? false,
    one: text.slice(at, numberEnd) === "一",
    ...(body.not ? { not: body.not } : {}),
  };
}

const RANGE_MARK = /^(?:—|–|-|~|～|至|到|－|―){1,2}$/;

/** 10—20家: the first bound takes the unit of the second. */
function markRanges(text: string, found: Quantity[]): Quantity[] {
  for (let index = 0; index + 1 < found.length; index++) {
    const first = found[index] as Quantity;
    const second = found[index + 1] as Quantity;
    if (!RANGE_MARK.test(text.slice(first.end, second.numberStart)) || second.unit === "bare") continue;
    const scale =
      first.unit === "bare" && second.scaled && !first.scaled
        ? second.value /
          (parseNumeral(text.slice(second.numberStart, second.numberEnd).replace(/[万亿]$/, "")) ?? second.value)
        : 1;
    if (first.unit === "bare" || first.unit === second.unit) {
      found[index] = { ...first, value: first.value * scale, unit: second.unit, measure: second.measure, range: true };
      found[index + 1] = { ...second, range: true };
    }
  }
  return found;
}

function loadWords(): Map<string, string[]> {
  const path = new URL("../../schemas/number-words.json", import.meta.url);
  const file = z.object({ words: z.array(z.string()) }).parse(JSON.parse(readFileSync(path, "utf8")));
  const byFirst = new Map<string, string[]>();
  for (const word of [...file.words].sort((a, b) => b.length - a.length)) {
    const first = word[0] ?? "";
    byFirst.set(first, [...(byFirst.get(first) ?? []), word]);
  }
  return byFirst;
}
