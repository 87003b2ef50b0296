import { sniff } from "../ingest/sniff.js";
import type { Extractor, Read, ReadTask } from "./extractor.js";

/**
 * For a few clippings: plain text is read here, where no parser of a foreign
 * format runs; all else in a worker that can be ended, begun with the first.
 */
export class GuardedReader implements Extractor {
  readonly atOnce = 2;
  private workers: Extractor | undefined;

  constructor(
    private readonly here: Extractor,
    private readonly begin: () => Extractor,
  ) {}

  async read(task: ReadTask): Promise<Read> {
    const kind = await sniff(task.bytes, task.path).catch(() => "text" as const);
    if (kind === "text") return this.here.read(task);
    this.workers ??= this.begin();
    return this.workers.read(task);
  }

  async close(): Promise<void> {
    await Promise.all([this.here.close(), this.workers?.close()]);
  }
}
