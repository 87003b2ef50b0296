import { type RawBuilder, sql } from "kysely";
import type { ClippingFilter } from "../lists.js";
import type { ClippingQuery } from "../store.js";
import { regionRange } from "./figures.js";
import type { ClippingWithHead } from "./rows.js";

const SELECT = sql`
  SELECT clipping.number, clipping.id, clipping.kind, clipping.path, clipping.bytes, clipping.added_at,
    head.title, head.publisher, head.published, head.region, head.url, head.outcome, head.figures, head.work,
    run.version, run.catalogue, run.given, original.id AS original_id, work.members
  FROM clipping
  JOIN head ON head.clipping = clipping.number
  JOIN run ON run.id = head.run
  LEFT JOIN work ON work.number = head.work
  LEFT JOIN clipping AS original ON original.number = work.original`;

/** A clipping as lists have it. */
export type ListedClippingRow = ClippingWithHead;

/** Clippings that fit, without their order; `more`: another condition. */
export function clippingsWhere(query: ClippingFilter, more?: RawBuilder<unknown>): RawBuilder<ClippingWithHead> {
  const where: RawBuilder<unknown>[] = more ? [more] : [];
  if (query.kind) where.push(sql`clipping.kind = ${query.kind}`);
  if (query.outcome) where.push(sql`head.outcome = ${query.outcome}`);
  if (query.within) {
    const { from, to } = regionRange(query.within);
    where.push(sql`head.region >= ${from} AND head.region < ${to}`);
  }
  if (query.work)
    where.push(
      sql`head.work = (SELECT own.work FROM clipping AS one JOIN head AS own ON own.clipping = one.number WHERE one.id = ${query.work})`,
    );
  return sql`${SELECT} ${where.length > 0 ? sql`WHERE ${sql.join(where, sql` AND `)}` : sql``}`;
}

export const clippingsQuery = (query: ClippingQuery) => sql<ClippingWithHead>`${clippingsWhere(query)}
  ORDER BY clipping.path, clipping.id ${query.limit === undefined ? sql`` : sql`LIMIT ${query.limit}`}`;

export const clippingQuery = (id: string) => sql<ClippingWithHead>`${SELECT} WHERE clipping.id = ${id}`;

export const numberedClippingsQuery = (numbers: readonly number[]) =>
  sql<ClippingWithHead>`${SELECT} WHERE clipping.number IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`;
