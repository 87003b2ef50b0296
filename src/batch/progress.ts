import { SingleBar } from "cli-progress";

/** How far a batch is. */
export interface Progress {
  start(): void;
  /** `total` is undefined while it is still counted. */
  update(done: number, total: number | undefined, path: string): void;
  /** A page of a clipping in hand was read; `number` counts from 1. */
  page(path: string, number: number, of: number): void;
  stop(): void;
}

export const NO_PROGRESS: Progress = { start() {}, update() {}, page() {}, stop() {} };

/** Seconds over which the rate is taken: what was skipped an hour ago says nothing of what is to come. */
const WINDOW_S = 30;

/** Items a second, of late. */
export class Rate {
  private readonly marks: { at: number; done: number }[] = [];

  /** `nowS`: seconds of any clock. */
  mark(done: number, nowS: number): void {
    this.marks.push({ at: nowS, done });
    while (this.marks.length > 2 && nowS - (this.marks[0]?.at ?? 0) > WINDOW_S) this.marks.shift();
  }

  get perSecond(): number {
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    return first && last && last.at > first.at ? (last.done - first.done) / (last.at - first.at) : 0;
  }
}

/** "3 min 20 s"; "" where it cannot be told. */
export function timeLeft(left: number, perSecond: number): string {
  if (perSecond <= 0 || !Number.isFinite(left)) return "";
  const seconds = Math.ceil(left / perSecond);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Milliseconds between two marks of the rate, and between two lines where there is no terminal. */
const MARK_MS = 500;
const LINE_MS = 15_000;

/** A bar on a terminal; elsewhere a line now and then. */
export class TerminalProgress implements Progress {
  private readonly rate = new Rate();
  private readonly bar: SingleBar | undefined;
  private marked = 0;
  private told = performance.now();

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.bar = stream.isTTY
      ? new SingleBar({
          format: "{bar} {value}/{total}  {rate}/s  {left} left  {file}",
          stream,
          clearOnComplete: true,
          hideCursor: true,
        })
      : undefined;
  }

  start(): void {
    this.rate.mark(0, performance.now() / 1000);
    this.bar?.start(0, 0, { file: "", rate: "–", left: "–" });
  }

  update(done: number, total: number | undefined, path: string): void {
    const now = performance.now();
    if (now - this.marked < MARK_MS) return;
    this.marked = now;
    this.rate.mark(done, now / 1000);
    const rate = this.rate.perSecond;
    const left = total === undefined ? "–" : timeLeft(total - done, rate);
    if (this.bar) {
      this.bar.setTotal(total ?? done);
      this.bar.update(done, { file: path.slice(-40), rate: rate.toFixed(rate < 10 ? 1 : 0), left });
    } else this.tell(`${done} of ${total ?? "…"}, ${rate.toFixed(1)}/s, ${left} left`, now);
  }

  /** A scanned book takes an hour: its pages show that something goes on. */
  page(path: string, number: number, of: number): void {
    if (of === 1) return;
    if (this.bar) this.bar.update({ file: `${path.slice(-40)} page ${number} of ${of}` });
    else this.tell(`${path}: page ${number} of ${of}`, performance.now());
  }

  private tell(line: string, now: number): void {
    if (now - this.told <= LINE_MS) return;
    this.told = now;
    this.stream.write(`${line}\n`);
  }

  stop(): void {
    this.bar?.stop();
  }
}
