import Database from "better-sqlite3";
import { adviceFor } from "../advice.js";
import { StoreError } from "../store.js";
import { isUnsafeSqlite, migrate } from "./migrate.js";
import { refreshNames } from "./names.js";

/** Kibibytes of the file that are kept in memory, by each connection. */
const CACHE_KIB = 65_536;

/** Pages of the log after which it is carried over: the same pages of an index are written again and again meanwhile. */
const CHECKPOINT_PAGES = 16_384;

/** Opens or makes the file. Throws StoreError when that cannot be done. */
export function connect(path: string): Database.Database {
  try {
    const database = new Database(path, { timeout: 10_000 });
    const version = database.prepare("SELECT sqlite_version() AS version").pluck().get() as string;
    if (isUnsafeSqlite(version))
      throw new Error(`SQLite ${version} can corrupt a store (WAL reset fault); 3.51.3 or newer is needed`);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`cache_size = -${CACHE_KIB}`);
    // migrations build tables anew that others refer to
    database.pragma("foreign_keys = OFF");
    migrate(database);
    refreshNames(database);
    database.pragma("foreign_keys = ON");
    return database;
  } catch (cause) {
    throw new StoreError(`the store ${path} cannot be opened: ${adviceFor(cause as Error)}`, { cause });
  }
}

/** Rows of a statement as they are when it begins, on a connection of its own: others may write meanwhile. */
export function* stream(database: Database.Database, text: string, parameters: readonly unknown[]): Generator<unknown> {
  if (database.memory) {
    yield* database.prepare(text).all(...parameters);
    return;
  }
  const own = new Database(database.name, { readonly: true, timeout: 10_000 });
  try {
    yield* own.prepare(text).iterate(...parameters);
  } finally {
    own.close();
  }
}

/** Runs a transaction that writes. Throws StoreError where the machine fails, not the data. */
export function write<T>(database: Database.Database, work: () => T): T {
  try {
    return database.transaction(work).immediate();
  } catch (cause) {
    const { code = "" } = cause as { code?: string };
    if (code.startsWith("SQLITE_") && !code.startsWith("SQLITE_CONSTRAINT"))
      throw new StoreError(`the store ${database.name} cannot be written: ${adviceFor(cause as Error)}`, { cause });
    throw cause;
  }
}
