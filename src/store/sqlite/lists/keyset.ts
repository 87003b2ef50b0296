import { type RawBuilder, sql } from "kysely";
import { CursorError } from "../../lists.js";

/** A column that orders a list; nulls come first, and last where it descends, as SQLite has it. */
export interface Key {
  readonly sql: RawBuilder<unknown>;
  readonly descending?: boolean;
}
export type KeyValue = string | number | null;

/** Where a page ended, as text for an address. */
export const cursorOf = (values: readonly KeyValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The values of a cursor. Throws CursorError where it is not one of so many keys. */
export function readCursor(cursor: string, keys: number): KeyValue[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
    if (
      Array.isArray(values) &&
      values.length === keys &&
      values.every((value) => value === null || typeof value === "string" || typeof value === "number")
    )
      return values as KeyValue[];
  } catch {
    // told below
  }
  throw new CursorError("the cursor is not one of this list");
}

/** The rows that come after these values in the order of the keys. */
export function after(keys: readonly Key[], values: readonly KeyValue[]): RawBuilder<unknown> {
  const ways = keys.map((key, index) =>
    all([
      ...keys.slice(0, index).map((each, at) => sql`${each.sql} IS ${values[at]}`),
      beyond(key, values[index] ?? null),
    ]),
  );
  const [first] = keys;
  const bound = first && values[0] !== null ? reach(first, values[0] as string | number) : undefined;
  return sql`(${bound ? sql`${bound} AND ` : sql``}(${sql.join(ways, sql` OR `)}))`;
}

const all = (parts: readonly RawBuilder<unknown>[]) => sql`(${sql.join([...parts], sql` AND `)})`;

function beyond({ sql: column, descending }: Key, value: KeyValue): RawBuilder<unknown> {
  if (descending) return value === null ? sql`0` : sql`(${column} < ${value} OR ${column} IS NULL)`;
  return value === null ? sql`${column} IS NOT NULL` : sql`${column} > ${value}`;
}

/** Says again where the first key stands, so that an index begins there. */
const reach = ({ sql: column, descending }: Key, value: string | number): RawBuilder<unknown> | undefined =>
  descending ? undefined : sql`${column} >= ${value}`;

export const orderBy = (keys: readonly Key[]): RawBuilder<unknown> =>
  sql`ORDER BY ${sql.join(keys.map(({ sql: column, descending }) => (descending ? sql`${column} DESC` : column)))}`;
