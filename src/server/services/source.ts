import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { type Box, ClippingError, type Source } from "../../doc/index.js";
import { cacheFolder } from "../../ocr/cache.js";
import { LateEngine } from "../../ocr/late.js";
import { readSource, version } from "../../pipeline.js";
import type { StoredClipping } from "../../store/index.js";
import type * as contract from "../contract/index.js";
import { notFound, ProblemError } from "../problem.js";
import { linesOf, spanUnder } from "../source/layout.js";
import { normalText } from "../source/normal.js";
import { known } from "./figures.js";
import type { Room } from "./room.js";

/** Services that open the bytes of clippings: they run in a process of their own, which may be ended. */

async function clippingOf({ store }: Room, id: string): Promise<StoredClipping> {
  const clipping = await store.clipping(id);
  if (!clipping) throw notFound(`clipping ${id}`);
  return clipping;
}

/** Where a clipping's bytes lie. Throws a `gone` problem where nowhere. */
export async function located(room: Room, id: string): Promise<string> {
  const found = await room.files.find(id, await room.store.paths(id));
  if (!found) throw new ProblemError("gone", "the file was moved, changed or deleted since it was read");
  return found.path;
}

async function pageOf(room: Room, id: string, page: number) {
  const clipping = await clippingOf(room, id);
  const found = (await room.lists.parts(id))?.pages.find(({ number }) => number === page);
  if (!found) throw notFound(`page ${page} of clipping ${id}`);
  return { clipping, page: found };
}

const STEP = 400;

/** A page's picture as PNG. */
export async function pageImage(room: Room, input: { id: string; page: number; width: number }): Promise<Buffer> {
  const { clipping, page } = await pageOf(room, input.id, input.page);
  return picture(room, clipping, page.number, Math.ceil(input.width / STEP) * STEP);
}

async function picture(room: Room, { id, kind }: StoredClipping, page: number, width: number): Promise<Buffer> {
  const name = `${id.slice(0, 2)}/${id.slice(2)}/p${page}-w${width}.png`;
  const made = await room.files.cached(name);
  if (made) return made;
  const bytes = await readFile(await located(room, id));
  const { pdfPicture, scanPicture } = await import("../source/picture.js");
  const png = kind === "pdf" ? await pdfPicture(bytes, page, width) : await scanPicture(bytes, width);
  await room.files.cache(name, png);
  return png;
}

/** Width at which pages are rendered that figures are cut from: about 200 dpi of A4. */
const CUT_FROM = 2000;

/** The picture of a figure's place. */
export async function figureImage(room: Room, input: { id: string; pad: number; width: number }): Promise<Buffer> {
  const figure = await known(room, input.id);
  if (figure.page === null || figure.box === null) throw notFound(`place on a page of figure ${input.id}`);
  const { clipping, page } = await pageOf(room, figure.clipping, figure.page);
  const { cut } = await import("../source/picture.js");
  return cut(await picture(room, clipping, page.number, CUT_FROM), page, figure.box, input.pad, input.width);
}

/** Reads a clipping's bytes again. Undefined where they are gone, or are read otherwise than they were. */
async function again(
  room: Room,
  { id, path }: StoredClipping,
  text: string,
  withOcr: boolean,
): Promise<Source | undefined> {
  const ocr = withOcr ? new LateEngine({ workers: 1, cache: cacheFolder(process.env) }, () => {}) : undefined;
  try {
    const bytes = await readFile(await located(room, id));
    const { source } = await readSource(bytes, { path, ...(ocr ? { ocr } : {}) });
    return source.text === text ? source : undefined;
  } catch (cause) {
    if (cause instanceof ClippingError || cause instanceof ProblemError) return undefined;
    throw cause;
  } finally {
    await ocr?.close();
  }
}

/** A clipping's normal text with the way back to its source text. Scans are not read again for it: that takes long. */
export async function normal(room: Room, { id }: { id: string }): Promise<contract.NormalText> {
  const clipping = await clippingOf(room, id);
  const name = `${id.slice(0, 2)}/${id.slice(2)}/normal-${version}-${clipping.run.version}-${clipping.run.catalogue}.json.gz`;
  const made = await room.files.cached(name);
  if (made) return JSON.parse(gunzipSync(made).toString("utf8")) as contract.NormalText;
  const text = (await room.store.text(id)) ?? "";
  const stored = { text, normal: (await room.store.normalText(id)) ?? text };
  const isPlain = clipping.kind === "text";
  const hasOcr = (await room.lists.parts(id))?.pages.some(({ read }) => read === "ocr") ?? false;
  const source = isPlain || hasOcr ? undefined : await again(room, clipping, text, false);
  const reply = { id, ...normalText(stored, source) };
  await room.files.cache(name, gzipSync(JSON.stringify(reply)));
  return reply;
}

/** Lines and words of a page. Read once; then they are kept. Throws `unavailable` where the source is read otherwise now. */
export async function pageLayout(room: Room, input: { id: string; page: number }): Promise<contract.PageLayout> {
  const { clipping, page } = await pageOf(room, input.id, input.page);
  const lines = (await layoutOf(room, clipping))[page.number] ?? [];
  return { page: page.number, width: page.width, height: page.height, lines };
}

type Layout = Readonly<Record<number, contract.PageLayout["lines"]>>;

async function layoutOf(room: Room, clipping: StoredClipping): Promise<Layout> {
  const { id, run } = clipping;
  const name = `${id.slice(0, 2)}/${id.slice(2)}/layout-${version}-${run.version}-${run.catalogue}.json.gz`;
  const made = await room.files.cached(name);
  if (made) return JSON.parse(gunzipSync(made).toString("utf8")) as Layout;
  const text = (await room.store.text(id)) ?? "";
  await located(room, id);
  const source = await again(room, clipping, text, true);
  if (!source)
    throw new ProblemError("unavailable", "the page is read otherwise now than when it was stored: jianbao reextract");
  const layout = Object.fromEntries(source.pages.map(({ number }) => [number, linesOf(source, number)]));
  await room.files.cache(name, gzipSync(JSON.stringify(layout)));
  return layout;
}

/** The words under a box that a person drew on a page. */
export async function locate(room: Room, input: { id: string; page: number; box: Box }): Promise<contract.Located> {
  const { lines } = await pageLayout(room, input);
  const found = spanUnder(lines, input.box);
  if (!found) throw new ProblemError("conflict", "no words were read on this page: mark the place in the text");
  const text = (await room.store.text(input.id)) ?? "";
  return { ...found, quote: text.slice(found.start, found.end), box: [...input.box] };
}
