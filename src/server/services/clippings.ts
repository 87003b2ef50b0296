import type { ClippingFilter } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound, ProblemError } from "../problem.js";
import { isRegion } from "./check.js";
import { partOf } from "./figures.js";
import type { Room } from "./room.js";
import { toClippings } from "./shown.js";

interface Query extends ClippingFilter {
  readonly sort: "path" | "-stored";
  readonly limit: number;
  readonly cursor?: string;
}

const filterOf = ({ within, work, kind, outcome }: ClippingFilter): ClippingFilter => ({
  ...(within ? { within } : {}),
  ...(work ? { work } : {}),
  ...(kind ? { kind } : {}),
  ...(outcome ? { outcome } : {}),
});

export async function clippings(room: Room, query: Query): Promise<contract.ClippingPage> {
  const { items, next } = await room.lists.clippings(filterOf(query), query.sort === "-stored", partOf(query));
  const total = query.cursor === undefined ? await room.lists.clippingCount(filterOf(query)) : null;
  return { items: await toClippings(room, items), next, total };
}

export async function clipping(room: Room, { id }: { id: string }): Promise<contract.ClippingDetail> {
  const { stored, parts } = await found(room, id);
  const [paths, text, [shown]] = await Promise.all([
    room.store.paths(id),
    room.store.text(id),
    toClippings(room, [stored]),
  ]);
  const place = await room.files.find(id, paths);
  return {
    clipping: shown as contract.Clipping,
    encoding: parts.encoding,
    length: text?.length ?? 0,
    pages: pagesOf(id, parts.pages, place !== undefined),
    articles: [...parts.articles],
    messages: parts.messages.map((message) => ({ ...message, level: message.level as "note" })),
    paths: [...paths],
    source: place === undefined ? "gone" : place.kept ? "kept" : "path",
    reposts: await repostsOf(room, id),
  };
}

async function found(room: Room, id: string) {
  const stored = await room.store.clipping(id);
  const parts = await room.lists.parts(id);
  if (!stored || !parts) throw notFound(`clipping ${id}`);
  return { stored, parts };
}

type Parts = Awaited<ReturnType<typeof found>>["parts"];

const pagesOf = (id: string, pages: Parts["pages"], isThere: boolean): contract.Page[] =>
  pages.map((page) => ({ ...page, image: isThere ? `/api/v1/clippings/${id}/pages/${page.number}/image` : null }));

async function repostsOf(room: Room, id: string): Promise<contract.ClippingDetail["reposts"]> {
  const likeness = new Map<string, number>();
  for await (const { clipping: a, of, similarity } of room.store.reposts(id))
    likeness.set(a === id ? of : a, similarity);
  const stored = await Promise.all([...likeness.keys()].map((other) => room.store.clipping(other)));
  const shown = await toClippings(
    room,
    stored.filter((each) => each !== undefined),
  );
  return shown.map((each) => ({
    id: each.id,
    file: each.file,
    title: each.about.title,
    similarity: likeness.get(each.id) ?? 0,
  }));
}

export async function pages(room: Room, { id }: { id: string }): Promise<{ items: contract.Page[] }> {
  const { parts } = await found(room, id);
  const place = await room.files.find(id, await room.store.paths(id));
  return { items: pagesOf(id, parts.pages, place !== undefined) };
}

export async function text(room: Room, { id }: { id: string }): Promise<contract.SourceText> {
  const { stored, parts } = await found(room, id);
  const { items } = await pages(room, { id });
  return {
    id,
    kind: stored.kind,
    text: (await room.store.text(id)) ?? "",
    articles: [...parts.articles],
    pages: items,
  };
}

/** Places that are settled with a change: a clipping has no more, mostly. */
const SETTLE = 200;

type Change = { [Field in "title" | "publisher" | "published" | "region" | "url"]?: string | null };

export async function changeClipping(
  room: Room,
  { id, change, editor }: { id: string; change: Change; editor: string },
): Promise<contract.ClippingDetail> {
  await found(room, id);
  if (change.region && !isRegion(change.region)) throw new ProblemError("bad-request", `no region '${change.region}'`);
  await room.store.describe(id, change, editor);
  await room.lists.settle(SETTLE);
  return clipping(room, { id });
}
