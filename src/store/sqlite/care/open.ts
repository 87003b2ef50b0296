import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import Database from "better-sqlite3";
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

/** What to do about what SQLite could not do, by its code. */
const ADVICE: readonly (readonly [code: string, advice: string])[] = [
  ["SQLITE_FULL", "the disk is full: make room, then the same command goes on; nothing stored before is lost"],
  ["SQLITE_IOERR", "the disk could not be read or written: look for a full or failing disk, then run jianbao doctor"],
  [
    "SQLITE_READONLY",
    "the file or its folder may not be written: give rights to both, SQLite writes beside the file too",
  ],
  [
    "SQLITE_CANTOPEN",
    "the file, its folder or the files beside it (-wal, -shm) may not be opened: look at their rights",
  ],
  ["SQLITE_PERM", "the file may not be opened: look at its rights"],
  ["SQLITE_BUSY", "another program holds it: wait for it, or end it (lsof names it), then run the same command again"],
  ["SQLITE_LOCKED", "another program holds it: wait for it, or end it, then run the same command again"],
  ["SQLITE_CORRUPT", "the file is broken: run jianbao doctor, and jianbao restore with the last backup"],
  ["SQLITE_NOTADB", "the file is no store, or its first bytes are broken: restore a backup with jianbao restore"],
  ["SQLITE_TOOBIG", "a clipping is larger than the store takes"],
  ["SQLITE_NOMEM", "the machine has no memory left: end other programs, or use fewer --jobs"],
];

/** What SQLite says, and what to do about it. */
export function adviceFor(cause: Error & { code?: string }): string {
  const { code = "", message } = cause;
  const advice = ADVICE.find(([known]) => code.startsWith(known))?.[1];
  const said = code.startsWith("SQLITE_") ? `${message} [${code}]` : message;
  return advice ? `${said}; ${advice}` : said;
}
