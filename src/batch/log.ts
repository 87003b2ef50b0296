import { closeSync, openSync, writeSync } from "node:fs";
import { PipelineError } from "../doc/index.js";

/** One thing that happened in a batch; a line of the log. */
export type LogEvent =
  | { readonly event: "begin"; readonly command: string; readonly paths: readonly string[]; readonly version: string }
  | {
      readonly event: "stored";
      readonly path: string;
      readonly clipping: string;
      readonly figures: number;
      readonly outcome: "complete" | "partial";
      readonly ms: number;
    }
  | { readonly event: "known"; readonly path: string; readonly clipping: string }
  | {
      readonly event: "failed";
      readonly path: string;
      readonly code: string;
      readonly detail: string;
      readonly again: boolean;
    }
  | {
      readonly event: "end";
      readonly interrupted: boolean;
      readonly stored: number;
      readonly known: number;
      readonly failed: number;
      readonly figures: number;
      readonly seconds: number;
    };

/** Writes JSON Lines, each with its time (`at`, ISO 8601); what is written is on its way to the disk when `write` returns. */
export class BatchLog {
  private readonly file: number;

  /** Appends to a file. Throws what `open` throws. */
  constructor(private readonly path: string) {
    this.file = openSync(path, "a");
  }

  /** Throws PipelineError. */
  write(events: readonly LogEvent[]): void {
    const at = new Date().toISOString();
    try {
      writeSync(this.file, events.map((event) => `${JSON.stringify({ at, ...event })}\n`).join(""));
    } catch (cause) {
      const what = `the log ${this.path} cannot be written: ${(cause as Error).message}`;
      throw new PipelineError(`${what}; make room or name another --log, the same command goes on`, { cause });
    }
  }

  close(): void {
    closeSync(this.file);
  }
}
