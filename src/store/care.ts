/** One thing that `doctor` looked at. `todo` says what to do where it is not well. */
export interface Checked {
  readonly check: string;
  readonly state: "ok" | "note" | "warning" | "error";
  readonly detail: string;
  readonly todo?: string;
}

/** What of the program itself matters for a store, and is asked for outside of it. */
export interface Around {
  /** Of the pipeline that would read clippings now. */
  readonly version: string;
  readonly pdfjs: string | undefined;
  readonly node: string;
  readonly now: Date;
}

/** Rows of the tables that are kept; what is derived of them is left out. */
export type Counts = Readonly<Record<string, number>>;

export interface Copied {
  readonly path: string;
  readonly bytes: number;
  /** Of the copy, lower-case hexadecimal. */
  readonly sha256: string;
  readonly counts: Counts;
}

export interface StageStats {
  readonly stage: string;
  readonly totalMs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

export interface StoreStats {
  /** Runs whose times are known. */
  readonly runs: number;
  /** The whole first, then stage by stage. */
  readonly stages: readonly StageStats[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly runs: number;
    readonly bytes: number;
    readonly medianMs: number;
    readonly bytesPerSecond: number;
  }[];
  readonly slowest: readonly {
    readonly clipping: string;
    readonly path: string;
    readonly kind: string;
    readonly bytes: number;
    readonly ms: number;
    /** The stage that took most of it. */
    readonly stage: string;
  }[];
  /** The last batches that came to an end, newest first; clippings a second by the clock on the wall. */
  readonly batches: readonly {
    readonly number: number;
    readonly command: string;
    readonly started: string;
    readonly seconds: number;
    readonly done: number;
    readonly failed: number;
    readonly perSecond: number;
  }[];
}
