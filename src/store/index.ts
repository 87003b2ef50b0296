export * from "./store.js";
export { openSqliteStore } from "./sqlite/sqlite-store.js";
export { figureId, fingerprintOf } from "./identity.js";
export { boundsOf } from "./period-bounds.js";
