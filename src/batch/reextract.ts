import { catalogue as standardCatalogue } from "../catalogue/index.js";
import { sha256 } from "../ingest/index.js";
import { readClipping } from "../ingest/read-file.js";
import { catalogueHash, version } from "../pipeline.js";
import {
  type Extracted,
  givenHash,
  type RunVersion,
  type Store,
  type StoredClipping,
  StoreError,
} from "../store/index.js";
import { type Extractor, type ReadTask, troubleOf } from "./extractor.js";
import { inOrder } from "./in-order.js";
import { byRun, type IngestOptions, metadataOf, readerOf } from "./ingest.js";
import { NO_PROGRESS } from "./progress.js";

export interface ReextractOptions
  extends Pick<IngestOptions, "ocr" | "catalogue" | "catalogueSource" | "jobs" | "progress" | "log" | "signal"> {
  /** Leave clippings alone that this version, or a newer one, has read. */
  readonly since?: string;
}

export interface ReextractSummary {
  /** Read again in this call, and before it. */
  read: number;
  before: number;
  /** Read by this version and catalogue (or by `since` and later) already. */
  upToDate: number;
  /** Neither the file is there any more, nor would its text do; they stay as they are. */
  gone: string[];
  failed: { path: string; code: string; detail: string }[];
  interrupted: boolean;
}

type Outcome =
  | {
      readonly how: "read";
      readonly clipping: StoredClipping;
      readonly run: RunVersion;
      readonly extracted: Extracted;
      readonly ms: number;
    }
  | { readonly how: "before"; readonly clipping: StoredClipping }
  | { readonly how: "up-to-date"; readonly clipping: StoredClipping }
  | { readonly how: "gone"; readonly clipping: StoredClipping }
  | { readonly how: "failed"; readonly clipping: StoredClipping; readonly code: string; readonly detail: string };

/** What this version of the pipeline is to a store. */
export const currentVersion = (options: Pick<IngestOptions, "catalogue">): Required<RunVersion> => ({
  version,
  catalogue: catalogueHash(options.catalogue ?? standardCatalogue()),
  given: "",
});

/**
 * Reads the clippings of a store again where another version or catalogue
 * read them, or people have told more of them since. The runs wait: nothing
 * changes until they are adopted. The same call goes on where one stopped.
 */
export async function reextract(store: Store, options: ReextractOptions): Promise<ReextractSummary> {
  const signal = options.signal ?? new AbortController().signal;
  const progress = options.progress ?? NO_PROGRESS;
  const summary: ReextractSummary = { read: 0, before: 0, upToDate: 0, gone: [], failed: [], interrupted: false };
  const { clippings: total } = await store.status();
  const reader = readerOf(options, total <= 3);
  const number = await store.beginBatch({ command: "reextract", paths: [] });
  let done = 0;
  const take = async (outcomes: readonly Outcome[]) => {
    for (const outcome of outcomes) count(outcome, summary);
    for (const group of byRun(outcomes.filter((outcome) => outcome.how === "read")))
      await store.saveAll(
        group.map(({ extracted }) => extracted),
        (group[0] as (typeof group)[number]).run,
        { waiting: true },
      );
    done += outcomes.length;
    options.log?.write(outcomes.map(eventOf));
    progress.update(done, total, outcomes.at(-1)?.clipping.path ?? "");
    await store.updateBatch(number, { total, done, failed: summary.failed.length + summary.gone.length });
  };
  progress.start();
  try {
    await inOrder(store.eachClipping(), (clipping, ending) => one(clipping, store, reader, options, ending), take, {
      flow: { active: reader.atOnce, bytes: 64 << 20, batch: 128, batchMs: 500 },
      sizeOf: ({ bytes }) => bytes,
      signal,
    });
    summary.interrupted = signal.aborted;
    await store.updateBatch(number, {}, !summary.interrupted);
  } finally {
    progress.stop();
    await reader.close();
  }
  return summary;
}

async function one(
  clipping: StoredClipping,
  store: Store,
  reader: Extractor,
  options: ReextractOptions,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  if (signal.aborted) return undefined;
  const described = await store.described(clipping.id);
  const run = { ...currentVersion(options), given: givenHash(described) };
  const isSameGiven = clipping.run.given === run.given;
  const isNow = clipping.run.version === run.version && clipping.run.catalogue === run.catalogue;
  if (isSameGiven && (isNow || (options.since && compareVersions(clipping.run.version, options.since) >= 0)))
    return { how: "up-to-date", clipping };
  if (await store.has(clipping.id, run)) return { how: "before", clipping };
  const task = await sourceOf(clipping, store);
  if (!task) return { how: "gone", clipping };
  try {
    const { metadata } = metadataOf(described);
    const read = await reader.read({ ...task, metadata: { ...task.metadata, ...metadata } });
    return { how: "read", clipping, run, ...read };
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    return signal.aborted ? undefined : { how: "failed", clipping, ...troubleOf(cause) };
  }
}

/** The bytes of a clipping where a file still has them; else its text, where that is all there ever was. */
async function sourceOf(clipping: StoredClipping, store: Store): Promise<ReadTask | undefined> {
  for (const path of await store.paths(clipping.id)) {
    const bytes = await readClipping(path).catch(() => undefined);
    if (bytes && sha256(bytes) === clipping.id) return { path, bytes };
  }
  if (clipping.kind !== "text" && clipping.kind !== "html") return undefined;
  const text = await store.text(clipping.id);
  if (text === undefined) return undefined;
  const { title, publisher, published, region, url } = clipping.about;
  return {
    path: clipping.path,
    // the mark says that it is UTF-8, whatever the file was
    bytes: new TextEncoder().encode(`\ufeff${text}`),
    standsFor: clipping.id,
    ...metadataOf({ title, publisher, published, region, url }),
  };
}

function count(outcome: Outcome, summary: ReextractSummary): void {
  const { path } = outcome.clipping;
  if (outcome.how === "read") summary.read++;
  else if (outcome.how === "before") summary.before++;
  else if (outcome.how === "up-to-date") summary.upToDate++;
  else if (outcome.how === "gone") summary.gone.push(path);
  else summary.failed.push({ path, code: outcome.code, detail: outcome.detail });
}

function eventOf(outcome: Outcome) {
  const { id, path } = outcome.clipping;
  if (outcome.how === "failed")
    return { event: "failed", path, code: outcome.code, detail: outcome.detail, again: false } as const;
  if (outcome.how === "gone")
    return { event: "failed", path, code: "ingest/unreadable", detail: "the file is gone", again: false } as const;
  if (outcome.how !== "read") return { event: "known", path, clipping: id } as const;
  const { figures, messages } = outcome.extracted;
  const isPartial = messages.some((message) => message.level === "error");
  return {
    event: "stored",
    path,
    clipping: id,
    figures: figures.length,
    outcome: isPartial ? "partial" : "complete",
    ms: outcome.ms,
  } as const;
}

/** Order of versions, number by number: 0.9.0 comes before 0.10.0. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [a, b].map((version) => version.split(/[^\d]+/).map(Number));
  for (let index = 0; index < Math.max(first?.length ?? 0, second?.length ?? 0); index++) {
    const difference = (first?.[index] ?? 0) - (second?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Clippings that are taken over in one transaction. */
const ADOPTED = 200;

/** Makes the runs that wait the current ones. May be stopped and called again. */
export async function adoptWaiting(store: Store, run: RunVersion, signal?: AbortSignal): Promise<number> {
  const clippings = await store.awaiting(run);
  let done = 0;
  for (; done < clippings.length && !signal?.aborted; done += ADOPTED)
    await store.adopt(clippings.slice(done, done + ADOPTED), run);
  return Math.min(done, clippings.length);
}
