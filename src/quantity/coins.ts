import { type Unit, unitTable } from "../catalogue/units.js";
import { CharKind, kindAt } from "./chars.js";
import { scanNumeral } from "./numeral.js";

/** A character of a word that goes on: after it a last digit is no coin (三块五家). */
export const GOES_ON = /[^\P{Script=Han}到至的以左]/u;

/** 五元三毛, 两美元又三美分, 一块二, 三块零四: what the coins add. */
export function coinsAfter(folded: string, at: number, unit: Unit, worth = 1): { value: number; end: number } {
  let value = 0;
  let end = at;
  let least = worth;
  for (;;) {
    const from = folded[end] === "又" ? end + 1 : end;
    const number = scanNumeral(folded, from, from + 4);
    const part = number && partAt(folded, number.end, unit);
    if (!number || !part || part.worth >= least) break;
    value += number.value * part.worth;
    least = part.worth;
    end = part.end;
  }
  const zero = folded[end] === "零" || folded[end] === "〇";
  const last = folded[zero ? end + 1 : end] ?? "";
  const after = end + (zero ? 2 : 1);
  if (kindAt(last, 0) === CharKind.digit && !GOES_ON.test(folded[after] ?? "") && least > 0.01)
    return { value: value + ((scanNumeral(last, 0)?.value ?? 0) * least) / (zero ? 100 : 10), end: after };
  return { value, end };
}

/** The coin named at a place, and what part of the unit it is worth. */
export function partAt(folded: string, at: number, unit: Unit): { worth: number; end: number } | undefined {
  const coins = coinsOf(unit).find(([name]) => folded.startsWith(name, at));
  return coins && { worth: coins[1], end: at + coins[0].length };
}

const coinsById = new Map<string, readonly (readonly [name: string, worth: number])[]>();

/** The coins of a currency, the longest name first; those of yuan where it has none of its own. */
function coinsOf(unit: Unit): readonly (readonly [name: string, worth: number])[] {
  let coins = coinsById.get(unit.id);
  if (!coins) {
    coins = Object.entries(unit.parts ?? unitTable().byId("CNY")?.parts ?? {}).sort(
      (a, b) => b[0].length - a[0].length,
    );
    coinsById.set(unit.id, coins);
  }
  return coins;
}
