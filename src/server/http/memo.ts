import { createHash } from "node:crypto";

interface Entry {
  readonly text: string;
  readonly etag: string;
  readonly epoch: number;
  readonly stamp: number;
  readonly at: number;
}

export interface Kept {
  readonly text: string;
  readonly etag: string;
}

/** Entries that are kept; comparisons of a large store are megabytes. */
const ENTRIES = 200;
const BYTES = 128 << 20;
/** While an ingest writes, what was counted a moment ago is still told. */
const FRESH_MS = 1_500;

export const etagOf = (text: string): string => `W/"${createHash("sha1").update(text).digest("base64url")}"`;

/**
 * Answers that take long are kept. A decision of this server's ends all of
 * them at once (`changed`); what others write, as soon as it is seen, or
 * after `staleMs`, during which what was kept is told while it is made anew.
 */
export class Memo {
  private readonly entries = new Map<string, Entry>();
  private readonly making = new Map<string, Promise<Entry>>();
  private epoch = 0;

  constructor(
    /** Changes whenever the store does. */
    private readonly stamp: () => number,
    private readonly now: () => number = Date.now,
  ) {}

  changed(): void {
    this.epoch++;
  }

  async get(key: string, make: () => Promise<string>, staleMs = FRESH_MS): Promise<Kept> {
    const entry = this.entries.get(key);
    if (entry && entry.epoch === this.epoch) {
      const age = this.now() - entry.at;
      if (entry.stamp === this.stamp() || age < FRESH_MS) return entry;
      if (age < staleMs) {
        // nobody waits for it: that it failed is told to whoever asks next
        this.make(key, make).catch(() => undefined);
        return entry;
      }
    }
    return this.make(key, make);
  }

  private make(key: string, make: () => Promise<string>): Promise<Entry> {
    const { epoch } = this;
    const name = `${epoch} ${key}`;
    const known = this.making.get(name);
    if (known) return known;
    const [stamp, at] = [this.stamp(), this.now()];
    const made = make()
      .then((text) => {
        const entry = { text, etag: etagOf(text), epoch, stamp, at };
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
