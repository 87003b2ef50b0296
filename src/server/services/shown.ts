import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { z } from "zod";
import {
  type Region as PlainRegion,
  regionNames,
  regionOf,
  regionPath,
  indicators as standardIndicators,
} from "../../catalogue/index.js";
import { toBase32 } from "../../store/identity.js";
import {
  type Decision,
  type ListedFigure,
  MEANING,
  type Meaning,
  meaningOf,
  type StoredClipping,
} from "../../store/index.js";
import type * as contract from "../contract/index.js";
import type { Room } from "./room.js";

/** Names in both languages of an indicator; its id where the catalogue has none. */
export function indicatorNames({ catalogue }: Pick<Room, "catalogue">, id: string): { zh: string; en: string } {
  const found =
    catalogue.indicators.find((each) => each.id === id) ?? standardIndicators().find((each) => each.id === id);
  return { zh: found?.label ?? id, en: found?.labelEn ?? id };
}

/** What a figure says, in few characters: a reviewer decides on what is read, not on a row. */
export const digestOf = (meaning: Meaning): string =>
  toBase32(
    createHash("sha256")
      .update(JSON.stringify(MEANING.map((field) => meaning[field])))
      .digest(),
    8,
  );

/** The last decision on a figure and what it says now. */
export const versionOf = (figure: ListedFigure): string =>
  `${figure.lastDecision ?? "0"}.${digestOf(meaningOf(figure))}`;

/** The decision a version speaks of; null where there was none. */
export const decisionOf = (version: string): string | null => {
  const decision = version.split(".")[0] ?? "0";
  return decision === "0" ? null : decision;
};

/** Names of files: as uploaded, else the last part of the path. */
export async function fileNames(
  room: Room,
  clippings: readonly { readonly clipping: string; readonly path: string }[],
): Promise<(clipping: { readonly clipping: string; readonly path: string }) => string> {
  const uploaded = await room.desk.uploadNames([...new Set(clippings.map(({ clipping }) => clipping))]);
  return ({ clipping, path }) => uploaded.get(clipping) ?? basename(path);
}

export async function toFigures(room: Room, listed: readonly ListedFigure[]): Promise<contract.Figure[]> {
  const fileOf = await fileNames(room, listed);
  return listed.map((figure) => toFigure(room, figure, fileOf(figure)));
}

function toFigure(room: Room, figure: ListedFigure, file: string): contract.Figure {
  return {
    ...meaningOf(figure),
    id: figure.id,
    version: versionOf(figure),
    confidence: figure.confidence,
    quote: figure.quote,
    start: figure.start,
    end: figure.end,
    page: figure.page,
    box: figure.box && [...figure.box],
    boxes: figure.boxes ? figure.boxes.map((box) => [...box]) : null,
    article: figure.article,
    grounding: figure.grounding,
    findings: figure.findings.map(({ code, level, detail }) => ({ code, level, detail })),
    review: figure.review,
    decision: figure.decision,
    headline: figure.headline,
    contested: figure.contested,
    indicatorName: indicatorNames(room, figure.indicator),
    regionName: figure.region === null ? null : regionNames(figure.region),
    clipping: figure.clipping,
    file,
    title: figure.title,
    publisher: figure.publisher,
    published: figure.published,
    repostOf: figure.work === figure.clipping ? null : figure.work,
  };
}

export const toDecisionShown = (decision: Decision): contract.Decision => ({
  id: decision.id,
  clipping: decision.clipping,
  figure: decision.figure,
  kind: decision.kind,
  follows: decision.follows,
  reviewer: decision.reviewer,
  reason: decision.reason,
  at: decision.at,
  version: decision.version,
  was: decision.was,
  is: decision.is,
  quote: decision.quote,
  start: decision.start,
  end: decision.end,
  page: decision.page,
  box: decision.box && [...decision.box],
});

export async function toClippings(room: Room, stored: readonly StoredClipping[]): Promise<contract.Clipping[]> {
  const fileOf = await fileNames(
    room,
    stored.map(({ id, path }) => ({ clipping: id, path })),
  );
  return stored.map((clipping) => ({
    id: clipping.id,
    kind: clipping.kind,
    file: fileOf({ clipping: clipping.id, path: clipping.path }),
    path: clipping.path,
    bytes: clipping.bytes,
    about: clipping.about,
    regionName: clipping.about.region === null ? null : regionNames(clipping.about.region),
    outcome: clipping.outcome,
    figures: clipping.figures,
    repostOf: clipping.repostOf,
    reposts: clipping.reposts,
    added: clipping.added,
    version: clipping.run.version,
  }));
}

export function toRegion(region: PlainRegion): contract.Region {
  return {
    code: region.code,
    name: { zh: region.name, en: region.english[0] ?? region.name },
    path: regionPath(region.code),
    level: region.level,
    parent: region.parent,
    until: region.until ?? null,
  };
}

export const namesOfRegion = (code: string): z.infer<typeof contract.Names> =>
  regionOf(code) ? regionNames(code) : { zh: code, en: code };

/** Code units of the source around a figure that are shown with it. */
const AROUND = 160;

/** The words around a span; cut at sentences' ends where one is near, never inside a surrogate pair. */
export function contextOf(text: string, start: number, end: number): z.infer<typeof contract.Context> {
  let from = Math.max(0, start - AROUND);
  let to = Math.min(text.length, end + AROUND);
  const opens = text.slice(from, start).search(/(?<=[。！？\n\f])[^。！？\n\f]*$/);
  if (opens > 0) from += opens;
  const closes = /[。！？\n\f]/.exec(text.slice(end, to));
  if (closes) to = end + closes.index + 1;
  if (isLowSurrogate(text, from)) from--;
  if (isLowSurrogate(text, to)) to++;
  return { start: from, before: text.slice(from, start), quote: text.slice(start, end), after: text.slice(end, to) };
}

const isLowSurrogate = (text: string, at: number) => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
};
