import {
  type Decision,
  DecisionError,
  isSameMeaning,
  type ListedFigure,
  MEANING,
  type Meaning,
  meaningOf,
  type Opinion,
  type QueueFilter,
  type DecisionInput as StoreInput,
} from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound, ProblemError } from "../problem.js";
import { isPeriod, isRegion } from "./check.js";
import { conflictsOf, imageOf, known, partOf } from "./figures.js";
import type { Room } from "./room.js";
import { contextOf, decisionOf, digestOf, toDecisionShown, toFigures } from "./shown.js";

const queueFilterOf = (
  { indicator, within, period, clipping, turn }: contract.QueueFilter,
  except: readonly string[],
): QueueFilter => ({
  ...(indicator?.length ? { indicators: indicator } : {}),
  ...(within ? { within } : {}),
  ...(period ? { period } : {}),
  ...(clipping ? { clipping } : {}),
  ...(turn?.length ? { turns: turn } : {}),
  except,
});

/** The next items of the queue, with all that is shown of each. `held`: figures that others have in hand. */
export async function next(
  room: Room,
  input: { take: number; except: string[]; filter: contract.QueueFilter; held: string[] },
): Promise<Omit<contract.ReviewItem, "heldUntil">[]> {
  const filter = queueFilterOf(input.filter, [...input.except, ...input.held]);
  const { items } = await room.lists.queue(filter, { limit: input.take });
  return Promise.all(items.map(({ figure, turn }) => itemOf(room, figure, turn)));
}

async function itemOf(
  room: Room,
  listed: ListedFigure,
  turn: contract.Turn,
): Promise<Omit<contract.ReviewItem, "heldUntil">> {
  const text = (await room.store.text(listed.clipping)) ?? "";
  const [figure, ...conflicts] = await toFigures(room, [listed, ...(await conflictsOf(room, listed))]);
  const decision =
    listed.review === "renew" && listed.decision ? await room.lists.decision(listed.decision) : undefined;
  return {
    figure: figure as contract.Figure,
    turn,
    context: contextOf(text, listed.start, listed.end),
    decision: decision ? toDecisionShown(decision) : null,
    conflicts,
    comments: [...(await room.desk.comments({ figure: listed.id }, 100))],
    image: imageOf(listed),
  };
}

export async function queue(room: Room, query: contract.QueueFilter & { limit: number; cursor?: string }) {
  const { items, next: after } = await room.lists.queue(queueFilterOf(query, []), partOf(query));
  const figures = await toFigures(
    room,
    items.map(({ figure }) => figure),
  );
  return { items: items.map(({ turn }, index) => ({ figure: figures[index] as contract.Figure, turn })), next: after };
}

export async function progress(room: Room): Promise<contract.Progress> {
  const { byReviewer, byDay, byReview, byTurn, ...counts } = await room.lists.progress();
  return {
    ...counts,
    byReview: { ...byReview },
    byTurn: { ...byTurn },
    byReviewer: [...byReviewer],
    byDay: [...byDay],
  };
}

/** Records a decision where the figure is still as its reviewer saw it. Throws a `stale` problem with both versions where it is not. */
export async function decide(
  room: Room,
  { input, reviewer }: { input: contract.DecisionInput; reviewer: string },
): Promise<contract.DecisionReply> {
  const by = { reviewer, ...(input.kind !== "add" && input.reason ? { reason: input.reason } : {}) };
  try {
    const decision = input.kind === "add" ? await add(room, input, reviewer) : await onFigure(room, input, by);
    await room.lists.settle(SETTLE);
    const listed = await room.lists.figure(decision.figure);
    const [figure] = listed ? await toFigures(room, [listed]) : [];
    return { decision: toDecisionShown(decision), figure: figure ?? null };
  } catch (cause) {
    if (!(cause instanceof DecisionError)) throw cause;
    if (cause.code === "stale" && input.kind !== "add") throw await stale(room, input, cause.latest);
    if (cause.code === "unknown-figure" || cause.code === "unknown-clipping")
      throw new ProblemError("not-found", cause.message);
    throw new ProblemError("bad-request", cause.message);
  }
}

/** Places that are settled with a decision: those it changed, and a few more. */
const SETTLE = 50;

type OnFigure = Exclude<contract.DecisionInput, { kind: "add" }>;

async function onFigure(room: Room, input: OnFigure, by: { reviewer: string; reason?: string }): Promise<Decision> {
  const figure = await room.lists.figure(input.figure);
  // an added figure that was undone is gone: whoever still sees it is late
  if (!figure)
    throw (await room.store.history(input.figure))
      ? await stale(room, input, undefined)
      : notFound(`figure ${input.figure}`);
  if (figure.lastDecision !== decisionOf(input.version) || digestOf(meaningOf(figure)) !== input.version.split(".")[1])
    throw await stale(
      room,
      input,
      figure.lastDecision === null ? undefined : await room.lists.decision(figure.lastDecision),
    );
  const expects = figure.lastDecision;
  if (input.kind === "undo") return undo(room, figure, by);
  if (input.kind === "correct") {
    checkMeaning(room, { ...meaningOf(figure), ...input.change } as Meaning);
    const change = input.change as Partial<Meaning>;
    return room.store.decide({ kind: "correct", figure: figure.id, change, expects, ...by });
  }
  return room.store.decide({ kind: input.kind, figure: figure.id, expects, ...by });
}

/** Takes the last decision back, and says again what was decided before it. */
async function undo(room: Room, figure: ListedFigure, by: { reviewer: string; reason?: string }): Promise<Decision> {
  const last = figure.lastDecision === null ? undefined : await room.lists.decision(figure.lastDecision);
  if (!last || last.kind === "reopen") throw new ProblemError("conflict", "there is nothing to undo");
  const before = last.follows === null ? undefined : await room.lists.decision(last.follows);
  const reopened = await room.store.decide({ kind: "reopen", figure: figure.id, expects: last.id, ...by });
  if (!before || before.kind === "reopen") return reopened;
  return room.store.decide({
    ...again(before),
    expects: reopened.id,
    ...by,
  } as StoreInput);
}

/** A decision as it would be made anew. */
function again(decision: Decision) {
  const { kind, figure, clipping, is, start, end, page, box } = decision;
  if (kind === "correct") return { kind, figure, change: is };
  if (kind !== "add") return { kind, figure };
  return { kind, clipping, is, start, end, ...(page === null ? {} : { page }), ...(box === null ? {} : { box }) };
}

async function add(
  room: Room,
  input: Extract<contract.DecisionInput, { kind: "add" }>,
  reviewer: string,
): Promise<Decision> {
  checkMeaning(room, input.is);
  const { clipping, is, start, end, page, box, reason } = input;
  if (start === undefined || end === undefined)
    throw new ProblemError("bad-request", "an added figure has a place in the text");
  return room.store.decide({
    kind: "add",
    reviewer,
    ...{ clipping, is, start, end },
    ...(page === undefined ? {} : { page }),
    ...(box === undefined ? {} : { box }),
    ...(reason ? { reason } : {}),
  });
}

/** Throws what is not of the catalogue, of the calendar, or of its unit. */
function checkMeaning({ catalogue }: Room, meaning: Meaning): void {
  const errors: { field: string; detail: string }[] = [];
  const indicator = catalogue.indicators.find(({ id }) => id === meaning.indicator);
  if (!indicator) errors.push({ field: "indicator", detail: `no indicator '${meaning.indicator}'` });
  else if (indicator.unit === "money" ? !/^[A-Z]{3}$/.test(meaning.unit) : indicator.unit !== meaning.unit)
    errors.push({ field: "unit", detail: `${indicator.id} is in ${indicator.unit}, not in ${meaning.unit}` });
  if (meaning.region !== null && !isRegion(meaning.region))
    errors.push({ field: "region", detail: `no region '${meaning.region}'` });
  if (meaning.period !== null && !isPeriod(meaning.period))
    errors.push({ field: "period", detail: `'${meaning.period}' is no ISO date or interval` });
  if (errors.length > 0)
    throw new ProblemError("bad-request", errors.map(({ detail }) => detail).join("; "), { errors });
}

async function stale(room: Room, input: OnFigure, latest: Decision | undefined): Promise<ProblemError> {
  const listed = await room.lists.figure(input.figure);
  const [current] = listed ? await toFigures(room, [listed]) : [];
  const who = latest ? `${latest.reviewer} decided on it at ${latest.at}` : "it is read otherwise now";
  return new ProblemError("stale", `the figure is not as you saw it: ${who}`, {
    current: current ?? null,
    latest: latest ? toDecisionShown(latest) : null,
    yours: input,
  });
}

const SETTINGS = "review";
const USUAL: contract.ReviewSettings = { second: false, share: 0.1 };

export async function settings({ desk }: Room): Promise<contract.ReviewSettings> {
  const text = await desk.setting(SETTINGS);
  return text === undefined ? USUAL : (JSON.parse(text) as contract.ReviewSettings);
}

export async function changeSettings(
  { desk }: Room,
  change: contract.ReviewSettings,
): Promise<contract.ReviewSettings> {
  await desk.set(SETTINGS, JSON.stringify(change));
  return change;
}

/** Figures as extraction found them, drawn for a second review by this reviewer. */
export async function secondNext(
  room: Room,
  input: { take: number; except: string[]; held: string[]; reviewer: string },
): Promise<Omit<contract.BlindItem, "heldUntil">[]> {
  const { second, share } = await settings(room);
  if (!second) return [];
  const due = await room.lists.dueForSecond(input.reviewer, share, [...input.except, ...input.held], input.take);
  return Promise.all(due.map((listed) => blindItem(room, listed)));
}

async function blindItem(room: Room, listed: ListedFigure): Promise<Omit<contract.BlindItem, "heldUntil">> {
  const text = (await room.store.text(listed.clipping)) ?? "";
  const first = listed.decision === null ? undefined : await room.lists.decision(listed.decision);
  const [figure] = await toFigures(room, [
    { ...listed, ...first?.was, review: "unreviewed", decision: null, contested: false },
  ]);
  return {
    // the version tells nothing: it names a decision that was seen to be there anyway
    figure: figure as contract.Figure,
    context: contextOf(text, listed.start, listed.end),
    image: imageOf(listed),
  };
}

/** Keeps a second opinion beside the decision. */
export async function second(
  room: Room,
  {
    input,
    reviewer,
  }: { input: Extract<contract.DecisionInput, { kind: "accept" | "reject" | "correct" }>; reviewer: string },
): Promise<contract.Opinion> {
  const listed = await known(room, input.figure);
  const first = listed.decision === null ? undefined : await room.lists.decision(listed.decision);
  if (!first?.was || first.kind === "add" || first.kind === "reopen" || first.id !== decisionOf(input.version))
    throw new ProblemError(
      "conflict",
      "the figure was decided on again, or is open: there is nothing to give a second opinion on",
    );
  if (first.reviewer === reviewer) throw new ProblemError("conflict", "one's own decision needs another's opinion");
  const is = input.kind === "correct" ? ({ ...first.was, ...input.change } as Meaning) : first.was;
  if (input.kind === "correct") checkMeaning(room, is);
  const opinion = await room.desk.addOpinion({
    clipping: listed.clipping,
    figure: listed.id,
    decision: first.id,
    reviewer,
    kind: input.kind,
    is,
    reason: input.reason ?? null,
    agrees: differences(first, { kind: input.kind, is }).length === 0,
  });
  return toOpinion(opinion, first);
}

/** What two say differently; a corrected value and an accepted one agree where they are the same. */
function differences(first: Pick<Decision, "kind" | "is">, other: { kind: string; is: Meaning }): string[] {
  const rejects = [first, other].map(({ kind }) => kind === "reject");
  if (rejects[0] !== rejects[1]) return ["decision"];
  if (rejects[0] || isSameMeaning(first.is, other.is)) return [];
  return MEANING.filter((field) => first.is[field] !== other.is[field]);
}

const toOpinion = (opinion: Opinion, first: Decision): contract.Opinion => ({
  id: opinion.id,
  figure: opinion.figure,
  reviewer: opinion.reviewer,
  kind: opinion.kind,
  is: opinion.is,
  reason: opinion.reason,
  at: opinion.at,
  agrees: opinion.agrees,
  differs: differences(first, opinion),
});

export async function disagreements(room: Room, { limit, cursor }: { limit: number; cursor?: string }) {
  const open = (await room.desk.opinionPairs()).filter((pair) => pair.open);
  const from = cursor === undefined ? 0 : open.findIndex(({ second: { id } }) => id === cursor) + 1;
  const page = open.slice(from, from + limit);
  const items = await Promise.all(
    page.map(async (pair): Promise<contract.Disagreement> => {
      const listed = await known(room, pair.second.figure);
      const [figure] = await toFigures(room, [listed]);
      const text = (await room.store.text(listed.clipping)) ?? "";
      return {
        figure: figure as contract.Figure,
        context: contextOf(text, listed.start, listed.end),
        image: imageOf(listed),
        first: toDecisionShown(pair.first),
        second: toOpinion(pair.second, pair.first),
      };
    }),
  );
  const last = page.at(-1);
  return { items, next: from + limit < open.length && last ? last.second.id : null, total: open.length };
}
