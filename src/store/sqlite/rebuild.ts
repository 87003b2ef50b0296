import type Database from "better-sqlite3";
import { figureIds } from "../identity.js";
import { duplicateKeys, fingerprintOf } from "../sketch.js";
import type { Reposts } from "./reposts.js";
import { toRunFigure } from "./rows.js";
import type { FigureRow } from "./schema.js";
import type { CurrentView } from "./view.js";

/** Changes when sketches, terms or the current view are made in another way: older stores are then made anew. */
export const DERIVED_VERSION = 1;

/** Makes all derived tables anew, inside a transaction. */
export function rebuild(database: Database.Database, view: CurrentView, reposts: Reposts): void {
  nameFigures(database);
  database.exec(`
    DELETE FROM observation;
    DELETE FROM repost;
    DELETE FROM work;
    DELETE FROM duplicate_key;
    UPDATE head SET work = NULL;
    INSERT INTO clipping_terms (clipping_terms) VALUES ('delete-all');
    INSERT INTO title_terms (title_terms) VALUES ('delete-all');`);
  const heads = database.prepare("SELECT clipping, run FROM head ORDER BY clipping").all() as {
    clipping: number;
    run: number;
  }[];
  const normal = database
    .prepare("SELECT coalesce(normal, text) FROM reading WHERE clipping = ? ORDER BY number LIMIT 1")
    .pluck();
  const print = database.prepare("UPDATE clipping SET fingerprint = ? WHERE number = ?");
  for (const { clipping, run } of heads) {
    view.makeCurrent(clipping, run, { anew: true });
    const text = normal.get(clipping) as string;
    const fingerprint = fingerprintOf(text);
    print.run(fingerprint, clipping);
    reposts.add(clipping, duplicateKeys(text, fingerprint), text, fingerprint);
  }
  database.pragma(`user_version = ${DERIVED_VERSION}`);
}

/** Gives ids to the figures of stores that were made before ids left the value out. */
function nameFigures(database: Database.Database): void {
  const runs = database
    .prepare(`
      SELECT DISTINCT figure.run, clipping.id FROM figure JOIN run ON run.id = figure.run
      JOIN clipping ON clipping.number = run.clipping WHERE figure.id = ''`)
    .all() as { run: number; id: string }[];
  const figures = database.prepare("SELECT * FROM figure WHERE run = ? ORDER BY number");
  const name = database.prepare("UPDATE figure SET id = ? WHERE run = ? AND number = ?");
  for (const { run, id } of runs) {
    const rows = (figures.all(run) as FigureRow[]).map((row) => toRunFigure(row, []));
    const ids = figureIds(
      id,
      rows.map((row) => ({ ...row, at: { of: "source", start: row.start, end: row.end } })),
    );
    for (const [number, each] of ids.entries()) name.run(each, run, number);
  }
}
