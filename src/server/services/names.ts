import { periodsOf } from "../../assign/index.js";
import type { Indicator as PlainIndicator } from "../../catalogue/index.js";
import {
  allRegions,
  ancestorsOf,
  childrenOf,
  indicatorsLike,
  type Region as PlainRegion,
  regionOf,
  searchRegions,
} from "../../catalogue/index.js";
import { normaliseText, simplifyQuery } from "../../normalise/index.js";
import { type PlaceCount, parseSearch } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound } from "../problem.js";
import { derivedMeasures } from "./compare.js";
import { partOf } from "./figures.js";
import type { Room } from "./room.js";
import { toClippings, toRegion } from "./shown.js";

/** Regions for what a person is typing: what the words name, then names that begin so, in either language. */
export async function regions(
  _room: Room,
  { q, limit }: { q: string; limit: number },
): Promise<{ items: contract.Region[] }> {
  const words = simplifyQuery(q.trim());
  if (words === "") return { items: [] };
  const found = new Map<string, PlainRegion>(searchRegions(words).map((region) => [region.code, region]));
  const lower = words.toLowerCase();
  for (const fits of [beginsSo(words, lower), holds(words, lower)])
    if (found.size < limit) for (const region of allRegions()) if (fits(region)) found.set(region.code, region);
  return { items: [...found.values()].slice(0, limit).map(toRegion) };
}

const beginsSo = (words: string, lower: string) => (region: PlainRegion) =>
  region.code.startsWith(words) ||
  region.name.startsWith(words) ||
  region.aliases.some((alias) => alias.startsWith(words)) ||
  region.english.some((name) => name.toLowerCase().startsWith(lower));

const holds = (words: string, lower: string) => (region: PlainRegion) =>
  region.name.includes(words) ||
  (lower.length > 2 && region.english.some((name) => name.toLowerCase().includes(lower)));

export async function region(_room: Room, { code }: { code: string }): Promise<contract.Region> {
  const found = regionOf(code);
  if (!found) throw notFound(`region ${code}`);
  return toRegion(found);
}

type Counts = Omit<PlaceCount, "region">;
const NONE: Counts = { figures: 0, headline: 0, reviewed: 0 };
const plus = (a: Counts, b: Counts): Counts => ({
  figures: a.figures + b.figures,
  headline: a.headline + b.headline,
  reviewed: a.reviewed + b.reviewed,
});

/** What each region has alone. */
export const regionCounts = ({ lists }: Room): Promise<readonly PlaceCount[]> => lists.byRegion();

/** Children of a region, with the figures of each and of all below it; `counts`: what `regionCounts` gave. */
export async function regionTree(
  _room: Room,
  { parent, counts: text }: { parent?: string; counts: string },
): Promise<contract.RegionTree> {
  const above = parent === undefined ? undefined : regionOf(parent);
  if (parent !== undefined && !above) throw notFound(`region ${parent}`);
  const counts = JSON.parse(text) as PlaceCount[];
  const sums = new Map<string, Counts>();
  for (const { region: code, ...own } of counts)
    if (code !== null)
      for (const each of [code, ...ancestorsOf(code)]) sums.set(each, plus(sums.get(each) ?? NONE, own));
  const below = parent === undefined ? allRegions().filter((each) => each.parent === null) : childrenOf(parent);
  return {
    parent: above ? toRegion(above) : null,
    items: below.map((each) => ({
      ...toRegion(each),
      children: childrenOf(each.code).length,
      ...(sums.get(each.code) ?? NONE),
    })),
    unknown: parent === undefined ? (counts.find(({ region: code }) => code === null)?.figures ?? 0) : null,
  };
}

export async function indicators(room: Room, { q }: { q?: string }): Promise<contract.IndicatorList> {
  const { catalogue } = room;
  const found = q === undefined ? catalogue.indicators : indicatorsLike(simplifyQuery(q), catalogue.indicators);
  const counts =
    q === undefined
      ? new Map((await room.lists.byIndicator()).map((each) => [each.indicator, each.figures]))
      : undefined;
  return {
    items: found.map((each) => toIndicator(each, counts?.get(each.id) ?? (counts ? 0 : null))),
    measures: derivedMeasures(catalogue),
    units: UNITS,
  };
}

/** The first are what most figures have; any other ISO 4217 currency may stand, too. */
const UNITS = ["count", "percent", "CNY", "HKD", "TWD", "MOP", "USD", "EUR", "JPY", "GBP"];

const toIndicator = (indicator: PlainIndicator, figures: number | null): contract.Indicator => ({
  id: indicator.id,
  name: { zh: indicator.label, en: indicator.labelEn },
  unit: indicator.unit,
  names: [...indicator.names],
  namesEn: [...indicator.namesEn],
  examples: [...indicator.examples],
  figures,
});

export async function periods(
  _room: Room,
  { text, near }: { text: string; near?: string },
): Promise<contract.PeriodReply> {
  const [year, month, day] = (near ?? new Date().toISOString().slice(0, 10)).split("-").map(Number);
  const found = periodsOf(normaliseText(text).text, { year: year ?? 2000, month, day });
  return { items: found.map((period) => ({ period, text: inWords(period) })) };
}

/** 截至2022-06-30, 2022-01 – 2022-06: what a person checks the period by. */
function inWords(period: string): string {
  const [first = "", last] = period.split("/");
  if (last === undefined) return first;
  return first === ".." ? `截至${last}` : `${first} – ${last}`;
}

export async function search(
  room: Room,
  { q, within, limit, cursor }: { q: string; within?: string; limit: number; cursor?: string },
): Promise<contract.SearchPage> {
  const { limit: most, after } = partOf({ limit, cursor });
  const { hits, next } = await room.store.search({
    terms: parseSearch(simplifyQuery(q)),
    limit: most,
    ...(within ? { within } : {}),
    ...(after === undefined ? {} : { after }),
  });
  const clippings = await toClippings(
    room,
    hits.map(({ clipping }) => clipping),
  );
  return {
    items: hits.map(({ snippet, marks, inTitle }, index) => ({
      clipping: clippings[index] as contract.Clipping,
      snippet,
      marks: marks.map(({ start, end }) => ({ start, end })),
      inTitle,
    })),
    next,
  };
}
