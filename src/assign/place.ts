import {
  cityOf,
  codesNamed,
  isWithin,
  levelOf,
  narrow,
  provinceOf,
  type RegionMention,
  regionOf,
} from "../catalogue/index.js";
import type { Normal, RegionFrom } from "../doc/index.js";
import { mentionsIn } from "./mentions.js";

/** The place a number belongs to, and where it was read. */
export interface PlaceFound {
  readonly code: string | null;
  readonly zone?: string | undefined;
  readonly from: RegionFrom;
}

/** A place that the text puts its numbers under. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  /** GB/T 2260 code; null for places without one and for the whole country. */
  readonly code: string | null;
  /** Stands at the start of its clause: it stays in force until the paragraph ends. */
  readonly leads: boolean;
  /** Name of a zone that the number is limited to. */
  readonly zone?: string;
  /** Named by 全市, 我县, the city. */
  readonly deixis?: boolean;
}

const DEIXIS =
  /(?:全|我|本|该)(省|市|县|区|旗|州|盟)(?!直|委|级|长|政府|人民|纪|内|外|属|管|情|域|场|监|住|工|财|税|自然)|(省|市|县|区)里(?!程|面)|全(自治区|国)|全(台)(?=[\d湾省各]|2)/g;
const EN_DEIXIS =
  /\b(?:the|this|our) (province|city|county|district|banner|region|prefecture|municipality|autonomous region|territory)\b(?!'s (?:capital|seat))|\b(province|city|county|district|region)-?wide\b|\b(nationwide|across the country)\b/gi;
const RANKED_BEFORE = /(?:列|居|占|位居|排名|排|位列|在|名列|居于|高于|低于|超|超过|好于|处于|率先在|成为|是)$/;
const RANKED_AFTER =
  /^(?:第|末位|前列|平均|比重|首位|唯一|首创|率先|推广|倒数|前茅|的比重|总量|首个|领先|均值|的\d|之首)/;
const ELSEWHERE_BEFORE =
  /(?:赴|来自|销往|远赴|前往|驻|往|发往|运往|通往|途经|与|同|和|比|对标|经|出口|从|至|奔赴|飞|去|学习)$/;
const ELSEWHERE_AFTER =
  /^(?:籍|客商|商人|老板|等地的?(?:客|企|市场)|路|口岸|港|机场|总部|分公司|商会|话|味|大道|快线|高速)/;

/** What stands before a place that its clause is about. */
const LEADS = /(?:^|[，。；：、？！“”\s（）》—])(?:在|至于|而|再看|其中|如|走进|以)?$/;
const EN_LEADS = /(?:^|[.,;:\n(—-])\s{0,4}(?:(?:In|Across|At|in|while|and|with)\s{1,4})?$/;
/** Inner Mongolia has put: what holds the text's place speaks for itself. */
const EN_ACTS = /^ (?:has|had|have|saw|reported|received|resolved|issued|handled|put)\b/;

/** Shaxi town and Liuhe Road bear the names of counties elsewhere. */
const SMALLER_AFTER =
  /^ (?:town(?:ship)?|village|sub-?district|community|street|road|avenue|river|lake|mountains?|port|bridge|high-tech|industrial park)\b/i;

/** Finds the places of an article and tells which one a number belongs to. */
export class Places {
  private readonly text: string;
  private readonly anchors: Anchor[] = [];
  /** Where the last place ends that only goods and people come from or go to. */
  private elsewhere = -100;
  private lastBreak = -1;
  private nextBreak: number;
  /** What the heading above names: what stands under it belongs there where nothing nearer says otherwise. */
  section: string | undefined;

  constructor(
    normal: Normal,
    start: number,
    end: number,
    readonly home: string | null,
  ) {
    const { text, language } = normal;
    this.text = text;
    this.nextBreak = start - 1;
    const places: { start: number; end: number; mention?: RegionMention; deixis?: RegExpExecArray }[] = mentionsIn(
      normal,
      start,
      end,
    ).map((mention) => ({ start: mention.start, end: mention.end, mention }));
    const pattern = language === "en" ? EN_DEIXIS : DEIXIS;
    pattern.lastIndex = start;
    for (let deixis = pattern.exec(text); deixis && deixis.index < end; deixis = pattern.exec(text))
      places.push({ start: deixis.index, end: deixis.index + deixis[0].length, deixis });
    places.sort((a, b) => a.start - b.start);
    for (const place of places) {
      const anchor = place.mention
        ? this.fromMention(place.mention, language)
        : place.deixis
          ? this.fromDeixis(place.deixis)
          : undefined;
      if (anchor) this.anchors.push(anchor);
    }
  }

  /** The region of a number at `at`: the nearest place before it in its sentence, else what leads the paragraph, else the article's. */
  at(at: number, sentenceStart: number, paragraphStart: number): PlaceFound {
    let lead: Anchor | undefined;
    const floor = this.questionBefore(paragraphStart) ?? paragraphStart;
    for (let index = this.countBefore(at) - 1; index >= 0; index--) {
      const anchor = this.anchors[index] as Anchor;
      if (anchor.start < floor) break;
      if (anchor.start < paragraphStart) {
        lead = anchor;
        break;
      }
      if (anchor.start >= sentenceStart) return found(anchor, anchor.deixis ? "deixis" : "named");
      if (anchor.leads) {
        lead = anchor;
        break;
      }
    }
    if (lead) return found(lead, "lead");
    const { section } = this;
    return { code: section ?? this.home, zone: undefined, from: section ? "lead" : "article" };
  }

  /** Where the question starts that a paragraph answers: 请问江津区有哪些做法？ puts the answer under 江津区. */
  private questionBefore(paragraphStart: number): number | undefined {
    const end = paragraphStart - 1;
    const mark = this.text[end - 1];
    if (mark !== "？" && mark !== "?") return undefined;
    return this.text.lastIndexOf("\n", end - 1) + 1;
  }

  /** How many anchors start before a place; they are in the order of the text. */
  private countBefore(at: number): number {
    let low = 0;
    let high = this.anchors.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.anchors[middle] as Anchor).start < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private fromMention(mention: RegionMention, language: "zh" | "en"): Anchor | undefined {
    const before = this.text.slice(Math.max(0, mention.start - 10), mention.start);
    const after = this.text.slice(mention.end, mention.end + 16);
    // NANNING, Aug. 24 (Xinhua) says where the report was sent from
    const dateline =
      /^[A-Z'’ ]{3,}$/.test(mention.text) &&
      /^,\s[A-Z][a-z]+\.?\s\d/.test(this.text.slice(mention.end, mention.end + 14));
    if (language === "en" && (dateline || SMALLER_AFTER.test(after))) return undefined;
    if (
      mention.inName ||
      ELSEWHERE_AFTER.test(after) ||
      (mention.form === "short" && /^(?:镇|乡|街道|村|社区|路|园区|大道)/.test(after))
    )
      return undefined;
    if (before.endsWith("、") && mention.start - this.elsewhere <= 6) {
      this.elsewhere = mention.end;
      return undefined;
    }
    const leads = (language === "en" ? EN_LEADS : LEADS).test(before);
    const code =
      mention.candidates.length === 1 ? (mention.candidates[0] as string) : narrow(mention.candidates, this.home);
    if (code === undefined) return undefined;
    const { home } = this;
    if (mention.form === "zone") return { start: mention.start, end: mention.end, code, leads, zone: mention.text };
    if (code.startsWith("TW-"))
      return { start: mention.start, end: mention.end, code: null, leads: true, zone: mention.text };
    if (ELSEWHERE_BEFORE.test(before) && !(home && isWithin(code, home) && /和$|与$|、$/.test(before))) {
      this.elsewhere = mention.end;
      return undefined;
    }
    if (home && code !== home && isWithin(home, code)) {
      return leads && language === "zh" && /^(?:省|市|全|共|收集|已|累计|实现|新增|各)/.test(after)
        ? { start: mention.start, end: mention.end, code, leads: false }
        : language === "en" && (/\bacross\s+$/i.test(before) || EN_ACTS.test(after))
          ? { start: mention.start, end: mention.end, code, leads: false }
          : undefined;
    }
    // 在东莞设联络点 is done there by those of home
    if (home && !isWithin(code, home) && (!leads || before.endsWith("在"))) {
      this.elsewhere = mention.end;
      return undefined;
    }
    if (mention.form === "short" && levelOf(code) === "county" && home && provinceOf(code) !== provinceOf(home))
      return undefined;
    if (mention.form === "short" && !leads && code !== home && language === "zh") return undefined;
    return { start: mention.start, end: mention.end, code, leads };
  }

  private fromDeixis(match: RegExpExecArray): Anchor | undefined {
    const start = match.index;
    const end = start + match[0].length;
    if (
      RANKED_BEFORE.test(this.text.slice(Math.max(0, start - 3), start)) ||
      RANKED_AFTER.test(this.text.slice(end, end + 3))
    )
      return undefined;
    const kind = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? "").toLowerCase();
    const near = this.anchors.at(-1);
    const paragraph = this.paragraphBefore(start);
    const context = near && near.start > paragraph && near.code ? near.code : this.home;
    if (kind === "国" || kind === "nationwide" || kind === "across the country")
      return { start, end, code: null, leads: false, deixis: true };
    if (kind === "台") return { start, end, code: this.home, leads: false, deixis: true };
    if (!context) return undefined;
    const code = this.resolve(kind, context);
    return code ? { start, end, code, leads: false, deixis: true } : undefined;
  }

  /** The line break before a place; places are asked for in order. */
  private paragraphBefore(at: number): number {
    while (this.nextBreak < at) {
      this.lastBreak = this.nextBreak;
      const next = this.text.indexOf("\n", this.nextBreak + 1);
      this.nextBreak = next < 0 ? this.text.length : next;
    }
    return this.lastBreak;
  }

  private resolve(kind: string, context: string): string | undefined {
    const name = regionOf(context)?.name ?? "";
    switch (kind) {
      case "省":
      case "province":
        return provinceOf(context);
      case "自治区":
      case "autonomous region":
        return provinceOf(context);
      case "市":
      case "city":
      case "municipality":
        if (/市$/.test(name)) return context;
        if (this.home && /市$/.test(regionOf(this.home)?.name ?? "") && isWithin(context, this.home)) return this.home;
        return levelOf(context) === "province" && this.home ? cityOf(this.home) : cityOf(context);
      case "州":
      case "盟":
      case "prefecture":
        return cityOf(context);
      case "区":
      case "region":
      case "district":
      case "territory":
        if (levelOf(context) === "province") return context;
        if (levelOf(context) === "county") return context;
        if (this.home && levelOf(this.home) === "county") return this.home;
        // 全区 of a city in Guangxi is the autonomous region
        return kind === "区" || kind === "region" ? autonomousOf(context) : undefined;
      default:
        if (levelOf(context) === "county") return context;
        return this.home && levelOf(this.home) === "county" ? this.home : undefined;
    }
  }
}

function autonomousOf(code: string): string | undefined {
  const province = provinceOf(code);
  return regionOf(province)?.name.includes("自治区") ? province : undefined;
}

/** 光山：…, 二、光山县: the place that a heading opens with, near `home`. */
export function placeHeaded(heading: string, home: string | null): string | undefined {
  const name = HEADED.exec(heading.trim())?.[1];
  const codes = name ? codesNamed(name) : [];
  const code = codes.length === 0 ? undefined : narrow(codes, home);
  return code && (!home || provinceOf(code) === provinceOf(home)) ? code : undefined;
}
const HEADED =
  /^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?\s?[【▲●■◆★◎]?\s?([\p{Script=Han}]{2,12}?)(?:】|[：:—]|$)/u;

const found = ({ code, zone }: Anchor, from: RegionFrom): PlaceFound => ({ code, zone: zone || undefined, from });
