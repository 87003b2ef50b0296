import type { House } from "./house.js";
import type { SqlReader } from "./sql-reader.js";
import type { Store } from "./store.js";

export { type CrossFinding, consistencyOf } from "./consistency.js";
export * from "./decision.js";
export * from "./desk.js";
export type { House } from "./house.js";
export { compareText, figureIds } from "./identity.js";
export * from "./lists.js";
export { boundsOf } from "./period-bounds.js";
export { type Derived, prepare } from "./prepare.js";
export * from "./store.js";
export { parseSearch } from "./terms.js";

/** Opens or makes a store in one SQLite file; the database is loaded only now. Throws StoreError when that cannot be done. */
export async function openSqliteStore(path: string): Promise<Store> {
  const sqlite = await import("./sqlite/sqlite-store.js");
  return sqlite.openSqliteStore(path);
}

/** The same with its lists and its desk. */
export async function openSqliteHouse(path: string): Promise<House> {
  const sqlite = await import("./sqlite/sqlite-store.js");
  return sqlite.openSqliteHouse(path);
}

export { SqlError, type SqlReader, type SqlResult } from "./sql-reader.js";

/** Opens a store's SQLite file for questions in SQL, and for nothing else. Throws StoreError when there is none. */
export async function openSqliteReader(path: string): Promise<SqlReader> {
  const reader = await import("./sqlite/read-only.js");
  return reader.openReader(path);
}
