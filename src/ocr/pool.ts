import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type OcrEngine, OcrError, type OcrOptions, type OcrPage } from "./index.js";
import type { EngineChoice } from "./open.js";
import type { Answer, Question } from "./worker.js";

/** Seconds a page may take; a broadsheet takes 40 on a slow core. */
const PAGE_SECONDS = 180;
/** A worker ends after so many pages, or when it holds more than so many bytes: engines leak. */
const RECYCLE = { pages: 200, bytes: 900 * 1024 * 1024 } as const;

/** Processes of a pool: as many as were asked for, else one less than there are cores. */
export const poolSize = (workers: number | undefined): number => Math.max(1, workers ?? availableParallelism() - 1);

interface Worker {
  readonly process: ChildProcess;
  pages: number;
  busy: boolean;
}

/** Where the worker's program lies: the built one also when a test runs the source. */
function program(): string {
  const built = import.meta.url.endsWith(".ts") ? "../../dist/ocr/worker.js" : "./worker.js";
  return fileURLToPath(new URL(built, import.meta.url));
}

/**
 * Reads pages in child processes, several at once: a page that hangs or
 * crashes an engine takes its process with it and nothing else. Processes
 * start when they are needed.
 */
export class OcrPool implements OcrEngine {
  readonly name: string;
  readonly atOnce: number;
  readonly #choice: EngineChoice;
  readonly #limitMs: number;
  readonly #workers: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #program: string;

  constructor(
    choice: EngineChoice,
    name: string,
    options: { readonly workers?: number; readonly pageSeconds?: number; readonly program?: string } = {},
  ) {
    this.name = name;
    this.#choice = choice;
    this.atOnce = poolSize(options.workers);
    this.#limitMs = (options.pageSeconds ?? PAGE_SECONDS) * 1000;
    this.#program = options.program ?? program();
  }

  /** Rejects with OcrError (`timeout`, `crashed`, `damaged` …), or the signal's reason. */
  async read(image: Uint8Array, options: OcrOptions): Promise<OcrPage> {
    const worker = await this.#take(options.signal);
    try {
      return await this.#ask(worker, image, options);
    } finally {
      this.#give(worker);
    }
  }

  async close(): Promise<void> {
    for (const worker of this.#workers.splice(0)) worker.process.kill("SIGKILL");
  }

  /** A worker that is free, once there is one. */
  async #take(signal?: AbortSignal): Promise<Worker> {
    for (;;) {
      signal?.throwIfAborted();
      const free = this.#workers.find((worker) => !worker.busy);
      if (free) {
        free.busy = true;
        return free;
      }
      if (this.#workers.length < this.atOnce) {
        const worker = { process: this.#start(), pages: 0, busy: true };
        this.#workers.push(worker);
        return worker;
      }
      await new Promise<void>((resolve) => {
        const leave = () => {
          // who waits no longer must not be woken instead of another
          this.#waiting.splice(this.#waiting.indexOf(wake), 1);
          resolve();
        };
        const wake = () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        };
        this.#waiting.push(wake);
        signal?.addEventListener("abort", leave, { once: true });
      });
    }
  }

  #give(worker: Worker): void {
    worker.busy = false;
    if (worker.pages >= RECYCLE.pages) this.#end(worker);
    this.#waiting.shift()?.();
  }

  #start(): ChildProcess {
    const child = fork(this.#program, [JSON.stringify(this.#choice)], {
      serialization: "advanced",
      // no inspector, loader or test runner of the parent
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("error", () => undefined);
    child.unref();
    child.channel?.unref();
    return child;
  }

  #end(worker: Worker): void {
    const at = this.#workers.indexOf(worker);
    if (at >= 0) this.#workers.splice(at, 1);
    worker.process.kill("SIGKILL");
  }

  /** One page of one worker; whatever goes wrong, the worker is ended. */
  #ask(worker: Worker, image: Uint8Array, { dpi, signal }: OcrOptions): Promise<OcrPage> {
    const child = worker.process;
    return new Promise<OcrPage>((resolve, reject) => {
      const fail = (reason: unknown) => {
        done();
        this.#end(worker);
        reject(reason);
      };
      const onExit = (code: number | null, killed: string | null) =>
        fail(new OcrError("crashed", `the OCR process ended (${killed ?? `exit ${code}`}) on this page`));
      const onAbort = () => fail(signal?.reason);
      const onMessage = (answer: Answer) => {
        done();
        worker.pages = answer.bytes > RECYCLE.bytes ? RECYCLE.pages : worker.pages + 1;
        if ("page" in answer) resolve(answer.page);
        else if (answer.reason === "failed") reject(new OcrError("crashed", answer.detail));
        else reject(new OcrError(answer.reason, answer.detail));
      };
      const timer = setTimeout(
        () => fail(new OcrError("timeout", `OCR took longer than ${Math.round(this.#limitMs / 1000)} seconds`)),
        this.#limitMs,
      );
      const done = () => {
        clearTimeout(timer);
        child.off("exit", onExit);
        child.off("message", onMessage);
        signal?.removeEventListener("abort", onAbort);
        child.unref();
        child.channel?.unref();
      };
      child.ref();
      child.channel?.ref();
      child.on("exit", onExit);
      child.on("message", onMessage);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (child.exitCode !== null || !child.connected) {
        onExit(child.exitCode, child.signalCode);
        return;
      }
      const question: Question = { image, dpi };
      child.send(question, (cause) => {
        if (cause) fail(new OcrError("crashed", `the OCR process cannot be reached: ${cause.message}`, { cause }));
      });
    });
  }
}
