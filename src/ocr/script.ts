import { ConverterBuilder } from "opencc-js/core";
import * as toTraditional from "opencc-js/preset/cn2t";
import * as toSimplified from "opencc-js/preset/t2cn";
import type { Script } from "./index.js";

type Locale = Parameters<typeof ConverterBuilder>[0];
let simplify: ((text: string) => string) | undefined;
let complicate: ((text: string) => string) | undefined;

/** Above this share of Latin letters among letters a page is English. */
const LATIN = 0.6;

/** The script of a text, told by the characters that only one script has; simplified where nothing tells. */
export function scriptOf(text: string): Script {
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  const words = text.match(/[A-Za-z]{2,}/g) ?? [];
  if (words.length > 3 && words.length > (han.length + words.length) * LATIN) return "latin";
  const counts = countScripts(han);
  return counts.traditional > counts.simplified ? "traditional" : "simplified";
}

/** How many characters only one of the scripts writes. */
export function countScripts(han: readonly string[]): { simplified: number; traditional: number } {
  simplify ??= ConverterBuilder(toSimplified as unknown as Locale)({ from: "t", to: "cn" });
  complicate ??= ConverterBuilder(toTraditional as unknown as Locale)({ from: "cn", to: "t" });
  let simplified = 0;
  let traditional = 0;
  for (const character of han) {
    // 后, 里, 于 are written in both
    if (simplify(character) !== character) traditional++;
    else if (complicate(character) !== character && !BOTH.has(character)) simplified++;
  }
  return { simplified, traditional };
}

/** Simplified characters that traditional text has as words of their own. */
const BOTH = new Set("后里于台云系干余斗谷丑了几才千只出面松征范郁姜曲朱准致向冬占并布周御表托复志沈");
