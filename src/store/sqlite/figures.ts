import { type Kysely, type RawBuilder, sql } from "kysely";
import { boundsOf } from "../period-bounds.js";
import type { FigureQuery } from "../store.js";
import type { FigureWithClipping } from "./rows.js";
import type { Tables } from "./schema.js";

/** An observation with its clipping's metadata; `o` is the observation. */
export const WITH_CLIPPING = sql`
  o.id, o.article, o.indicator, o.value, o.unit, o.qualifier, o.region, o.period, o.scope, o.status, o.confidence, o.quote,
  o.text_start, o.text_end, o.page, o.box, o.grounding, o.findings, o.review, o.decision, clipping.id AS clipping_id, clipping.path, head.title, head.publisher, head.published, original.id AS original_id`;
export const JOINS = sql`
  CROSS JOIN clipping ON clipping.number = o.clipping
  CROSS JOIN head ON head.clipping = o.clipping
  LEFT JOIN work ON work.number = head.work
  LEFT JOIN clipping AS original ON original.number = work.original`;
const ORDER = sql`ORDER BY o.indicator, o.region, o.period_end DESC, o.id`;

/** Codes below 410000 begin with 41, below 410100 with 4101; counties right under a province keep their own prefix. */
export function regionRange(region: string): { from: string; to: string } {
  const prefix = /0000$/.test(region) ? region.slice(0, 2) : /00$/.test(region) ? region.slice(0, 4) : region;
  return { from: prefix, to: `${prefix}~` };
}

/**
 * The statement that finds the figures of a query. A page is chosen first,
 * mostly in an index alone; then its rows are read.
 */
export function figuresQuery(query: FigureQuery) {
  if (query.latest) return latestQuery(query);
  const index = sql.raw(indexFor(query));
  const where = sql`WHERE ${sql.join([...conditions(query), ...overlap(query, "o")], sql` AND `)}`;
  if (query.limit === undefined)
    return sql<FigureWithClipping>`
      SELECT ${WITH_CLIPPING} FROM observation AS o INDEXED BY ${index} ${JOINS} ${where} ${ORDER}`;
  return sql<FigureWithClipping>`
    SELECT ${WITH_CLIPPING}
    FROM (SELECT o.number FROM observation AS o INDEXED BY ${index} ${where} ${ORDER} LIMIT ${query.limit}) AS page
    CROSS JOIN observation AS o ON o.number = page.number ${JOINS} ${ORDER}`;
}

/** Without statistics the planner cannot tell a county from a country: the filter that leaves least decides. */
function indexFor(query: FigureQuery): string {
  if (query.clipping) return "observation_by_clipping";
  if (query.review && !query.review.includes("unreviewed")) return "observation_reviewed";
  if (query.within && !query.indicators?.length) return "observation_by_region";
  return "observation_by_indicator";
}

/** The same for comparing: narrow, and in no order. Columns as `toComparedFigure` takes them. */
export function comparedQuery(query: FigureQuery) {
  return sql`
    SELECT o.id, clipping.id, original.id, o.indicator, o.region, o.period, o.value, o.unit, o.qualifier, o.confidence,
      o.quote, o.text_start, o.review, head.published, head.publisher, head.title, clipping.path, o.scope, o.status
    FROM observation AS o ${JOINS}
    WHERE ${sql.join([...conditions(query), ...overlap(query, "o")], sql` AND `)}`;
}

export type ComparedRow = readonly [
  id: string,
  clipping: string,
  original: string | null,
  indicator: string,
  region: string | null,
  period: string | null,
  value: number,
  unit: string,
  qualifier: string,
  confidence: number,
  quote: string,
  start: number,
  review: string,
  published: string | null,
  publisher: string | null,
  title: string | null,
  path: string,
  scope: string | null,
  status: string,
];

/** The figure whose id begins so; two rows where several do. */
export const figureQuery = (id: string) => sql<FigureWithClipping>`
  SELECT ${WITH_CLIPPING} FROM observation AS o ${JOINS} WHERE o.id >= ${id} AND o.id < ${`${id}~`} ORDER BY o.id LIMIT 2`;

export function conditions(query: FigureQuery): RawBuilder<unknown>[] {
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
  if (query.regions) all.push(sql`o.region IN (SELECT value FROM json_each(${JSON.stringify(query.regions)}))`);
  if (query.confidence?.from !== undefined) all.push(sql`o.confidence >= ${query.confidence.from}`);
  if (query.confidence?.below !== undefined) all.push(sql`o.confidence < ${query.confidence.below}`);
  // said again, so that the index of what was reviewed will do
  if (query.review && !query.review.includes("unreviewed")) all.push(sql`o.review <> 'unreviewed'`);
  all.push(
    query.review
      ? sql`o.review IN (${sql.join(query.review.map((each) => sql`${each}`))})`
      : sql`o.review <> 'rejected'`,
  );
  return all;
}

/** Periods that overlap the one asked for. */
export function overlap({ period }: FigureQuery, table: "o" | "newest"): RawBuilder<unknown>[] {
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
function latestQuery(query: FigureQuery) {
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
    CROSS JOIN observation AS o INDEXED BY observation_by_indicator ON o.headline = 1 AND o.indicator = place.indicator AND o.region = place.region
      AND o.period_end IS (SELECT newest.period_end FROM observation AS newest INDEXED BY observation_by_indicator
        WHERE newest.headline = 1 AND newest.indicator = place.indicator AND newest.region = place.region
          AND ${sql.join(within, sql` AND `)}
        ORDER BY newest.period_end DESC LIMIT 1)
    ${JOINS}
    WHERE ${sql.join([...conditions({ ...query, indicators: [] }), ...overlap(query, "o")], sql` AND `)} ${ORDER}
    ${query.limit === undefined ? sql`` : sql`LIMIT ${query.limit}`}`;
}

/** Compiles a statement for a connection of its own. */
export const compiled = (db: Kysely<Tables>, query: RawBuilder<unknown>) => {
  const { sql: text, parameters } = query.compile(db);
  return { text, parameters };
};
