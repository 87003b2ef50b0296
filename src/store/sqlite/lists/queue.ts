import { type RawBuilder, sql } from "kysely";
import { type Part, type QueueFilter, TURNS } from "../../lists.js";
import { JOINS, overlap, regionRange } from "../figures.js";
import { LISTED, type ListedRow, NOT_REPOST } from "./figures.js";
import { after, type Key, type KeyValue, orderBy, readCursor } from "./keyset.js";

const KEYS: readonly Key[] = [{ sql: sql`o.turn` }, { sql: sql`o.confidence` }, { sql: sql`o.id` }];
export const queueKey = (row: ListedRow): KeyValue[] => [row.turn, row.confidence, row.id];

/** One page of what waits. */
export function queueQuery(filter: QueueFilter, { limit, after: cursor }: Part) {
  const where: RawBuilder<unknown>[] = [sql`o.turn IS NOT NULL`, NOT_REPOST, ...overlap(filter, "o")];
  if (filter.turns?.length)
    where.push(sql`o.turn IN (${sql.join(filter.turns.map((turn) => sql`${TURNS.indexOf(turn)}`))})`);
  if (filter.indicators?.length)
    where.push(sql`o.indicator IN (${sql.join(filter.indicators.map((each) => sql`${each}`))})`);
  if (filter.within) {
    const { from, to } = regionRange(filter.within);
    where.push(sql`o.region >= ${from} AND o.region < ${to}`);
  }
  if (filter.clipping) where.push(sql`o.clipping = (SELECT number FROM clipping WHERE id = ${filter.clipping})`);
  if (filter.except?.length)
    where.push(sql`o.id NOT IN (SELECT value FROM json_each(${JSON.stringify(filter.except)}))`);
  if (cursor !== undefined) where.push(after(KEYS, readCursor(cursor, KEYS.length)));
  return sql<ListedRow>`
    SELECT ${LISTED}
    FROM (SELECT o.number FROM observation AS o INDEXED BY ${sql.raw(indexFor(filter))}
      WHERE ${sql.join(where, sql` AND `)} ${orderBy(KEYS)} LIMIT ${limit + 1}) AS page
    CROSS JOIN observation AS o ON o.number = page.number ${JOINS} ${orderBy(KEYS)}`;
}

/** In its own order, passing over what does not fit; a city's or county's few figures, and a clipping's, are rather sorted. */
function indexFor({ clipping, within }: QueueFilter): string {
  if (clipping) return "observation_by_clipping";
  if (within && !within.endsWith("0000")) return "observation_by_region";
  return "observation_to_review";
}

/**
 * Decided figures without a second opinion. Which ones are drawn is told by
 * the last characters of their ids, which are a hash: the same for everyone,
 * and no state to keep.
 */
export const secondQuery = (reviewer: string, drawn: readonly string[], except: readonly string[], limit: number) =>
  sql<ListedRow>`
    SELECT ${LISTED} FROM observation AS o INDEXED BY observation_reviewed
    CROSS JOIN decision AS first ON first.id = o.decision ${JOINS}
    WHERE o.review <> 'unreviewed' AND o.review IN ('accepted', 'corrected', 'rejected') AND first.kind IN ('accept', 'correct', 'reject')
      AND first.was_indicator IS NOT NULL AND first.reviewer <> ${reviewer}
      AND substr(o.id, -2) IN (SELECT value FROM json_each(${JSON.stringify(drawn)}))
      AND o.id NOT IN (SELECT value FROM json_each(${JSON.stringify(except)}))
      AND NOT EXISTS (SELECT 1 FROM opinion WHERE opinion.decision = first.id)
    ORDER BY first.number LIMIT ${limit}`;
