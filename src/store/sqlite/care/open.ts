import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { adviceFor } from "../../advice.js";
import { StoreError } from "../../store.js";

const MAGIC = "SQLite format 3\u0000";

/**
 * Opens a store's file as it is: nothing is made, no migration applied.
 * Throws StoreError that names the file and what to do.
 */
export function openAsIs(path: string, readonly: boolean): Database.Database {
  const trouble = troubleWith(path);
  if (trouble) throw new StoreError(`${path}: ${trouble}`);
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly, fileMustExist: true, timeout: 10_000 });
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return database;
  } catch (cause) {
    database?.close();
    throw new StoreError(`${path} cannot be opened: ${adviceFor(cause as Error)}`, { cause });
  }
}

/** What is wrong with a file before SQLite looks at it; undefined where nothing is. */
function troubleWith(path: string): string | undefined {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return "no file";
    accessSync(path, constants.R_OK);
    if (stats.size === 0) return "the file is empty; restore a backup with jianbao restore";
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return code === "ENOENT" ? "there is no such file; --store names another" : "may not be read (no rights)";
  }
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(MAGIC.length);
    readSync(file, head, 0, head.length, 0);
    return head.toString("latin1") === MAGIC
      ? undefined
      : "no SQLite database, or its first bytes are broken; restore a backup with jianbao restore";
  } finally {
    closeSync(file);
  }
}
