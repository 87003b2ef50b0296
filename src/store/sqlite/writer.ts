import type Database from "better-sqlite3";
import { STAGES } from "../../doc/index.js";
import { prepare } from "../prepare.js";
import type { Extracted, RunVersion, SaveOptions } from "../store.js";
import type { Reposts } from "./reposts.js";
import { boxText } from "./rows.js";
import type { CurrentView } from "./view.js";

/** Writes clippings and runs. Every method is called inside a transaction. */
export class Writer {
  private readonly view: CurrentView;
  private readonly reposts: Reposts;
  private readonly statements: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database, view: CurrentView, reposts: Reposts) {
    this.view = view;
    this.reposts = reposts;
    this.statements = statementsOf(database);
  }

  save(extracted: Extracted, run: RunVersion, options: SaveOptions): "stored" | "known" {
    const sql = this.statements;
    const derived = extracted.derived ?? prepare(extracted);
    const { id, path } = extracted;
    const known = sql.number.get(id) as number | undefined;
    const clipping =
      known ??
      Number(
        sql.clipping.run(
          id,
          extracted.kind,
          path,
          extracted.bytes,
          extracted.encoding,
          derived.fingerprint,
          new Date().toISOString(),
        ).lastInsertRowid,
      );
    sql.seen.run(clipping, path);
    sql.healed.run(path);
    if (known !== undefined && sql.runOf.get(clipping, run.version, run.catalogue, run.given ?? "") !== undefined)
      return "known";
    const reading = this.reading(clipping, extracted);
    const number = this.run(clipping, reading, extracted, run, derived.ids);
    // a clipping that was never read has nothing that waiting could keep
    if (options.waiting && known !== undefined) return "stored";
    const figures = extracted.figures.map((figure, index) => ({
      ...figure,
      id: derived.ids[index] as string,
      start: figure.at.start,
      end: figure.at.end,
    }));
    this.view.makeCurrent(clipping, number, { bodyTerms: derived.bodyTerms, figures });
    if (known === undefined)
      this.reposts.add(clipping, derived.duplicateKeys, extracted.normalText, derived.fingerprint);
    return "stored";
  }

  /** The number of the text as this run read it; runs that read the same share one. */
  private reading(clipping: number, { text, normalText, pages }: Extracted): number {
    const sql = this.statements;
    const same = sql.readingOf.get(clipping, text, normalText) as number | undefined;
    if (same !== undefined) return same;
    const reading = Number(sql.reading.run(clipping, text, normalText === text ? null : normalText).lastInsertRowid);
    for (const page of pages)
      sql.page.run(reading, page.number, page.start, page.end, page.width, page.height, page.read, page.why ?? null);
    return reading;
  }

  private run(
    clipping: number,
    reading: number,
    { about, articles, figures, messages, timings }: Extracted,
    version: RunVersion,
    ids: readonly string[],
  ): number {
    const sql = this.statements;
    const run = Number(
      sql.run.run(
        clipping,
        reading,
        version.version,
        version.catalogue,
        version.given ?? "",
        about.title,
        about.publisher,
        about.published,
        about.region,
        about.url,
        messages.some((message) => message.level === "error") ? "partial" : "complete",
        new Date().toISOString(),
      ).lastInsertRowid,
    );
    if (timings) sql.timing.run(run, ...STAGES.map((stage) => timings[stage]));
    for (const [number, article] of articles.entries())
      sql.article.run(run, number, article.title, article.start, article.end);
    for (const [number, figure] of figures.entries()) {
      sql.figure.run(
        run,
        number,
        ids[number],
        figure.article,
        figure.indicator,
        figure.value,
        figure.unit,
        figure.qualifier,
        figure.region,
        figure.period,
        figure.scope,
        figure.status,
        figure.confidence,
        figure.quote,
        figure.at.start,
        figure.at.end,
        figure.page,
        boxText(figure.boxes ?? figure.box),
        figure.grounding,
      );
      for (const finding of figure.findings) sql.finding.run(run, number, finding.code, finding.level, finding.detail);
    }
    for (const message of messages)
      sql.message.run(
        run,
        message.code,
        message.level,
        message.detail,
        message.at.start,
        message.at.end,
        message.page ?? null,
      );
    return run;
  }
}

/** A stage may be called as a word of SQL. */
const STAGE_COLUMNS = STAGES.map((stage) => `"${stage}"`).join(", ");

const values = (count: number) => `VALUES (${Array.from({ length: count }, () => "?").join(", ")})`;

function statementsOf(database: Database.Database) {
  return {
    number: database.prepare("SELECT number FROM clipping WHERE id = ?").pluck(),
    clipping: database.prepare(
      `INSERT INTO clipping (id, kind, path, bytes, encoding, fingerprint, added_at) ${values(7)}`,
    ),
    seen: database.prepare(`INSERT OR IGNORE INTO seen ${values(2)}`),
    healed: database.prepare("DELETE FROM failure WHERE path = ?"),
    runOf: database
      .prepare("SELECT id FROM run WHERE clipping = ? AND version = ? AND catalogue = ? AND given = ?")
      .pluck(),
    readingOf: database
      .prepare("SELECT number FROM reading WHERE clipping = ? AND text = ? AND coalesce(normal, text) = ?")
      .pluck(),
    reading: database.prepare(`INSERT INTO reading (clipping, text, normal) ${values(3)}`),
    page: database.prepare(
      `INSERT INTO page (reading, number, text_start, text_end, width, height, read_by, why) ${values(8)}`,
    ),
    run: database.prepare(
      `INSERT INTO run (clipping, reading, version, catalogue, given, title, publisher, published, region, url, outcome, ended_at) ${values(12)}`,
    ),
    timing: database.prepare(`INSERT INTO timing (run, ${STAGE_COLUMNS}) ${values(STAGES.length + 1)}`),
    article: database.prepare(`INSERT INTO article ${values(5)}`),
    figure: database.prepare(`INSERT INTO figure ${values(19)}`),
    finding: database.prepare(`INSERT INTO finding ${values(5)}`),
    message: database.prepare(`INSERT INTO message ${values(7)}`),
  };
}
