import type Database from "better-sqlite3";
import {
  type CoverageCount,
  type CoverageFilter,
  type Extent,
  type Judged,
  type PlaceCount,
  type ReaderProgress,
  type ReviewProgress,
  TURNS,
} from "../../lists.js";
import type { Review } from "../../store.js";
import { regionRange } from "../figures.js";
import { toDecision } from "../rows.js";
import type { DecisionRow } from "../schema.js";

const REVIEWS: readonly Review[] = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"];
/** What a person has decided and what still fits. */
const DONE = "('accepted', 'corrected', 'rejected', 'added')";
const DAYS = 30;

/** What is counted over a whole store. */
export class Counts {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(private readonly database: Database.Database) {
    this.sql = statementsOf(database);
  }

  progress(): ReviewProgress {
    const states = this.sql.reviewed.all() as { review: Review; headline: number; count: number }[];
    const turns = new Map(this.sql.turns.raw().all() as [number, number][]);
    const waiting = [...turns.values()].reduce((sum, count) => sum + count, 0);
    const of = (review: Review) => sumOf(states.filter((state) => state.review === review));
    const done = states.filter(({ review }) => review !== "renew");
    // rejected figures are no headlines any more, and no figures
    const figures = waiting + sumOf(done) - of("rejected");
    return {
      figures,
      headline: this.sql.headlines.get() as number,
      reviewed: sumOf(done),
      reviewedHeadline: sumOf(done.filter(({ headline }) => headline === 1)),
      byReview: Object.fromEntries(
        REVIEWS.map((review) => [review, review === "unreviewed" ? waiting - of("renew") : of(review)]),
      ) as Record<Review, number>,
      byTurn: Object.fromEntries(TURNS.map((turn, index) => [turn, turns.get(index) ?? 0])),
      byReviewer: this.sql.reviewers.all({ today: new Date().toISOString().slice(0, 10) }) as ReaderProgress[],
      byDay: (this.sql.days.all(DAYS) as ReviewProgress["byDay"]).toReversed(),
    };
  }

  judged(): Judged[] {
    const rows = this.sql.judged.all() as (DecisionRow & { confidence: number | null })[];
    return rows.map((row) => {
      const { kind, was, is } = toDecision(row);
      return { kind: kind as Judged["kind"], was, is, confidence: was === null ? null : row.confidence };
    });
  }

  byRegion(): PlaceCount[] {
    return this.sql.regions.all() as PlaceCount[];
  }

  byIndicator(): { indicator: string; figures: number }[] {
    return this.sql.indicators.all() as { indicator: string; figures: number }[];
  }

  /** Grouped no finer than is asked for: of indicators and regions in the order of an index, without sorting. */
  coverage({ by, within, indicator }: CoverageFilter): CoverageCount[] {
    const { from, to } = within ? regionRange(within) : { from: "", to: "~" };
    const columns = by.map((each) => (each === "year" ? "substr(period_end, 1, 4)" : each));
    const index = within && !indicator ? "observation_by_region" : "observation_by_indicator";
    const told = (["indicator", "region", "year"] as const).map((each) => {
      const at = by.indexOf(each);
      return `${at < 0 ? "NULL" : columns[at]} AS ${each}`;
    });
    return this.database
      .prepare(`
        SELECT ${told.join(", ")}, count(*) AS figures, sum(review IN ${DONE}) AS reviewed
        FROM observation INDEXED BY ${index}
        WHERE headline = 1 AND region >= :from AND region < :to ${indicator ? "AND indicator = :indicator" : ""}
        GROUP BY ${columns.join(", ")}`)
      .all({ from, to, ...(indicator ? { indicator } : {}) }) as CoverageCount[];
  }

  extent(): Extent {
    const { first, last } = this.sql.periods.get() as { first: string | null; last: string | null };
    const count = (statement: Database.Statement) => statement.get() as number;
    return {
      regions: count(this.sql.regionCount),
      indicators: count(this.sql.indicatorCount),
      first,
      last,
      contested: count(this.sql.contested),
    };
  }
}

const sumOf = (counts: readonly { readonly count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);

/** Steps from value to value of an index's first column: as many steps as there are values. */
const distinctOf = (column: string, index: string) => `
  WITH RECURSIVE step (item) AS (
    SELECT min(${column}) FROM observation INDEXED BY ${index}
    UNION ALL
    SELECT (SELECT min(o.${column}) FROM observation AS o INDEXED BY ${index} WHERE o.${column} > step.item) FROM step WHERE step.item IS NOT NULL)
  SELECT count(item) FROM step`;

function statementsOf(database: Database.Database) {
  const pluck = (sql: string) => database.prepare(sql).pluck();
  return {
    reviewed: database.prepare(
      "SELECT review, headline, count(*) AS count FROM observation WHERE review <> 'unreviewed' GROUP BY review, headline",
    ),
    turns: database.prepare("SELECT turn, count(*) FROM observation WHERE turn IS NOT NULL GROUP BY turn"),
    headlines: pluck("SELECT count(*) FROM observation INDEXED BY observation_by_indicator WHERE headline = 1"),
    reviewers: database.prepare(`
      SELECT decision.reviewer,
        sum(EXISTS (SELECT 1 FROM observation WHERE observation.id = decision.figure AND observation.decision = decision.id
          AND observation.review <> 'renew')) AS figures,
        count(*) AS decisions, sum(decided_at >= :today) AS today, max(decided_at) AS last
      FROM decision GROUP BY decision.reviewer ORDER BY decisions DESC, decision.reviewer`),
    days: database.prepare(`
      SELECT substr(decided_at, 1, 10) AS day, count(*) AS decisions FROM decision GROUP BY day ORDER BY day DESC LIMIT ?`),
    judged: database.prepare(`
      SELECT decision.*, clipping.id AS clipping, coalesce(
        (SELECT figure.confidence FROM figure JOIN run ON run.id = figure.run
          WHERE figure.id = decision.figure AND run.version = decision.version ORDER BY run.id DESC LIMIT 1),
        observation.confidence) AS confidence
      FROM observation JOIN decision ON decision.id = observation.decision JOIN clipping ON clipping.number = decision.clipping
      WHERE observation.review IN ${DONE} AND observation.review <> 'unreviewed'`),
    regions: database.prepare(`
      SELECT region, count(*) AS figures, sum(headline) AS headline, sum(review IN ${DONE}) AS reviewed
      FROM observation INDEXED BY observation_by_region WHERE review <> 'rejected' GROUP BY region`),
    indicators: database.prepare(`
      SELECT indicator, count(*) AS figures FROM observation INDEXED BY observation_by_indicator
      WHERE review <> 'rejected' GROUP BY indicator`),
    // without figures whose period is unknown
    periods: database.prepare(`
      SELECT (SELECT min(period_end) FROM observation) AS first, (SELECT max(period_end) FROM observation) AS last`),
    regionCount: pluck(distinctOf("region", "observation_by_region")),
    indicatorCount: pluck(distinctOf("indicator", "observation_by_indicator")),
    contested: pluck("SELECT count(*) FROM observation INDEXED BY observation_contested WHERE contested = 1"),
  };
}
