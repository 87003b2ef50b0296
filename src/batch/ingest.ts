import { availableParallelism } from "node:os";
import { type Catalogue, catalogue as standardCatalogue } from "../catalogue/index.js";
import type { Metadata } from "../doc/index.js";
import { sha256 } from "../ingest/index.js";
import { readClipping } from "../ingest/read-file.js";
import type { OpenOptions } from "../ocr/open.js";
import { catalogueHash, version } from "../pipeline.js";
import { type Extracted, givenHash, type NewFailure, type RunVersion, type Store, StoreError } from "../store/index.js";
import { canPool, type Extractor, type OnPageOf, PoolReader, ThreadReader, troubleOf } from "./extractor.js";
import { GuardedReader } from "./guarded.js";
import { type Flow, inOrder } from "./in-order.js";
import type { BatchLog, LogEvent } from "./log.js";
import { NO_PROGRESS, type Progress } from "./progress.js";
import { countFiles, type Walked, walk } from "./walk.js";

export interface IngestOptions {
  readonly ocr: boolean | OpenOptions;
  readonly catalogue?: Catalogue;
  /** Where `catalogue` was read from: workers read it themselves. Without it a catalogue of one's own is used in this thread only. */
  readonly catalogueSource?: { readonly text: string; readonly name: string };
  /** Worker threads; 0: read in this thread. As many as there are cores where it is not given. */
  readonly jobs?: number;
  /** Try again what failed before. */
  readonly retry?: boolean;
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean;
  readonly progress?: Progress;
  readonly log?: Pick<BatchLog, "write">;
  /** Told of each file as its reading begins. */
  readonly begun?: (path: string) => void;
  /** Ends the batch after what is in hand. */
  readonly signal?: AbortSignal;
  /** Paths beyond those given, for as long as it lasts: what a watcher finds. */
  readonly more?: AsyncIterable<Walked>;
  /** Files that are made while the batch lasts, of addresses; `addresses` is how many. */
  readonly fetched?: { readonly files: AsyncIterable<Walked>; readonly addresses: number };
}

export interface IngestSummary {
  stored: number;
  known: number;
  partial: number;
  /** Those of this batch; the first 1,000 of them. All are in the store. */
  failed: { path: string; code: string; detail: string }[];
  failures: number;
  figures: number;
  interrupted: boolean;
}

interface ReadOutcome {
  readonly how: "read";
  readonly path: string;
  readonly run: RunVersion;
  readonly extracted: Extracted;
  readonly ms: number;
}
interface FailedOutcome {
  readonly how: "failed";
  readonly failure: NewFailure;
  /** It failed before, and was not tried again. */
  readonly again: boolean;
}
type Outcome =
  | ReadOutcome
  | FailedOutcome
  | { readonly how: "known"; readonly path: string; readonly clipping: string };

/** Failures that a summary holds; a batch may have any number. */
const TOLD = 1000;
/** Files up to this number are read faster in this thread than workers start. */
const FEW = 3;

const FLOW: Omit<Flow, "active"> = { bytes: 64 << 20, batch: 128, batchMs: 500 };

/** Ingests files and folders into an open store, in order of path. Stops soundly at any moment; the same call goes on. */
export async function ingestPaths(
  paths: readonly string[],
  store: Store,
  options: IngestOptions,
): Promise<IngestSummary> {
  const batch = new Ingest(paths, store, options);
  return batch.run();
}

class Ingest {
  private readonly summary: IngestSummary = {
    stored: 0,
    known: 0,
    partial: 0,
    failed: [],
    failures: 0,
    figures: 0,
    interrupted: false,
  };
  private readonly version: RunVersion;
  private readonly triedBy: string;
  private readonly progress: Progress;
  private done = 0;
  private total: number | undefined;

  constructor(
    private readonly paths: readonly string[],
    private readonly store: Store,
    private readonly options: IngestOptions,
  ) {
    this.version = { version, catalogue: catalogueHash(options.catalogue ?? standardCatalogue()) };
    // what fails without OCR may be read with it
    this.triedBy = options.ocr ? version : `${version} without OCR`;
    this.progress = options.progress ?? NO_PROGRESS;
  }

  async run(): Promise<IngestSummary> {
    const { options, paths, store } = this;
    const signal = options.signal ?? new AbortController().signal;
    const fetched = options.fetched?.addresses ?? 0;
    const few = options.more ? FEW + 1 : fetched + (await countFiles(paths, upTo(FEW + 1)));
    const reader = readerOf(options, few <= FEW);
    const counting = countFiles(paths, () => !signal.aborted).then((count) => {
      this.total = count + fetched;
    });
    const begun = performance.now();
    const number = options.dryRun ? undefined : await store.beginBatch({ command: "ingest", paths });
    options.log?.write([{ event: "begin", command: "ingest", paths, version }]);
    this.progress.start();
    try {
      await inOrder(
        chained(walk(paths), options.fetched?.files, options.more),
        (file, ending) => this.one(file, reader, ending),
        (outcomes) => this.take(outcomes, number),
        {
          flow: { ...FLOW, active: reader.atOnce },
          sizeOf: (file) => ("bytes" in file ? file.bytes : 0),
          signal,
        },
      );
      await counting;
      // a watch has no other end
      this.summary.interrupted = signal.aborted && !options.more;
      if (number !== undefined) await store.updateBatch(number, this.counts(), !this.summary.interrupted);
    } finally {
      this.progress.stop();
      await reader.close();
    }
    const { stored, known, failures: failed, figures, interrupted } = this.summary;
    const seconds = Math.round(performance.now() - begun) / 1000;
    options.log?.write([{ event: "end", interrupted, stored, known, failed, figures, seconds }]);
    return this.summary;
  }

  /** Reads one file, unless the store has it, or knows that it cannot be read. */
  private async one(file: Walked, reader: Extractor, signal: AbortSignal): Promise<Outcome | undefined> {
    const { path } = file;
    if (signal.aborted) return undefined;
    if ("trouble" in file) return this.failed({ path, code: file.code ?? "ingest/unreadable", detail: file.trouble });
    let clipping: string | undefined;
    try {
      const bytes = await readClipping(path);
      clipping = sha256(bytes);
      if (bytes.length > 0 && (await this.store.has(clipping, this.version))) return { how: "known", path, clipping };
      const before = this.options.retry ? undefined : await this.store.failure(path);
      if (
        before?.clipping === clipping &&
        before.version === this.triedBy &&
        before.catalogue === this.version.catalogue
      )
        return { how: "failed", failure: before as NewFailure, again: true };
      if (this.options.dryRun) return { how: "read", path, run: this.version, extracted: NOT_READ, ms: 0 };
      const given = await this.store.described(clipping);
      this.options.begun?.(path);
      const read = await whileNot(signal, reader.read({ path, bytes, ...metadataOf(given) }));
      if (!read) return undefined;
      const run = { ...this.version, given: givenHash(given) };
      return { how: "read", path, run, ...read };
    } catch (cause) {
      if (cause instanceof StoreError) throw cause;
      return signal.aborted ? undefined : this.failed({ path, ...troubleOf(cause), ...(clipping ? { clipping } : {}) });
    }
  }

  private failed(failure: Pick<NewFailure, "path" | "code" | "detail" | "clipping">): FailedOutcome {
    const { catalogue } = this.version;
    return { how: "failed", failure: { ...failure, version: this.triedBy, catalogue }, again: false };
  }

  /** Stores what was read, in order, and tells of it. */
  private async take(outcomes: readonly Outcome[], batch: number | undefined): Promise<void> {
    const events = this.options.dryRun
      ? outcomes.map((outcome) => this.told(outcome, true))
      : await this.keep(outcomes);
    this.options.log?.write(events);
    this.done += outcomes.length;
    const last = outcomes.at(-1);
    const path = last?.how === "failed" ? last.failure.path : (last?.path ?? "");
    this.progress.update(this.done, this.total, path);
    if (batch !== undefined) await this.store.updateBatch(batch, this.counts());
  }

  private async keep(outcomes: readonly Outcome[]): Promise<LogEvent[]> {
    const saved = new Map<Outcome, "stored" | "known" | Error>();
    for (const group of byRun(outcomes.filter((outcome) => outcome.how === "read")))
      for (const [index, result] of (await this.save(group)).entries()) saved.set(group[index] as Outcome, result);
    await this.store.seen(...outcomes.filter((outcome) => outcome.how === "known"));
    const settled = outcomes.map((outcome) => {
      const result = saved.get(outcome);
      return outcome.how === "read" && result instanceof Error
        ? this.failed({ path: outcome.path, clipping: outcome.extracted.id, ...troubleOf(result) })
        : outcome;
    });
    const failures = settled.filter((outcome) => outcome.how === "failed").filter(({ again }) => !again);
    await this.store.fail(...failures.map(({ failure }) => failure));
    return settled.map((outcome, index) => this.told(outcome, saved.get(outcomes[index] as Outcome) === "stored"));
  }

  /** All in one transaction; where one of them cannot be stored, each in its own. */
  private async save(group: readonly ReadOutcome[]): Promise<readonly ("stored" | "known" | Error)[]> {
    const { run } = group[0] as ReadOutcome;
    const orTrouble = (cause: unknown): Error => {
      if (cause instanceof StoreError) throw cause;
      return cause as Error;
    };
    try {
      return await this.store.saveAll(
        group.map(({ extracted }) => extracted),
        run,
      );
    } catch (cause) {
      orTrouble(cause);
    }
    const results: ("stored" | "known" | Error)[] = [];
    for (const { extracted } of group) results.push(await this.store.save(extracted, run).catch(orTrouble));
    return results;
  }

  /** Counts an outcome. */
  private told(outcome: Outcome, isStored: boolean): LogEvent {
    const { summary } = this;
    if (outcome.how === "failed") {
      const { path, code, detail } = outcome.failure;
      summary.failures++;
      if (summary.failed.length < TOLD) summary.failed.push({ path, code, detail });
      return { event: "failed", path, code, detail, again: outcome.again };
    }
    if (outcome.how === "known" || !isStored) {
      summary.known++;
      const clipping = outcome.how === "known" ? outcome.clipping : outcome.extracted.id;
      return { event: "known", path: outcome.path, clipping };
    }
    const { extracted, path, ms } = outcome;
    const isPartial = extracted.messages.some((message) => message.level === "error");
    summary.stored++;
    summary.figures += extracted.figures.length;
    if (isPartial) summary.partial++;
    return {
      event: "stored",
      path,
      clipping: extracted.id,
      figures: extracted.figures.length,
      outcome: isPartial ? "partial" : "complete",
      ms,
    };
  }

  private counts() {
    const total = this.total === undefined ? {} : { total: this.total };
    return { ...total, done: this.done, failed: this.summary.failures };
  }
}

/** Stands for what a dry run does not read. */
const NOT_READ: Extracted = {
  ...{ id: "", path: "", bytes: 0, kind: "text", encoding: null, text: "", normalText: "" },
  about: { title: null, publisher: null, published: null, region: null, url: null },
  ...{ pages: [], articles: [], figures: [], messages: [] },
};

/** The reader of a batch: workers where they pay. */
export function readerOf(
  options: Pick<IngestOptions, "ocr" | "catalogue" | "catalogueSource" | "jobs" | "progress">,
  isFew: boolean,
): Extractor {
  const own = options.catalogueSource;
  const jobs = options.jobs ?? availableParallelism();
  const onPage: OnPageOf = (...page) => options.progress?.page(...page);
  const isForeign = options.catalogue !== undefined && options.catalogue !== standardCatalogue() && !own;
  const inThread = () =>
    new ThreadReader({
      ocr: options.ocr,
      ...(options.catalogue ? { catalogue: options.catalogue } : {}),
      onPage,
    });
  if (jobs === 0 || isForeign || !canPool()) return inThread();
  const inWorkers = (count: number) => new PoolReader(count, { ocr: options.ocr, ...(own ? { own } : {}) }, { onPage });
  return isFew ? new GuardedReader(inThread(), () => inWorkers(1)) : inWorkers(jobs);
}

/** The fields that a person gave. */
export function metadataOf(given: Metadata | undefined): { metadata?: Partial<Metadata> } {
  if (!given) return {};
  return {
    metadata: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Partial<Metadata>,
  };
}

/** The results of one run lie together, in their order. */
export function byRun<T extends { readonly run: RunVersion }>(outcomes: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const outcome of outcomes) {
    const group = groups.at(-1);
    if (group?.[0]?.run.given === outcome.run.given) group?.push(outcome);
    else groups.push([outcome]);
  }
  return groups;
}

/** What a promise gives, or undefined as soon as the signal comes. */
function whileNot<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

async function* chained<T>(...sources: readonly (AsyncIterable<T> | undefined)[]): AsyncGenerator<T> {
  for (const source of sources) if (source) yield* source;
}

function upTo(most: number): () => boolean {
  let left = most;
  return () => left-- > 0;
}
