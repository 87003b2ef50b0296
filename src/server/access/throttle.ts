/** Failed tries that cost nothing. */
const FREE = 5;
const FIRST_MS = 2_000;
const MOST_MS = 15 * 60_000;
/** Names and addresses that are remembered; the oldest go. */
const REMEMBERED = 10_000;

interface Tries {
  readonly failed: number;
  readonly until: number;
}

/** Makes guessing slow: after five failures each next one doubles the wait, by name and by address. */
export class Throttle {
  private readonly tries = new Map<string, Tries>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds to wait before any of these may try; 0 where none has to. */
  waitFor(...keys: readonly string[]): number {
    const until = Math.max(0, ...keys.map((key) => this.tries.get(key)?.until ?? 0));
    return Math.max(0, Math.ceil((until - this.now()) / 1000));
  }

  failed(...keys: readonly string[]): void {
    for (const key of keys) {
      const before = this.tries.get(key);
      // who has waited for long begins anew
      const isOld = before !== undefined && this.now() > before.until + MOST_MS;
      const failed = (isOld ? 0 : (before?.failed ?? 0)) + 1;
      const wait = failed < FREE ? 0 : Math.min(MOST_MS, FIRST_MS * 2 ** (failed - FREE));
      this.tries.delete(key);
      this.tries.set(key, { failed, until: this.now() + wait });
    }
    for (const key of this.tries.keys()) {
      if (this.tries.size <= REMEMBERED) break;
      this.tries.delete(key);
    }
  }

  succeeded(...keys: readonly string[]): void {
    for (const key of keys) this.tries.delete(key);
  }
}
