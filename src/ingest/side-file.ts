import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Message, Metadata } from "../doc/index.js";
import { readClipping } from "./read-file.js";

const text = z
  .string()
  .trim()
  .transform((value) => (value === "" ? null : value))
  .nullable()
  .optional();
/** One clipping's entry in `meta.json` or row of `meta.csv`. */
export const SideEntry = z.object({ title: text, publisher: text, published: text, region: text, url: text });

/**
 * What `meta.json` (`{"name.txt": {…}}`) or `meta.csv` (columns file, title,
 * publisher, published, region, url) beside a clipping says of it. A side file
 * with an error gives a message, and nothing else is lost.
 */
export async function sideFileFor(
  path: string,
): Promise<{ metadata: Partial<Metadata>; messages: readonly Message[] }> {
  const folder = dirname(path);
  const name = basename(path);
  for (const file of SIDE_FILES) {
    const side = await sideFileLately(join(folder, file));
    if (!side) continue;
    const entry = side.entries?.get(name);
    if (side.entries && entry === undefined) continue;
    const parsed = side.entries ? SideEntry.safeParse(entry) : undefined;
    if (parsed?.success)
      return {
        metadata: Object.fromEntries(
          Object.entries(parsed.data).filter(([, value]) => value != null),
        ) as Partial<Metadata>,
        messages: [],
      };
    const detail = parsed ? detailOf(parsed.error) : side.trouble;
    return {
      metadata: {},
      messages: [
        {
          code: "ingest/metadata",
          level: "warning",
          at: { of: "source", start: 0, end: 0 },
          detail: `${join(folder, file)}: ${detail}`,
        },
      ],
    };
  }
  return { metadata: {}, messages: [] };
}

const SIDE_FILES = ["meta.json", "meta.csv"] as const;

/** A side file as it was last read; without `entries` it has an error. */
interface SideFile {
  /** Time of change and size: another one is read anew. */
  readonly stamp: string;
  readonly entries?: ReadonlyMap<string, unknown>;
  readonly trouble?: string;
}

/** How long, in ms, what was found of a side file is not looked for again: thousands of clippings of a folder ask in a row. */
const FRESH_MS = 250;
const asked = new Map<string, { readonly at: number; readonly side: Promise<SideFile | undefined> }>();

/** The same as `sideFile`, asked of the disk a few times a second at most. */
function sideFileLately(path: string): Promise<SideFile | undefined> {
  const now = performance.now();
  const known = asked.get(path);
  if (known && now - known.at < FRESH_MS) return known.side;
  const side = sideFile(path);
  if (asked.size >= MOST) asked.clear();
  asked.set(path, { at: now, side });
  return side;
}

/** The side files last used: a folder of 100,000 clippings has one, of as many rows. */
const lately = new Map<string, SideFile>();
const MOST = 16;

/** Undefined where there is none. */
async function sideFile(path: string): Promise<SideFile | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  const stamp = `${stats.mtimeMs} ${stats.size}`;
  const known = lately.get(path);
  if (known?.stamp === stamp) return known;
  let side: SideFile;
  try {
    // the decoder takes the mark away
    const raw = new TextDecoder().decode(await readClipping(path, "sideFileBytes"));
    side = { stamp, entries: path.endsWith(".json") ? fromJson(raw) : await fromCsv(raw) };
  } catch (cause) {
    if ("errno" in (cause as Error)) return undefined;
    side = { stamp, trouble: detailOf(cause as Error) };
  }
  const [oldest] = lately.keys();
  if (lately.size >= MOST && oldest !== undefined) lately.delete(oldest);
  lately.set(path, side);
  return side;
}

const detailOf = (cause: Error): string =>
  cause instanceof z.ZodError
    ? cause.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")
    : cause.message;

const fromJson = (raw: string): Map<string, unknown> =>
  new Map(Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(raw))));

async function fromCsv(raw: string): Promise<Map<string, unknown>> {
  const { parse } = await import("csv-parse/sync");
  const rows = parse(raw, { columns: true, skip_empty_lines: true, trim: true }) as Record<string, string>[];
  // of rows for one file the first counts
  return new Map(rows.reverse().map((row) => [row["file"] ?? "", row]));
}
