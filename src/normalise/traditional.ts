import { Trie } from "opencc-js/core";
import * as preset from "opencc-js/preset/t2cn";
import { MappedTextBuilder } from "../doc/index.js";
import type { Draft } from "./rewrite.js";

interface Dictionaries {
  readonly trie: Trie;
  /** Characters that only traditional text has. */
  readonly traditionalOnly: ReadonlySet<string>;
}

let loaded: Dictionaries | undefined;

/** OpenCC's traditional → mainland dictionaries, loaded at first use. */
function dictionaries(): Dictionaries {
  if (loaded) return loaded;
  const trie = new Trie();
  const traditionalOnly = new Set<string>();
  const chains = (preset as unknown as { to: { cn: readonly (readonly unknown[])[] } }).to.cn;
  for (const group of chains) trie.loadDictGroup(group as never);
  for (const dictionary of chains.flat()) {
    const pairs =
      typeof dictionary === "string"
        ? dictionary.split("|").map((pair) => pair.split(" "))
        : (dictionary as readonly (readonly string[])[]);
    for (const [from = "", to = ""] of pairs) if ([...from].length === 1 && from !== to) traditionalOnly.add(from);
  }
  for (const both of "乾著於沈瞭夥徵藉覆麽幺儘並后干余云里系于台苎么蘋蔘") traditionalOnly.delete(both);
  loaded = { trie, traditionalOnly };
  return loaded;
}

/** Share of Han characters that only traditional text has, judged on a sample; above 4 % a text is traditional. */
export function isTraditional(text: string): boolean {
  const { traditionalOnly } = dictionaries();
  let han = 0;
  let traditional = 0;
  for (let at = 0; at < text.length && han < 4000; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x4e00 || code > 0x9fff) continue;
    han++;
    if (traditionalOnly.has(text[at] as string)) traditional++;
  }
  return han > 0 && traditional / han > 0.04;
}

/** Place names that hold a character which conversion would change though it is right as it stands. */
const KEEP = /乾安|乾县|乾縣|乾隆|乾坤|乾陵|於潜|於菟/y;

/**
 * Traditional → simplified (mainland), with OpenCC's phrases. In a simplified
 * text only characters that simplified text never has are changed.
 */
export function simplify(draft: Draft, traditional: boolean): Draft {
  const { trie, traditionalOnly } = dictionaries();
  const { text } = draft;
  let changed = false;
  let sameLength = true;
  const out: string[] = [];
  const pieces: { length: number; start: number; end: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 0x2e80 || (!traditional && !traditionalOnly.has(text[at] as string))) {
      out.push(text[at] as string);
      pieces.push({ length: 1, start: at, end: at + 1 });
      at++;
      continue;
    }
    KEEP.lastIndex = at;
    const kept = KEEP.exec(text)?.[0];
    const match = kept ? { end: at + kept.length, value: kept.replace("縣", "县") } : trie.matchPrefix(text, at);
    const end = match && match.end > at ? match.end : at + 1;
    const value = match && match.end > at ? match.value : (text[at] as string);
    if (value.length !== end - at) sameLength = false;
    if (!changed && value !== text.slice(at, end)) changed = true;
    out.push(value);
    pieces.push({ length: value.length, start: at, end });
    at = end;
  }
  if (!changed) return draft;
  const joined = out.join("");
  if (sameLength) return { ...draft, text: joined };
  const builder = new MappedTextBuilder();
  out.forEach((value, index) => {
    const piece = pieces[index] as { length: number; start: number; end: number };
    if (piece.length === piece.end - piece.start) builder.keep(value, piece.start);
    else builder.replace(value, piece.start, piece.end);
  });
  return { ...draft, text: joined, map: builder.build().map.through(draft.map) };
}
