import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { endianness } from "node:os";
import { deserialize, serialize } from "node:v8";
import { catalogue } from "../catalogue/index.js";
import { type EvidenceSet, type Question, writtenEvidence } from "./evidence.js";
import { Ledger, type LedgerParts, ledgerOf } from "./ledger.js";
import { Scale } from "./scale.js";
import type { SignTableParts } from "./sign-table.js";

/**
 * What every start would make of `schemas/evidence.json` and the standard
 * catalogue, as `npm run build` keeps it in `dist/evidence.bin`: half a second
 * becomes some milliseconds. Where the file is missing, or was made of other
 * evidence, all is made of the JSON as before.
 */
export interface Compiled {
  readonly labels: Readonly<Record<Question, readonly string[]>>;
  readonly ledger: Ledger;
  readonly scales: readonly {
    readonly question: Question;
    readonly label: string;
    readonly against: string | undefined;
    readonly scale: Scale;
  }[];
}

interface Kept {
  readonly key: string;
  readonly labels: Compiled["labels"];
  readonly ledger: LedgerParts;
  readonly scales: readonly SignTableParts[];
}

const QUESTIONS: readonly Question[] = ["meaning", "scoped", "planned", "period"];
/** The scales that readers weigh with. */
const SCALES: readonly (readonly [question: Question, label: string, against?: string])[] = [
  ["planned", "planned", "actual"],
  ["scoped", "part", "whole"],
  ["period", "right"],
];

const schema = (name: string): Buffer => readFileSync(new URL(`../../schemas/${name}`, import.meta.url));

/** Of all that a compiled file is made of. */
export const keyOf = (evidence: Uint8Array): string =>
  `${hash("sha1", evidence)} ${hash("sha1", schema("indicators.json"))} ${endianness()}`;

/** Makes the bytes of `dist/evidence.bin`. */
export function compileEvidence(): Uint8Array {
  const bytes = schema("evidence.json");
  const evidence: EvidenceSet = writtenEvidence(bytes);
  const kept: Kept = {
    key: keyOf(bytes),
    labels: Object.fromEntries(QUESTIONS.map((question) => [question, evidence[question].labels])) as Kept["labels"],
    ledger: ledgerOf(evidence, catalogue()).parts,
    scales: SCALES.map(([question, label, against]) => evidence[question].scaleOf(label, against).parts),
  };
  return serialize(kept);
}

/** The compiled evidence of a key in `dist/`; undefined where there is none. */
export function readCompiled(key: string): Compiled | undefined {
  try {
    return parseCompiled(readFileSync(new URL("../evidence.bin", import.meta.url)), key);
  } catch {
    // missing, or written by a Node.js of the future
    return undefined;
  }
}

/** The compiled evidence of these bytes; undefined where they are of another key. Throws where they are none. */
export function parseCompiled(bytes: Uint8Array, key: string): Compiled | undefined {
  const kept = deserialize(bytes) as Kept;
  if (kept.key !== key) return undefined;
  return {
    labels: kept.labels,
    ledger: Ledger.of(kept.ledger),
    scales: SCALES.map(([question, label, against], at) => ({
      question,
      label,
      against,
      scale: Scale.of(kept.scales[at] as SignTableParts),
    })),
  };
}
