import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type MessagePort, Worker } from "node:worker_threads";
import type { Catalogue } from "../catalogue/index.js";
import { ClippingError, type Code, type Metadata } from "../doc/index.js";
import { sideFileFor } from "../ingest/index.js";
import { type Limits, limits } from "../ingest/limits.js";
import { LateEngine } from "../ocr/late.js";
import type { OpenOptions } from "../ocr/open.js";
import { extractBytes } from "../pipeline.js";
import { type Extracted, prepare } from "../store/index.js";

/** One clipping to be read. */
export interface ReadTask {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Goes before what a side file says. */
  readonly metadata?: Partial<Metadata>;
  /** The bytes are those of the stored text, not of the file: the clipping keeps its id. */
  readonly standsFor?: string;
}

/** What was read, and how long it took. */
export interface Read {
  readonly extracted: Extracted;
  readonly ms: number;
}

/** Reads clippings, several at a time. Rejects with ClippingError where one cannot be read. */
export interface Extractor {
  /** How many clippings it is well given at a time. */
  readonly atOnce: number;
  read(task: ReadTask): Promise<Read>;
  close(): Promise<void>;
}

/** Told after each page of a clipping that has pages; `number` counts from 1. */
export type OnPageOf = (path: string, number: number, of: number) => void;

export interface ReaderOptions {
  /** How scans are read; `true` as usual, `false` not at all. */
  readonly ocr: boolean | OpenOptions;
  readonly catalogue?: Catalogue;
  readonly onPage?: OnPageOf;
}

/** In this thread: for a few clippings, and inside of workers. */
export class ThreadReader implements Extractor {
  readonly atOnce = 2;
  private readonly engine: LateEngine | undefined;

  constructor(private readonly options: ReaderOptions) {
    const { ocr } = options;
    this.engine = ocr
      ? new LateEngine(ocr === true ? {} : ocr, (text) => process.stderr.write(`${text}\n`))
      : undefined;
  }

  async read({ path, bytes, metadata, standsFor }: ReadTask): Promise<Read> {
    const begun = performance.now();
    const beside = await sideFileFor(path);
    const { catalogue, onPage } = this.options;
    const read = await extractBytes(bytes, {
      path,
      metadata: { ...beside.metadata, ...metadata },
      ...(catalogue ? { catalogue } : {}),
      ...(this.engine ? { ocr: this.engine } : {}),
      ...(onPage ? { onPage: (number, of) => onPage(path, number, of) } : {}),
    });
    const { id, kind, encoding, about, text, normalText, pages, articles, figures } = read;
    const messages = [...beside.messages, ...read.messages];
    const extracted = {
      ...{ id: standsFor ?? id, path, bytes: read.bytes, kind, encoding, about, text, normalText },
      ...{ pages, articles, figures, messages },
    };
    const prepared = performance.now();
    const derived = prepare(extracted);
    const timings = { ...read.timings, prepare: performance.now() - prepared };
    return { extracted: { ...extracted, derived, timings }, ms: Math.round(performance.now() - begun) };
  }

  async close(): Promise<void> {
    await this.engine?.close();
  }
}

/** What a worker is started with; a catalogue of one's own goes as its text. */
export interface WorkerStart {
  readonly ocr: boolean | OpenOptions;
  readonly own?: { readonly text: string; readonly name: string };
  /** What holds where the worker is started from, where it is not given. */
  readonly limits?: Limits;
}

export type Answer =
  | Read
  | { readonly error: { readonly code: Code; readonly detail: string } }
  /** A page of the task in hand is done, of so many. */
  | { readonly page: number; readonly of: number };

const WORKER = new URL("./worker.js", import.meta.url);

/** Whether workers can be started: they are of the built code only. */
export const canPool = (): boolean => existsSync(fileURLToPath(WORKER));

interface Waiting {
  readonly task: ReadTask;
  resolve(read: Read): void;
  reject(error: Error): void;
}

/**
 * Tasks that wait in a worker besides the one in hand, while the thread that
 * stores is busy; bytes, so that small clippings do not wait behind a scan.
 */
const AHEAD = 48;
const AHEAD_BYTES = 262_144;

/** In worker threads. A clipping that ends its worker, or takes too long, fails alone; another worker goes on. */
export class PoolReader implements Extractor {
  private readonly slots: Slot[];
  private readonly queue: Waiting[] = [];

  readonly atOnce: number;

  constructor(
    jobs: number,
    start: WorkerStart,
    options: { readonly timeoutMs?: number; readonly onPage?: OnPageOf | undefined } = {},
  ) {
    const { timeoutMs = limits.clippingSeconds * 1000, onPage } = options;
    this.atOnce = jobs * (AHEAD + 16);
    this.slots = Array.from({ length: jobs }, () => new Slot(start, timeoutMs, (again) => this.next(again), onPage));
  }

  read(task: ReadTask): Promise<Read> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task, resolve, reject });
      this.next([]);
    });
  }

  private next(again: readonly Waiting[]): void {
    this.queue.unshift(...again);
    while (this.queue.length > 0) {
      const [slot] = this.slots.filter((each) => each.hasRoom).sort((a, b) => a.load - b.load);
      const waiting = slot && this.queue.shift();
      if (!waiting) return;
      slot.take(waiting);
    }
  }

  async close(): Promise<void> {
    for (const waiting of this.queue.splice(0)) waiting.reject(new Error("closed"));
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}

/** One worker thread, started again when it ends. It answers in the order it is asked. */
class Slot {
  private worker: Worker | undefined;
  private taken: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Bytes of the tasks taken. */
  load = 0;

  constructor(
    private readonly start: WorkerStart,
    private readonly timeoutMs: number,
    /** Told when there is room, with tasks that another must do. */
    private readonly onRoom: (again: readonly Waiting[]) => void,
    private readonly onPage: OnPageOf = () => {},
  ) {}

  get hasRoom(): boolean {
    return this.taken.length === 0 || (this.taken.length < AHEAD && this.load < AHEAD_BYTES);
  }

  take(waiting: Waiting): void {
    this.worker ??= this.begin();
    this.taken.push(waiting);
    this.load += sizeOf(waiting);
    // copied, not moved: should the worker end, another reads them
    this.worker.postMessage(waiting.task);
    if (this.taken.length === 1) this.startClock();
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    worker?.removeAllListeners();
    clearTimeout(this.timer);
    if (worker && this.taken.length === 0) {
      // lets the engines of OCR end their own threads
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage("close");
      await ended;
    } else await worker?.terminate();
    for (const { reject } of this.taken.splice(0)) reject(new Error("closed"));
  }

  private begin(): Worker {
    const worker = new Worker(WORKER, {
      workerData: { ...this.start, limits: { ...limits } } satisfies WorkerStart,
      resourceLimits: { maxOldGenerationSizeMb: limits.workerMegabytes },
    });
    worker.on("message", (answer: Answer) => this.settle(answer));
    worker.on("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ERR_WORKER_OUT_OF_MEMORY")
        this.replace(
          worker,
          "ingest/out-of-memory",
          `reading it takes more than ${limits.workerMegabytes} MB (limit workerMegabytes)`,
        );
      else this.replace(worker, "ingest/crashed", `the reader ended: ${cause.message}`);
    });
    worker.on("exit", (code) => this.replace(worker, "ingest/crashed", `the reader ended with ${code}`));
    return worker;
  }

  private startClock(): void {
    clearTimeout(this.timer);
    const { worker } = this;
    if (this.taken.length === 0 || !worker) return;
    this.timer = setTimeout(() => {
      void worker.terminate();
      this.replace(
        worker,
        "ingest/timeout",
        `not read after ${Math.round(this.timeoutMs / 1000)} s (limit clippingSeconds)`,
      );
    }, this.timeoutMs);
  }

  private settle(answer: Answer): void {
    if ("page" in answer) {
      this.onPage(this.taken[0]?.task.path ?? "", answer.page, answer.of);
      this.startClock();
      return;
    }
    const waiting = this.taken.shift();
    if (!waiting) return;
    this.load -= sizeOf(waiting);
    this.startClock();
    if ("extracted" in answer) waiting.resolve(answer);
    else waiting.reject(new ClippingError(answer.error.code, waiting.task.path, answer.error.detail));
    this.onRoom([]);
  }

  /** The task in hand ended its worker: it fails, those behind it go to another. */
  private replace(worker: Worker, code: Code, detail: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    clearTimeout(this.timer);
    const [culprit, ...others] = this.taken.splice(0);
    this.load = 0;
    culprit?.reject(new ClippingError(code, culprit.task.path, detail));
    this.onRoom(others);
  }
}

const sizeOf = ({ task }: Waiting) => task.bytes.byteLength;

/** Serves one thread's port: tasks come, answers go, one after another. */
export function serve(port: MessagePort, reader: Extractor): void {
  let before: Promise<void> = Promise.resolve();
  port.on("message", (task: ReadTask | "close") => {
    before = before.then(async () => {
      if (task !== "close") return port.postMessage(await answerTo(task, reader));
      await reader.close();
      port.close();
    });
  });
}

async function answerTo(task: ReadTask, reader: Extractor): Promise<Answer> {
  try {
    return await reader.read(task);
  } catch (cause) {
    return { error: troubleOf(cause) };
  }
}

/** What is told of a clipping that could not be read. */
export function troubleOf(cause: unknown): { code: Code; detail: string } {
  if (cause instanceof ClippingError) return { code: cause.code, detail: cause.message };
  const { name, message, code } = cause as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM")
    return { code: "ingest/unreadable", detail: "may not be opened (no rights)" };
  if (code === "ENOENT") return { code: "ingest/unreadable", detail: "does not exist" };
  return { code: "ingest/damaged", detail: `${name}: ${message}` };
}
