import { everyRegion, isWithin } from "../../catalogue/index.js";
import { isAtLevel } from "../../compare/index.js";
import { isCompatible } from "../../store/consistency.js";
import type { FigureSort, ListedFigure, ListFilter, Part } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound } from "../problem.js";
import type { Room } from "./room.js";
import { contextOf, fileNames, toDecisionShown, toFigures } from "./shown.js";

export const partOf = ({ limit, cursor }: { limit: number; cursor?: string | undefined }): Part => ({
  limit,
  ...(cursor === undefined ? {} : { after: cursor }),
});

/** A filter as the store takes it. */
export function filterOf(query: contract.FigureFilter): ListFilter {
  const { indicator, within, region, level, period, status, scope, clipping, review, from, below } = query;
  const regions = level ? regionsAt(level, within, region) : region;
  const confidence = { ...(from === undefined ? {} : { from }), ...(below === undefined ? {} : { below }) };
  return {
    ...(indicator?.length ? { indicators: indicator } : {}),
    ...(within && !level ? { within } : {}),
    ...(regions?.length || level ? { regions: regions ?? [] } : {}),
    ...(period ? { period } : {}),
    ...(status ? { status } : {}),
    ...(scope ? { scope } : {}),
    ...(query.headline ? { headline: true } : {}),
    ...(clipping ? { clipping } : {}),
    ...(review?.length ? { review } : {}),
    ...(Object.keys(confidence).length > 0 ? { confidence } : {}),
    ...(query.failed ? { failed: true } : {}),
    ...(query.contested ? { contested: true } : {}),
    // of one clipping all figures are shown, even where it is a repost
    originals: query.reposts === "hide" && !clipping,
  };
}

const regionsAt = (
  level: NonNullable<contract.FigureFilter["level"]>,
  within: string | undefined,
  among: readonly string[] | undefined,
): string[] =>
  (among ?? everyRegion().map(({ code }) => code)).filter(
    (code) => isAtLevel(code, level) && (!within || isWithin(code, within)),
  );

export async function figures(room: Room, query: contract.FigureQuery): Promise<Omit<contract.FigurePage, "total">> {
  const { items, next } = await room.lists.figures(filterOf(query), query.sort as FigureSort, partOf(query));
  return { items: await toFigures(room, items), next };
}

export async function figureCount(room: Room, query: contract.FigureFilter): Promise<number> {
  return room.lists.count(filterOf(query));
}

/** Figures of other works that cannot be true beside this one. */
export async function conflictsOf(room: Room, figure: ListedFigure): Promise<readonly ListedFigure[]> {
  if (!figure.headline) return [];
  return (await room.lists.beside(figure)).filter((other) => !isCompatible(figure, other));
}

export async function known(room: Room, id: string): Promise<ListedFigure> {
  const figure = await room.lists.figure(id);
  if (!figure) throw notFound(`figure ${id}`);
  return figure;
}

export const imageOf = ({ id, box, page }: { id: string; box: unknown; page: number | null }): string | null =>
  box === null || page === null ? null : `/api/v1/figures/${encodeURIComponent(id)}/image`;

export async function figure(room: Room, { id }: { id: string }): Promise<contract.FigureDetail> {
  const listed = await known(room, id);
  const text = (await room.store.text(listed.clipping)) ?? "";
  const conflicts = await conflictsOf(room, listed);
  const [shown, ...others] = await toFigures(room, [listed, ...conflicts]);
  return {
    figure: shown as contract.Figure,
    context: contextOf(text, listed.start, listed.end),
    conflicts: others,
    comments: [...(await room.desk.comments({ figure: listed.id }, 100))],
    image: imageOf(listed),
  };
}

export async function history(room: Room, { id }: { id: string }): Promise<contract.FigureHistory> {
  const found = await room.store.history(id);
  if (!found) throw notFound(`figure ${id}`);
  const now = found.now && (await room.lists.figure(found.now.id));
  const fileOf = await fileNames(room, [found]);
  const opinions = await room.desk.opinions(found.now?.id ?? found.id);
  return {
    id: found.id,
    clipping: found.clipping,
    file: fileOf(found),
    now: now ? ((await toFigures(room, [now]))[0] ?? null) : null,
    runs: found.runs.map((run) => ({ ...run, figure: run.figure && { ...run.figure } })),
    decisions: found.decisions.map(toDecisionShown),
    comments: [...(await room.desk.comments({ figure: found.now?.id ?? found.id }, 100))],
    second: opinions.map(({ reviewer, kind, is, agrees, at }) => ({ reviewer, kind, is, agrees, at })),
  };
}

export async function decisions(
  room: Room,
  query: { figure?: string; clipping?: string; reviewer?: string; limit: number; cursor?: string },
) {
  const { figure: ofFigure, clipping, reviewer } = query;
  const filter = {
    ...(ofFigure === undefined ? {} : { figure: ofFigure }),
    ...(clipping === undefined ? {} : { clipping }),
    ...(reviewer === undefined ? {} : { reviewer }),
  };
  const { items, next } = await room.lists.decisions(filter, partOf(query));
  return { items: items.map(toDecisionShown), next };
}

export async function comments(
  room: Room,
  query: { figure?: string; clipping?: string; limit: number; cursor?: string },
) {
  const { figure: ofFigure, clipping, limit, cursor } = query;
  const of = {
    ...(ofFigure === undefined ? {} : { figure: ofFigure }),
    ...(clipping === undefined ? {} : { clipping }),
  };
  const found = await room.desk.comments(of, limit + 1, cursor);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
