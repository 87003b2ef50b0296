import type { House } from "./house.js";
import type { SqlReader } from "./sql-reader.js";
import type { Store } from "./store.js";

export { storeTrouble } from "./advice.js";
export * from "./care.js";
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

/** What is done to a store's file from outside: looked at, copied, put back, measured. Loaded only now, as the database is. */
export const care = {
  examine: async (...args: Parameters<typeof import("./sqlite/care/examine.js").examine>) =>
    (await import("./sqlite/care/examine.js")).examine(...args),
  backUp: async (...args: Parameters<typeof import("./sqlite/care/copy.js").backUp>) =>
    (await import("./sqlite/care/copy.js")).backUp(...args),
  restore: async (...args: Parameters<typeof import("./sqlite/care/copy.js").restore>) =>
    (await import("./sqlite/care/copy.js")).restore(...args),
  stats: async (...args: Parameters<typeof import("./sqlite/care/stats.js").statsOf>) =>
    (await import("./sqlite/care/stats.js")).statsOf(...args),
};
