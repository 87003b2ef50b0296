import type Database from "better-sqlite3";
import type { Finding, Metadata } from "../../doc/index.js";
import { currentView, type RunFigure, type ViewFigure } from "../current-view.js";
import type { Decision } from "../decision.js";
import { boundsOf } from "../period-bounds.js";
import { termsOf } from "../terms.js";
import { write } from "./connection.js";
import { boxText, toDecision, toFinding, toRunFigure } from "./rows.js";
import type { DecisionRow, FigureRow } from "./schema.js";

/** Columns of a decision, with its clipping's SHA-256 for its number. */
export const DECISIONS = `
  SELECT decision.*, clipping.id AS clipping FROM decision JOIN clipping ON clipping.number = decision.clipping`;

interface HeadRow {
  readonly run: number;
  readonly reading: number;
  readonly title: string | null;
  readonly published: string | null;
}

/** Writes what is current of a clipping. Every method is called inside a transaction. */
export class CurrentView {
  private readonly sql: ReturnType<typeof statementsOf>;

  /** Every statement that may be undone alone makes FTS5 write out what it has gathered: terms wait for the end. */
  private readonly unwritten: { clipping: number; title: string; all: string; drop: boolean }[] = [];

  constructor(private readonly database: Database.Database) {
    this.sql = statementsOf(database);
  }

  /** Runs work that writes, in a transaction. */
  write<T>(work: () => T): T {
    try {
      return write(this.database, () => {
        const result = work();
        for (const { clipping, title, all, drop } of this.unwritten) {
          if (drop) {
            this.sql.dropTerms.run(clipping);
            this.sql.dropTitle.run(clipping);
          }
          this.sql.addTerms.run(clipping, all);
          if (title !== "") this.sql.addTitle.run(clipping, title);
        }
        return result;
      });
    } finally {
      this.unwritten.length = 0;
    }
  }

  /**
   * Makes a run the current one of its clipping. `known`: its text's terms and
   * its figures, where they are in hand. `anew`: nothing derived is there yet.
   */
  makeCurrent(
    clipping: number,
    run: number,
    { bodyTerms, figures, anew = false }: { bodyTerms?: string; figures?: readonly RunFigure[]; anew?: boolean } = {},
  ): void {
    const before = this.sql.head.get(clipping) as HeadRow | undefined;
    const row = this.sql.run.get(run) as Metadata & { reading: number; outcome: string };
    const about = this.aboutOf(clipping, row);
    this.sql.setHead.run({ ...about, clipping, run, reading: row.reading, outcome: row.outcome });
    if (anew || before?.reading !== row.reading || before.title !== about.title) {
      const body = bodyTerms ?? termsOf(this.sql.normal.get(row.reading) as string);
      const title = termsOf(about.title ?? "");
      this.unwritten.push({ clipping, title, all: `${title} ${body}`, drop: before !== undefined && !anew });
    }
    if (before && before.published !== about.published) this.sql.original.run(clipping);
    this.refresh(clipping, figures);
  }

  /** Makes the metadata of a clipping anew from its current run and what people told of it. */
  describeAgain(clipping: number): void {
    const head = this.sql.head.get(clipping) as HeadRow | undefined;
    if (head) this.makeCurrent(clipping, head.run);
  }

  private aboutOf(clipping: number, run: Metadata): Metadata {
    const edit = this.sql.edit.get(clipping) as Metadata | undefined;
    return {
      title: edit?.title ?? run.title,
      publisher: edit?.publisher ?? run.publisher,
      published: edit?.published ?? run.published,
      region: edit?.region ?? run.region,
      url: edit?.url ?? run.url,
    };
  }

  /** Makes the figures of a clipping anew from its current run and its decisions. */
  refresh(clipping: number, figures?: readonly RunFigure[]): void {
    const head = this.sql.head.get(clipping) as HeadRow;
    const view = this.viewOf(head.run, head.reading, this.decisions(clipping), figures);
    this.sql.clear.run(clipping);
    for (const figure of view) this.insert(clipping, head.run, figure);
    this.sql.count.run(view.filter(({ review }) => review !== "rejected").length, clipping);
  }

  /** What a clipping would say if this run were its current one. */
  viewOf(
    run: number,
    reading: number,
    decisions: readonly Decision[],
    figures: readonly RunFigure[] = this.figuresOf(run),
  ): ViewFigure[] {
    if (decisions.length === 0) return currentView(figures, decisions);
    const text = this.sql.text.get(reading) as string;
    return currentView(figures, decisions, ({ start, end, quote }) => text.slice(start, end) === quote);
  }

  figuresOf(run: number): RunFigure[] {
    const findings = new Map<number, Finding[]>();
    for (const row of this.sql.findings.all(run) as { figure: number; code: string; level: string; detail: string }[]) {
      const known = findings.get(row.figure);
      if (known) known.push(toFinding(row));
      else findings.set(row.figure, [toFinding(row)]);
    }
    return (this.sql.figures.all(run) as FigureRow[]).map((row) => toRunFigure(row, findings.get(row.number) ?? []));
  }

  decisions(clipping: number): Decision[] {
    return (this.sql.decisions.all(clipping) as DecisionRow[]).map(toDecision);
  }

  private insert(clipping: number, run: number, figure: ViewFigure): void {
    const bounds = boundsOf(figure.period);
    const headline = figure.scope === null && figure.status === "actual" && figure.review !== "rejected";
    this.sql.observation.run(
      figure.id,
      clipping,
      run,
      figure.article,
      figure.indicator,
      figure.value,
      figure.unit,
      figure.qualifier,
      figure.region,
      figure.period,
      bounds.start,
      bounds.end,
      figure.scope,
      figure.status,
      figure.confidence,
      figure.quote,
      figure.start,
      figure.end,
      figure.page,
      boxText(figure.boxes ?? figure.box),
      figure.grounding,
      figure.findings.length > 0 ? JSON.stringify(figure.findings) : null,
      figure.review,
      figure.decision,
      headline ? 1 : 0,
    );
  }
}

function statementsOf(database: Database.Database) {
  return {
    head: database.prepare("SELECT run, reading, title, published FROM head WHERE clipping = ?"),
    run: database.prepare("SELECT reading, outcome, title, publisher, published, region, url FROM run WHERE id = ?"),
    edit: database.prepare(
      "SELECT title, publisher, published, region, url FROM metadata_edit WHERE clipping = ? ORDER BY number DESC LIMIT 1",
    ),
    setHead: database.prepare(`
      INSERT INTO head (clipping, run, reading, title, publisher, published, region, url, outcome, figures)
      VALUES (:clipping, :run, :reading, :title, :publisher, :published, :region, :url, :outcome, 0)
      ON CONFLICT (clipping) DO UPDATE SET run = excluded.run, reading = excluded.reading, title = excluded.title,
        publisher = excluded.publisher, published = excluded.published, region = excluded.region, url = excluded.url,
        outcome = excluded.outcome`),
    // the original of a work is the earliest published, then the smallest id
    original: database.prepare(`
      UPDATE work SET original = (
        SELECT head.clipping FROM head JOIN clipping ON clipping.number = head.clipping
        WHERE head.work = work.number ORDER BY head.published IS NULL, head.published, clipping.id LIMIT 1)
      WHERE number = (SELECT work FROM head WHERE clipping = ?)`),
    normal: database.prepare("SELECT coalesce(normal, text) FROM reading WHERE number = ?").pluck(),
    text: database.prepare("SELECT text FROM reading WHERE number = ?").pluck(),
    addTerms: database.prepare("INSERT INTO clipping_terms (rowid, terms) VALUES (?, ?)"),
    addTitle: database.prepare("INSERT INTO title_terms (rowid, terms) VALUES (?, ?)"),
    dropTerms: database.prepare("DELETE FROM clipping_terms WHERE rowid = ?"),
    dropTitle: database.prepare("DELETE FROM title_terms WHERE rowid = ?"),
    figures: database.prepare("SELECT * FROM figure WHERE run = ? ORDER BY number"),
    findings: database.prepare("SELECT figure, code, level, detail FROM finding WHERE run = ? ORDER BY rowid"),
    decisions: database.prepare(`${DECISIONS} WHERE decision.clipping = ? ORDER BY decision.number`),
    clear: database.prepare("DELETE FROM observation WHERE clipping = ?"),
    count: database.prepare("UPDATE head SET figures = ? WHERE clipping = ?"),
    observation: database.prepare(`
      INSERT INTO observation (id, clipping, run, article, indicator, value, unit, qualifier, region, period, period_start,
        period_end, scope, status, confidence, quote, text_start, text_end, page, box, grounding, findings, review, decision, headline)
      VALUES (${Array.from({ length: 25 }, () => "?").join(", ")})`),
  };
}
