import type Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import type { Metadata } from "../../doc/index.js";
import type { Decision, DecisionInput } from "../decision.js";
import type { House } from "../house.js";
import type {
  Batch,
  ClippingQuery,
  ComparedFigure,
  Extracted,
  Failure,
  FigureHistory,
  FigureQuery,
  NewFailure,
  Repost,
  RunChange,
  RunVersion,
  SaveOptions,
  SearchQuery,
  SearchResult,
  Store,
  StoredClipping,
  StoredFigure,
  StoredPage,
  StoreStatus,
} from "../store.js";
import { clippingQuery, clippingsQuery, numberedClippingsQuery } from "./clippings.js";
import { connect, stream } from "./connection.js";
import { Decisions } from "./decisions.js";
import { SqliteDesk } from "./desk/index.js";
import { type ComparedRow, comparedQuery, compiled, figureQuery, figuresQuery } from "./figures.js";
import { SqliteLists } from "./lists/index.js";
import { DERIVED_VERSION, rebuild } from "./rebuild.js";
import { Reposts } from "./reposts.js";
import {
  type ClippingWithHead,
  type FigureWithClipping,
  toComparedFigure,
  toDecision,
  toStoredClipping,
  toStoredFigure,
} from "./rows.js";
import { Runs } from "./runs.js";
import type { DecisionRow, Tables } from "./schema.js";
import { Search } from "./search.js";
import { Status } from "./status.js";
import { CurrentView, DECISIONS } from "./view.js";
import { Writer } from "./writer.js";

/** Opens or makes a store in one SQLite file. Throws StoreError when that cannot be done. */
export function openSqliteStore(path: string): Store {
  return new SqliteStore(connect(path));
}

/** A store with its lists and its desk, over one connection; closing the store closes all. Throws StoreError. */
export function openSqliteHouse(path: string): House {
  const database = connect(path);
  return { store: new SqliteStore(database), lists: new SqliteLists(database), desk: new SqliteDesk(database) };
}

/** Readings go through built queries, writings through statements prepared once. */
class SqliteStore implements Store {
  private readonly db: Kysely<Tables>;
  private readonly view: CurrentView;
  private readonly duplicates: Reposts;
  private readonly writer: Writer;
  private readonly decisions: Decisions;
  private readonly runs: Runs;
  private readonly finder: Search;
  private readonly state: Status;

  constructor(private readonly database: Database.Database) {
    this.db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    this.view = new CurrentView(database);
    this.duplicates = new Reposts(database);
    this.writer = new Writer(database, this.view, this.duplicates);
    this.decisions = new Decisions(database, this.view);
    this.runs = new Runs(database, this.view);
    this.finder = new Search(database);
    this.state = new Status(database);
    const isCurrent = () => database.pragma("user_version", { simple: true }) === DERIVED_VERSION;
    if (!isCurrent()) this.view.write(() => isCurrent() || rebuild(database, this.view, this.duplicates));
  }

  async save(extracted: Extracted, run: RunVersion, options: SaveOptions = {}): Promise<"stored" | "known"> {
    return this.view.write(() => this.writer.save(extracted, run, options));
  }

  async saveAll(extracted: readonly Extracted[], run: RunVersion, options: SaveOptions = {}) {
    return this.view.write(() => extracted.map((each) => this.writer.save(each, run, options)));
  }

  async has(clipping: string, { version, catalogue, given }: RunVersion): Promise<boolean> {
    return (
      this.one<number>(
        `SELECT 1 FROM run WHERE clipping = (SELECT number FROM clipping WHERE id = ?)
          AND version = ? AND catalogue = ? AND given = coalesce(?, given)`,
        clipping,
        version,
        catalogue,
        given ?? null,
      ) !== undefined
    );
  }

  async seen(...sightings: { readonly clipping: string; readonly path: string }[]): Promise<void> {
    const note = this.statement("INSERT OR IGNORE INTO seen SELECT number, ? FROM clipping WHERE id = ?");
    this.view.write(() => {
      for (const { clipping, path } of sightings) note.run(path, clipping);
    });
  }

  async paths(clipping: string): Promise<readonly string[]> {
    return this.statement(
      "SELECT path FROM seen WHERE clipping = (SELECT number FROM clipping WHERE id = ?) ORDER BY path",
    )
      .pluck()
      .all(clipping) as string[];
  }

  async figures(query: FigureQuery): Promise<readonly StoredFigure[]> {
    return (await figuresQuery(query).execute(this.db)).rows.map(toStoredFigure);
  }

  async compared(query: FigureQuery): Promise<readonly ComparedFigure[]> {
    const { text, parameters } = compiled(this.db, comparedQuery(query));
    return (
      this.statement(text)
        .raw()
        .all(...parameters) as ComparedRow[]
    ).map(toComparedFigure);
  }

  async *eachFigure(query: FigureQuery): AsyncIterable<StoredFigure> {
    const { text, parameters } = compiled(this.db, figuresQuery(query));
    for (const row of stream(this.database, text, parameters)) yield toStoredFigure(row as FigureWithClipping);
  }

  async figure(id: string): Promise<StoredFigure | undefined> {
    const { rows } = await figureQuery(id).execute(this.db);
    const exact = rows.find((row) => row.id === id) ?? (rows.length === 1 ? rows[0] : undefined);
    return exact ? toStoredFigure(exact) : undefined;
  }

  async history(id: string): Promise<FigureHistory | undefined> {
    const found = this.runs.history(id);
    if (!found) return undefined;
    const { ids, ...history } = found;
    const decisions = new Set(history.decisions.map((decision) => decision.id));
    const now = (await this.figures({ clipping: history.clipping, review: EVERY_REVIEW })).find(
      (figure) => ids.has(figure.id) || (figure.decision !== null && decisions.has(figure.decision)),
    );
    return { ...history, now };
  }

  async clippings(query: ClippingQuery = {}): Promise<readonly StoredClipping[]> {
    return (await clippingsQuery(query).execute(this.db)).rows.map(toStoredClipping);
  }

  async *eachClipping(query: ClippingQuery = {}): AsyncIterable<StoredClipping> {
    const { text, parameters } = compiled(this.db, clippingsQuery(query));
    for (const row of stream(this.database, text, parameters)) yield toStoredClipping(row as ClippingWithHead);
  }

  async clipping(id: string): Promise<StoredClipping | undefined> {
    const [row] = (await clippingQuery(id).execute(this.db)).rows;
    return row ? toStoredClipping(row) : undefined;
  }

  async text(clipping: string): Promise<string | undefined> {
    return this.one<string>(`SELECT text ${READING_OF}`, clipping);
  }

  async normalText(clipping: string): Promise<string | undefined> {
    return this.one<string>(`SELECT coalesce(normal, text) ${READING_OF}`, clipping);
  }

  async pages(clipping: string): Promise<readonly StoredPage[]> {
    return this.database.prepare(PAGES).all(clipping) as StoredPage[];
  }

  async *reposts(clipping?: string): AsyncIterable<Repost> {
    const where =
      clipping === undefined
        ? ""
        : "WHERE repost.a = (SELECT number FROM clipping WHERE id = ?) OR repost.b = (SELECT number FROM clipping WHERE id = ?)";
    const text = `
      SELECT later.id AS clipping, earlier.id AS "of", repost.similarity FROM repost
      JOIN clipping AS later ON later.number = repost.a JOIN clipping AS earlier ON earlier.number = repost.b
      ${where} ORDER BY later.path, later.id, earlier.path, earlier.id`;
    for (const row of stream(this.database, text, clipping === undefined ? [] : [clipping, clipping]))
      yield row as Repost;
  }

  async search(query: SearchQuery): Promise<SearchResult> {
    const { hits, next } = this.finder.find(query);
    const { rows } = await numberedClippingsQuery(hits.map((hit) => hit.clipping)).execute(this.db);
    const clippings = new Map(rows.map((row) => [row.number, toStoredClipping(row)]));
    return {
      hits: hits.map(({ clipping, ...hit }) => ({ clipping: clippings.get(clipping) as StoredClipping, ...hit })),
      next,
    };
  }

  async describe(clipping: string, metadata: Partial<Metadata>, editor: string): Promise<void> {
    const before = await this.described(clipping);
    this.view.write(() => {
      const number = this.one<number>("SELECT number FROM clipping WHERE id = ?", clipping);
      if (number === undefined) return;
      const nothing: Metadata = { title: null, publisher: null, published: null, region: null, url: null };
      const given = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
      this.statement(`
        INSERT INTO metadata_edit (clipping, title, publisher, published, region, url, editor, edited_at)
        VALUES (:number, :title, :publisher, :published, :region, :url, :editor, :at)`).run({
        ...nothing,
        ...before,
        ...given,
        number,
        editor,
        at: new Date().toISOString(),
      });
      this.view.describeAgain(number);
    });
  }

  async described(clipping: string): Promise<Metadata | undefined> {
    return this.statement(`
      SELECT title, publisher, published, region, url FROM metadata_edit
      WHERE clipping = (SELECT number FROM clipping WHERE id = ?) ORDER BY number DESC LIMIT 1`).get(clipping) as
      | Metadata
      | undefined;
  }

  async decide(input: DecisionInput): Promise<Decision> {
    return this.view.write(() => this.decisions.decide(input));
  }

  async addDecisions(decisions: readonly Decision[]): Promise<{ added: number; known: number }> {
    return this.view.write(() => this.decisions.addAll(decisions));
  }

  async *eachDecision(clipping?: string): AsyncIterable<Decision> {
    const text = `${DECISIONS} ${clipping === undefined ? "" : "WHERE clipping.id = ?"} ORDER BY decision.number`;
    for (const row of stream(this.database, text, clipping === undefined ? [] : [clipping]))
      yield toDecision(row as DecisionRow);
  }

  async awaiting(run: RunVersion): Promise<readonly string[]> {
    return this.runs.waiting(run).map(({ id }) => id);
  }

  async *waiting(run: RunVersion): AsyncIterable<RunChange> {
    for (const { clipping } of this.runs.waiting(run)) {
      const change = this.runs.change(clipping, run);
      if (change) yield change;
    }
  }

  async adopt(clippings: readonly string[], run: RunVersion): Promise<void> {
    this.view.write(() => this.runs.adopt(clippings, run));
  }

  async fail(...failures: NewFailure[]): Promise<void> {
    this.view.write(() => {
      for (const failure of failures) this.state.fail(failure);
    });
  }

  async failures(): Promise<readonly Failure[]> {
    return this.state.failures();
  }

  async failure(path: string): Promise<Failure | undefined> {
    return this.state.failure(path);
  }

  async beginBatch(batch: Pick<Batch, "command" | "paths">): Promise<number> {
    return this.view.write(() => this.state.beginBatch(batch));
  }

  async updateBatch(
    number: number,
    progress: Partial<Pick<Batch, "total" | "done" | "failed">>,
    ended = false,
  ): Promise<void> {
    this.view.write(() => this.state.updateBatch(number, progress, ended));
  }

  async status(): Promise<StoreStatus> {
    return this.state.status();
  }

  async rebuild(): Promise<void> {
    this.view.write(() => rebuild(this.database, this.view, this.duplicates));
  }

  async close(): Promise<void> {
    await this.db.destroy();
    // which closes it only where a built query has run
    this.database.close();
  }

  private readonly prepared = new Map<string, Database.Statement>();

  private statement(text: string): Database.Statement {
    let statement = this.prepared.get(text);
    if (!statement) {
      statement = this.database.prepare(text);
      this.prepared.set(text, statement);
    }
    return statement;
  }

  private one<T>(text: string, ...parameters: unknown[]): T | undefined {
    return this.statement(text)
      .pluck()
      .get(...parameters) as T | undefined;
  }
}

const EVERY_REVIEW = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"] as const;

const READING_OF = `
  FROM reading WHERE number = (
    SELECT reading FROM head JOIN clipping ON clipping.number = head.clipping WHERE clipping.id = ?)`;
const PAGES = `SELECT page.number, text_start AS start, text_end AS "end", width, height, read_by AS read, why
  FROM page JOIN head ON head.reading = page.reading JOIN clipping ON clipping.number = head.clipping
  WHERE clipping.id = ? ORDER BY page.number`;
