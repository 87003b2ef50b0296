import { createHash } from "node:crypto";

interface Entry {
  readonly text: string;
  readonly etag: string;
  readonly epoch: number;
  /** How often others had written. */
  readonly others: number;
  readonly at: number;
  /** Milliseconds it took to make. */
  readonly cost: number;
}

export interface Kept {
  readonly text: string;
  readonly etag: string;
}

export interface Keeping {
  /** What it is made of: it ends when one of these changes. Where it is not given, when anything does. */
  readonly of?: readonly string[];
  /** Told up to so many milliseconds after it ended, while it is made anew, where making it takes long. */
  readonly lateMs?: number;
}

/** Entries that are kept; comparisons of a large store are megabytes. */
const ENTRIES = 500;
const BYTES = 128 << 20;
/** While others write (an ingest, a command), what was found a moment ago is still told; and nothing for longer than this. */
const FRESH_MS = 5_000;
const LONGEST_MS = 300_000;
/** What is made faster than this is never told late; what takes longer, for so many times as long. */
const QUICK_MS = 40;
const LATE_TIMES = 40;

export const etagOf = (text: string): string => `W/"${createHash("sha1").update(text).digest("base64url")}"`;

/**
 * Answers that take long are kept. A decision made here ends what it touches
 * at once (`changed`); what others write, as soon as it is seen. Counts over
 * the whole store may be told a little late: then nobody waits for them.
 */
export class Memo {
  private readonly entries = new Map<string, Entry>();
  private readonly making = new Map<string, Promise<Entry>>();
  private readonly epochs = new Map<string, number>();
  private whole = 0;
  private any = 0;
  private others = 0;
  private seen: number;

  constructor(
    /** Changes whenever the store does. */
    private readonly stamp: () => number,
    private readonly now: () => number = Date.now,
  ) {
    this.seen = stamp();
  }

  /** This server has written: what that changes, it says itself (`changed`). */
  wrote(): void {
    this.seen = this.stamp();
  }

  private othersNow(): number {
    const stamp = this.stamp();
    if (stamp !== this.seen) this.others++;
    this.seen = stamp;
    return this.others;
  }

  /** Something has changed: of these, or of anything. */
  changed(of?: readonly string[]): void {
    this.any++;
    if (!of) this.whole++;
    for (const each of of ?? []) this.epochs.set(each, (this.epochs.get(each) ?? 0) + 1);
  }

  async get(key: string, make: () => Promise<string>, { of, lateMs = 0 }: Keeping = {}): Promise<Kept> {
    const epoch = this.epochOf(of);
    const entry = this.entries.get(key);
    if (entry) {
      const age = this.now() - entry.at;
      if (entry.epoch === epoch && age < (entry.others === this.othersNow() ? LONGEST_MS : FRESH_MS)) return entry;
      if (entry.cost > QUICK_MS && age < Math.min(lateMs, entry.cost * LATE_TIMES)) {
        // nobody waits for it: that it failed is told to whoever asks next
        if (age > entry.cost) this.make(key, "late", epoch, make).catch(() => undefined);
        return entry;
      }
    }
    return this.make(key, String(epoch), epoch, make);
  }

  private epochOf(of: readonly string[] | undefined): number {
    if (!of) return this.any;
    return of.reduce((sum, each) => sum + (this.epochs.get(each) ?? 0), this.whole);
  }

  private make(key: string, when: string, epoch: number, make: () => Promise<string>): Promise<Entry> {
    const name = `${when} ${key}`;
    const known = this.making.get(name);
    if (known) return known;
    const [others, at] = [this.othersNow(), this.now()];
    const made = make()
      .then((text) => {
        const entry = { text, etag: etagOf(text), epoch, others, at, cost: this.now() - at };
        this.entries.delete(key);
        this.entries.set(key, entry);
        this.trim();
        return entry;
      })
      .finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }

  private trim(): void {
    let bytes = 0;
    for (const { text } of this.entries.values()) bytes += text.length * 2;
    for (const [key, { text }] of this.entries) {
      if (this.entries.size <= ENTRIES && bytes <= BYTES) return;
      this.entries.delete(key);
      bytes -= text.length * 2;
    }
  }
}
