import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { groupBy } from "../../compare/group.js";
import { toBase32 } from "../../store/identity.js";
import type { Ingest, IngestFile } from "../contract/index.js";
import { ProblemError } from "../problem.js";
import { canStart, lower } from "../threads/crew.js";
import type { RoomStart } from "../threads/open-room.js";
import type { Bus } from "./bus.js";
import { type IngestStart, runIngest, type Told } from "./run.js";

const PROCESS = fileURLToPath(new URL("./process.js", import.meta.url));
/** Ingests that are remembered with their files. */
const REMEMBERED = 50;
/** How much less of the processor an ingest is given than those who read. */
const NICE = 10;
/** Ingests that may wait. */
const LINE = 100;

/** One file of an ingest: several may have the same bytes, and so the same path. */
interface File {
  readonly path: string;
  shown: IngestFile;
}

interface Job {
  ingest: Ingest;
  readonly files: readonly File[];
  readonly byPath: ReadonlyMap<string, readonly File[]>;
  stop?: () => void;
}

const now = () => new Date().toISOString();
const ENDED = new Set<Ingest["state"]>(["done", "stopped", "failed"]);
export const isEnded = ({ state }: Ingest): boolean => ENDED.has(state);

/** Ingests of a server: one at a time, each in a process of its own, the others wait in line. */
export class Jobs {
  private readonly jobs = new Map<string, Job>();
  private running: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly start: RoomStart,
    private readonly ocr: boolean,
    private readonly bus: Bus,
    /** Told after something was stored. */
    private readonly onStored: (last?: boolean) => void,
  ) {}

  list(): Ingest[] {
    return [...this.jobs.values()].map(({ ingest }) => ingest).reverse();
  }

  get(id: string): { ingest: Ingest; files: IngestFile[] } | undefined {
    const job = this.jobs.get(id);
    return job && { ingest: job.ingest, files: job.files.map(({ shown }) => shown) };
  }

  /** Puts files in line. Throws `unavailable` where too many wait. */
  add(what: Ingest["what"], by: string, files: readonly { path: string; shown: IngestFile }[]): Ingest {
    const waiting = [...this.jobs.values()].filter(({ ingest }) => ingest.state === "waiting").length;
    if (waiting >= LINE) throw new ProblemError("unavailable", `${waiting} uploads wait already`);
    const id = toBase32(randomBytes(10), 10);
    const counts = { total: files.length, done: 0, stored: 0, known: 0, failed: 0, figures: 0 };
    const own = files.map((file): File => ({ ...file }));
    const job: Job = {
      ingest: { id, what, by, state: "waiting", started: now(), ended: null, ...counts, detail: null },
      files: own,
      byPath: groupBy(own, ({ path }) => path),
    };
    this.jobs.set(id, job);
    for (const [old, { ingest }] of this.jobs) {
      if (this.jobs.size <= REMEMBERED) break;
      if (isEnded(ingest)) this.jobs.delete(old);
    }
    this.tell(job);
    this.running = this.running.then(() => this.run(job));
    return job.ingest;
  }

  /** Ends an ingest after what it has in hand; undefined where there is none. */
  stop(id: string): Ingest | undefined {
    const job = this.jobs.get(id);
    if (!job) return undefined;
    if (job.ingest.state === "waiting") this.end(job, "stopped");
    else job.stop?.();
    return job.ingest;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { ingest } of this.jobs.values()) this.stop(ingest.id);
    await this.running;
  }

  private async run(job: Job): Promise<void> {
    if (isEnded(job.ingest) || this.isClosed) return;
    this.change(job, { state: "running" });
    const start = { ...this.start, ocr: this.ocr, paths: [...new Set(job.files.map(({ path }) => path))] };
    try {
      if (canStart()) await this.inProcess(job, start);
      else await this.here(job, start);
    } catch (cause) {
      this.onTold(job, { event: "broke", detail: (cause as Error).message });
    }
    if (!isEnded(job.ingest)) this.end(job, "failed", "the process that read ended before its time");
    this.onStored(true);
  }

  private async here(job: Job, start: IngestStart): Promise<void> {
    const stop = new AbortController();
    job.stop = () => stop.abort();
    await runIngest(start, (told) => this.onTold(job, told), stop.signal, 0);
  }

  private async inProcess(job: Job, start: IngestStart): Promise<void> {
    // any number of paths, which a command line has not room for
    const folder = await mkdtemp(join(tmpdir(), "jianbao-ingest-"));
    try {
      const order = join(folder, "start.json");
      await writeFile(order, JSON.stringify(start), { mode: 0o600 });
      const child: ChildProcess = fork(PROCESS, [order], {
        execArgv: [],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      if (child.pid) lower(child.pid, NICE);
      job.stop = () => child.connected && child.send("stop");
      child.on("message", (told: Told) => this.onTold(job, told));
      await new Promise<void>((resolve) => child.once("exit", () => resolve()));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private onTold(job: Job, told: Told): void {
    switch (told.event) {
      case "begin":
        break;
      case "begun":
        this.file(job, told.path, { state: "reading" });
        break;
      case "failed":
        this.file(job, told.path, { state: "failed", code: told.code, detail: told.detail });
        break;
      case "known":
        this.file(job, told.path, { state: "known", clipping: told.clipping });
        break;
      case "stored": {
        const { clipping, figures, outcome, ms } = told;
        this.file(job, told.path, { state: "stored", clipping, figures, outcome, ms });
        this.onStored();
        break;
      }
      case "broke":
        this.end(job, "failed", told.detail);
        break;
      case "end":
        this.end(job, told.interrupted ? "stopped" : "done");
    }
  }

  private file(job: Job, path: string, change: Partial<IngestFile>): void {
    const counts = { stored: job.ingest.stored, known: job.ingest.known, failed: job.ingest.failed };
    let { figures, done } = job.ingest;
    for (const file of job.byPath.get(path) ?? []) {
      const { state } = change;
      if (state === "stored" || state === "known" || state === "failed") {
        counts[state]++;
        done++;
      }
      figures += change.figures ?? 0;
      file.shown = { ...file.shown, ...change };
      this.bus.tell({ type: "file", ingest: job.ingest.id, data: { ...file.shown, ingest: job.ingest.id } });
    }
    if (done > job.ingest.done) this.change(job, { ...counts, figures, done });
  }

  private end(job: Job, state: "done" | "stopped" | "failed", detail: string | null = null): void {
    if (!isEnded(job.ingest)) this.change(job, { state, ended: now(), detail });
  }

  private change(job: Job, change: Partial<Ingest>): void {
    job.ingest = { ...job.ingest, ...change };
    this.tell(job);
  }

  private tell({ ingest }: Job): void {
    this.bus.tell({ type: "ingest", ingest: ingest.id, data: ingest });
  }
}

/** A file in line, of which nothing is known yet. */
export const waitingFile = (file: string, of: Partial<IngestFile> = {}): IngestFile => ({
  ...{ file, sha256: null, bytes: null, state: "waiting", clipping: null, figures: null, outcome: null },
  ...{ code: null, detail: null, ms: null },
  ...of,
});

/** Files that failed before, by their paths. */
export const again = (paths: readonly string[]) => paths.map((path) => ({ path, shown: waitingFile(basename(path)) }));
