import { figureIds } from "./identity.js";
import { duplicateKeys, fingerprintOf } from "./sketch.js";
import type { Extracted } from "./store.js";
import { termsOf } from "./terms.js";

/** What a store keeps of a clipping beside what was extracted; plain data, so that a worker thread can make it. */
export interface Derived {
  readonly fingerprint: string;
  readonly duplicateKeys: readonly number[];
  readonly bodyTerms: string;
  /** Ids of the figures, in their order. */
  readonly ids: readonly string[];
}

/** The part of storing a clipping that needs no store. */
export function prepare(extracted: Omit<Extracted, "derived">): Derived {
  const fingerprint = fingerprintOf(extracted.normalText);
  return {
    fingerprint,
    duplicateKeys: duplicateKeys(extracted.normalText, fingerprint),
    bodyTerms: termsOf(extracted.normalText),
    ids: figureIds(extracted.id, extracted.figures),
  };
}
