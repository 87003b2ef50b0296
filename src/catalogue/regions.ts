import { readFileSync } from "node:fs";
import { z } from "zod";
import { Trie } from "./trie.js";

export const Region = z.strictObject({
  /** GB/T 2260 code; ISO 3166-2 for places without one (TW-TXG). */
  code: z.string(),
  name: z.string(),
  level: z.enum(["province", "city", "county"]),
  parent: z.string().nullable(),
  aliases: z.array(z.string()),
  english: z.array(z.string()),
  /** The last year the code is known to have been in force. */
  until: z.number().optional(),
  successors: z.array(z.string()).optional(),
  since: z.number().optional(),
});
export type Region = z.infer<typeof Region>;
export type RegionLevel = Region["level"];

export const RegionFile = z.strictObject({
  $comment: z.string().optional(),
  regions: z.array(Region),
  uncoded: z.array(Region),
  zones: z.array(z.strictObject({ name: z.string(), region: z.string() })),
});

/** A place named in a text. */
export interface RegionMention {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Codes it may mean; several where the name is ambiguous. Empty for a zone. */
  readonly candidates: readonly string[];
  readonly form: "full" | "short" | "english" | "zone";
  /** Part of the name of a company, road, paper, bank … */
  readonly inName: boolean;
}

interface Entry {
  readonly code: string;
  readonly form: RegionMention["form"];
}

/** What a name in Han characters says wherever it stands. */
interface HanName {
  readonly text: string;
  readonly entries: Entry[];
  /** What kind of name it is, and the regions of today that it may mean; made when it is first met. */
  form: RegionMention["form"] | undefined;
  candidates: readonly string[] | undefined;
}

/** Names in Han characters, by the node that each ends in. */
class HanNames {
  private readonly words = new Trie(10_000);
  private readonly names: (HanName | undefined)[] = [];

  add(text: string, entry: Entry): void {
    const node = this.words.add(text);
    const name = this.names[node] ?? { text, entries: [], form: undefined, candidates: undefined };
    name.entries.push(entry);
    this.names[node] = name;
  }

  /** The longest name that starts at `start`. */
  longestAt(text: string, start: number, end: number): HanName | undefined {
    const first = text.charCodeAt(start);
    if (!this.words.mayOpen(first, text.charCodeAt(start + 1))) return undefined;
    let best: HanName | undefined;
    let at = start + 1;
    let node = this.words.open(first);
    for (; node > 0; node = at < end ? this.words.step(node, text.charCodeAt(at++)) : 0)
      best = this.names[node] ?? best;
    return best;
  }
}

interface Table {
  readonly byCode: ReadonlyMap<string, Region>;
  readonly children: ReadonlyMap<string, readonly Region[]>;
  readonly han: HanNames;
  readonly latin: ReadonlyMap<string, readonly Entry[]>;
  /** Names in Latin letters that are ordinary words or surnames too. */
  readonly words: ReadonlySet<string>;
}

let loaded: Table | undefined;

const readSchema = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8"));

function table(): Table {
  if (loaded) return loaded;
  // checked against RegionFile by a test, not at every start
  const file = readSchema("regions.json") as z.infer<typeof RegionFile>;
  const words = readSchema("regions-unsafe.json") as { stems: string[]; english: string[] };
  const unsafe = new Set(words.stems);
  const byCode = new Map<string, Region>();
  const children = new Map<string, Region[]>();
  const han = new HanNames();
  const latin = new Map<string, Entry[]>();
  for (const region of [...file.regions, ...file.uncoded]) {
    byCode.set(region.code, region);
    if (region.parent && !region.until) {
      const siblings = children.get(region.parent) ?? [];
      siblings.push(region);
      children.set(region.parent, siblings);
    }
    han.add(region.name, { code: region.code, form: "full" });
    for (const alias of region.aliases) {
      const isStem = !/[州县]$/.test(alias) || !region.name.includes("自治");
      if (isStem && unsafe.has(alias) && region.level !== "province") continue;
      han.add(alias, {
        code: region.code,
        form: /[州县]$/.test(alias) && region.name.includes("自治") ? "full" : "short",
      });
    }
    if (!region.until)
      for (const english of region.english)
        latin.set(english.toLowerCase(), [
          ...(latin.get(english.toLowerCase()) ?? []),
          { code: region.code, form: "english" },
        ]);
  }
  for (const zone of file.zones) han.add(zone.name, { code: zone.region, form: "zone" });
  loaded = { byCode, children, han, latin, words: new Set(words.english) };
  return loaded;
}

/** The regions of today that a word names whole, by name or short name, even one that is a common word too. */
export function codesNamed(word: string): readonly string[] {
  named ??= codesByName();
  return named.get(word) ?? [];
}

let named: ReadonlyMap<string, readonly string[]> | undefined;

function codesByName(): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const { code, name, aliases } of allRegions())
    for (const each of new Set([name, ...aliases])) {
      const known = codes.get(each);
      if (known) known.push(code);
      else codes.set(each, [code]);
    }
  return codes;
}

/** The region of a code; undefined when there is none. */
export const regionOf = (code: string): Region | undefined => table().byCode.get(code);
export const levelOf = (code: string): RegionLevel | undefined => regionOf(code)?.level;
export const childrenOf = (code: string): readonly Region[] => table().children.get(code) ?? [];

/** Every region of today, retired codes left out. */
export const allRegions = (): readonly Region[] => [...table().byCode.values()].filter((region) => !region.until);

/** Every region there is or was. */
export const everyRegion = (): readonly Region[] => [...table().byCode.values()];

/** The regions that hold this one, nearest first; itself not among them. */
export function ancestorsOf(code: string): string[] {
  const ancestors: string[] = [];
  for (let parent = regionOf(code)?.parent; parent; parent = regionOf(parent)?.parent) ancestors.push(parent);
  return ancestors;
}

/** Whether `code` is `ancestor` or lies in it. */
export function isWithin(code: string, ancestor: string): boolean {
  for (let at: string | null | undefined = code; at; at = regionOf(at)?.parent) if (at === ancestor) return true;
  return false;
}

/** The province a region lies in, or itself. */
export const provinceOf = (code: string): string => ancestorsOf(code).at(-1) ?? code;

/** The city a region lies in, or itself; counties right under a province stand for themselves. */
export function cityOf(code: string): string {
  if (levelOf(code) !== "county") return code;
  const parent = regionOf(code)?.parent;
  if (!parent) return code;
  if (levelOf(parent) === "city") return parent;
  return /^(?:11|12|31|50)/.test(code) ? parent : code;
}

/** Today's codes of a retired one; the code itself when it is in force or has no known successor. */
export function currentCodes(code: string): readonly string[] {
  const region = regionOf(code);
  return region?.until && region.successors && region.successors.length > 0 ? region.successors : [code];
}

/** 河南省郑州市惠济区. */
export const regionLabel = (code: string): string =>
  [...ancestorsOf(code).reverse(), code].map((part) => regionOf(part)?.name ?? part).join("");

/** What makes of a place's name, within a few characters, a name of something else. */
const NAME_TAIL =
  /有限公司|股份|公司|集团|银行|厂|医院|大学|学院|日报|晚报|早报|时报|都市报|商报|电视台|广播|大道|路|街道|街|证券|大厦|酒店|实业|科技园|站|网|发布|融媒|宾馆|学校|中学|码头|机场|港|河|江(?!区)|湖(?!区)|山(?!区|县|市)/y;
const TAIL_OPENERS = codesOf("有股公集银厂医大学日晚早时都商电广路街证酒实科站网发融宾中码机港河江湖山");
const TAIL_STOPS = codesOf(
  "，。；：、！？“”（）()0123456789 \t\n\v\f\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u3000\ufeff",
);
const TAIL_REACH = 14;
const TAIL_LENGTH = 20;

function codesOf(chars: string): Uint8Array {
  const codes = new Uint8Array(0x10000);
  for (const char of chars) codes[char.charCodeAt(0)] = 1;
  return codes;
}

/** Whether a name that ends at `from` is the beginning of a company's, a road's, a paper's … */
function isInName(text: string, from: number, end: number): boolean {
  const rest = Math.min(end, from + TAIL_LENGTH);
  for (let at = from; at < rest && at <= from + TAIL_REACH; at++) {
    const code = text.charCodeAt(at);
    if (TAIL_OPENERS[code] === 1) {
      NAME_TAIL.lastIndex = at - from;
      if (NAME_TAIL.test(text.slice(from, rest))) return true;
    }
    if (TAIL_STOPS[code] === 1) return false;
  }
  return false;
}
/** 制图：余江 names who made it. */
const BY = /(?:制图|绘图|摄影|图片|供图|文图|记者|通讯员|编辑|责编|主编|编审|校对|审核|美编|作者|版式)[：:\s/]{0,2}$/;
const BY_END = codesOf("图影片者员辑编审对核式：: /");
const isPerson = (text: string, at: number): boolean =>
  BY_END[text.charCodeAt(at - 1)] === 1 && BY.test(text.slice(Math.max(0, at - 6), at));

const NOT_A_PLACE_AFTER = /^(?:时间|语|菜|大学|路|街|银行|证券|人$|话|剧|大道|大桥|站|机场|出口|籍)/;
/** Words in which a place name is no place. */
const COVER = /^(?:长江|黄河|海南岛|北京时间|河南大厦)/;

/** The places named in `text[start, end)`; chained names (河南省郑州市惠济区) are one mention each, narrowed by their neighbours. */
export function findRegions(text: string, start = 0, end = text.length): RegionMention[] {
  const mentions: RegionMention[] = [];
  const { han } = table();
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isLatin(code)) {
      const word = englishAt(text, at, end);
      if (word) mentions.push(word);
      at = word ? word.end : endOfWord(text, at, end);
      continue;
    }
    const name = han.longestAt(text, at, end);
    if (!name || COVER.test(text.slice(at, at + 5))) {
      at++;
      continue;
    }
    const stop = at + name.text.length;
    const form = formOf(name);
    if (form !== "short" || !NOT_A_PLACE_AFTER.test(text.slice(stop, Math.min(end, stop + TAIL_LENGTH))))
      mentions.push({
        start: at,
        end: stop,
        text: name.text,
        candidates: candidatesOf(name),
        form,
        inName: isInName(text, stop, end) || isPerson(text, at),
      });
    at = stop;
  }
  return narrowChains(text, mentions);
}

function formOf(name: HanName): RegionMention["form"] {
  name.form ??= formOfAll(name.entries);
  return name.form;
}

function formOfAll(entries: readonly Entry[]): RegionMention["form"] {
  if (entries.every((entry) => entry.form === "zone")) return "zone";
  return entries.every((entry) => entry.form === "short") ? "short" : "full";
}

function candidatesOf(name: HanName): readonly string[] {
  const zone = formOf(name) === "zone";
  name.candidates ??= [...new Set(name.entries.flatMap((entry) => (zone ? [entry.code] : currentCodes(entry.code))))];
  return name.candidates;
}

const isCapital = (code: number) => code >= 65 && code <= 90;
const isLatin = (code: number) => isCapital(code) || (code >= 97 && code <= 122);

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isLatin(code) && code !== 0x27 && code !== 0x2019) break;
  }
  return Math.max(at, start + 1);
}

/** Whether a short name of counties only stands before another name, as surnames do. */
const isSurname = (word: string, text: string, start: number): boolean =>
  word.length <= 5 && /^ [A-Z][a-z]+/.test(text.slice(start + word.length, start + word.length + 4));

/** How many words a name may have: Horqin Right Wing Front. */
const MOST_WORDS = 4;

/** Where the name that starts at `start` may end, the longest first. */
function stopsOfName(text: string, start: number, end: number): number[] {
  const stops = [endOfWord(text, start, end)];
  for (let stop = stops[0] as number; stops.length < MOST_WORDS; stops.unshift(stop)) {
    if (text[stop] !== " " || !isCapital(text.charCodeAt(stop + 1))) break;
    stop = endOfWord(text, stop + 1, end);
  }
  return stops;
}

function englishAt(text: string, start: number, end: number): RegionMention | undefined {
  if (!isCapital(text.charCodeAt(start))) return undefined;
  const { latin, words } = table();
  for (const stop of stopsOfName(text, start, end)) {
    const word = text.slice(start, stop).replace(/['’]s$/, "");
    const entries = latin.get(word.replace(/’/g, "'").toLowerCase());
    if (!entries) continue;
    const tail =
      /^\s+(?:(Province|province)|(City|city|Municipality|Prefecture|prefecture|League)|(County|county|District|district|Banner|banner))\b/.exec(
        text.slice(start + word.length, start + word.length + 16),
      );
    // the agency, not one of the districts of its name; Yang Haiyan is a person
    if (!tail && (word.toLowerCase() === "xinhua" || words.has(word.toLowerCase()) || isSurname(word, text, start)))
      continue;
    const level = tail?.[1] ? "province" : tail?.[2] ? "city" : tail?.[3] ? "county" : undefined;
    const fitting = level
      ? entries.filter(
          (entry) =>
            levelOf(entry.code) === level || (level === "city" && /市$/.test(regionOf(entry.code)?.name ?? "")),
        )
      : entries;
    const candidates = (fitting.length > 0 ? fitting : entries).map((entry) => entry.code);
    const named =
      /^(?:\s+[A-Z][\w'&-]+){0,4}\s+(?:Co\b|Ltd|Group|University|Bank|Company|Corporation|Daily|Evening News|Airport|Road|Street)/.test(
        text.slice(start + word.length, start + word.length + 60),
      );
    return { start, end: start + word.length, text: word, candidates, form: "english", inName: named };
  }
  return undefined;
}

/** A parent right before a name settles which of several places it is. */
function narrowChains(text: string, mentions: RegionMention[]): RegionMention[] {
  return mentions.map((mention, index) => {
    if (mention.candidates.length < 2 && mention.form !== "short") return mention;
    for (let back = index - 1; back >= Math.max(0, index - 2); back--) {
      const before = mentions[back] as RegionMention;
      if (mention.start - before.end > 4 || /[。；]/.test(text.slice(before.end, mention.start))) continue;
      const within = mention.candidates.filter((code) =>
        before.candidates.some((parent) => code !== parent && isWithin(code, parent)),
      );
      if (within.length > 0) return { ...mention, candidates: within };
    }
    return mention;
  });
}

/** Of several places, those that lie in the context, or share its city or province; the larger first among the rest. */
export function narrow(candidates: readonly string[], context: string | null): string | undefined {
  if (candidates.length <= 1) return candidates[0];
  if (context) {
    for (const frame of [context, cityOf(context), provinceOf(context)]) {
      const within = candidates.filter((code) => isWithin(code, frame));
      const exact = within.find((code) => code === context);
      if (exact) return exact;
      if (within.length >= 1) return bySize(within)[0];
    }
  }
  const larger = bySize(candidates);
  const first = larger[0] as string;
  return larger.filter((code) => levelOf(code) === levelOf(first)).length === 1 ? first : undefined;
}

const RANK = { province: 0, city: 1, county: 2 } as const;
const bySize = (codes: readonly string[]) =>
  [...codes].sort((a, b) => RANK[levelOf(a) ?? "county"] - RANK[levelOf(b) ?? "county"]);

/** Regions for what a person typed: a code, a Chinese or English name, or a chain of them (河南开封). Best first; empty when nothing fits. */
export function searchRegions(text: string): Region[] {
  const query = text.trim();
  const byCode = regionOf(query.toUpperCase());
  if (byCode) return [byCode];
  const mentions = findRegions(/^[a-z]/.test(query) ? query.charAt(0).toUpperCase() + query.slice(1) : query);
  const last = mentions.at(-1);
  const found = last && last.end >= query.length - 9 ? last.candidates : [];
  const stems =
    found.length > 0
      ? found
      : allRegions()
          .filter((region) => region.aliases.includes(query) || region.name.startsWith(query))
          .map((region) => region.code);
  return bySize(stems)
    .map((code) => regionOf(code))
    .filter((region): region is Region => region !== undefined);
}
