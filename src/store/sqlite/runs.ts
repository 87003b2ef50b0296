import type Database from "better-sqlite3";
import { countingDecisions, type RunFigure } from "../current-view.js";
import { isSameMeaning, type Meaning, meaningOf } from "../decision.js";
import { matchFigures } from "../match.js";
import type { FigureChange, FigureHistory, RunChange, RunVersion } from "../store.js";
import type { CurrentView } from "./view.js";

interface RunRow {
  readonly id: number;
  readonly reading: number;
  readonly version: string;
  readonly catalogue: string;
  readonly ended_at: string;
}

/** Runs that wait, and what became of a figure from run to run. */
export class Runs {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(
    database: Database.Database,
    private readonly view: CurrentView,
  ) {
    this.sql = statementsOf(database);
  }

  /** The clippings for which a run of this version waits, in order of path. */
  waiting({ version, catalogue }: RunVersion): { clipping: number; id: string }[] {
    return this.sql.waiting.all(version, catalogue) as { clipping: number; id: string }[];
  }

  change(clipping: number, run: RunVersion): RunChange | undefined {
    const waiting = this.waitingRun(clipping, run);
    const head = this.sql.head.get(clipping) as { run: number; reading: number; id: string; path: string };
    if (!waiting) return undefined;
    const before = this.view.figuresOf(head.run);
    const after = this.view.figuresOf(waiting.id);
    const changes = changesOf(before, after, head.reading === waiting.reading);
    const decisions = this.view.decisions(clipping);
    const asked = new Set(
      this.view
        .viewOf(waiting.id, waiting.reading, decisions)
        .filter(({ review }) => review === "renew")
        .map(({ decision }) => decision),
    );
    const counting = countingDecisions(decisions);
    return {
      clipping: head.id,
      path: head.path,
      changes,
      unchanged: after.length - changes.filter(({ kind }) => kind !== "gone").length,
      kept: counting.filter(({ id }) => !asked.has(id)).length,
      renew: counting.filter(({ id }) => asked.has(id)),
    };
  }

  /** Inside a transaction. */
  adopt(clippings: readonly string[], run: RunVersion): void {
    for (const id of clippings) {
      const clipping = this.sql.number.get(id) as number | undefined;
      const waiting = clipping === undefined ? undefined : this.waitingRun(clipping, run);
      if (clipping !== undefined && waiting) this.view.makeCurrent(clipping, waiting.id);
    }
  }

  private waitingRun(clipping: number, { version, catalogue }: RunVersion): RunRow | undefined {
    return this.sql.waitingRun.get(clipping, version, catalogue) as RunRow | undefined;
  }

  /** Follows a figure from the run that has this id to all others. `now` is left to the caller. */
  history(id: string): (Omit<FigureHistory, "now"> & { readonly ids: ReadonlySet<string> }) | undefined {
    const clipping = this.sql.clippingOf.get({ id, end: `${id}~` }) as number | undefined;
    if (clipping === undefined) return undefined;
    const head = this.sql.head.get(clipping) as { run: number; id: string; path: string };
    const runs = this.sql.runs.all(clipping) as RunRow[];
    const figures = runs.map((run) => this.view.figuresOf(run.id));
    const found = lineage(runs, figures, id);
    const ids = new Set(found.flatMap((figure) => (figure ? [figure.id] : [])));
    const decisions = this.view.decisions(clipping);
    const threads = new Set<string>();
    for (const decision of decisions)
      if (
        ids.has(decision.figure) ||
        decision.figure.startsWith(id) ||
        (decision.follows !== null && threads.has(decision.follows))
      )
        threads.add(decision.id);
    return {
      id: found.at(-1)?.id ?? [...ids][0] ?? decisions.find((each) => each.figure.startsWith(id))?.figure ?? id,
      clipping: head.id,
      path: head.path,
      runs: runs.map((run, index) => ({
        version: run.version,
        catalogue: run.catalogue,
        at: run.ended_at,
        current: run.id === head.run,
        figure: toTold(found[index]),
      })),
      decisions: decisions.filter((each) => threads.has(each.id)),
      ids,
    };
  }
}

const withId = (figure: RunFigure): Meaning & { id: string } => ({ id: figure.id, ...meaningOf(figure) });

const toTold = (figure: RunFigure | undefined) =>
  figure ? { ...withId(figure), quote: figure.quote, confidence: figure.confidence } : null;

function changesOf(before: readonly RunFigure[], after: readonly RunFigure[], sameText: boolean): FigureChange[] {
  const matched = matchFigures(before, after, sameText);
  const changes: FigureChange[] = [];
  for (const [index, figure] of before.entries()) {
    const to = matched.get(index);
    const now = to === undefined ? undefined : after[to];
    if (!now) changes.push({ kind: "gone", quote: figure.quote, before: withId(figure), after: null });
    else if (!isSameMeaning(figure, now))
      changes.push({
        kind: figure.value === now.value && figure.unit === now.unit ? "meaning" : "value",
        quote: now.quote,
        before: withId(figure),
        after: withId(now),
      });
  }
  const kept = new Set(matched.values());
  for (const [index, figure] of after.entries())
    if (!kept.has(index)) changes.push({ kind: "added", quote: figure.quote, before: null, after: withId(figure) });
  return changes;
}

/** The figure in each run, from the newest run that has the id backwards and forwards. */
function lineage(
  runs: readonly RunRow[],
  figures: readonly (readonly RunFigure[])[],
  id: string,
): (RunFigure | undefined)[] {
  const found: (RunFigure | undefined)[] = new Array(runs.length);
  const from = figures.findLastIndex((all) => all.some((figure) => figure.id.startsWith(id)));
  if (from < 0) return found;
  found[from] = figures[from]?.find((figure) => figure.id.startsWith(id));
  for (const step of [-1, 1]) {
    let last = from;
    for (let index = from + step; index >= 0 && index < runs.length; index += step) {
      const sameText = runs[last]?.reading === runs[index]?.reading;
      const [known, others] = [figures[last] ?? [], figures[index] ?? []];
      const to = matchFigures(known, others, sameText).get(known.indexOf(found[last] as RunFigure));
      if (to === undefined) continue;
      found[index] = others[to];
      last = index;
    }
  }
  return found;
}

function statementsOf(database: Database.Database) {
  return {
    number: database.prepare("SELECT number FROM clipping WHERE id = ?").pluck(),
    head: database.prepare(
      "SELECT head.run, head.reading, clipping.id, clipping.path FROM head JOIN clipping ON clipping.number = head.clipping WHERE head.clipping = ?",
    ),
    runs: database.prepare("SELECT id, reading, version, catalogue, ended_at FROM run WHERE clipping = ? ORDER BY id"),
    waiting: database.prepare(`
      SELECT DISTINCT run.clipping, clipping.id, clipping.path FROM run JOIN head ON head.clipping = run.clipping
      JOIN clipping ON clipping.number = run.clipping
      WHERE run.version = ? AND run.catalogue = ? AND run.id > head.run ORDER BY clipping.path, clipping.id`),
    waitingRun: database.prepare(`
      SELECT run.id, run.reading, run.version, run.catalogue, run.ended_at FROM run JOIN head ON head.clipping = run.clipping
      WHERE run.clipping = ? AND run.version = ? AND run.catalogue = ? AND run.id > head.run ORDER BY run.id DESC LIMIT 1`),
    clippingOf: database
      .prepare(`
        SELECT clipping FROM (
          SELECT run.clipping FROM figure JOIN run ON run.id = figure.run WHERE figure.id >= :id AND figure.id < :end
          UNION SELECT clipping FROM decision WHERE figure >= :id AND figure < :end)
        LIMIT 2`)
      .pluck(),
  };
}
