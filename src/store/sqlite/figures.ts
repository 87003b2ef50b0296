import { type Kysely, type RawBuilder, sql } from "kysely";
import { boundsOf } from "../period-bounds.js";
import type { FigureQuery } from "../store.js";
import type { FigureWithClipping } from "./rows.js";
import type { Tables } from "./schema.js";

/** An observation with its clipping's metadata; `o` is the observation. */
const WITH_CLIPPING = sql`
  o.*, clipping.id AS clipping_id, clipping.path, head.title, head.publisher, head.published, original.id AS original_id`;
const JOINS = sql`
  JOIN clipping ON clipping.number = o.clipping
  JOIN head ON head.clipping = o.clipping
  LEFT JOIN work ON work.number = head.work
  LEFT JOIN clipping AS original ON original.number = work.original`;
const ORDER = sql`ORDER BY o.indicator, o.region, o.period_end DESC, o.id`;

/** Codes below 410000 begin with 41, below 410100 with 4101; counties right under a province keep their own prefix. */
export function regionRange(region: string): { from: string; to: string } {
  const prefix = /0000$/.test(region) ? region.slice(0, 2) : /00$/.test(region) ? region.slice(0, 4) : region;
  return { from: prefix, to: `${prefix}~` };
}

/** The statement that finds the figures of a query. */
export function figuresQuery(query: FigureQuery) {
  const limit = query.limit === undefined ? sql`` : sql`LIMIT ${query.limit}`;
  if (query.latest) return latestQuery(query, limit);
  return sql<FigureWithClipping>`
    SELECT ${WITH_CLIPPING} FROM observation AS o ${JOINS}
    WHERE ${sql.join([...conditions(query), ...overlap(query, "o")], sql` AND `)} ${ORDER} ${limit}`;
}

/** The figure whose id begins so; two rows where several do. */
export const figureQuery = (id: string) => sql<FigureWithClipping>`
  SELECT ${WITH_CLIPPING} FROM observation AS o ${JOINS} WHERE o.id >= ${id} AND o.id < ${`${id}~`} ORDER BY o.id LIMIT 2`;

function conditions(query: FigureQuery): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [];
  if (query.indicators && query.indicators.length > 0)
    all.push(sql`o.indicator IN (${sql.join(query.indicators.map((each) => sql`${each}`))})`);
  if (query.status) all.push(sql`o.status = ${query.status}`);
  if (query.headline || query.latest) all.push(sql`o.headline = 1`);
  if (query.clipping) all.push(sql`o.clipping = (SELECT number FROM clipping WHERE id = ${query.clipping})`);
  if (query.within) {
    const { from, to } = regionRange(query.within);
    all.push(sql`o.region >= ${from} AND o.region < ${to}`);
  }
  if (query.confidence?.from !== undefined) all.push(sql`o.confidence >= ${query.confidence.from}`);
  if (query.confidence?.below !== undefined) all.push(sql`o.confidence < ${query.confidence.below}`);
  all.push(
    query.review
      ? sql`o.review IN (${sql.join(query.review.map((each) => sql`${each}`))})`
      : sql`o.review <> 'rejected'`,
  );
  return all;
}

/** Periods that overlap the one asked for. */
function overlap({ period }: FigureQuery, table: "o" | "newest"): RawBuilder<unknown>[] {
  if (!period) return [];
  const { start, end } = boundsOf(period);
  const first = sql.ref(`${table}.period_start`);
  const last = sql.ref(`${table}.period_end`);
  return [
    ...(end ? [sql`(${first} <= ${end} OR (${first} IS NULL AND ${last} <= ${end}))`] : []),
    ...(start ? [sql`${last} >= ${start}`] : []),
  ];
}

/**
 * Steps from region to region through the index by indicator, and
 * takes of each only what ends last: as many rows as an answer has places,
 * however many periods are stored.
 */
function latestQuery(query: FigureQuery, limit: RawBuilder<unknown>) {
  const { from, to } = query.within ? regionRange(query.within) : { from: "", to: "~" };
  const indicators =
    query.indicators && query.indicators.length > 0
      ? sql`SELECT value AS indicator FROM json_each(${JSON.stringify([...new Set(query.indicators)])})`
      : sql`SELECT DISTINCT indicator FROM observation`;
  const within = [...overlap(query, "newest"), sql`newest.review <> 'rejected'`];
  return sql<FigureWithClipping>`
    WITH RECURSIVE wanted (indicator) AS (${indicators}),
    place (indicator, region) AS (
      SELECT indicator, (SELECT min(region) FROM observation AS first
        WHERE first.indicator = wanted.indicator AND first.region >= ${from} AND first.region < ${to})
      FROM wanted
      UNION ALL
      SELECT indicator, (SELECT min(region) FROM observation AS following
        WHERE following.indicator = place.indicator AND following.region > place.region AND following.region < ${to})
      FROM place WHERE region IS NOT NULL
    )
    SELECT ${WITH_CLIPPING} FROM place
    JOIN observation AS o ON o.headline = 1 AND o.indicator = place.indicator AND o.region = place.region
      AND o.period_end IS (SELECT newest.period_end FROM observation AS newest
        WHERE newest.headline = 1 AND newest.indicator = place.indicator AND newest.region = place.region
          AND ${sql.join(within, sql` AND `)}
        ORDER BY newest.period_end DESC LIMIT 1)
    ${JOINS}
    WHERE ${sql.join([...conditions({ ...query, indicators: [] }), ...overlap(query, "o")], sql` AND `)} ${ORDER} ${limit}`;
}

/** Compiles a statement for a connection of its own. */
export const compiled = (db: Kysely<Tables>, query: RawBuilder<unknown>) => {
  const { sql: text, parameters } = query.compile(db);
  return { text, parameters };
};
