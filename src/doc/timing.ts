/** The stages whose time is kept, in the order of the data; `prepare` is what the store derives of a text. */
export const STAGES = ["ingest", "layout", "normalise", "segment", "quantity", "assign", "check", "prepare"] as const;

export type StageName = (typeof STAGES)[number];

/** Milliseconds each stage took for one clipping. */
export type Timings = Readonly<Record<StageName, number>>;

/** Adds up what stages take, by a clock that cannot be set back. */
export class StageClock {
  private readonly spent = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<StageName, number>;

  time<T>(stage: StageName, work: () => T): T {
    const begun = performance.now();
    try {
      return work();
    } finally {
      this.spent[stage] += performance.now() - begun;
    }
  }

  /** The same for work that waits. */
  async timeAsync<T>(stage: StageName, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.spent[stage] += performance.now() - begun;
    }
  }

  get timings(): Timings {
    return { ...this.spent };
  }
}
