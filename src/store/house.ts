import type { Desk } from "./desk.js";
import type { Lists } from "./lists.js";
import type { Store } from "./store.js";

/** A store with what a page shows of it, and who works with it; closing the store closes all. */
export interface House {
  readonly store: Store;
  readonly lists: Lists;
  readonly desk: Desk;
}
