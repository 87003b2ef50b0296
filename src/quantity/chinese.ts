import { type UnitMatch, unitTable } from "../catalogue/units.js";
import type { Qualifier, Quantity } from "../doc/index.js";
import { type Amount, readAmount } from "./amount.js";
import { CharKind, kindAt, kindOfCode } from "./chars.js";
import { coinsAfter } from "./coins.js";
import { isMoneyBefore, notQuantity } from "./context.js";
import { round, scanNumeral } from "./numeral.js";
import type { QuantityOptions } from "./options.js";
import { qualifierAfter, qualifierBefore } from "./qualifiers.js";
import { readShare } from "./share.js";
import { wordEndAt } from "./words.js";

/** The part of a text that is searched. */
interface Site {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly options: QuantityOptions;
}

/** Finds every number of `text[start, end)`: quantities, and numbers that count nothing (`not`). */
export function findChineseQuantities(
  text: string,
  options: QuantityOptions = {},
  start = 0,
  end = text.length,
): Quantity[] {
  const site: Site = { text, start, end, options };
  const found: Quantity[] = [];
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === TITLE) at = endOfTitle(text, at, end);
    if (!startsNumber(kindOfCode(code))) {
      at++;
      continue;
    }
    const quantity = wordEndAt(text, at, start) || readAt(site, at);
    if (typeof quantity === "number") {
      at = quantity;
    } else if (quantity) {
      found.push(quantity);
      at = Math.max(quantity.end, at + 1);
    } else {
      at = endOfNumber(text, at, end);
    }
  }
  return markRanges(text, found);
}

const TITLE = "《".charCodeAt(0);
const startsNumber = (kind: number) => kind !== CharKind.none && kind !== CharKind.space && kind !== CharKind.point;

/** 《关于…十项措施》: the numbers in a title count nothing. */
function endOfTitle(text: string, at: number, end: number): number {
  const limit = Math.min(end, at + 61);
  for (let close = at + 1; close < limit; close++) {
    if (text[close] === "》") return close;
    if (text[close] === "\n") return at;
  }
  return at;
}

function endOfNumber(text: string, at: number, end: number): number {
  let stop = at + 1;
  while (stop < end && startsNumber(kindAt(text, stop))) stop++;
  return stop;
}

/** The share or quantity whose number starts at a place. */
function readAt(site: Site, at: number): Quantity | undefined {
  const { text, start, end } = site;
  const numeral = scanNumeral(text, at, end);
  if (!numeral) return undefined;
  const share = readShare(text, at, end, numeral);
  if (share) {
    const { value, measure, qualifier } = share;
    return finish(text, at, share.end, { value, measure, qualifier, unit: "percent", unitEnd: share.end });
  }
  const amount = readAmount(text, at, start, end, numeral);
  return amount && readQuantity(site, at, amount);
}

interface Body {
  readonly value: number;
  readonly unit: string;
  readonly measure: string;
  readonly unitEnd: number;
  readonly lead?: number | undefined;
  /** The currency that stands before the number. */
  readonly named?: UnitMatch | undefined;
  readonly qualifier?: Qualifier | undefined;
  readonly scaled?: boolean;
  readonly not?: Quantity["not"] | undefined;
}

function readQuantity(site: Site, at: number, amount: Amount): Quantity | undefined {
  const { text, end, options } = site;
  const { value, qualifier, scaled } = amount;
  const spaced = text[amount.end] === " " && unitTable().at(text, amount.end + 1) !== undefined;
  const unitAt = spaced ? amount.end + 1 : amount.end;
  const unit = unitAt < end ? unitTable().at(text, unitAt) : undefined;
  const han = kindAt(text, at) !== CharKind.arabic;
  if (isDate(text, unitAt) && (!unit || unit.unit.kind === "other")) {
    const measure = text[unitAt] ?? "";
    return finish(text, at, amount.end, {
      value,
      unit: unit?.unit.id ?? "date",
      measure,
      unitEnd: unitAt + 1,
      not: "code",
    });
  }
  if (!unit) return readBare(site, at, amount, han);
  const listed = listNumber(site, at, amount.end, unit, value);
  if (listed) return listed;
  const money = unit.unit.kind === "money";
  const coins = money ? coinsAfter(text, unitAt + unit.word.length, unit.unit) : undefined;
  const unitEnd = coins?.end ?? unitAt + unit.word.length;
  const not = amount.not ?? notQuantity(text, at, unitEnd, han, unit);
  const permille = unit.unit.id === "permille";
  const named = money ? unitTable().currencyBefore(text, beforeSpace(text, at)) : undefined;
  return finish(text, at, amount.end, {
    value: permille ? value / 10 : coins ? round(value + coins.value) : value,
    unit: permille ? "percent" : currencyOf(unit, named, options),
    measure: unit.word,
    unitEnd,
    lead: amount.lead,
    named,
    qualifier,
    scaled,
    not,
  });
}

function isDate(text: string, at: number): boolean {
  const char = text[at];
  return char === "年" || char === "月" || char === "日" || char === "号";
}

/** A number with nothing behind it that says what it counts; money where what stands before says so. */
function readBare({ text, options }: Site, at: number, amount: Amount, han: boolean): Quantity | undefined {
  const { value, end, qualifier, scaled, not } = amount;
  // 三至五家: the first bound of a range
  if (han && !scaled && not === undefined && RANGE_NEXT.test(text.slice(end, end + 2)))
    return finish(text, at, end, { value, measure: "", unitEnd: end, unit: "bare" });
  if (han && !scaled) return not && finish(text, at, end, { value, measure: "", unitEnd: end, unit: "bare", not });
  const named = unitTable().currencyBefore(text, beforeSpace(text, at));
  const quantity = finish(text, at, end, {
    value,
    measure: "",
    unitEnd: end,
    unit: named?.unit.id ?? "bare",
    named,
    qualifier,
    scaled,
    not,
  });
  const money =
    named === undefined && scaled && CLOSES_SUM.test(text[end] ?? "") && isMoneyBefore(text, quantity.start);
  return money ? { ...quantity, unit: options.currency ?? "CNY" } : quantity;
}
const RANGE_NEXT = /^[—–~～至到-][一二两三四五六七八九十\d]/;
const CLOSES_SUM = /^(?:$|[^\p{Script=Han}A-Za-z\d]|[的用支在到建])/u;

/** `1.1003家` at the start of a clause is item 1 and 1003家. */
function listNumber(
  { text, start }: Site,
  at: number,
  numberEnd: number,
  unit: UnitMatch,
  value: number,
): Quantity | undefined {
  if (kindAt(text, at) !== CharKind.arabic || (text[at + 1] !== "." && text[at + 2] !== ".")) return undefined;
  const item = /^(\d{1,2})\.(\d[\d,]*)/.exec(text.slice(at, numberEnd));
  if (!item) return undefined;
  const opens = at === start || /[\s，。；：\n]/.test(text[at - 1] ?? "");
  const whole = unit.unit.kind === "count" && !Number.isInteger(value);
  // items before or after it at the start of a line make it a list
  const number = Number(item[1]);
  const listed = opens && !whole && isListed(text, at, number);
  if (!opens || !(whole || listed)) return undefined;
  const from = at + (item[1]?.length ?? 0) + 1;
  const amount = scanNumeral(text, from, numberEnd);
  if (amount?.end !== numberEnd) return undefined;
  return finish(text, from, numberEnd, {
    value: amount.value,
    unit: unit.unit.id,
    measure: unit.word,
    unitEnd: numberEnd + unit.word.length,
  });
}

/** Whether the item before or after stands at the start of a line near by. */
function isListed(text: string, at: number, number: number): boolean {
  if (at > 0 && text[at - 1] !== "\n") return false;
  const around = text.slice(Math.max(0, at - 2000), at + 2000);
  return around.includes(`\n${number - 1}.`) || around.includes(`\n${number + 1}.`);
}

const beforeSpace = (text: string, at: number) => (text[at - 1] === " " ? at - 1 : at);

/** The unit of a quantity: of 元 the currency named before it, or what a bare 元 means. */
function currencyOf(unit: UnitMatch, named: UnitMatch | undefined, options: QuantityOptions): string {
  if (unit.unit.id !== "CNY" || unit.word.includes("人民币")) return unit.unit.id;
  return named?.unit.id ?? options.currency ?? "CNY";
}

function finish(text: string, at: number, numberEnd: number, body: Body): Quantity {
  const lead = body.named ? beforeSpace(text, at) - body.named.word.length : at;
  const before = qualifierBefore(text, lead);
  const after = qualifierAfter(text, body.unitEnd);
  const start = lead - (before?.length ?? body.lead ?? 0);
  const quantity: { -readonly [key in keyof Quantity]: Quantity[key] } = {
    value: body.value,
    unit: body.unit,
    measure: body.measure,
    qualifier: after?.qualifier ?? body.qualifier ?? before?.qualifier ?? "exact",
    start,
    end: body.unitEnd + (after?.length ?? 0),
    numberStart: at,
    numberEnd,
    ceiling: before?.ceiling ?? false,
    range: false,
    conversion: CONVERTED.has(body.unit) && /[（(](?:约?合|折合)?约?$/.test(text.slice(Math.max(0, start - 3), start)),
    scaled: body.scaled ?? false,
    one: numberEnd - at === 1 && text[at] === "一",
  };
  // not by spreading: that gives every quantity a shape of its own, which is slow to make and to read
  if (body.not) quantity.not = body.not;
  return quantity;
}
const CONVERTED = new Set(["USD", "EUR", "HKD"]);

const isMoney = (unit: string) => unitTable().byId(unit)?.kind === "money";
const RANGE_MARK = /^(?:—|–|-|~|～|至|到|－|―){1,2}$/;

/** 10—20家: the first bound takes the unit of the second. */
function markRanges(text: string, found: Quantity[]): Quantity[] {
  for (let index = 0; index + 1 < found.length; index++) {
    const first = found[index] as Quantity;
    const second = found[index + 1] as Quantity;
    const gap = second.numberStart - first.end;
    if (gap < 1 || gap > 2) continue;
    if (second.unit === "bare" && second.scaled && isMoney(first.unit)) {
      // 投资20亿—30亿: what says money stands before both
      if (RANGE_MARK.test(text.slice(first.end, second.numberStart)))
        found[index + 1] = { ...second, unit: first.unit, range: true };
      continue;
    }
    if (second.unit === "bare") continue;
    if (first.unit !== "bare" && first.unit !== second.unit) continue;
    if (!RANGE_MARK.test(text.slice(first.end, second.numberStart))) continue;
    const scale = first.unit === "bare" && second.scaled && !first.scaled ? scaleOf(text, second) : 1;
    found[index] = {
      ...first,
      value: round(first.value * scale),
      unit: second.unit,
      measure: second.measure,
      range: true,
    };
    found[index + 1] = { ...second, range: true };
  }
  return found;
}

/** What 万 or 亿 at the end of a number multiplies by. */
function scaleOf(text: string, { value, numberStart, numberEnd }: Quantity): number {
  const digits = scanNumeral(text.slice(numberStart, numberEnd).replace(/[万亿兆]{1,12}$/, ""), 0);
  return digits && digits.value > 0 ? value / digits.value : 1;
}
