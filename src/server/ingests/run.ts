import { availableParallelism } from "node:os";
import { ingestPaths } from "../../batch/ingest.js";
import type { LogEvent } from "../../batch/log.js";
import { catalogueFrom } from "../../catalogue/index.js";
import { openSqliteStore } from "../../store/index.js";
import type { RoomStart } from "../threads/open-room.js";

export interface IngestStart extends RoomStart {
  readonly paths: readonly string[];
  readonly ocr: boolean;
}

/** What is told of an ingest while it runs. */
export type Told =
  | LogEvent
  | { readonly event: "begun"; readonly path: string }
  | { readonly event: "broke"; readonly detail: string };

/** Reads files into the store, with a connection of its own; half of the machine is left to those who read. */
export async function runIngest(
  start: IngestStart,
  tell: (told: Told) => void,
  signal: AbortSignal,
  jobs?: number,
): Promise<void> {
  const { own, paths, ocr } = start;
  try {
    const store = await openSqliteStore(start.store);
    try {
      await ingestPaths(paths, store, {
        ocr,
        jobs: jobs ?? Math.max(1, Math.floor(availableParallelism() / 2)),
        ...(own ? { catalogue: catalogueFrom(own.text, own.name), catalogueSource: own } : {}),
        // what is asked for by hand is tried again
        retry: true,
        signal,
        begun: (path) => tell({ event: "begun", path }),
        log: { write: (events) => events.forEach(tell) },
      });
    } finally {
      await store.close();
    }
  } catch (cause) {
    tell({ event: "broke", detail: (cause as Error).message });
  }
}
