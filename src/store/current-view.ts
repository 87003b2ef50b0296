import type { Box, Finding, Grounding } from "../doc/index.js";
import { type Decision, isSameMeaning, type Meaning, meaningOf } from "./decision.js";
import { matchFigures, type Placed } from "./match.js";
import type { Review } from "./store.js";

/** A figure of a run. */
export interface RunFigure extends Placed {
  readonly article: number;
  readonly confidence: number;
  readonly page: number | null;
  readonly box: Box | null;
  readonly boxes?: readonly Box[];
  readonly grounding: Grounding;
  readonly findings: readonly Finding[];
}

/** A figure as it is now. */
export interface ViewFigure extends RunFigure {
  readonly review: Review;
  readonly decision: string | null;
}

/**
 * What a clipping says now: the figures of its current run, with decisions
 * applied. Every decision that counts (the last on its figure, if it does not
 * reopen it) has exactly one row, whether or not extraction still finds the
 * figure: none is lost. `sameText`: whether the run reads the text that
 * decisions were made on; one answer for each decision.
 */
export function currentView(
  figures: readonly RunFigure[],
  decisions: readonly Decision[],
  sameText: (decision: Decision) => boolean = () => true,
): ViewFigure[] {
  if (decisions.length === 0) return figures.map(unreviewed);
  const counting = countingDecisions(decisions);
  const owners = new Map<number, Decision>();
  const matched = new Map<Decision, RunFigure>();
  // on what was seen first; then, for decisions that say something else, on what they say
  for (const anchor of [asSeen, asSaid]) {
    for (const same of [true, false]) {
      const open = counting.filter((each) => !matched.has(each) && sameText(each) === same);
      const free = [...figures.keys()].filter((index) => !owners.has(index));
      const found = matchFigures(
        open.map(anchor),
        free.map((index) => figures[index] as RunFigure),
        same,
      );
      for (const [at, to] of found) {
        const index = free[to] as number;
        owners.set(index, open[at] as Decision);
        matched.set(open[at] as Decision, figures[index] as RunFigure);
      }
    }
  }
  const view = figures.map((figure, index) => {
    const decision = owners.get(index);
    return decision ? decided(decision, figure) : unreviewed(figure);
  });
  for (const decision of counting) if (!matched.has(decision)) view.push(decided(decision, undefined));
  return withOwnIds(view);
}

const unreviewed = (figure: RunFigure): ViewFigure => ({ ...figure, review: "unreviewed", decision: null });

/** The last decision on each figure. */
export function lastDecisions(decisions: readonly Decision[]): Decision[] {
  const threadOf = new Map<string, number>();
  const last: Decision[] = [];
  for (const decision of decisions) {
    const thread =
      (decision.follows === null ? undefined : threadOf.get(decision.follows)) ??
      threadOf.get(`figure ${decision.figure}`) ??
      last.length;
    threadOf.set(decision.id, thread);
    threadOf.set(`figure ${decision.figure}`, thread);
    last[thread] = decision;
  }
  return last;
}

/** The last decision on each figure, but for those that take back what was decided. */
export const countingDecisions = (decisions: readonly Decision[]): Decision[] =>
  lastDecisions(decisions).filter(({ kind }) => kind !== "reopen");

const asSeen = (decision: Decision): Placed => placed(decision, decision.was ?? decision.is);
const asSaid = (decision: Decision): Placed => placed(decision, decision.is);

const placed = (decision: Decision, meaning: Meaning): Placed => ({
  ...meaning,
  id: decision.figure,
  start: decision.start,
  end: decision.end,
  quote: decision.quote,
});

const STATES = { accept: "accepted", correct: "corrected", reject: "rejected", add: "added" } as const;

/** A figure under a decision; `figure` is what extraction finds there now. */
function decided(decision: Decision, figure: RunFigure | undefined): ViewFigure {
  const { kind, is, was } = decision;
  const state = kind === "reopen" ? "unreviewed" : STATES[kind];
  const stands = figure
    ? isSameMeaning(figure, is) || (was !== null && isSameMeaning(figure, was))
    : was === null || kind === "reject";
  // another value than the rejected one may be right
  const shown = !stands && kind === "reject" && figure ? figure : is;
  return {
    ...(figure ?? standIn(decision)),
    ...meaningOf(shown),
    review: stands ? state : "renew",
    decision: decision.id,
  };
}

/** A figure that only a person knows of. */
function standIn(decision: Decision): RunFigure {
  return {
    ...placed(decision, decision.is),
    article: decision.article,
    confidence: 1,
    page: decision.page,
    box: decision.box,
    grounding: "exact",
    findings: [],
  };
}

/** The id of a figure that is gone may be that of another by now: the run's own keeps it. */
function withOwnIds(view: readonly ViewFigure[]): ViewFigure[] {
  const used = new Set<string>();
  return view.map((figure) => {
    let { id } = figure;
    while (used.has(id)) id = `${id}r`;
    used.add(id);
    return id === figure.id ? figure : { ...figure, id };
  });
}
