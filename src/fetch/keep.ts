import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClippingError, type Code } from "../doc/index.js";
import { sha256 } from "../ingest/index.js";
import { Fetcher, type FetcherOptions } from "./fetcher.js";

/** A file that was fetched, or an address that could not be, with the reason. */
export type Fetched =
  | { readonly path: string; readonly bytes: number }
  | { readonly path: string; readonly code: Code; readonly trouble: string };

export const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text);

/** Ends of names by content type; the kind itself is told by the bytes. */
const ENDS: Readonly<Record<string, string>> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "text/plain": "txt",
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
};

/**
 * Fetches addresses one after another and keeps what they answer in a folder,
 * each in one of its own by host and SHA-256, with its address beside it: read
 * again later, it needs no network. Names come from hashes, never from servers.
 */
export async function* keepFetched(
  addresses: readonly string[],
  folder: string,
  options: FetcherOptions,
): AsyncGenerator<Fetched> {
  const fetcher = new Fetcher(options);
  try {
    for (const address of addresses) {
      if (options.signal?.aborted) return;
      try {
        const { url, headers, body } = await fetcher.fetch(address);
        const host = new URL(url).hostname.replace(/[^a-z0-9.-]/gi, "_");
        const home = join(folder, host, sha256(body).slice(0, 16));
        const type =
          String(headers["content-type"] ?? "")
            .split(";")[0]
            ?.trim()
            .toLowerCase() ?? "";
        const name = `page.${ENDS[type] ?? "bin"}`;
        await mkdir(home, { recursive: true });
        await writeFile(join(home, "meta.json"), `${JSON.stringify({ [name]: { url } })}\n`);
        await writeFile(join(home, name), body);
        yield { path: join(home, name), bytes: body.length };
      } catch (cause) {
        if (options.signal?.aborted) return;
        if (!(cause instanceof ClippingError)) throw cause;
        yield { path: address, code: cause.code, trouble: cause.message };
      }
    }
  } finally {
    await fetcher.close();
  }
}
