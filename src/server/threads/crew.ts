import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ProblemError, problemOf } from "../problem.js";
import type { Room } from "../services/room.js";
import { openRoom, type RoomStart } from "./open-room.js";
import { type Answer, answer, type Order } from "./run.js";
import { HEAVY, type Input, READ, SOURCE, type TaskName } from "./tasks.js";

const WORKER = fileURLToPath(new URL("./worker.js", import.meta.url));

/** Whether threads can be started: they are of the built code only. Without, all is done in this thread. */
export const canStart = (): boolean => existsSync(WORKER);

/** Longest that tasks on sources may take: a scan is read in half a minute. */
const SOURCE_MS = 120_000;

interface Waiting {
  readonly order: Order;
  resolve(answer: Answer): void;
}

/** Where tasks are done. */
interface Hand {
  readonly load: number;
  do(order: Order): Promise<Answer>;
  close(): Promise<void>;
}

/** A thread or a process; started with the first task, and again after it ended. */
abstract class Remote implements Hand {
  protected readonly waiting = new Map<number, Waiting>();

  get load(): number {
    return this.waiting.size;
  }

  do(order: Order): Promise<Answer> {
    return new Promise((resolve) => {
      this.waiting.set(order.id, { order, resolve });
      this.post(order);
    });
  }

  abstract close(): Promise<void>;
  protected abstract post(order: Order | "close"): void;

  protected settle(answer: Answer): void {
    this.waiting.get(answer.id)?.resolve(answer);
    this.waiting.delete(answer.id);
  }

  /** It ended: whoever waits is told. */
  protected ended(why: string): void {
    for (const { order, resolve } of [...this.waiting.values()]) resolve({ id: order.id, crash: why });
    this.waiting.clear();
  }
}

class Thread extends Remote {
  private worker: Worker | undefined;

  constructor(private readonly start: RoomStart) {
    super();
    // the first who asks should not wait for it
    this.worker = this.begin();
  }

  protected post(order: Order | "close"): void {
    this.worker ??= this.begin();
    this.worker.postMessage(order);
  }

  private begin(): Worker {
    const worker = new Worker(WORKER, { workerData: this.start });
    worker.on("message", (answer: Answer) => this.settle(answer));
    worker.on("error", (cause) => this.gone(worker, cause.stack ?? cause.message));
    worker.on("exit", (code) => this.gone(worker, `the thread ended with ${code}`));
    return worker;
  }

  private gone(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.ended(why);
  }

  async close(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    this.worker = undefined;
    const exit = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage("close");
    await exit;
  }
}

/** A process for one task at a time, which is ended when the task takes too long: what it opens may be made to harm. */
class Process extends Remote {
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly line: Order[] = [];

  constructor(private readonly start: RoomStart) {
    super();
  }

  protected post(order: Order): void {
    this.line.push(order);
    if (this.line.length === 1) this.next();
  }

  private next(): void {
    const [order] = this.line;
    clearTimeout(this.timer);
    if (!order) return;
    this.child ??= this.begin();
    this.child.send(order);
    this.timer = setTimeout(() => this.child?.kill("SIGKILL"), SOURCE_MS);
  }

  private begin(): ChildProcess {
    const child = fork(WORKER, [JSON.stringify(this.start)], {
      serialization: "advanced",
      execArgv: ["--max-old-space-size=1024"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    // pages are shown to those who wait, but reading the store goes first
    if (child.pid) lower(child.pid, 5);
    child.on("message", (answer: Answer) => {
      this.line.shift();
      this.settle(answer);
      this.next();
    });
    child.on("exit", () => {
      if (this.child !== child) return;
      this.child = undefined;
      const culprit = this.line.shift();
      if (culprit)
        this.settle({
          id: culprit.id,
          problem: new ProblemError("timeout", "the source could not be opened in time").body,
        });
      this.next();
    });
    return child;
  }

  async close(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    clearTimeout(this.timer);
    this.ended("closed");
    if (!child) return;
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await exit;
  }
}

/** Where priorities cannot be set, none is. */
export function lower(pid: number, by: number): void {
  try {
    setPriority(pid, by);
  } catch {
    // not on this system
  }
}

/** In this thread: where the code is not built. */
class Here implements Hand {
  readonly load = 0;
  constructor(private readonly room: Promise<Room>) {}

  async do(order: Order): Promise<Answer> {
    return answer(await this.room, order);
  }

  async close(): Promise<void> {
    await (await this.room).store.close();
  }
}

/** Does the tasks of a server, in threads: the one that serves only hands on. */
export class Crew {
  private readonly quick: readonly Hand[];
  private readonly heavy: readonly Hand[];
  private readonly writer: Hand;
  private readonly opener: Hand;
  private count = 0;
  /** Told after something was written. */
  onWritten: () => void = () => undefined;

  constructor(start: RoomStart, readers: number) {
    if (canStart()) {
      const threads = Array.from({ length: Math.max(2, readers) }, () => new Thread(start));
      this.quick = threads.slice(0, Math.ceil(threads.length / 2));
      this.heavy = threads.slice(this.quick.length);
      this.writer = new Thread(start);
      this.opener = new Process(start);
    } else {
      const here = new Here(openRoom(start));
      this.quick = [here];
      this.heavy = [here];
      this.writer = here;
      this.opener = here;
    }
  }

  /** The reply as JSON text. Throws ProblemError. */
  async json<K extends TaskName>(task: K, ...[input]: Input<K> extends undefined ? [] : [Input<K>]): Promise<string> {
    const result = await this.run(task, input);
    if ("json" in result) return result.json;
    throw new Error(`${task} gives no JSON`);
  }

  /** The reply as bytes. Throws ProblemError. */
  async bytes<K extends TaskName>(task: K, input: Input<K>): Promise<Uint8Array> {
    const result = await this.run(task, input);
    if ("bytes" in result) return result.bytes;
    throw new Error(`${task} gives no bytes`);
  }

  private async run(task: TaskName, input: unknown): Promise<Answer> {
    const hand = this.handFor(task);
    const result = await hand.do({ id: ++this.count, task, input });
    if (hand === this.writer) this.onWritten();
    if ("problem" in result) throw problemOf(result.problem);
    if ("crash" in result) throw new Error(`${task}: ${result.crash}`);
    return result;
  }

  private handFor(task: TaskName): Hand {
    if (task in SOURCE) return this.opener;
    if (!(task in READ)) return this.writer;
    return (HEAVY.has(task) ? this.heavy : this.quick).reduce((least, hand) => (hand.load < least.load ? hand : least));
  }

  async close(): Promise<void> {
    await Promise.all(
      [...new Set([...this.quick, ...this.heavy, this.writer, this.opener])].map((hand) => hand.close()),
    );
  }
}
