import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Message, Metadata } from "../doc/index.js";

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
  for (const [file, read] of [
    ["meta.json", fromJson],
    ["meta.csv", fromCsv],
  ] as const) {
    const raw = await readFile(join(folder, file), "utf8").catch(() => undefined);
    if (raw === undefined) continue;
    try {
      const entry = await read(raw.replace(/^\ufeff/, ""), name);
      if (entry === undefined) continue;
      const parsed = SideEntry.parse(entry);
      return {
        metadata: Object.fromEntries(Object.entries(parsed).filter(([, value]) => value != null)) as Partial<Metadata>,
        messages: [],
      };
    } catch (cause) {
      const detail =
        cause instanceof z.ZodError
          ? cause.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")
          : (cause as Error).message;
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
  }
  return { metadata: {}, messages: [] };
}

function fromJson(raw: string, name: string): unknown {
  const entries = z.record(z.string(), z.unknown()).parse(JSON.parse(raw));
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

async function fromCsv(raw: string, name: string): Promise<unknown> {
  const { parse } = await import("csv-parse/sync");
  const rows = parse(raw, { columns: true, skip_empty_lines: true, trim: true }) as Record<string, string>[];
  return rows.find((row) => row["file"] === name);
}
