import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, open, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import Database from "better-sqlite3";
import { adviceFor } from "../../advice.js";
import type { Copied, Counts } from "../../care.js";
import { StoreError } from "../../store.js";
import { migrationNames } from "../migrate.js";
import { countsOf } from "./counts.js";
import { openAsIs } from "./open.js";

/** Pages copied between two looks at the progress. */
const STEP = 4096;

export interface CopyOptions {
  /** Takes the place of a file that is there. */
  readonly force?: boolean;
  /** Told of pages. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Copies a store while others read and write it: the copy is the store as it
 * was at one moment. It is checked page by page and count by count before it
 * gets its name, and its SHA-256 is written beside it (`FILE.sha256`).
 * Throws StoreError.
 */
export async function backUp(store: string, target: string, options: CopyOptions = {}): Promise<Copied> {
  if (existsSync(target) && !options.force) throw new StoreError(`${target} is there already: --force replaces it`);
  const database = openAsIs(store, true);
  const partial = `${target}.partial`;
  try {
    await roomFor(target, (await stat(store)).size);
    await rm(partial, { force: true });
    // one moment for the copy and for what it is checked against
    database.exec("BEGIN");
    const counts = countsOf(database);
    await database.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        options.onProgress?.(totalPages - remainingPages, totalPages);
        return STEP;
      },
    });
    database.exec("COMMIT");
    const copied = await checked(partial, counts);
    await rename(partial, target);
    await writeFile(`${target}.sha256`, `${copied.sha256}  ${basename(target)}\n`);
    return { ...copied, path: target };
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`${store} cannot be backed up to ${target}: ${adviceFor(cause as Error)}`, { cause });
  } finally {
    await rm(partial, { force: true });
    database.close();
  }
}

/**
 * Puts a backup in the place of a store, after checking it against its
 * SHA-256 and page by page. A store that is there is kept beside, and only
 * where `force` says so; one that another program has open is left alone.
 * Gives the path the old one has now. Throws StoreError.
 */
export async function restore(
  backup: string,
  store: string,
  options: CopyOptions & { readonly now?: Date } = {},
): Promise<Copied & { readonly before: string | undefined }> {
  const isThere = existsSync(store);
  if (isThere && !options.force)
    throw new StoreError(
      `${store} is there already: --force keeps it under another name and puts the backup in its place`,
    );
  await checkHash(backup);
  const source = openAsIs(backup, true);
  let counts: Counts;
  try {
    counts = countsOf(source);
    checkSchema(source, backup);
  } finally {
    source.close();
  }
  const partial = `${store}.partial`;
  try {
    await roomFor(store, (await stat(backup)).size);
    await copyFile(backup, partial);
    const copied = await checked(partial, counts);
    const before = isThere ? await setAside(store, options.now ?? new Date()) : undefined;
    // a log of the old store would be played into the new one
    for (const end of ["-wal", "-shm"]) await rm(`${store}${end}`, { force: true });
    await rename(partial, store);
    return { ...copied, path: store, before };
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`${backup} cannot be restored to ${store}: ${adviceFor(cause as Error)}`, { cause });
  } finally {
    await rm(partial, { force: true });
  }
}

/** Throws where a copy is not sound, or holds other than it should; makes it one file, and sends it to the disk. */
async function checked(path: string, counts: Counts): Promise<Copied> {
  const copy = new Database(path, { fileMustExist: true });
  try {
    // without a log beside it the file is whole by itself
    copy.pragma("journal_mode = DELETE");
    const [first] = copy.pragma("integrity_check(1)") as { integrity_check: string }[];
    if (first?.integrity_check !== "ok")
      throw new StoreError(
        `the copy ${path} is broken (${first?.integrity_check}): run jianbao doctor on what was copied`,
      );
    const found = countsOf(copy);
    for (const [table, count] of Object.entries(counts))
      if (found[table] !== count)
        throw new StoreError(`the copy ${path} has ${found[table]} rows of ${table}, not ${count}`);
  } finally {
    copy.close();
  }
  const file = await open(path, "r+");
  await file.sync().finally(() => file.close());
  return { path, bytes: (await stat(path)).size, sha256: await sha256Of(path), counts };
}

function checkSchema(database: Database.Database, path: string): void {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").get();
  if (!there) throw new StoreError(`${path} is a database, but no store of jianbao`);
  const known = migrationNames();
  const names = database.prepare("SELECT name FROM migration").pluck().all() as string[];
  const newer = names.filter((name) => !known.includes(name));
  if (newer.length > 0) throw new StoreError(`${path} was made by a newer jianbao (${newer.join(", ")}): use that one`);
}

/** The hash beside a backup, where there is one. */
async function checkHash(path: string): Promise<void> {
  const told = await readFile(`${path}.sha256`, "utf8").catch(() => undefined);
  const expected = told?.trim().split(/\s/)[0];
  if (expected && existsSync(path) && expected !== (await sha256Of(path)))
    throw new StoreError(
      `${path} is not what was backed up: its SHA-256 differs from ${path}.sha256; take another backup`,
    );
}

/** Gives the old store another name, once nobody else has it open. */
async function setAside(store: string, now: Date): Promise<string> {
  let database: Database.Database | undefined;
  try {
    database = new Database(store, { timeout: 500 });
    // carries the log over, and can be done by the last who has the file open only
    database.pragma("journal_mode = DELETE");
  } catch (cause) {
    const { code = "" } = cause as { code?: string };
    // a broken one is what backups are for
    if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
      throw new StoreError(`${store} cannot be replaced: ${adviceFor(cause as Error)}`, { cause });
  } finally {
    database?.close();
  }
  const aside = `${store}.before-${now.toISOString().replace(/[:.]/g, "-")}`;
  await rename(store, aside);
  return aside;
}

async function roomFor(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path) || ".");
  if (bavail * bsize < bytes)
    throw new StoreError(
      `${dirname(path)} has no room for ${path}: ${bytes} bytes are needed, ${bavail * bsize} are free`,
    );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}
