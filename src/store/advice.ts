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

/** The same for whatever was thrown; undefined where it is no trouble of SQLite. */
export function storeTrouble(cause: unknown): string | undefined {
  const { code } = cause as { code?: unknown };
  return cause instanceof Error && typeof code === "string" && code.startsWith("SQLITE_")
    ? adviceFor(cause)
    : undefined;
}
