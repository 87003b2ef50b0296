/** How long an item stays in the hands of whom it was given to. */
const HELD_MS = 10 * 60_000;

interface Hold {
  readonly by: string;
  readonly until: number;
}

/**
 * Which figures are in whose hands, so that two reviewers are not given the
 * same. In memory only: where it is lost, the version of a figure still keeps
 * one decision from going over another.
 */
export class Holds {
  private readonly holds = new Map<string, Hold>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Figures that others hold. */
  ofOthers(reviewer: string): string[] {
    this.sweep();
    return [...this.holds].filter(([, { by }]) => by !== reviewer).map(([figure]) => figure);
  }

  /** Gives figures into someone's hands; returns until when, ISO 8601. */
  hold(figures: readonly string[], by: string): string {
    const until = this.now() + HELD_MS;
    for (const figure of figures) this.holds.set(figure, { by, until });
    return new Date(until).toISOString();
  }

  release(figures: readonly string[], by: string): void {
    for (const figure of figures) if (this.holds.get(figure)?.by === by) this.holds.delete(figure);
  }

  holderOf(figure: string): string | null {
    const hold = this.holds.get(figure);
    return hold && hold.until > this.now() ? hold.by : null;
  }

  private sweep(): void {
    for (const [figure, { until }] of this.holds) if (until <= this.now()) this.holds.delete(figure);
  }
}
