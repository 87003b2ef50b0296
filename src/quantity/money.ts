import { type Unit, unitTable } from "../catalogue/units.js";
import { CharKind, kindAt } from "./chars.js";
import { coinsAfter, GOES_ON, partAt } from "./coins.js";
import { endOfRun, type FoundMoney, foldForFinding, type SignedNumber, signedNumberAt } from "./find.js";
import { endOfSpaces } from "./number.js";
import { qualifierAfter, qualifierBefore } from "./qualifiers.js";

interface Named {
  readonly unit: Unit;
  readonly end: number;
}
type Amount = Omit<FoundMoney, "text">;

const RANGE_MARK = /^ ?(?:—|–|-|~|至|到|―){1,2} ?$/;

/**
 * Every sum of money of a Chinese text, in units of its currency:
 * `"1200亿美元"`, `"人民币 8千元"`, `"￥300"`, `"五元三毛"` → 5.3, `"一块二"` → 1.2.
 * A currency named without an amount has the value null. A bare number is no
 * money.
 */
export function findMoney(text: string): FoundMoney[] {
  const folded = foldForFinding(text);
  const found: Amount[] = [];
  let bare: SignedNumber | undefined;
  let from = 0;
  for (let at = 0; at < folded.length; at++) {
    const number = startsNumber(folded, at) ? signedNumberAt(folded, at, from) : undefined;
    const named = number ? undefined : mentionAt(folded, at);
    if (named) {
      found.push(mention(at, named));
      at = named.end - 1;
      from = named.end;
    }
    if (!number) {
      if (kindAt(folded, at) === CharKind.arabic) at = endOfRun(folded, at) - 1;
      continue;
    }
    const amount =
      /[A-Za-z_]/.test(folded[at - 1] ?? "") && !symbolBefore(folded, at, from)
        ? undefined
        : amountAt(folded, number, from);
    if (amount) {
      addBound(found, folded, bare, amount);
      found.push(amount);
    }
    bare = amount ? undefined : number;
    at = Math.max(at, (amount ?? number).end - 1);
    from = (amount ?? number).end;
  }
  return found.map((amount) => ({ ...amount, text: text.slice(amount.start, amount.end) }));
}

function startsNumber(folded: string, at: number): boolean {
  const kind = kindAt(folded, at);
  if (folded[at] === ".") return kindAt(folded, at + 1) === CharKind.arabic;
  return kind !== CharKind.none && kind !== CharKind.space && kind !== CharKind.point;
}

const mention = (at: number, { unit, end }: Named): Amount => ({
  start: at,
  end,
  value: null,
  currency: unit.id,
  qualifier: "exact",
  range: false,
});

/** 5.6到5.78元: the first bound takes the currency of the second. */
function addBound(found: Amount[], folded: string, bare: SignedNumber | undefined, amount: Amount): void {
  const first = found.at(-1);
  if (bare && RANGE_MARK.test(folded.slice(bare.end, amount.start))) {
    found.push({ ...amount, start: bare.start, end: bare.end, value: bare.value, range: true });
    Object.assign(amount, { range: true });
  } else if (
    first?.value != null &&
    first.currency === amount.currency &&
    RANGE_MARK.test(folded.slice(first.end, amount.start))
  ) {
    found[found.length - 1] = { ...first, range: true };
    Object.assign(amount, { range: true });
  }
}

/** The amount whose number stands at a place: its currency is named after it, before it, or by its coins. */
function amountAt(folded: string, number: SignedNumber, from: number): Amount | undefined {
  if (number.bare) return undefined;
  const approximate = /[余多]/.test(folded[number.end] ?? "") ? 1 : 0;
  const after = endOfSpaces(folded, number.end + approximate);
  const unit = unitTable().at(folded, after);
  const prefix = symbolBefore(folded, number.start, from);
  if (unit?.unit.kind !== "money" && !prefix) return coinsAlone(folded, number);
  const end = unit?.unit.kind === "money" ? after + unit.word.length : number.end;
  const currency = unit?.unit.kind === "money" && unit.unit.id !== "CNY" ? unit.unit : (prefix?.unit ?? unit?.unit);
  if (!currency) return undefined;
  const coins = unit?.unit.kind === "money" ? coinsAfter(folded, end, unit.unit) : { value: 0, end };
  const start = prefix?.start ?? number.start;
  const before = qualifierBefore(folded, start);
  const behind = qualifierAfter(folded, coins.end);
  return {
    start,
    end: coins.end,
    value: Number((number.value + coins.value).toPrecision(15)),
    currency: currency.id,
    qualifier: behind?.qualifier ?? before?.qualifier ?? (number.over || approximate ? "over" : "exact"),
    range: false,
  };
}

/** 两毛五, 2角: coins of yuan with none before them; 分 alone only where nothing else stands (it counts points too). */
function coinsAlone(folded: string, number: SignedNumber): Amount | undefined {
  const unit = unitTable().byId("CNY");
  const part = unit && partAt(folded, number.end, unit);
  if (!unit || !part) return undefined;
  const points = folded[number.end] === "分";
  const rest = coinsAfter(folded, part.end, unit, part.worth);
  const { end } = rest;
  const value = number.value * part.worth + rest.value;
  if (GOES_ON.test(folded[end] ?? "") || (points && /\S/.test(folded.slice(0, number.start) + folded.slice(end))))
    return undefined;
  return {
    start: number.start,
    end,
    value: Number(value.toPrecision(15)),
    currency: unit.id,
    qualifier: qualifierAfter(folded, end)?.qualifier ?? qualifierBefore(folded, number.start)?.qualifier ?? "exact",
    range: false,
  };
}

/** The currency named right before a number: ￥300, 人民币  50元. */
function symbolBefore(folded: string, at: number, from: number): { unit: Unit; start: number } | undefined {
  let end = at;
  while (end > from && kindAt(folded, end - 1) === CharKind.space) end--;
  const named = unitTable().currencyBefore(folded, end);
  return named && end - named.word.length >= from ? { unit: named.unit, start: end - named.word.length } : undefined;
}

/** A currency's name that no number follows. */
function mentionAt(folded: string, at: number): Named | undefined {
  const named = unitTable().currencyName(folded, at);
  if (!named) return undefined;
  const end = at + named.word.length;
  const next = endOfSpaces(folded, end);
  return startsNumber(folded, next) ? undefined : { unit: named.unit, end };
}
