import { setMaxListeners } from "node:events";

/** How much may be under way at a time. */
export interface Flow {
  /** Items that are worked on. */
  readonly active: number;
  /** Bytes of items that are worked on, or done and not yet taken; one item is always let through. */
  readonly bytes: number;
  /** Results that are taken at a time, and the longest that one waits for others. */
  readonly batch: number;
  readonly batchMs: number;
}

/**
 * Works on the items of a source, several at a time, and hands the results
 * over in the order of the source, in batches. Reads no more of the source
 * than the flow allows. `signal` ends it: what is under way and comes before
 * the first that is given up (`work` gives undefined) is still handed over.
 * Rejects with the first error of the source, of `work` or of `take`.
 */
export async function inOrder<T, R>(
  source: AsyncIterable<T>,
  work: (item: T, signal: AbortSignal) => Promise<R | undefined>,
  take: (results: readonly R[]) => Promise<void>,
  options: { readonly flow: Flow; readonly sizeOf: (item: T) => number; readonly signal: AbortSignal },
): Promise<void> {
  const { flow, sizeOf, signal } = options;
  const line: { readonly result: Promise<R | undefined>; readonly size: number; settled: boolean }[] = [];
  const changed = new Bell();
  const failed = new AbortController();
  const ending = AbortSignal.any([signal, failed.signal]);
  // each item under way listens
  setMaxListeners(0, ending);
  ending.addEventListener("abort", () => changed.ring(), { once: true });
  let active = 0;
  let held = 0;
  let isRead = false;

  const read = async (): Promise<void> => {
    for await (const item of source) {
      const size = sizeOf(item);
      while (!ending.aborted && (active >= flow.active || (held > 0 && held + size > flow.bytes))) await changed.wait();
      if (ending.aborted) return;
      active++;
      held += size;
      const result = work(item, ending);
      const entry = { result, size, settled: false };
      line.push(entry);
      const settle = () => {
        active--;
        entry.settled = true;
        changed.ring();
      };
      result.then(settle, settle);
      changed.ring();
    }
  };

  const hand = async (): Promise<void> => {
    let begun = 0;
    for (;;) {
      while (line.length === 0 && !isRead) await changed.wait();
      if (line.length === 0) return;
      begun ||= performance.now();
      let ready = line.findIndex((entry) => !entry.settled);
      if (ready < 0) ready = line.length;
      const isLast = isRead && ready === line.length;
      const waited = performance.now() - begun;
      if (ready === 0 || (ready < flow.batch && waited < flow.batchMs && !isLast)) {
        await changed.wait(ready === 0 ? undefined : flow.batchMs - waited);
        continue;
      }
      const batch = line.splice(0, Math.min(ready, flow.batch));
      const results = await Promise.all(batch.map((entry) => entry.result));
      const until = results.indexOf(undefined);
      const whole = (until < 0 ? results : results.slice(0, until)) as R[];
      if (whole.length > 0) await take(whole);
      if (until >= 0) return;
      for (const entry of batch) held -= entry.size;
      begun = 0;
      changed.ring();
    }
  };

  const reading = read().finally(() => {
    isRead = true;
    changed.ring();
  });
  try {
    await Promise.all([reading, hand()]);
  } catch (cause) {
    failed.abort();
    // nothing that is still under way may go unheard
    await Promise.allSettled([reading, ...line.map((entry) => entry.result)]);
    throw cause;
  }
  await Promise.allSettled(line.map((entry) => entry.result));
}

/** Wakes all that wait. */
class Bell {
  private waiting: (() => void)[] = [];

  ring(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  wait(mostMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (mostMs === undefined) {
        this.waiting.push(resolve);
        return;
      }
      const timer = setTimeout(resolve, Math.max(0, mostMs));
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
