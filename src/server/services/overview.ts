import { basename } from "node:path";
import { childrenOf, everyRegion, isWithin, regionOf, indicators as standard } from "../../catalogue/index.js";
import { isAtLevel } from "../../compare/index.js";
import { type CoverageCount, type Judged, MEANING } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound, ProblemError } from "../problem.js";
import { progress } from "./review.js";
import type { Room } from "./room.js";
import { indicatorNames, namesOfRegion } from "./shown.js";

export async function overview(room: Room): Promise<contract.Overview> {
  const status = await room.store.status();
  const { regions, indicators, first, last, contested } = await room.lists.extent();
  return {
    clippings: status.clippings,
    partial: status.partial,
    reposts: status.reposts,
    byKind: { ...status.byKind },
    figures: status.figures,
    regions,
    indicators,
    periods: { first, last },
    decisions: status.decisions,
    failures: { ...status.failures },
    versions: status.runs.map(({ version, catalogue, clippings }) => ({ version, catalogue, clippings })),
    waiting: status.waiting,
    contested,
    progress: await progress(room),
    bytes: status.bytes,
  };
}

interface CoverageQuery {
  readonly rows: "region" | "indicator";
  readonly columns: "indicator" | "year";
  readonly within?: string;
  readonly level?: "province" | "city" | "county";
  readonly indicator?: string;
}

export async function coverage(room: Room, query: CoverageQuery): Promise<contract.Coverage> {
  const { rows, columns, within, level, indicator } = query;
  if (within && !regionOf(within)) throw notFound(`region ${within}`);
  if (rows === "indicator" && columns === "indicator")
    throw new ProblemError("bad-request", "rows and columns are the same");
  const counts = await room.lists.coverage({
    // an index has them in this order
    by: columns === "indicator" && !within ? ["indicator", "region"] : [rows, columns],
    ...(within ? { within } : {}),
    ...(indicator ? { indicator } : {}),
  });
  const rowOf = rows === "indicator" ? (count: CoverageCount) => count.indicator : regionRow(within, level);
  const columnOf = (count: CoverageCount) => (columns === "indicator" ? count.indicator : count.year);
  const cells = new Map<string, [figures: number, reviewed: number]>();
  for (const count of counts) {
    const row = rowOf(count);
    const column = columnOf(count);
    if (row === undefined || row === null || column === null) continue;
    const key = `${row}\n${column}`;
    const before = cells.get(key) ?? [0, 0];
    cells.set(key, [before[0] + count.figures, before[1] + count.reviewed]);
  }
  const keys = (at: 0 | 1) => [...new Set([...cells.keys()].map((key) => key.split("\n")[at] as string))];
  const rowKeys = keys(0).sort(orderOf(room, rows));
  const columnKeys = keys(1).sort(orderOf(room, columns));
  const named = (kind: "region" | "indicator" | "year") => (key: string) => ({
    key,
    name:
      kind === "region"
        ? namesOfRegion(key)
        : kind === "indicator"
          ? indicatorNames(room, key)
          : { zh: `${key}年`, en: key },
  });
  return {
    rows: rowKeys.map(named(rows)),
    columns: columnKeys.map(named(columns)),
    cells: [...cells].map(([key, [figures, reviewed]]) => {
      const [row = "", column = ""] = key.split("\n");
      return [rowKeys.indexOf(row), columnKeys.indexOf(column), figures, reviewed];
    }),
  };
}

/** The row a region's figures belong to: itself at a level; else the child of `within` that holds it, or its province. */
function regionRow(
  within: string | undefined,
  level: CoverageQuery["level"],
): (count: CoverageCount) => string | null | undefined {
  if (level) {
    const rows = new Set(
      everyRegion()
        .map(({ code }) => code)
        .filter((code) => isAtLevel(code, level) && (!within || isWithin(code, within))),
    );
    return ({ region }) => (region !== null && rows.has(region) ? region : undefined);
  }
  const children = within ? childrenOf(within).map(({ code }) => code) : [];
  const known = new Map<string, string | undefined>();
  const find = (region: string) => {
    if (within && region === within) return region;
    if (within) return children.find((child) => isWithin(region, child));
    let top = region;
    for (let parent = regionOf(top)?.parent; parent; parent = regionOf(top)?.parent) top = parent;
    return top;
  };
  return ({ region }) => {
    if (region === null) return undefined;
    if (!known.has(region)) known.set(region, find(region));
    return known.get(region);
  };
}

function orderOf({ catalogue }: Room, kind: "region" | "indicator" | "year"): (a: string, b: string) => number {
  if (kind !== "indicator") return (a, b) => (a < b ? -1 : 1);
  const all = [...catalogue.indicators, ...standard()].map(({ id }) => id);
  const rank = (id: string) => (all.includes(id) ? all.indexOf(id) : all.length);
  return (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** How right extraction was, by what reviewers found of the figures that they looked at. */
export async function accuracy(room: Room): Promise<contract.Accuracy> {
  const judged = await room.lists.judged();
  const indicators = [...new Set(judged.map(indicatorOf))].sort(orderOf(room, "indicator"));
  const seen = judged.filter(({ kind, confidence }) => kind !== "add" && confidence !== null);
  return {
    overall: rightOf(judged),
    byIndicator: indicators.map((indicator) => {
      const own = judged.filter((each) => indicatorOf(each) === indicator);
      return { indicator, name: indicatorNames(room, indicator), ...rightOf(own), fields: fieldsOf(own) };
    }),
    byConfidence: Array.from({ length: 10 }, (_, tenth) => {
      const own = seen.filter(({ confidence }) => Math.min(9, Math.floor((confidence ?? 0) * 10)) === tenth);
      return { from: tenth / 10, reviewed: own.length, right: own.filter(({ kind }) => kind === "accept").length };
    }),
  };
}

/** What extraction took a figure for; of one that it missed, what it is. */
const indicatorOf = ({ was, is }: Judged): string => (was ?? is).indicator;

function rightOf(judged: readonly Judged[]) {
  const count = (kind: Judged["kind"]) =>
    judged.filter((each) => each.kind === kind && (kind === "add" || each.was !== null)).length;
  const [right, corrected, rejected, missed] = [count("accept"), count("correct"), count("reject"), count("add")];
  const reviewed = right + corrected + rejected;
  return { reviewed, right, corrected, rejected, missed, ...wilson(right, reviewed) };
}

function fieldsOf(judged: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, was, is } of judged) {
    if (kind !== "correct" || !was) continue;
    for (const field of MEANING) if (was[field] !== is[field]) counts[field] = (counts[field] ?? 0) + 1;
  }
  return counts;
}

/** A share with its 95 % interval by Wilson's score, which holds for few and for extreme ones, too. */
export function wilson(
  right: number,
  of: number,
): { precision: number | null; low: number | null; high: number | null } {
  if (of === 0) return { precision: null, low: null, high: null };
  const z = 1.959964;
  const share = right / of;
  const centre = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { precision: share, low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}

export async function failures(
  room: Room,
  { code, limit, cursor }: { code?: string; limit: number; cursor?: string },
): Promise<{ items: contract.Failure[]; next: string | null; total: number }> {
  const all = (await room.store.failures()).filter((failure) => failure.code.startsWith(code ?? ""));
  const from = cursor === undefined ? 0 : all.findIndex(({ path }) => path > cursor);
  const page = from < 0 ? [] : all.slice(from, from + limit);
  const names = await room.desk.uploadNames(page.flatMap(({ clipping }) => clipping ?? []));
  return {
    items: page.map(({ path, clipping, code: why, detail, attempts, at }) => ({
      ...{ path, clipping, code: why, detail, attempts, at },
      file: names.get(clipping ?? "") ?? basename(path),
    })),
    next: from >= 0 && from + limit < all.length ? (page.at(-1)?.path ?? null) : null,
    total: all.length,
  };
}

/** Paths of failures that are to be tried again. */
export async function failedPaths(room: Room, { paths, code }: { paths?: string[]; code?: string }): Promise<string[]> {
  const all = (await room.store.failures()).filter((failure) => failure.code.startsWith(code ?? ""));
  const wanted = paths && new Set(paths);
  return all.map(({ path }) => path).filter((path) => !wanted || wanted.has(path));
}
