import type Database from "better-sqlite3";
import { Kysely, type RawBuilder, SqliteDialect, sql } from "kysely";
import type { Decision } from "../../decision.js";
import type {
  ClippingFilter,
  ClippingParts,
  CoverageFilter,
  DecisionFilter,
  FigureSort,
  Listed,
  ListedFigure,
  ListFilter,
  Lists,
  Part,
  Queued,
  QueueFilter,
} from "../../lists.js";
import { TURNS } from "../../lists.js";
import { boundsOf } from "../../period-bounds.js";
import type { StoredClipping, StoredFigure } from "../../store.js";
import { clippingsWhere, type ListedClippingRow } from "../clippings.js";
import { stream, write } from "../connection.js";
import { compiled, overlap, regionRange } from "../figures.js";
import { toDecision, toStoredClipping } from "../rows.js";
import type { DecisionRow, Tables } from "../schema.js";
import { DECISIONS } from "../view.js";
import { Counts } from "./counts.js";
import {
  besideQuery,
  countQuery,
  eachQuery,
  keyOf,
  type ListedRow,
  listQuery,
  oneQuery,
  toListedFigure,
} from "./figures.js";
import { after, cursorOf, type Key, type KeyValue, orderBy, readCursor } from "./keyset.js";
import { queueKey, queueQuery, secondQuery } from "./queue.js";
import { Settling } from "./settle.js";

/** Characters of ids: two of them tell 1024 figures apart. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const ENDINGS = [...ALPHABET].flatMap((a) => [...ALPHABET].map((b) => a + b));

/** Lists over one connection. */
export class SqliteLists implements Lists {
  private readonly db: Kysely<Tables>;
  private readonly counts: Counts;
  private readonly settling: Settling;
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(private readonly database: Database.Database) {
    this.db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    this.counts = new Counts(database);
    this.settling = new Settling(database);
    this.sql = statementsOf(database);
  }

  async figures(filter: ListFilter, sort: FigureSort, part: Part): Promise<Listed<ListedFigure>> {
    const rows = await this.rows(listQuery(filter, sort, part));
    return pageOf(rows, part, (row) => keyOf(filter, sort, row), toListedFigure);
  }

  async *eachFigure(filter: ListFilter): AsyncIterable<ListedFigure> {
    const { text, parameters } = compiled(this.db, eachQuery(filter));
    for (const row of stream(this.database, text, parameters)) yield toListedFigure(row as ListedRow);
  }

  async count(filter: ListFilter): Promise<number> {
    const [row] = await this.rows(countQuery(filter));
    return row?.count ?? 0;
  }

  async figure(id: string): Promise<ListedFigure | undefined> {
    const [row] = await this.rows(oneQuery(id));
    return row && toListedFigure(row);
  }

  async beside({
    indicator,
    region,
    period,
    work,
  }: Pick<StoredFigure, "indicator" | "region" | "period" | "work">): Promise<readonly ListedFigure[]> {
    if (region === null || period === null) return [];
    const { end } = boundsOf(period);
    return (await this.rows(besideQuery({ indicator, region, period, end, work }))).map(toListedFigure);
  }

  async queue(filter: QueueFilter, part: Part): Promise<Listed<Queued>> {
    const rows = await this.rows(queueQuery(filter, part));
    return pageOf(rows, part, queueKey, (row) => ({
      figure: toListedFigure(row),
      turn: TURNS[row.turn ?? 0] ?? "rest",
    }));
  }

  async dueForSecond(reviewer: string, share: number, except: readonly string[], limit: number) {
    const drawn = ENDINGS.slice(0, Math.round(share * ENDINGS.length));
    return (await this.rows(secondQuery(reviewer, drawn, except, limit))).map(toListedFigure);
  }

  async progress() {
    return this.counts.progress();
  }
  async judged() {
    return this.counts.judged();
  }
  async byRegion() {
    return this.counts.byRegion();
  }
  async byIndicator() {
    return this.counts.byIndicator();
  }
  async coverage(filter: CoverageFilter) {
    return this.counts.coverage(filter);
  }
  async extent() {
    return this.counts.extent();
  }

  async clippings(filter: ClippingFilter, newestFirst: boolean, part: Part): Promise<Listed<StoredClipping>> {
    const keys: readonly Key[] = newestFirst
      ? [{ sql: sql`clipping.number`, descending: true }]
      : [{ sql: sql`clipping.path` }, { sql: sql`clipping.id` }];
    const more = part.after === undefined ? undefined : after(keys, readCursor(part.after, keys.length));
    const rows = await this.rows(
      sql<ListedClippingRow>`${clippingsWhere(filter, more)} ${orderBy(keys)} LIMIT ${part.limit + 1}`,
    );
    return pageOf(rows, part, (row) => (newestFirst ? [row.number] : [row.path, row.id]), toStoredClipping);
  }

  async clippingCount(filter: ClippingFilter): Promise<number> {
    if (Object.values(filter).every((value) => value === undefined)) return this.sql.heads.get() as number;
    const [row] = await this.rows(sql<{ count: number }>`SELECT count(*) AS count FROM (${clippingsWhere(filter)})`);
    return row?.count ?? 0;
  }

  async parts(clipping: string): Promise<ClippingParts | undefined> {
    const head = this.sql.head.get(clipping) as { run: number; reading: number; encoding: string | null } | undefined;
    if (!head) return undefined;
    return {
      encoding: head.encoding,
      pages: this.sql.pages.all(head.reading) as ClippingParts["pages"],
      articles: this.sql.articles.all(head.run) as ClippingParts["articles"],
      messages: this.sql.messages.all(head.run) as ClippingParts["messages"],
    };
  }

  async decisions({ figure, clipping, reviewer }: DecisionFilter, part: Part): Promise<Listed<Decision>> {
    const keys: readonly Key[] = [{ sql: sql`decision.number`, descending: true }];
    const where = [
      ...(figure === undefined ? [] : [sql`decision.figure = ${figure}`]),
      ...(clipping === undefined ? [] : [sql`clipping.id = ${clipping}`]),
      ...(reviewer === undefined ? [] : [sql`decision.reviewer = ${reviewer}`]),
      ...(part.after === undefined ? [] : [after(keys, readCursor(part.after, keys.length))]),
    ];
    const rows = await this.rows(sql<DecisionRow>`${sql.raw(DECISIONS)}
      ${where.length > 0 ? sql`WHERE ${sql.join(where, sql` AND `)}` : sql``} ${orderBy(keys)} LIMIT ${part.limit + 1}`);
    return pageOf(rows, part, (row) => [row.number], toDecision);
  }

  async decision(id: string): Promise<Decision | undefined> {
    const row = this.sql.decision.get(id) as DecisionRow | undefined;
    return row && toDecision(row);
  }

  async contestedPlaces(filter: { indicators?: readonly string[]; within?: string; period?: string }, part: Part) {
    type Row = { indicator: string; region: string; period: string };
    const keys: readonly Key[] = [{ sql: sql`o.indicator` }, { sql: sql`o.region` }, { sql: sql`o.period` }];
    const where: RawBuilder<unknown>[] = [sql`o.contested = 1`, ...overlap(filter, "o")];
    if (filter.indicators?.length)
      where.push(sql`o.indicator IN (${sql.join(filter.indicators.map((each) => sql`${each}`))})`);
    if (filter.within) {
      const { from, to } = regionRange(filter.within);
      where.push(sql`o.region >= ${from} AND o.region < ${to}`);
    }
    if (part.after !== undefined) where.push(after(keys, readCursor(part.after, keys.length)));
    const rows = await this.rows(sql<Row>`
      SELECT DISTINCT o.indicator, o.region, o.period FROM observation AS o INDEXED BY observation_contested
      WHERE ${sql.join(where, sql` AND `)} ${orderBy(keys)} LIMIT ${part.limit + 1}`);
    return pageOf(
      rows,
      part,
      (row) => [row.indicator, row.region, row.period],
      (row) => row,
    );
  }

  async settle(places: number): Promise<number> {
    if (!this.settling.isDue) return 0;
    return write(this.database, () => this.settling.settle(places));
  }

  stamp(): number {
    // of other connections, and of this one
    return (this.sql.version.get() as number) * 2 ** 32 + (this.sql.changes.get() as number);
  }

  private async rows<T>(query: RawBuilder<T>): Promise<readonly T[]> {
    return (await query.execute(this.db)).rows as readonly T[];
  }
}

function pageOf<R, T>(
  rows: readonly R[],
  { limit }: Part,
  keyOfRow: (row: R) => KeyValue[],
  toItem: (row: R) => T,
): Listed<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? cursorOf(keyOfRow(last)) : null };
}

function statementsOf(database: Database.Database) {
  return {
    heads: database.prepare("SELECT count(*) FROM head").pluck(),
    head: database.prepare(`
      SELECT head.run, head.reading, clipping.encoding FROM clipping JOIN head ON head.clipping = clipping.number
      WHERE clipping.id = ?`),
    pages: database.prepare(`
      SELECT number, text_start AS start, text_end AS "end", width, height, read_by AS read FROM page WHERE reading = ? ORDER BY number`),
    articles: database.prepare(
      'SELECT title, text_start AS start, text_end AS "end" FROM article WHERE run = ? ORDER BY number',
    ),
    messages: database.prepare(`
      SELECT code, level, detail, text_start AS start, text_end AS "end", page FROM message WHERE run = ? ORDER BY rowid`),
    decision: database.prepare(`${DECISIONS} WHERE decision.id = ?`),
    version: database.prepare("PRAGMA data_version").pluck(),
    changes: database.prepare("SELECT total_changes()").pluck(),
  };
}
