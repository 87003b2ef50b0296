import type Database from "better-sqlite3";
import type { Counts } from "../../care.js";

/** Tables that hold what is kept; all others are derived. */
const KEPT = ["clipping", "seen", "reading", "run", "article", "figure", "metadata_edit", "decision", "failure"];

export function countsOf(database: Database.Database): Counts {
  const there = new Set(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  return Object.fromEntries(
    KEPT.filter((table) => there.has(table)).map((table) => [
      table,
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
    ]),
  );
}
