import { ConverterBuilder } from "opencc-js/core";
import * as preset from "opencc-js/preset/t2cn";
import { Trie } from "../catalogue/trie.js";
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
  /** 1 for a code unit that becomes another, and for one that opens a word. */
  readonly moves: Uint8Array;
  readonly words: Trie;
  /** What the word that ends in a node becomes. */
  readonly becomes: readonly (string | undefined)[];
}

let dictionary: Dictionary | undefined;

/**
 * Traditional of any region → mainland, in one pass: every word of OpenCC's
 * dictionaries with what OpenCC's whole chain makes of it.
 */
function conversion(): Dictionary {
  if (dictionary) return dictionary;
  const words = new Trie(5000);
  const becomes: (string | undefined)[] = [];
  const single = new Uint16Array(0x10000);
  const moves = new Uint8Array(0x10000);
  const add = (from: string, to: string) => {
    const code = from.charCodeAt(0);
    const alone = from.length === 1 && to.length === 1;
    if (alone) single[code] = from === to ? 0 : to.charCodeAt(0);
    else becomes[words.add(from)] = to;
    if (!alone || from !== to) moves[code] = 1;
  };
  const build = ConverterBuilder(locale);
  for (const region of ["hk", "tw"] as const) {
    const froms = [...pairsOf("cn"), ...pairsOf(region)].map(([from]) => from);
    // no word holds a line feed, and all in one go are converted much faster than one by one
    const all = build({ from: region, to: "cn" })(froms.join("\n")).split("\n");
    for (const [at, to] of all.entries()) add(froms[at] as string, to);
  }
  for (const [from, to] of NAMES) add(from, to);
  dictionary = { single, moves, words, becomes };
  return dictionary;
}

/** The longest word of the dictionary that starts at a place; undefined where none does. */
function wordAt({ words, becomes }: Dictionary, text: string, start: number): { end: number; to: string } | undefined {
  let found: { end: number; to: string } | undefined;
  let at = start + 1;
  for (let node = words.open(text.charCodeAt(start)); node > 0; node = words.step(node, text.charCodeAt(at++))) {
    const to = becomes[node];
    if (to !== undefined) found = { end: at, to };
    if (at >= text.length) break;
  }
  return found;
}

/**
 * Traditional → simplified (mainland), with OpenCC's phrases. In a simplified
 * text only characters that simplified text never has are changed.
 */
export function simplify(draft: Draft, traditional: boolean, only: Uint16Array, bit: number): Draft {
  const { text } = draft;
  const known = conversion();
  const { single, moves } = known;
  // what stays as long as it was is written in its place; the rest are edits
  const codes = room(text.length);
  const edits: Edit[] = [];
  let changed = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    codes[at] = code;
    if (moves[code] === 0 || !(traditional || (only[code] as number) & bit)) continue;
    const word = wordAt(known, text, at);
    const end = word?.end ?? at + 1;
    const sameLength = word === undefined || word.to.length === end - at;
    if (!sameLength) edits.push({ start: at, end, after: word.to });
    for (const from = at; at < end; at++) {
      const now = text.charCodeAt(at);
      const to = word === undefined ? single[now] || now : sameLength ? word.to.charCodeAt(at - from) : now;
      codes[at] = to;
      if (to !== now) changed = true;
    }
    at--;
  }
  return applyEdits(changed ? { ...draft, text: textOf(codes, text.length) } : draft, edits, "traditional");
}

/** More arguments than this a call may not bear. */
const MOST_CODES = 4096;

function textOf(codes: Uint16Array, length: number): string {
  let text = "";
  for (let at = 0; at < length; at += MOST_CODES)
    text += String.fromCharCode.apply(
      null,
      codes.subarray(at, Math.min(length, at + MOST_CODES)) as unknown as number[],
    );
  return text;
}

let scratch = new Uint16Array(4096);

/** Room for the code units of one text; the next call takes it again. */
function room(length: number): Uint16Array {
  if (length > scratch.length) scratch = new Uint16Array(2 * length);
  return scratch;
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
  if (from === undefined && !isMoved(text)) return text;
  if (from === undefined)
    return simplify({ text, map: OffsetMap.identity(text.length), repairs: [] }, true, new Uint16Array(0), 0).text;
  let convert = converters.get(from);
  if (!convert) {
    convert = ConverterBuilder(locale)({ from, to: "cn" });
    converters.set(from, convert);
  }
  return convert(text);
}

/** Whether any character of a text becomes another or opens a word that does. */
function isMoved(text: string): boolean {
  const { moves } = conversion();
  for (let at = 0; at < text.length; at++) if (moves[text.charCodeAt(at)] !== 0) return true;
  return false;
}
