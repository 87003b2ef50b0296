import Database from "better-sqlite3";
import { Kysely, type SelectQueryBuilder, SqliteDialect, sql } from "kysely";
import {
  around,
  type Box,
  type ClippingKind,
  type Code,
  type Finding,
  type Grounding,
  type Qualifier,
  type Status,
} from "../../doc/index.js";
import { figureId, fingerprintOf } from "../identity.js";
import { boundsOf } from "../period-bounds.js";
import {
  type Extracted,
  type Failure,
  type FigureQuery,
  type RunVersion,
  type Store,
  type StoredClipping,
  type StoredFigure,
  StoreError,
} from "../store.js";
import { isUnsafeSqlite, migrate } from "./migrate.js";
import type { Tables } from "./schema.js";

/** Rows of one insert; SQLite allows 32,766 bound values in a statement. */
const BATCH = 500;

/** Opens or makes a store in one SQLite file. Throws StoreError when that cannot be done. */
export function openSqliteStore(path: string): Store {
  let database: Database.Database;
  try {
    database = new Database(path, { timeout: 10_000 });
    const version = database.prepare("SELECT sqlite_version() AS version").pluck().get() as string;
    if (isUnsafeSqlite(version))
      throw new Error(`SQLite ${version} can corrupt a store (WAL reset fault); 3.51.3 or newer is needed`);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    migrate(database);
  } catch (cause) {
    throw new StoreError(`the store ${path} cannot be opened: ${(cause as Error).message}`, { cause });
  }
  return new SqliteStore(new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }));
}

class SqliteStore implements Store {
  constructor(private readonly db: Kysely<Tables>) {}

  async save(extracted: Extracted, run: RunVersion): Promise<"stored" | "known"> {
    return this.db.transaction().execute(async (db) => {
      const known = await db
        .selectFrom("run")
        .select("id")
        .where("clipping", "=", extracted.id)
        .where("version", "=", run.version)
        .where("catalogue", "=", run.catalogue)
        .executeTakeFirst();
      await this.saveClipping(db, extracted);
      if (known) return "known";
      const { id } = await db
        .insertInto("run")
        .values({
          clipping: extracted.id,
          ...run,
          ...extracted.about,
          outcome: extracted.messages.some((message) => message.level === "error") ? "partial" : "complete",
          ended_at: new Date().toISOString(),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await this.saveRun(db, id, extracted);
      await db.deleteFrom("failure").where("path", "=", extracted.path).execute();
      return "stored";
    });
  }

  private async saveClipping(db: Kysely<Tables>, extracted: Extracted): Promise<void> {
    const { id, kind, path, bytes, encoding, text, normalText, pages } = extracted;
    const added = await db
      .insertInto("clipping")
      .values({
        id,
        kind,
        path,
        bytes,
        encoding,
        text,
        normal_text: normalText,
        fingerprint: fingerprintOf(normalText),
        added_at: new Date().toISOString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    await db
      .insertInto("seen")
      .values({ clipping: id, path })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if (!added.numInsertedOrUpdatedRows || pages.length === 0) return;
    await inBatches(pages, (batch) =>
      db
        .insertInto("page")
        .values(
          batch.map((page) => ({
            clipping: id,
            number: page.number,
            text_start: page.start,
            text_end: page.end,
            width: page.width,
            height: page.height,
            read_by: page.read,
          })),
        )
        .execute(),
    );
  }

  private async saveRun(db: Kysely<Tables>, run: number, extracted: Extracted): Promise<void> {
    await inBatches(extracted.articles, (batch, from) =>
      db
        .insertInto("article")
        .values(
          batch.map((article, index) => ({
            run,
            number: from + index,
            title: article.title,
            text_start: article.start,
            text_end: article.end,
          })),
        )
        .execute(),
    );
    const figures = new Map(extracted.figures.map((figure) => [figureId(extracted.id, figure), figure]));
    await inBatches([...figures], (batch) =>
      db
        .insertInto("figure")
        .values(
          batch.map(([id, figure]) => {
            const bounds = boundsOf(figure.period);
            return {
              run,
              id,
              clipping: extracted.id,
              article: figure.article,
              indicator: figure.indicator,
              value: figure.value,
              unit: figure.unit,
              qualifier: figure.qualifier,
              region: figure.region,
              period: figure.period,
              period_start: bounds.start,
              period_end: bounds.end,
              scope: figure.scope,
              status: figure.status,
              confidence: figure.confidence,
              quote: figure.quote,
              text_start: figure.at.start,
              text_end: figure.at.end,
              page: figure.page,
              box: figure.box ? JSON.stringify(figure.boxes ?? figure.box) : null,
              grounding: figure.grounding,
            };
          }),
        )
        .execute(),
    );
    const findings = [...figures].flatMap(([id, figure]) =>
      figure.findings.map((finding) => ({
        run,
        figure: id,
        code: finding.code,
        level: finding.level,
        detail: finding.detail,
      })),
    );
    await inBatches(findings, (batch) => db.insertInto("finding").values(batch).execute());
    await inBatches(extracted.messages, (batch) =>
      db
        .insertInto("message")
        .values(
          batch.map((message) => ({
            run,
            code: message.code,
            level: message.level,
            detail: message.detail,
            text_start: message.at.start,
            text_end: message.at.end,
            page: message.page ?? null,
          })),
        )
        .execute(),
    );
  }

  async has(clipping: string, run: RunVersion): Promise<boolean> {
    const found = await this.db
      .selectFrom("run")
      .select("id")
      .where("clipping", "=", clipping)
      .where("version", "=", run.version)
      .where("catalogue", "=", run.catalogue)
      .executeTakeFirst();
    return found !== undefined;
  }

  async seen(clipping: string, path: string): Promise<void> {
    await this.db
      .insertInto("seen")
      .values({ clipping, path })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async figures(query: FigureQuery): Promise<readonly StoredFigure[]> {
    let select = this.db.selectFrom("current_figure").selectAll();
    if (query.indicators && query.indicators.length > 0) select = select.where("indicator", "in", query.indicators);
    if (query.status) select = select.where("status", "=", query.status);
    if (query.headline) select = select.where("scope", "is", null).where("status", "=", "actual");
    if (query.clipping) select = select.where("clipping", "=", query.clipping);
    if (query.within) select = withinRegion(select, query.within);
    if (query.period) {
      const { start, end } = boundsOf(query.period);
      if (end)
        select = select.where((where) =>
          where.or([
            where("period_start", "<=", end),
            where.and([where("period_start", "is", null), where("period_end", "<=", end)]),
          ]),
        );
      if (start) select = select.where("period_end", ">=", start);
    }
    const rows = await select
      .orderBy("indicator")
      .orderBy("region")
      .orderBy("period_end", "desc")
      .orderBy("id")
      .limit(query.limit ?? 1_000_000)
      .execute();
    return this.withFindings(rows);
  }

  async figure(id: string): Promise<StoredFigure | undefined> {
    const rows = await this.db
      .selectFrom("current_figure")
      .selectAll()
      .where("id", ">=", id)
      .where("id", "<", `${id}~`)
      .limit(2)
      .execute();
    if (rows.length !== 1) return undefined;
    return (await this.withFindings(rows))[0];
  }

  private async withFindings(rows: readonly Tables["current_figure"][]): Promise<StoredFigure[]> {
    const found = new Map<string, Finding[]>();
    await inBatches([...new Set(rows.map((row) => row.run))], async (runs) => {
      for (const finding of await this.db.selectFrom("finding").selectAll().where("run", "in", runs).execute()) {
        const key = `${finding.run}/${finding.figure}`;
        found.set(key, [
          ...(found.get(key) ?? []),
          { code: finding.code as Code, level: finding.level as Finding["level"], detail: finding.detail },
        ]);
      }
    });
    return rows.map((row) => toFigure(row, found.get(`${row.run}/${row.id}`) ?? []));
  }

  async clippings(): Promise<readonly StoredClipping[]> {
    const rows = await this.db
      .selectFrom("current_run")
      .innerJoin("clipping", "clipping.id", "current_run.clipping")
      .select((from) => [
        "clipping.id",
        "clipping.kind",
        "clipping.path",
        "current_run.title",
        "current_run.publisher",
        "current_run.published",
        "current_run.region",
        "current_run.url",
        "current_run.outcome",
        from
          .selectFrom("figure")
          .select(sql<number>`count(*)`.as("count"))
          .whereRef("figure.run", "=", "current_run.id")
          .as("figures"),
      ])
      .orderBy("clipping.path")
      .execute();
    return rows.map(({ id, kind, path, outcome, figures, ...about }) => ({
      id,
      kind: kind as ClippingKind,
      path,
      outcome,
      figures: figures ?? 0,
      about,
    }));
  }

  async text(clipping: string): Promise<string | undefined> {
    return (await this.db.selectFrom("clipping").select("text").where("id", "=", clipping).executeTakeFirst())?.text;
  }

  async fail(failure: Omit<Failure, "at">): Promise<void> {
    const row = { ...failure, failed_at: new Date().toISOString() };
    await this.db
      .insertInto("failure")
      .values(row)
      .onConflict((conflict) => conflict.column("path").doUpdateSet(row))
      .execute();
  }

  async failures(): Promise<readonly Failure[]> {
    const rows = await this.db.selectFrom("failure").selectAll().orderBy("path").execute();
    return rows.map(({ failed_at, ...failure }) => ({ ...failure, at: failed_at }));
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }
}

type FigureSelect = SelectQueryBuilder<Tables, "current_figure", Tables["current_figure"]>;

/** Codes below 410000 begin with 41, below 410100 with 4101; counties right under a province keep their own prefix. */
function withinRegion(select: FigureSelect, region: string): FigureSelect {
  const prefix = /0000$/.test(region) ? region.slice(0, 2) : /00$/.test(region) ? region.slice(0, 4) : region;
  return select.where("region", ">=", prefix).where("region", "<", `${prefix}~`);
}

function toFigure(row: Tables["current_figure"], findings: readonly Finding[]): StoredFigure {
  const { text_start, text_end, run, period_start, period_end, box, ...rest } = row;
  void [run, period_start, period_end];
  return {
    ...rest,
    qualifier: row.qualifier as Qualifier,
    status: row.status as Status,
    grounding: row.grounding as Grounding,
    start: text_start,
    end: text_end,
    ...placeOf(box),
    findings,
  };
}

/** A column `box` holds one box, or one a line. */
function placeOf(text: string | null): Pick<StoredFigure, "box" | "boxes"> {
  if (text === null) return { box: null };
  const read = JSON.parse(text) as Box | readonly Box[];
  if (isBox(read)) return { box: read };
  return { box: around(read) ?? null, boxes: read };
}

const isBox = (read: Box | readonly Box[]): read is Box => typeof read[0] === "number";

async function inBatches<T>(items: readonly T[], write: (batch: T[], from: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH) await write(items.slice(from, from + BATCH), from);
}
