import { type CrossFinding, consistencyOf, type ListedFigure } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { partOf } from "./figures.js";
import type { Room } from "./room.js";
import { namesOfRegion, toFigures } from "./shown.js";

interface Query {
  readonly indicator?: string[];
  readonly within?: string;
  readonly period?: string;
  readonly code?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * What clippings say against each other. Conflicts are read from the places
 * that were settled as contested, so that a page of them costs what a page
 * has; counts that fall are looked for place by place, from a cursor on.
 */
export async function findings(
  room: Room,
  query: Query,
): Promise<{ items: contract.CrossFinding[]; next: string | null }> {
  const filter = {
    ...(query.indicator?.length ? { indicators: query.indicator } : {}),
    ...(query.within ? { within: query.within } : {}),
    ...(query.period ? { period: query.period } : {}),
  };
  if (query.code === "check/cumulative-falls") return falls(room, query, filter);
  const { items: places, next } = await room.lists.contestedPlaces(filter, partOf(query));
  const items: contract.CrossFinding[] = [];
  for (const place of places) {
    const listed = await room.lists.beside({ ...place, work: "" });
    for await (const finding of consistencyOf(inOrder(listed)))
      if (finding.code === "check/conflict") items.push(await toFinding(room, finding));
  }
  return { items, next };
}

async function* inOrder(figures: readonly ListedFigure[]): AsyncGenerator<ListedFigure> {
  yield* figures;
}

/** Places that are looked at for one page, whatever they hold: a page may come short, with more behind it. */
const LOOKED_AT = 20_000;

async function falls(room: Room, query: Query, filter: { indicators?: string[]; within?: string; period?: string }) {
  const items: contract.CrossFinding[] = [];
  const skip = Number(query.cursor ?? 0);
  let seen = 0;
  let figures = 0;
  const counted = (async function* () {
    for await (const figure of room.store.eachFigure({ ...filter, headline: true })) {
      figures++;
      yield figure;
    }
  })();
  for await (const finding of consistencyOf(counted)) {
    if (finding.code !== "check/cumulative-falls") continue;
    if (seen++ < skip) continue;
    items.push(await toFinding(room, finding));
    if (items.length === query.limit) return { items, next: String(seen) };
    if (figures > LOOKED_AT * 50) break;
  }
  return { items, next: null };
}

async function toFinding(room: Room, finding: CrossFinding): Promise<contract.CrossFinding> {
  const { code, level, indicator, region, period, scope, status, detail } = finding;
  const listed = await Promise.all(finding.figures.map(({ id }) => room.lists.figure(id)));
  return {
    ...{ code, level, indicator, region, period, scope, status, detail },
    regionName: namesOfRegion(region),
    figures: await toFigures(
      room,
      listed.filter((figure) => figure !== undefined),
    ),
  };
}
