import { ConverterBuilder, Trie } from "opencc-js/core";
import * as preset from "opencc-js/preset/t2cn";
import { OffsetMap } from "../doc/index.js";
import { applyEdits, type Draft, type Edit } from "./rewrite.js";

/** Where a traditional text was written: standard, Taiwan, Hong Kong; `twp`, `hkp` turn words into mainland ones too. */
export type Variant = "t" | "tw" | "hk" | "twp" | "hkp";

const locale = preset as unknown as Parameters<typeof ConverterBuilder>[0];

/** Characters that mainland text writes too: in words that keep them, in names, or as other words. */
const BOTH = "乾著於沈瞭夥徵藉覆麽幺儘並后干余云里系于台苎么蘋蔘甯昇邨堃喆淼甦犇龢迺脩勠皙瞋噘蹚吒鉅頫勣氾菓";

/** Names and words that hold a character which conversion would change though it is right, or the other way round. */
const NAMES: readonly (readonly [from: string, to: string])[] = [
  ["乾安", "乾安"],
  ["乾安縣", "乾安县"],
  ["乾縣", "乾县"],
  ["乾县", "乾县"],
  ["乾州", "乾州"],
  ["乾隆", "乾隆"],
  ["乾坤", "乾坤"],
  ["乾陵", "乾陵"],
  ["乾元", "乾元"],
  ["於潜", "於潜"],
  ["於潛", "於潜"],
  ["於菟", "於菟"],
];

/** The single characters of all dictionaries, that change. */
let codes: number[] | undefined;

/** UTF-16 code units that only traditional text has. */
export function traditionalCodes(): readonly number[] {
  if (codes) return codes;
  const both = new Set(BOTH);
  codes = pairsOf("cn")
    .filter(([from, to]) => from.length === 1 && from !== to && !both.has(from) && isHanCode(from.charCodeAt(0)))
    .map(([from]) => from.charCodeAt(0));
  return codes;
}

const isHanCode = (code: number) => code >= 0x3400 && code <= 0x9fff;

/** All pairs of the dictionaries that lead to `cn` or from a variant. */
function pairsOf(name: "cn" | "tw" | "hk"): (readonly [string, string])[] {
  const groups = (name === "cn" ? locale.to["cn"] : locale.from[name]) ?? [];
  return groups.flat().flatMap((dictionary) =>
    typeof dictionary === "string"
      ? dictionary.split("|").map((pair) => {
          const [from = "", to = ""] = pair.split(" ");
          return [from, to] as const;
        })
      : dictionary,
  );
}

interface Dictionary {
  /** For each code unit what it becomes; 0 where it stays. */
  readonly single: Uint16Array;
  /** Whether a word of the dictionary starts with it. */
  readonly opens: Uint8Array;
  readonly words: Trie;
}

let dictionary: Dictionary | undefined;

/**
 * Traditional of any region → mainland, in one pass: every word of OpenCC's
 * dictionaries with what OpenCC's whole chain makes of it.
 */
function conversion(): Dictionary {
  if (dictionary) return dictionary;
  const words = new Trie();
  const single = new Uint16Array(0x10000);
  const opens = new Uint8Array(0x10000);
  const add = (from: string, to: string) => {
    if (from.length === 1 && to.length === 1) {
      single[from.charCodeAt(0)] = from === to ? 0 : to.charCodeAt(0);
      return;
    }
    opens[from.charCodeAt(0)] = 1;
    words.addWord(from, to);
  };
  const build = ConverterBuilder(locale);
  for (const region of ["hk", "tw"] as const) {
    const convert = build({ from: region, to: "cn" });
    for (const [from] of [...pairsOf("cn"), ...pairsOf(region)]) add(from, convert(from));
  }
  for (const [from, to] of NAMES) add(from, to);
  dictionary = { single, opens, words };
  return dictionary;
}

/**
 * Traditional → simplified (mainland), with OpenCC's phrases. In a simplified
 * text only characters that simplified text never has are changed.
 */
export function simplify(draft: Draft, traditional: boolean, only: Uint16Array, bit: number): Draft {
  const edits: Edit[] = [];
  const { text } = draft;
  const { single, opens, words } = conversion();
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 0x2e80 || (!traditional && !((only[code] as number) & bit))) {
      at++;
      continue;
    }
    const word = opens[code] ? words.matchPrefix(text, at) : null;
    if (word) {
      if (text.slice(at, word.end) !== word.value) edits.push({ start: at, end: word.end, after: word.value });
      at = word.end;
      continue;
    }
    const to = single[code] as number;
    if (to) edits.push({ start: at, end: at + 1, after: String.fromCharCode(to) });
    at++;
  }
  return applyEdits(draft, edits, "traditional");
}

const converters = new Map<Variant, (text: string) => string>();

/**
 * A text in simplified (mainland) characters.
 *
 * Without `from` the text may come from anywhere, also mixed or simplified
 * already: that is how jianbao reads clippings. With it, the text is taken for
 * one of that region, exactly as OpenCC's configurations t2s, tw2s, hk2s,
 * tw2sp and hk2sp do; the last two turn words into mainland ones as well.
 */
export function toSimplified(text: string, from?: Variant): string {
  if (from === undefined)
    return simplify({ text, map: OffsetMap.identity(text.length), repairs: [] }, true, new Uint16Array(0), 0).text;
  let convert = converters.get(from);
  if (!convert) {
    convert = ConverterBuilder(locale)({ from, to: "cn" });
    converters.set(from, convert);
  }
  return convert(text);
}
