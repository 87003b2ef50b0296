import { type RawBuilder, sql } from "kysely";
import type { FigureSort, ListedFigure, ListFilter, Part } from "../../lists.js";
import { conditions, JOINS, overlap, WITH_CLIPPING } from "../figures.js";
import { type FigureWithClipping, toStoredFigure } from "../rows.js";
import { after, type Key, type KeyValue, orderBy, readCursor } from "./keyset.js";

export type ListedRow = FigureWithClipping & {
  number: number;
  period_end: string | null;
  headline: number;
  contested: number;
  last_decision: string | null;
  turn: number | null;
};

export const LISTED = sql`
  ${WITH_CLIPPING}, o.number, o.period_end, o.headline, o.contested, o.turn,
  coalesce(o.decision, (SELECT decision.id FROM decision WHERE decision.figure = o.id ORDER BY decision.number DESC LIMIT 1)) AS last_decision`;

export const toListedFigure = (row: ListedRow): ListedFigure => ({
  ...toStoredFigure(row),
  headline: row.headline === 1,
  contested: row.contested === 1,
  lastDecision: row.last_decision,
});

const ID: Key = { sql: sql`o.id` };
const PLACE: readonly Key[] = [
  { sql: sql`o.indicator` },
  { sql: sql`o.region` },
  { sql: sql`o.period_end`, descending: true },
  ID,
];
const KEYS: Readonly<Record<FigureSort, readonly Key[]>> = {
  place: PLACE,
  value: [{ sql: sql`o.value` }, ID],
  "-value": [{ sql: sql`o.value`, descending: true }, ID],
  confidence: [{ sql: sql`o.confidence` }, ID],
  "-confidence": [{ sql: sql`o.confidence`, descending: true }, ID],
  period: [{ sql: sql`o.period_end` }, ID],
  "-period": [{ sql: sql`o.period_end`, descending: true }, ID],
  "-stored": [{ sql: sql`o.number`, descending: true }],
};

/** What a row is told by in each order. */
const VALUES: Readonly<Record<FigureSort, (row: ListedRow) => KeyValue[]>> = {
  place: (row) => [row.indicator, row.region, row.period_end, row.id],
  value: (row) => [row.value, row.id],
  "-value": (row) => [row.value, row.id],
  confidence: (row) => [row.confidence, row.id],
  "-confidence": (row) => [row.confidence, row.id],
  period: (row) => [row.period_end, row.id],
  "-period": (row) => [row.period_end, row.id],
  "-stored": (row) => [row.number],
};
export const keyOf = (filter: ListFilter, sort: FigureSort, row: ListedRow): KeyValue[] =>
  isByRegion(filter, sort) ? [row.region, row.indicator, row.period_end, row.id] : VALUES[sort](row);

/** Of a region alone the place begins with the region: so an index has them, and a page of a province costs a page. */
const BY_REGION: readonly Key[] = [PLACE[1], PLACE[0], PLACE[2], ID] as readonly Key[];
const isByRegion = (filter: ListFilter, sort: FigureSort): boolean =>
  sort === "place" &&
  (filter.within !== undefined || filter.regions !== undefined) &&
  !filter.clipping &&
  !filter.indicators?.length &&
  !filter.failed &&
  !filter.contested &&
  !(filter.review && !filter.review.includes("unreviewed"));
const keysOf = (filter: ListFilter, sort: FigureSort): readonly Key[] =>
  isByRegion(filter, sort) ? BY_REGION : KEYS[sort];

/** Of a clipping that reposts another. */
const IS_REPOST = sql`EXISTS (
  SELECT 1 FROM head AS own JOIN work AS w ON w.number = own.work WHERE own.clipping = o.clipping AND w.original <> o.clipping)`;

export const NOT_REPOST = sql`NOT ${IS_REPOST}`;

/** Everything of a filter but that reposts are left out. */
function filtering(filter: ListFilter): RawBuilder<unknown>[] {
  return [
    ...conditions(filter),
    ...overlap(filter, "o"),
    ...(filter.scope ? [filter.scope === "whole" ? sql`o.scope IS NULL` : sql`o.scope IS NOT NULL`] : []),
    ...(filter.failed ? [sql`o.failed = 1`] : []),
    ...(filter.contested ? [sql`o.contested = 1`] : []),
  ];
}

/**
 * One page of figures. The rows of the page are chosen first, mostly in an
 * index; then they are read with all that belongs to them. One more than asked
 * for tells whether there is another page.
 */
export function listQuery(filter: ListFilter, sort: FigureSort, { limit, after: cursor }: Part) {
  const keys = keysOf(filter, sort);
  const where = [
    ...filtering(filter),
    ...(filter.originals ? [NOT_REPOST] : []),
    ...(cursor === undefined ? [] : [after(keys, readCursor(cursor, keys.length))]),
  ];
  return sql<ListedRow>`
    SELECT ${LISTED}
    FROM (SELECT o.number FROM observation AS o ${indexFor(filter, sort)}
      WHERE ${sql.join(where, sql` AND `)} ${orderBy(keys)} LIMIT ${limit + 1}) AS page
    CROSS JOIN observation AS o ON o.number = page.number ${JOINS} ${orderBy(keys)}`;
}

/** All of them, in order of place. */
export function eachQuery(filter: ListFilter) {
  const where = [...filtering(filter), ...(filter.originals ? [NOT_REPOST] : [])];
  return sql<ListedRow>`
    SELECT ${LISTED} FROM observation AS o ${indexFor(filter, "place")} ${JOINS}
    WHERE ${sql.join(where, sql` AND `)} ${orderBy(keysOf(filter, "place"))}`;
}

/** Without statistics the planner cannot tell a county from a country: the filter that leaves least decides. */
function indexFor(filter: ListFilter, sort: FigureSort): RawBuilder<unknown> {
  if (filter.clipping) return sql`INDEXED BY observation_by_clipping`;
  if (filter.review && !filter.review.includes("unreviewed")) return sql`INDEXED BY observation_reviewed`;
  if (filter.failed) return sql`INDEXED BY observation_failed`;
  if (filter.contested) return sql`INDEXED BY observation_contested`;
  if (filter.indicators?.length) return sql`INDEXED BY observation_by_indicator`;
  if (filter.within || filter.regions) return sql`INDEXED BY observation_by_region`;
  if (sort === "place") return sql`INDEXED BY observation_by_indicator`;
  return sql`NOT INDEXED`;
}

/** Counted in indexes alone where they hold what is filtered by; of reposts only their own figures are looked at. */
export function countQuery(filter: ListFilter) {
  const where = filtering(filter);
  const all = sql`(SELECT count(*) FROM observation AS o ${indexFor(filter, "place")} WHERE ${sql.join(where, sql` AND `)})`;
  if (!filter.originals) return sql<{ count: number }>`SELECT ${all} AS count`;
  // of few figures each is looked at; of many only those of reposts
  if (filter.indicators?.length && (filter.within || filter.regions))
    return sql<{ count: number }>`
      SELECT count(*) AS count FROM observation AS o ${indexFor(filter, "place")} WHERE ${sql.join([...where, NOT_REPOST], sql` AND `)}`;
  const reposted = filter.clipping
    ? sql`(SELECT count(*) FROM observation AS o INDEXED BY observation_by_clipping WHERE ${sql.join([...where, IS_REPOST], sql` AND `)})`
    : sql`(SELECT count(*) FROM work CROSS JOIN head INDEXED BY head_by_work ON head.work = work.number AND head.clipping <> work.original
        CROSS JOIN observation AS o INDEXED BY observation_by_clipping ON o.clipping = head.clipping WHERE ${sql.join(where, sql` AND `)})`;
  return sql<{ count: number }>`SELECT ${all} - ${reposted} AS count`;
}

export const oneQuery = (id: string) =>
  sql<ListedRow>`SELECT ${LISTED} FROM observation AS o INDEXED BY observation_by_id ${JOINS} WHERE o.id = ${id}`;

/** Figures of one place that a value stands beside; more than so many tell nothing more. */
export const besideQuery = (place: {
  indicator: string;
  region: string;
  period: string;
  end: string | null;
  work: string;
}) =>
  sql<ListedRow>`
    SELECT ${LISTED} FROM observation AS o INDEXED BY observation_by_indicator ${JOINS}
    WHERE o.indicator = ${place.indicator} AND o.region = ${place.region} AND o.period_end IS ${place.end}
      AND o.period = ${place.period} AND o.headline = 1 AND coalesce(original.id, clipping.id) <> ${place.work}
    ORDER BY o.id LIMIT 100`;
