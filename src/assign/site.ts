import type { Paragraph, Quantity, Sentence } from "../doc/index.js";
import type { ClauseParts } from "./clause.js";
import type { Before } from "./frame.js";
import type { PhraseFacts } from "./time-of.js";
import type { TimePhrase } from "./time-phrase.js";

/** Where a number stands among the clauses of its sentence. */
export interface Site {
  readonly quantity: Quantity;
  readonly clause: ClauseParts;
  readonly order: number;
  readonly clauses: readonly ClauseParts[];
  readonly index: number;
  readonly sentence: Sentence;
  readonly paragraph: Paragraph;
  /** Where the part between semicolons starts. */
  readonly partStart: number;
  /** Phrases of time of the sentence. */
  readonly phrases: readonly TimePhrase[];
  /** What was found out about them for an earlier number of the sentence. */
  readonly facts: PhraseFacts;
  readonly before: Before;
}
