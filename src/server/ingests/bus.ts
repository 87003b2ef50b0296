import type { Changed, Ingest, IngestFile } from "../contract/index.js";

export type Event =
  | { readonly type: "ingest"; readonly ingest: string; readonly data: Ingest }
  | { readonly type: "file"; readonly ingest: string; readonly data: IngestFile & { readonly ingest: string } }
  | { readonly type: "changed"; readonly data: Changed };

/** Tells all who listen. */
export class Bus {
  private readonly listeners = new Set<(event: Event) => void>();

  tell(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Returns what ends it. */
  listen(listener: (event: Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get size(): number {
    return this.listeners.size;
  }
}
