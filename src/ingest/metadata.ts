import type { Metadata } from "../doc/index.js";

/** Metadata of a clipping that says nothing of itself. */
export const NOTHING_KNOWN: Metadata = { title: null, publisher: null, published: null, region: null, url: null };

/** `over` where it says something, else `under`. */
export function mergeMetadata(under: Metadata, over: Partial<Metadata> | undefined): Metadata {
  return {
    title: over?.title ?? under.title,
    publisher: over?.publisher ?? under.publisher,
    published: over?.published ?? under.published,
    region: over?.region ?? under.region,
    url: over?.url ?? under.url,
  };
}
