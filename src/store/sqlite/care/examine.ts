import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import type { Around, Checked } from "../../care.js";
import { StoreError } from "../../store.js";
import { isUnsafeSqlite, migrationNames } from "../migrate.js";
import { DERIVED_VERSION } from "../rebuild.js";
import { isUnsafePdfjs } from "./known-bad.js";
import { openAsIs } from "./open.js";

const RESTORE =
  "restore the last backup: jianbao restore BACKUP --store STORE --force; what came since is ingested again";
/** Faults of one kind that are told one by one. */
const TOLD = 5;
/** A log of writes this large is not carried over by those who write: something reads all the time. */
const LARGE_WAL = 256 << 20;
/** Room below which the next batch may fill the disk. */
const LITTLE_ROOM = 256 << 20;
const DAY_MS = 86_400_000;

/** Looks at a store and all around it, and changes nothing. */
export function examine(path: string, around: Around): Checked[] {
  let database: Database.Database;
  try {
    database = openAsIs(path, true);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    return [{ check: "file", state: "error", detail: cause.message, todo: RESTORE }, ...programs(around, undefined)];
  }
  try {
    const checks: readonly (readonly [name: string, look: () => Checked[]])[] = [
      ["file", () => file(path)],
      ["disk", () => disk(path)],
      ["integrity", () => integrity(database)],
      ["references", () => foreignKeys(database)],
      ["schema", () => schema(database)],
      ["orphans", () => orphans(database)],
      ["versions", () => runs(database, around)],
      ["clock", () => clock(database, around)],
      ["programs", () => programs(around, database.prepare("SELECT sqlite_version()").pluck().get() as string)],
    ];
    return checks.flatMap(([name, look]) => safely(name, look));
  } finally {
    database.close();
  }
}

/** A check that a broken file ends is a fault itself; the others still run. */
function safely(check: string, look: () => Checked[]): Checked[] {
  try {
    return look();
  } catch (cause) {
    return [{ check, state: "error", detail: (cause as Error).message, todo: RESTORE }];
  }
}

function file(path: string): Checked[] {
  const bytes = statSync(path).size;
  const wal = existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0;
  const found: Checked[] = [
    { check: "file", state: "ok", detail: `${path}, ${megabytes(bytes)}, log ${megabytes(wal)}` },
  ];
  for (const each of [path, dirname(path)])
    try {
      accessSync(each, constants.W_OK);
    } catch {
      const todo = "give the right to write to both the file and its folder; SQLite writes beside the file too";
      found.push({ check: "rights", state: "warning", detail: `${each} may not be written`, todo });
    }
  if (wal > LARGE_WAL)
    found.push({
      check: "log",
      state: "warning",
      detail: `the log of writes (${path}-wal) has ${megabytes(wal)}`,
      todo: "a program that reads all the time keeps it from being carried over: end it, then run any jianbao command that writes; never delete the log by hand",
    });
  return found;
}

function disk(path: string): Checked[] {
  const { bavail, bsize } = statfsSync(dirname(path) || ".");
  const free = bavail * bsize;
  const detail = `${megabytes(free)} free`;
  if (free < LITTLE_ROOM)
    return [{ check: "disk", state: "error", detail, todo: "make room before the next ingest: a full disk ends it" }];
  if (free < statSync(path).size * 1.1)
    return [{ check: "disk", state: "warning", detail, todo: "a backup does not fit here: write it to another disk" }];
  return [{ check: "disk", state: "ok", detail }];
}

function integrity(database: Database.Database): Checked[] {
  const found = database.pragma(`integrity_check(${TOLD})`) as { integrity_check: string }[];
  if (found[0]?.integrity_check === "ok")
    return [{ check: "integrity", state: "ok", detail: "every page and index is sound" }];
  return found.map(({ integrity_check }) => ({
    check: "integrity",
    state: "error",
    detail: integrity_check,
    todo: RESTORE,
  }));
}

function foreignKeys(database: Database.Database): Checked[] {
  const found = database.pragma("foreign_key_check") as { table: string; rowid: number | null; parent: string }[];
  if (found.length === 0) return [{ check: "references", state: "ok", detail: "every row has what it refers to" }];
  return found.slice(0, TOLD).map(({ table, rowid, parent }) => ({
    check: "references",
    state: "error",
    detail: `${table} ${rowid ?? ""} refers to a ${parent} that is not there (${found.length} in all)`,
    todo: RESTORE,
  }));
}

function schema(database: Database.Database): Checked[] {
  const applied = database.prepare("SELECT name FROM migration ORDER BY name").pluck().all() as string[];
  const known = migrationNames();
  const newer = applied.filter((name) => !known.includes(name));
  const missing = known.filter((name) => !applied.includes(name));
  if (newer.length > 0)
    return [
      {
        check: "schema",
        state: "error",
        detail: `made by a newer jianbao: ${newer.join(", ")}`,
        todo: "use that jianbao, or a newer one",
      },
    ];
  if (missing.length > 0)
    return [
      {
        check: "schema",
        state: "note",
        detail: `older: ${missing.join(", ")} not applied`,
        todo: "back it up, then run any command: the store is brought up to date when it is opened",
      },
    ];
  const derived = database.pragma("user_version", { simple: true });
  if (derived !== DERIVED_VERSION)
    return [
      {
        check: "schema",
        state: "note",
        detail: `what is derived is of version ${derived}, not ${DERIVED_VERSION}`,
        todo: "run any command: it is made anew when the store is opened",
      },
    ];
  return [
    { check: "schema", state: "ok", detail: `${applied.length} migrations, the last ${applied.at(-1) ?? "none"}` },
  ];
}

/** Rows that nothing leads to, or that lead nowhere; foreign keys do not see them. `derived` says that they can be made anew. */
const ORPHANS: readonly { readonly what: string; readonly sql: string; readonly derived?: true }[] = [
  {
    what: "clippings without a current run",
    sql: "SELECT count(*) FROM clipping LEFT JOIN head ON head.clipping = clipping.number WHERE head.run IS NULL",
  },
  {
    what: "readings of no run",
    sql: "SELECT count(*) FROM reading WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.reading = reading.number)",
  },
  {
    what: "decisions that follow one that is not there",
    sql: "SELECT count(*) FROM decision WHERE follows IS NOT NULL AND follows NOT IN (SELECT id FROM decision)",
  },
  {
    what: "figures shown with decisions that are not there",
    sql: "SELECT count(*) FROM observation WHERE decision IS NOT NULL AND decision NOT IN (SELECT id FROM decision)",
    derived: true,
  },
  {
    what: "figures shown of runs that are not current",
    sql: "SELECT count(*) FROM observation JOIN head ON head.clipping = observation.clipping WHERE observation.run <> head.run AND observation.review = 'unreviewed'",
    derived: true,
  },
  {
    what: "clippings that search does not find",
    sql: "SELECT (SELECT count(*) FROM head) - (SELECT count(*) FROM clipping_terms_docsize)",
    derived: true,
  },
  {
    what: "keys for reposts of clippings that are not there",
    sql: "SELECT count(*) FROM duplicate_key WHERE clipping NOT IN (SELECT number FROM clipping)",
    derived: true,
  },
];

function orphans(database: Database.Database): Checked[] {
  const found = ORPHANS.flatMap(({ what, sql, derived }): Checked[] => {
    const count = database.prepare(sql).pluck().get() as number;
    if (count === 0) return [];
    const todo = derived ? "make what is derived anew: jianbao doctor --rebuild" : RESTORE;
    return [{ check: "orphans", state: "error", detail: `${count} ${what}`, todo }];
  });
  return found.length > 0
    ? found
    : [{ check: "orphans", state: "ok", detail: "nothing is left over, nothing is missing" }];
}

function runs(database: Database.Database, { version }: Around): Checked[] {
  const old = database
    .prepare("SELECT count(*) FROM head JOIN run ON run.id = head.run WHERE run.version <> ?")
    .pluck()
    .get(version) as number;
  const waiting = database
    .prepare("SELECT count(*) FROM run JOIN head ON head.clipping = run.clipping WHERE run.id > head.run")
    .pluck()
    .get() as number;
  const failures = database.prepare("SELECT count(*) FROM failure").pluck().get() as number;
  const found: Checked[] = [];
  if (old > 0)
    found.push({
      check: "versions",
      state: "note",
      detail: `${old} clippings were read by another version than ${version}`,
      todo: "jianbao reextract",
    });
  if (waiting > 0)
    found.push({
      check: "versions",
      state: "note",
      detail: `${waiting} clippings were read again and wait`,
      todo: "jianbao reextract --report, then --adopt",
    });
  if (failures > 0)
    found.push({
      check: "failures",
      state: "note",
      detail: `${failures} files could not be read`,
      todo: "jianbao failures",
    });
  return found.length > 0
    ? found
    : [{ check: "versions", state: "ok", detail: `all read by ${version}, nothing waits, nothing failed` }];
}

/** A clock that was set back makes later rows look earlier: order is kept by numbers, but times are told wrongly. */
function clock(database: Database.Database, { now }: Around): Checked[] {
  const latest = database
    .prepare(
      "SELECT max(at) FROM (SELECT max(added_at) AS at FROM clipping UNION ALL SELECT max(ended_at) FROM run UNION ALL SELECT max(decided_at) FROM decision)",
    )
    .pluck()
    .get() as string | null;
  if (latest !== null && Date.parse(latest) > now.getTime() + DAY_MS)
    return [
      {
        check: "clock",
        state: "warning",
        detail: `the store was last written ${latest}, which is still to come`,
        todo: "set this machine's clock; nothing is lost: order is kept by number, not by time",
      },
    ];
  return [
    { check: "clock", state: "ok", detail: latest === null ? "nothing was written yet" : `last written ${latest}` },
  ];
}

function programs({ node, pdfjs }: Around, sqlite: string | undefined): Checked[] {
  const found: Checked[] = [];
  if (sqlite !== undefined && isUnsafeSqlite(sqlite))
    found.push({
      check: "programs",
      state: "error",
      detail: `SQLite ${sqlite} can corrupt a store that two programs write (WAL reset fault)`,
      todo: "npm ci: better-sqlite3 12.11.1 brings 3.53.2",
    });
  if (pdfjs !== undefined && isUnsafePdfjs(pdfjs))
    found.push({
      check: "programs",
      state: "error",
      detail: `pdfjs-dist ${pdfjs} runs JavaScript of hostile PDFs (CVE-2024-4367, CVE-2026-16633)`,
      todo: "npm ci: the lock file has a safe one",
    });
  if (found.length > 0) return found;
  return [
    { check: "programs", state: "ok", detail: `Node ${node}, SQLite ${sqlite ?? "–"}, pdfjs-dist ${pdfjs ?? "–"}` },
  ];
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
