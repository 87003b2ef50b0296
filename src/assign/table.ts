import {
  type Catalogue,
  childrenOf,
  findRegions,
  type Indicator,
  isWithin,
  narrow,
  regionOf,
} from "../catalogue/index.js";
import type { Draft, Normal, Paragraph, Quantity } from "../doc/index.js";

import type { ChineseTime } from "./time-chinese.js";
import type { EnglishTime } from "./time-english.js";

export interface TableContext {
  readonly home: string | null;
  readonly article: number;
  readonly time: ChineseTime | EnglishTime;
  readonly planned: boolean;
  /** The text right above the table. */
  readonly caption: string;
  readonly period: string | null;
  readonly sentence: number;
}

interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Heading {
  readonly indicator: Indicator;
  readonly unit: string;
  readonly scale: number;
  readonly scope: string | null;
}

/** Reads rows of cells: the indicator and unit from the heading, the region or kind from the row's label, or the other way round. */
export function readTable(
  catalogue: Catalogue,
  normal: Normal,
  rows: readonly Paragraph[],
  numbers: readonly Quantity[],
  context: TableContext,
): Draft[] {
  const cells = rows.map((row) => cellsOf(normal.text, row));
  const first = cells.findIndex(
    (row) =>
      row.filter((cell) => isNumber(cell.text)).length >= 1 &&
      !row.every((cell) => isNumber(cell.text) && /^(?:19|20)\d\d年?$/.test(cell.text)),
  );
  if (first < 0) return [];
  const headings = mergedHeadings(cells.slice(0, first), cells[first]?.length ?? 0);
  const body = cells.slice(first);
  const currency = context.home?.startsWith("81") ? "HKD" : context.home?.startsWith("71") ? "TWD" : "CNY";
  const columns = headings.map((heading) => headingOf(catalogue, heading, context.caption, currency));
  const period = periodOf(context);
  const unnamed = columns.every((column) => !column);
  const years = body.every((row) => YEAR.test(row[0]?.text ?? ""));
  const drafts: Draft[] = [];
  for (const row of body) {
    const label = row.find((cell) => !isNumber(cell.text) && cell.text !== "" && !/^(?:序号|合)$/.test(cell.text));
    const place = placeOf(label?.text ?? "", context.home);
    const own = label ? headingOf(catalogue, label.text, context.caption) : undefined;
    row.forEach((cell, index) => {
      if (!isNumber(cell.text) || (years && index === 0)) return;
      const column = columns[index] ?? undefined;
      const heading = column ?? (unnamed ? own : undefined);
      if (!heading) return;
      const region = column ? place.region : (placeOf(headings[index] ?? "", context.home).region ?? context.home);
      const scope = column ? (place.scope ?? column.scope) : heading.scope;
      const draft = toDraft(numberIn(cell, numbers), cell, heading, {
        region,
        scope,
        period: years ? (row[0]?.text.slice(0, 4) ?? period) : period,
        context,
      });
      if (draft) drafts.push(draft);
    });
  }
  return drafts;
}

function cellsOf(text: string, row: Paragraph): Cell[] {
  const cells: Cell[] = [];
  let start = row.start;
  for (const part of text.slice(row.start, row.end).split(/[\t|]/)) {
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim();
    cells.push({ text: trimmed, start: start + lead, end: start + lead + trimmed.length });
    start += part.length + 1;
  }
  return cells;
}

const NUMBER =
  /^[约近超逾]?(\d[\d,]{0,30}(?: \d{3}){0,8}(?:\.\d{1,20})?)\s{0,4}([十百千万亿]{0,8})(余|多)?\s{0,4}(%|％|个|件|条|项|家|户|名|人|次|场|份|册|万元|亿元|元|户次|家次|宗)?$/;
const YEAR = /^(?:19|20)\d\d年?$/;
const isNumber = (text: string) => NUMBER.test(text);

/** Headings in several rows are read as one; an empty cell takes the heading left of it. */
function mergedHeadings(found: readonly (readonly Cell[])[], body: number): string[] {
  // 征集（件） 办结（件）: headings that stand one space apart
  const rows = found.map((row) => {
    const words = row.flatMap((cell) => cell.text.split(/[\s　]+/).map((text) => ({ ...cell, text })));
    return row.length < body && words.length === body ? words : row;
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  const usable = rows.filter((row) => row.length > 1 && row.length >= width - 2);
  return Array.from({ length: width }, (_, index) =>
    usable
      .map((row) => row[index]?.text || (row[index - 1]?.text ?? ""))
      .join(" ")
      .trim(),
  );
}

/** The indicator a heading names: the longest of the catalogue's names, else its verb with what the table is about. */
function headingOf(catalogue: Catalogue, heading: string, caption: string, currency = "CNY"): Heading | undefined {
  if (!heading || /同比|增长|增幅|上月|去年|排名|名次|位次|序号|环比|较/.test(heading)) return undefined;
  const plain = heading.replace(/[（(][^）)]{0,200}[）)]/g, "").replace(/\s+/g, "");
  const unitText =
    /[（(]([^）)]{0,200})[）)]/.exec(heading)?.[1] ?? /单位[：:]\s*([^\s，。）]+)/.exec(caption)?.[1] ?? "";
  let best: { indicator: Indicator; size: number } | undefined;
  for (const indicator of catalogue.indicators) {
    for (const name of [...indicator.names, ...indicator.namesEn.map((each) => each.replace(/\s+/g, ""))]) {
      if (plain.toLowerCase().includes(name.toLowerCase()) && (!best || name.length > best.size))
        best = { indicator, size: name.length };
    }
  }
  const isRate = /率|度|%|％/.test(plain) || /^[%％]$/.test(unitText);
  if (best && (best.indicator.unit === "percent") !== isRate) best = undefined;
  if (!best) {
    const words = catalogue.lexicon.scan(plain);
    const about = catalogue.lexicon.scan(caption);
    const found = catalogue.indicators
      .filter((indicator) => (indicator.unit === "percent") === isRate)
      .map((indicator) => {
        const head = words.some((word) => word.concepts.some((concept) => indicator.heads.includes(concept.id)));
        const verb = words.some((word) => word.concepts.some((concept) => indicator.verbs.includes(concept.id)));
        const topic = about.some((word) => word.concepts.some((concept) => indicator.heads.includes(concept.id)));
        const fits =
          indicator.unit === "count"
            ? head && (verb || indicator.default >= 1.5)
              ? 3
              : verb && indicator.ellipsis && (topic || /^[件个条项宗]$/.test(unitText))
                ? 2
                : 0
            : head
              ? 2.5
              : 0;
        return { indicator, size: fits };
      })
      .filter((each) => each.size > 0)
      .sort((a, b) => b.size - a.size)[0];
    best = found;
  }
  if (!best) return undefined;
  const { indicator } = best;
  const scale = SCALES.find(([word]) => word.test(unitText))?.[1] ?? 1;
  const unit = indicator.unit === "percent" ? "percent" : indicator.unit === "money" ? currency : "count";
  if (indicator.unit === "money" && !/元|万|亿|\$|yuan|RMB|million|billion/i.test(unitText))
    return { indicator, unit, scale: 0, scope: null };
  return { indicator, unit, scale, scope: /省级|市级|县级|其中|上级/.exec(plain)?.[0] ?? null };
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/亿/, 1e8],
  [/万/, 1e4],
  [/billion|bn/i, 1e9],
  [/million|mn/i, 1e6],
  [/thousand|千/i, 1e3],
];

/** What a row's label says: the whole, a region inside it, or a kind. */
function placeOf(label: string, home: string | null): { region: string | null; scope: string | null } {
  const plain = label.replace(/\s+/g, "");
  if (plain === "" || /^(?:合计|总计|小计|全[省市县区州旗]|总数|汇总|共计|累计|总量|total)/i.test(plain))
    return { region: home, scope: null };
  const child = home
    ? childrenOf(home).find(
        (region) => region.name === plain || region.aliases.includes(plain) || region.name.startsWith(plain),
      )
    : undefined;
  if (child && plain.length >= 2) return { region: child.code, scope: null };
  const mention = findRegions(plain).find(
    (each) =>
      !each.inName && each.end - each.start >= Math.min(plain.length, 2) && plain.length - (each.end - each.start) <= 4,
  );
  if (mention) {
    const code = narrow(mention.candidates, home);
    if (
      code &&
      (!home || isWithin(code, home) || regionOf(code)?.parent === regionOf(home)?.parent || mention.form === "full")
    )
      return { region: code.startsWith("TW-") ? null : code, scope: mention.form === "zone" ? plain : null };
  }
  return { region: home, scope: plain };
}

/** The last time named above the table, else its section's. */
function periodOf(context: TableContext): string | null {
  const text = context.caption;
  const phrases = context.time.find(text, 0, text.length).filter((phrase) => phrase.period && !phrase.compared);
  return phrases.at(-1)?.period ?? context.period;
}

interface Found {
  readonly region: string | null;
  readonly scope: string | null;
  readonly period: string | null;
  readonly context: TableContext;
}

/** The first number that the quantity stage found in a cell; numbers are in the order of the text. */
function numberIn(cell: Cell, numbers: readonly Quantity[]): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as Quantity).numberStart < cell.start) low = middle + 1;
    else high = middle;
  }
  const first = numbers[low];
  return first && first.numberEnd <= cell.end ? first.value : undefined;
}

function toDraft(number: number | undefined, cell: Cell, heading: Heading, found: Found): Draft | undefined {
  const match = NUMBER.exec(cell.text);
  if (!match || number === undefined) return undefined;
  const printed = match[4] ?? "";
  if ((printed === "%" || printed === "％") !== (heading.unit === "percent") && printed !== "") return undefined;
  // a unit printed in the cell is in the number already
  const scale = /元/.test(printed) ? 1 : heading.scale;
  if (scale === 0 || number === 0) return undefined;
  const value =
    /^[A-Z]{3}$/.test(heading.unit) || heading.scale > 1 ? Number((number * scale).toPrecision(14)) : number;
  const quantity: Quantity = {
    value,
    unit: heading.unit,
    measure: printed,
    qualifier: match[3] ? "over" : "exact",
    start: cell.start,
    end: cell.end,
    numberStart: cell.start,
    numberEnd: cell.end,
    ceiling: false,
    range: false,
    conversion: false,
    scaled: false,
    one: false,
  };
  return {
    indicator: heading.indicator.id,
    value,
    unit: heading.unit,
    qualifier: quantity.qualifier,
    region: found.region,
    period: found.period,
    scope: found.scope,
    status: found.context.planned ? "planned" : "actual",
    start: cell.start,
    end: cell.end,
    number: quantity,
    article: found.context.article,
    score: 0.97,
    margin: 0.95,
    because: heading.indicator.label,
    elliptic: false,
    sentence: found.context.sentence,
    from: { head: "table", verb: "none", region: "table", period: "table", scope: found.scope ? "table" : "none" },
  };
}
