import type Database from "better-sqlite3";
import { isCompatible } from "../../consistency.js";
import { type FigureWithClipping, toStoredFigure } from "../rows.js";

interface Place {
  readonly indicator: string;
  readonly region: string;
  readonly period: string;
}
type Row = FigureWithClipping & { readonly number: number; readonly contested: number };

/** A place with more figures than this is looked at in part: each pair would be held against each other. */
const MOST = 200;

/** Marks figures that those of other works contradict, place by place. Inside a transaction. */
export class Settling {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database) {
    this.sql = statementsOf(database);
  }

  get isDue(): boolean {
    return this.sql.due.get() !== undefined;
  }

  /** Returns how many places still wait. */
  settle(places: number): number {
    for (const place of this.sql.places.all(places) as Place[]) {
      this.settlePlace(place);
      this.sql.settled.run(place);
    }
    return this.sql.left.get() as number;
  }

  private settlePlace(place: Place): void {
    const rows = this.sql.figures.all({ ...place, most: MOST }) as Row[];
    const figures = rows.map(toStoredFigure);
    for (const [index, row] of rows.entries()) {
      const own = figures[index];
      const isContested = figures.some((other) => own && other.work !== own.work && !isCompatible(own, other));
      if (isContested !== (row.contested === 1)) this.sql.mark.run(isContested ? 1 : 0, row.number);
    }
  }
}

function statementsOf(database: Database.Database) {
  return {
    due: database.prepare("SELECT 1 FROM changed_place LIMIT 1"),
    places: database.prepare("SELECT indicator, region, period FROM changed_place LIMIT ?"),
    settled: database.prepare(
      "DELETE FROM changed_place WHERE indicator = :indicator AND region = :region AND period = :period",
    ),
    left: database.prepare("SELECT count(*) FROM changed_place").pluck(),
    figures: database.prepare(`
      SELECT o.*, clipping.id AS clipping_id, clipping.path, NULL AS title, NULL AS publisher, NULL AS published, original.id AS original_id
      FROM observation AS o INDEXED BY observation_by_indicator
      JOIN clipping ON clipping.number = o.clipping
      JOIN head ON head.clipping = o.clipping
      LEFT JOIN work ON work.number = head.work
      LEFT JOIN clipping AS original ON original.number = work.original
      WHERE o.indicator = :indicator AND o.region = :region AND o.period = :period AND o.headline = 1
      LIMIT :most`),
    mark: database.prepare("UPDATE observation SET contested = ? WHERE number = ?"),
  };
}
