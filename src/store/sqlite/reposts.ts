import type Database from "better-sqlite3";
import { Likeness, MOST_KEYS } from "../sketch.js";

/** Clippings of one key that are looked at, and texts that are compared, for one new clipping: the same however large the store is. */
const PER_KEY = 8;
const COMPARED = 6;

/** Finds and links reposts. Every method is called inside a transaction. */
export class Reposts {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database) {
    this.sql = statementsOf(database);
  }

  /** Links a new clipping to those it reposts, or that repost it. */
  add(clipping: number, keys: readonly number[], normalText: string, fingerprint: string): void {
    let likeness: Likeness | undefined;
    let compared = 0;
    for (const candidate of this.candidates(keys)) {
      // what is linked to one of a work is linked to all of it
      const work = this.workOf(candidate);
      if (work !== null && work === this.workOf(clipping)) continue;
      if (compared++ >= COMPARED) break;
      likeness ??= new Likeness(normalText, fingerprint);
      const other = this.sql.text.get(candidate) as { normal: string; fingerprint: string };
      const similarity = likeness.to(other.normal, other.fingerprint);
      if (similarity === undefined) continue;
      this.sql.repost.run(clipping, candidate, similarity);
      this.join(clipping, candidate);
    }
    for (const key of keys) this.sql.key.run(key, clipping);
  }

  /** Those that share the most keys first, then the oldest. */
  private candidates(keys: readonly number[]): number[] {
    const shared = new Map<number, number>();
    const padded = Array.from({ length: MOST_KEYS }, (_, index) => keys[index] ?? null);
    for (const each of this.sql.sharing.all(padded) as number[]) shared.set(each, (shared.get(each) ?? 0) + 1);
    return [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([clipping]) => clipping);
  }

  private workOf(clipping: number): number | null {
    return (this.sql.work.get(clipping) as number | null | undefined) ?? null;
  }

  private join(a: number, b: number): void {
    const [one, other] = [this.workOf(a), this.workOf(b)];
    if (one === null && other === null) {
      const work = Number(this.sql.newWork.run(b).lastInsertRowid);
      this.sql.setWork.run(work, b);
      this.enter(work, a);
    } else if (one === null) this.enter(other as number, a);
    else if (other === null) this.enter(one, b);
    else this.merge(one, other);
  }

  private enter(work: number, clipping: number): void {
    this.sql.setWork.run(work, clipping);
    this.sql.grow.run(1, work);
    this.prefer(work, clipping);
  }

  private merge(a: number, b: number): void {
    const [large, small] = this.members(a) >= this.members(b) ? [a, b] : [b, a];
    const original = this.sql.originalOf.get(small) as number;
    this.sql.grow.run(this.members(small), large);
    this.sql.relabel.run(large, small);
    this.sql.dropWork.run(small);
    this.prefer(large, original);
  }

  private readonly members = (work: number) => this.sql.members.get(work) as number;

  /** Makes a member the original where it was published before the one that is. */
  private prefer(work: number, clipping: number): void {
    this.sql.prefer.run({ work, clipping });
  }
}

function statementsOf(database: Database.Database) {
  return {
    sharing: database
      .prepare(
        Array.from(
          { length: MOST_KEYS },
          () => `SELECT * FROM (SELECT clipping FROM duplicate_key WHERE key = ? LIMIT ${PER_KEY})`,
        ).join(" UNION ALL "),
      )
      .pluck(),
    key: database.prepare("INSERT OR IGNORE INTO duplicate_key VALUES (?, ?)"),
    text: database.prepare(`
      SELECT coalesce(reading.normal, reading.text) AS normal, clipping.fingerprint FROM head
      JOIN reading ON reading.number = head.reading JOIN clipping ON clipping.number = head.clipping
      WHERE head.clipping = ?`),
    repost: database.prepare("INSERT OR IGNORE INTO repost VALUES (?, ?, ?)"),
    work: database.prepare("SELECT work FROM head WHERE clipping = ?").pluck(),
    setWork: database.prepare("UPDATE head SET work = ? WHERE clipping = ?"),
    newWork: database.prepare("INSERT INTO work (original, members) VALUES (?, 1)"),
    grow: database.prepare("UPDATE work SET members = members + ? WHERE number = ?"),
    relabel: database.prepare("UPDATE head SET work = ? WHERE work = ?"),
    dropWork: database.prepare("DELETE FROM work WHERE number = ?"),
    members: database.prepare("SELECT members FROM work WHERE number = ?").pluck(),
    originalOf: database.prepare("SELECT original FROM work WHERE number = ?").pluck(),
    prefer: database.prepare(`
      UPDATE work SET original = (
        SELECT head.clipping FROM head JOIN clipping ON clipping.number = head.clipping
        WHERE head.clipping IN (work.original, :clipping)
        ORDER BY head.published IS NULL, head.published, clipping.id LIMIT 1)
      WHERE number = :work`),
  };
}
