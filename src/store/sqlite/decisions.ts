import type Database from "better-sqlite3";
import { lastDecisions } from "../current-view.js";
import {
  type Decision,
  DecisionError,
  type DecisionInput,
  decisionId,
  isSameMeaning,
  type Meaning,
  meaningOf,
} from "../decision.js";
import { figureIds } from "../identity.js";
import { boxText, type FigureWithClipping, toDecision, toStoredFigure } from "./rows.js";
import type { DecisionRow } from "./schema.js";
import { type CurrentView, DECISIONS } from "./view.js";

type Content = Pick<
  Decision,
  "clipping" | "figure" | "was" | "is" | "quote" | "start" | "end" | "page" | "box" | "article"
>;

/** Appends decisions. Every method is called inside a transaction. */
export class Decisions {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(
    database: Database.Database,
    private readonly view: CurrentView,
  ) {
    this.sql = statementsOf(database);
  }

  decide(input: DecisionInput): Decision {
    if (input.reviewer.trim() === "") throw new DecisionError("invalid", "a decision names its reviewer");
    const content = input.kind === "add" ? this.added(input) : this.onFigure(input);
    const clipping = this.sql.clipping.get(content.clipping) as { number: number; version: string };
    const latest = this.latest(clipping.number, content.figure);
    if (input.expects !== undefined && input.expects !== (latest?.id ?? null))
      throw new DecisionError("stale", `${latest?.reviewer ?? "nobody"} decided on ${content.figure} since`, latest);
    if (input.kind === "reopen" && (!latest || latest.kind === "reopen"))
      throw new DecisionError("invalid", `nothing was decided on ${content.figure}`);
    const decision = {
      ...content,
      kind: input.kind,
      follows: latest?.id ?? null,
      reviewer: input.reviewer,
      reason: input.reason ?? null,
      at: input.at ?? new Date().toISOString(),
      version: clipping.version,
    };
    const whole: Decision = { ...decision, id: decisionId(decision) };
    this.insert(clipping.number, whole);
    this.view.refresh(clipping.number);
    return whole;
  }

  /** Known ones, told by their id, are left alone. */
  addAll(decisions: readonly Decision[]): { added: number; known: number } {
    const touched = new Set<number>();
    let added = 0;
    for (const decision of decisions) {
      const clipping = this.sql.clipping.get(decision.clipping) as { number: number } | undefined;
      if (!clipping)
        throw new DecisionError(
          "unknown-clipping",
          `decision ${decision.id}: no clipping ${decision.clipping} is stored`,
        );
      if (!this.insert(clipping.number, decision)) continue;
      touched.add(clipping.number);
      added++;
    }
    for (const clipping of touched) this.view.refresh(clipping);
    return { added, known: decisions.length - added };
  }

  private onFigure(input: DecisionInput & { readonly figure: string }): Content {
    const rows = this.sql.figure.all(input.figure, `${input.figure}~`) as (FigureWithClipping & { run: number })[];
    const [row] = rows;
    if (!row || rows.length > 1)
      throw new DecisionError("unknown-figure", `no figure, or more than one, begins with '${input.figure}'`);
    const shown = toStoredFigure(row);
    const found = this.view.figuresOf(row.run).find(({ id }) => id === row.id);
    const is = input.kind === "correct" ? corrected(shown, input.change) : meaningOf(shown);
    const { clipping, quote, start, end, page, box, article } = shown;
    return {
      clipping,
      figure: shown.id,
      was: found ? meaningOf(found) : null,
      is,
      quote,
      start,
      end,
      page,
      box,
      article,
    };
  }

  private added(input: DecisionInput & { readonly kind: "add" }): Content {
    const { clipping, start, end } = input;
    const row = this.sql.clipping.get(clipping) as { run: number; reading: number; text: string } | undefined;
    if (!row) throw new DecisionError("unknown-clipping", `no clipping '${clipping}'`);
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= row.text.length))
      throw new DecisionError("invalid", `${start}–${end} is no place in a text of ${row.text.length} characters`);
    const is = valid(meaningOf(input.is));
    const [figure = ""] = figureIds(clipping, [{ ...is, at: { of: "source", start, end } }]);
    if (this.sql.isThere.get(figure) !== undefined)
      throw new DecisionError("invalid", `figure ${figure} is at that place already: correct it`);
    const page = input.page ?? (this.sql.pageAt.get(row.reading, start) as number | undefined) ?? null;
    return {
      clipping,
      figure,
      was: null,
      is,
      quote: row.text.slice(start, end),
      start,
      end,
      page,
      box: input.box ?? null,
      article: (this.sql.articleAt.get(row.run, start) as number | undefined) ?? 0,
    };
  }

  /** The last decision on a figure, also where it was made on what the figure was before. */
  private latest(clipping: number, figure: string): Decision | undefined {
    const counting = this.sql.decisionOf.get(figure) as string | null | undefined;
    return lastDecisions(this.view.decisions(clipping)).find(
      (each) => each.id === counting || (counting == null && each.figure === figure),
    );
  }

  private insert(clipping: number, decision: Decision): boolean {
    const { was, is } = decision;
    return (
      this.sql.insert.run(
        decision.id,
        clipping,
        decision.figure,
        decision.follows,
        decision.kind,
        decision.reviewer,
        decision.reason,
        decision.at,
        decision.version,
        ...valuesOf(is),
        ...valuesOf(was),
        decision.quote,
        decision.start,
        decision.end,
        decision.page,
        boxText(decision.box),
        decision.article,
      ).changes > 0
    );
  }
}

const valuesOf = (meaning: Meaning | null) =>
  meaning
    ? [
        meaning.indicator,
        meaning.value,
        meaning.unit,
        meaning.qualifier,
        meaning.region,
        meaning.period,
        meaning.scope,
        meaning.status,
      ]
    : new Array<null>(8).fill(null);

function corrected(shown: Meaning, change: Partial<Meaning>): Meaning {
  const is = valid({ ...meaningOf(shown), ...change });
  if (isSameMeaning(is, shown)) throw new DecisionError("invalid", "the correction changes nothing: accept the figure");
  return is;
}

function valid(meaning: Meaning): Meaning {
  if (!Number.isFinite(meaning.value)) throw new DecisionError("invalid", `${meaning.value} is no value`);
  // places that GB/T 2260 does not have are called by ISO 3166-2
  if (meaning.region !== null && !/^(?:\d{6}|[A-Z]{2}-[A-Z0-9]{1,3})$/.test(meaning.region))
    throw new DecisionError("invalid", `'${meaning.region}' is no GB/T 2260 code`);
  if (meaning.indicator === "" || meaning.unit === "")
    throw new DecisionError("invalid", "a figure has an indicator and a unit");
  return meaning;
}

/** All decisions of an order, as objects. */
export const toDecisions = (rows: readonly unknown[]): Decision[] => rows.map((row) => toDecision(row as DecisionRow));

function statementsOf(database: Database.Database) {
  return {
    clipping: database.prepare(`
      SELECT clipping.number, run.version, head.run, head.reading, reading.text FROM clipping
      JOIN head ON head.clipping = clipping.number JOIN run ON run.id = head.run JOIN reading ON reading.number = head.reading
      WHERE clipping.id = ?`),
    figure: database.prepare(`
      SELECT o.*, clipping.id AS clipping_id, clipping.path, NULL AS title, NULL AS publisher, NULL AS published, NULL AS original_id
      FROM observation AS o JOIN clipping ON clipping.number = o.clipping WHERE o.id >= ? AND o.id < ? ORDER BY o.id LIMIT 2`),
    isThere: database.prepare("SELECT 1 FROM observation WHERE id = ?").pluck(),
    decisionOf: database.prepare("SELECT decision FROM observation WHERE id = ?").pluck(),
    pageAt: database
      .prepare("SELECT number FROM page WHERE reading = ? AND text_start <= ? ORDER BY text_start DESC LIMIT 1")
      .pluck(),
    articleAt: database
      .prepare("SELECT number FROM article WHERE run = ? AND text_start <= ? ORDER BY text_start DESC LIMIT 1")
      .pluck(),
    insert: database.prepare(`
      INSERT OR IGNORE INTO decision (id, clipping, figure, follows, kind, reviewer, reason, decided_at, version,
        indicator, value, unit, qualifier, region, period, scope, status,
        was_indicator, was_value, was_unit, was_qualifier, was_region, was_period, was_scope, was_status,
        quote, text_start, text_end, page, box, article)
      VALUES (${Array.from({ length: 31 }, () => "?").join(", ")})`),
    all: database.prepare(`${DECISIONS} ORDER BY decision.number`),
  };
}
