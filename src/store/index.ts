export { figureId, fingerprintOf } from "./identity.js";
export { boundsOf } from "./period-bounds.js";
export { openSqliteStore } from "./sqlite/sqlite-store.js";
export * from "./store.js";
