import type Database from "better-sqlite3";
import type { Batch, Failure, NewFailure, Review, StoreStatus } from "../store.js";
import { toFailure } from "./rows.js";

const REVIEWS: readonly Review[] = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"];

/** Failures, batches, and what there is in all. */
export class Status {
  constructor(private readonly database: Database.Database) {}

  fail(failure: NewFailure): void {
    this.database
      .prepare(`
        INSERT INTO failure (path, clipping, code, detail, version, catalogue, failed_at)
        VALUES (:path, :clipping, :code, :detail, :version, :catalogue, :at)
        ON CONFLICT (path) DO UPDATE SET clipping = excluded.clipping, code = excluded.code, detail = excluded.detail,
          version = excluded.version, catalogue = excluded.catalogue, attempts = attempts + 1, failed_at = excluded.failed_at`)
      .run({ clipping: null, version: "", catalogue: "", ...failure, at: new Date().toISOString() });
  }

  failures(): Failure[] {
    return (
      this.database.prepare("SELECT * FROM failure ORDER BY path").all() as Parameters<typeof toFailure>[0][]
    ).map(toFailure);
  }

  failure(path: string): Failure | undefined {
    const row = this.database.prepare("SELECT * FROM failure WHERE path = ?").get(path);
    return row ? toFailure(row as Parameters<typeof toFailure>[0]) : undefined;
  }

  beginBatch({ command, paths }: Pick<Batch, "command" | "paths">): number {
    const now = new Date().toISOString();
    return Number(
      this.database
        .prepare("INSERT INTO batch (command, paths, started_at, beat_at) VALUES (?, ?, ?, ?)")
        .run(command, JSON.stringify(paths), now, now).lastInsertRowid,
    );
  }

  updateBatch(number: number, progress: Partial<Pick<Batch, "total" | "done" | "failed">>, ended: boolean): void {
    this.database
      .prepare(`
        UPDATE batch SET total = coalesce(:total, total), done = coalesce(:done, done), failed = coalesce(:failed, failed),
          beat_at = :now, ended_at = CASE WHEN :ended THEN :now ELSE ended_at END WHERE number = :number`)
      .run({
        total: null,
        done: null,
        failed: null,
        ...progress,
        number,
        ended: ended ? 1 : 0,
        now: new Date().toISOString(),
      });
  }

  status(): StoreStatus {
    const one = (sql: string) => this.database.prepare(sql).pluck().get() as number;
    const counts = (sql: string) =>
      Object.fromEntries(this.database.prepare(sql).raw().all() as [string, number][]) as Record<string, number>;
    const reviewed = counts("SELECT review, count(*) FROM observation WHERE review <> 'unreviewed' GROUP BY review");
    const all = one("SELECT count(*) FROM observation");
    const unreviewed = all - Object.values(reviewed).reduce((sum, count) => sum + count, 0);
    return {
      clippings: one("SELECT count(*) FROM head"),
      partial: one("SELECT count(*) FROM head WHERE outcome = 'partial'"),
      byKind: counts("SELECT kind, count(*) FROM clipping GROUP BY kind ORDER BY kind"),
      figures: all - (reviewed["rejected"] ?? 0),
      byReview: Object.fromEntries(
        REVIEWS.map((review) => [review, review === "unreviewed" ? unreviewed : (reviewed[review] ?? 0)]),
      ) as Record<Review, number>,
      decisions: one("SELECT count(*) FROM decision"),
      reposts: one("SELECT coalesce(sum(members - 1), 0) FROM work"),
      runs: this.database
        .prepare(`
          SELECT version, catalogue, count(*) AS clippings FROM head JOIN run ON run.id = head.run
          GROUP BY version, catalogue ORDER BY version, catalogue`)
        .all() as StoreStatus["runs"],
      waiting: one("SELECT count(*) FROM run JOIN head ON head.clipping = run.clipping WHERE run.id > head.run"),
      failures: counts("SELECT code, count(*) FROM failure GROUP BY code ORDER BY code"),
      bytes: one("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
      lastBatch: this.lastBatch(),
    };
  }

  private lastBatch(): Batch | undefined {
    const row = this.database.prepare("SELECT * FROM batch ORDER BY number DESC LIMIT 1").get() as
      | (Omit<Batch, "paths" | "started" | "beat" | "ended"> & {
          paths: string;
          started_at: string;
          beat_at: string;
          ended_at: string | null;
        })
      | undefined;
    if (!row) return undefined;
    const { paths, started_at, beat_at, ended_at, ...rest } = row;
    return { ...rest, paths: JSON.parse(paths) as string[], started: started_at, beat: beat_at, ended: ended_at };
  }
}
