import type { Store } from "./store.js";

export { figureId, fingerprintOf } from "./identity.js";
export { boundsOf } from "./period-bounds.js";
export * from "./store.js";

/** Opens or makes a store in one SQLite file; the database is loaded only now. Throws StoreError when that cannot be done. */
export async function openSqliteStore(path: string): Promise<Store> {
  const sqlite = await import("./sqlite/sqlite-store.js");
  return sqlite.openSqliteStore(path);
}
