import type { Memo } from "../http/memo.js";
import type { Bus } from "../ingests/bus.js";
import type { Crew } from "./crew.js";

/** Places that are settled at a time: a few milliseconds, between which decisions come through. */
const PLACES = 200;
/** How often pages are told that there are new clippings while an ingest goes on. */
const TOLD_MS = 1_000;

/** Keeps what is derived up to date after something was stored, and tells of it. */
export class Keeper {
  private timer: NodeJS.Timeout | undefined;
  private settling: Promise<void> | undefined;
  private isClosed = false;

  constructor(
    private readonly crew: Crew,
    private readonly memo: Memo,
    private readonly bus: Bus,
  ) {}

  /** Something was stored; `last`: for now there is no more. */
  stored(last = false): void {
    if (this.isClosed) return;
    if (last) this.memo.changed();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // what is not settled now is with the next clippings, or the next start
      this.settling ??= this.settle()
        .catch(() => undefined)
        .finally(() => {
          this.settling = undefined;
        });
    }, TOLD_MS);
  }

  private async settle(): Promise<void> {
    this.tell();
    let left = 1;
    while (left > 0 && !this.isClosed) left = Number(await this.crew.json("settle", { places: PLACES }));
    this.tell();
  }

  private tell(): void {
    this.bus.tell({ type: "changed", data: { what: "clippings", figure: null, by: null } });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.settling;
  }
}
