import { readdirSync, readFileSync } from "node:fs";
import type Database from "better-sqlite3";

const FOLDER = new URL("../../../schemas/sql/", import.meta.url);

/** Applies the numbered migrations of schemas/sql that are not applied yet. Safe to repeat, and when two processes start at once. */
export function migrate(database: Database.Database): void {
  database.exec("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT");
  for (const name of migrationNames()) {
    const sql = readFileSync(new URL(name, FOLDER), "utf8");
    database
      .transaction(() => {
        if (database.prepare("SELECT 1 FROM migration WHERE name = ?").get(name)) return;
        database.exec(sql);
        database.prepare("INSERT INTO migration VALUES (?, ?)").run(name, new Date().toISOString());
      })
      .immediate();
  }
}

/** The migrations of this version, in order. */
export const migrationNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort();

/** SQLite 3.7.0–3.51.2 can corrupt a WAL database that two connections write. */
export function isUnsafeSqlite(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const number = major * 1_000_000 + minor * 1000 + patch;
  return number >= 3_007_000 && number < 3_051_003;
}
