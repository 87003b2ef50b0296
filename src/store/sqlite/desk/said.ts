import type Database from "better-sqlite3";
import type { Decision } from "../../decision.js";
import { type Comment, DeskError, type Opinion, type Upload } from "../../desk.js";
import { toDecision, toMeaning } from "../rows.js";
import type { DecisionRow, MeaningRow } from "../schema.js";
import { newId } from "./users.js";

type OpinionRow = MeaningRow & {
  id: string;
  clipping: string;
  figure: string;
  decision: string;
  reviewer: string;
  kind: Opinion["kind"];
  reason: string | null;
  made_at: string;
  agrees: number;
};

const toOpinion = (row: OpinionRow): Opinion => ({
  id: row.id,
  clipping: row.clipping,
  figure: row.figure,
  decision: row.decision,
  reviewer: row.reviewer,
  kind: row.kind,
  is: toMeaning(row),
  reason: row.reason,
  at: row.made_at,
  agrees: row.agrees === 1,
});
const toComment = ({ made_at, ...row }: Omit<Comment, "at"> & { made_at: string }): Comment => ({
  ...row,
  at: made_at,
});
const now = () => new Date().toISOString();

/** Comments, opinions, settings, uploads. What writes is called inside a transaction. */
export class Said {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database) {
    this.sql = statementsOf(database);
  }

  addComment({ clipping, figure, author, text, link }: Omit<Comment, "id" | "at">): Comment {
    const comment = { id: newId(), clipping, figure, author, text, link, at: now() };
    this.sql.addComment.run(comment.id, this.numberOf(clipping), figure, author, text, link, comment.at);
    return comment;
  }

  comments({ figure, clipping }: { figure?: string; clipping?: string }, limit: number, before?: string): Comment[] {
    const statement = figure === undefined ? this.sql.ofClipping : this.sql.ofFigure;
    const of = figure ?? clipping ?? null;
    return (statement.all({ of, limit, before: before ?? null }) as Parameters<typeof toComment>[0][]).map(toComment);
  }

  addOpinion(opinion: Omit<Opinion, "id" | "at">): Opinion {
    const { clipping, figure, decision, reviewer, kind, is, reason, agrees } = opinion;
    if (this.sql.opinionOn.get(decision)) throw new DeskError("taken", `${decision} has a second opinion already`);
    const whole = { ...opinion, id: newId(), at: now() };
    this.sql.addOpinion.run({
      ...is,
      ...{ id: whole.id, clipping: this.numberOf(clipping), figure, decision, reviewer, kind, reason },
      ...{ at: whole.at, agrees: agrees ? 1 : 0 },
    });
    return whole;
  }

  opinions(figure: string): Opinion[] {
    return (this.sql.opinions.all(figure) as OpinionRow[]).map(toOpinion);
  }

  pairs(): { first: Decision; second: Opinion; open: boolean }[] {
    return (this.sql.allOpinions.all() as (OpinionRow & { current: string | null })[]).map((row) => ({
      first: toDecision(this.sql.decision.get(row.decision) as DecisionRow),
      second: toOpinion(row),
      open: row.agrees === 0 && row.current === row.decision,
    }));
  }

  setting(name: string): string | undefined {
    return this.sql.setting.get(name) as string | undefined;
  }

  set(name: string, value: string): void {
    this.sql.set.run(name, value);
  }

  addUploads(uploads: readonly Omit<Upload, "at">[]): void {
    const at = now();
    for (const { clipping, name, bytes, by } of uploads) this.sql.addUpload.run(clipping, name, bytes, by, at);
  }

  uploadNames(clippings: readonly string[]): Map<string, string> {
    return new Map(this.sql.uploadNames.raw().all(JSON.stringify(clippings)) as [string, string][]);
  }

  private numberOf(clipping: string): number {
    const number = this.sql.clipping.get(clipping) as number | undefined;
    if (number === undefined) throw new DeskError("unknown", `there is no clipping ${clipping}`);
    return number;
  }
}

const COMMENTS = `
  SELECT comment.id, clipping.id AS clipping, comment.figure, comment.author, comment.text, comment.link, comment.made_at
  FROM comment JOIN clipping ON clipping.number = comment.clipping`;
const OLDER = `
  AND (:before IS NULL OR comment.number < (SELECT number FROM comment WHERE id = :before))
  ORDER BY comment.number DESC LIMIT :limit`;
const OPINIONS =
  "SELECT opinion.*, clipping.id AS clipping FROM opinion JOIN clipping ON clipping.number = opinion.clipping";

function statementsOf(database: Database.Database) {
  return {
    clipping: database.prepare("SELECT number FROM clipping WHERE id = ?").pluck(),
    addComment: database.prepare(
      "INSERT INTO comment (id, clipping, figure, author, text, link, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    ofFigure: database.prepare(`${COMMENTS} WHERE comment.figure = :of ${OLDER}`),
    ofClipping: database.prepare(`${COMMENTS} WHERE (:of IS NULL OR clipping.id = :of) ${OLDER}`),
    opinionOn: database.prepare("SELECT 1 FROM opinion WHERE decision = ?"),
    addOpinion: database.prepare(`
      INSERT INTO opinion (id, clipping, figure, decision, reviewer, kind, indicator, value, unit, qualifier, region, period,
        scope, status, reason, made_at, agrees)
      VALUES (:id, :clipping, :figure, :decision, :reviewer, :kind, :indicator, :value, :unit, :qualifier, :region, :period,
        :scope, :status, :reason, :at, :agrees)`),
    opinions: database.prepare(`${OPINIONS} WHERE opinion.figure = ? ORDER BY opinion.number`),
    allOpinions: database.prepare(`
      SELECT opinion.*, clipping.id AS clipping,
        (SELECT observation.decision FROM observation WHERE observation.id = opinion.figure) AS current
      FROM opinion JOIN clipping ON clipping.number = opinion.clipping ORDER BY opinion.number`),
    decision: database.prepare(`
      SELECT decision.*, clipping.id AS clipping FROM decision JOIN clipping ON clipping.number = decision.clipping
      WHERE decision.id = ?`),
    setting: database.prepare("SELECT value FROM setting WHERE name = ?").pluck(),
    set: database.prepare(
      "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    ),
    addUpload: database.prepare("INSERT INTO upload (clipping, name, bytes, by, made_at) VALUES (?, ?, ?, ?, ?)"),
    uploadNames: database.prepare(`
      SELECT clipping, name FROM upload WHERE number IN (
        SELECT max(number) FROM upload WHERE clipping IN (SELECT value FROM json_each(?)) GROUP BY clipping)`),
  };
}
