import type { Word } from "../../i18n/say.js";

const CODES = [
  "ingest/empty",
  "ingest/unsupported",
  "ingest/damaged",
  "ingest/encrypted",
  "ingest/unreadable",
  "ingest/too-large",
  "ingest/no-text",
  "ingest/binary",
  "ingest/crashed",
  "ingest/timeout",
] as const;

/** Why a file could not be read, in the reader's language; the code where there are no words for it. */
export function failureWord(code: string, t: (word: Word) => string): string {
  const known = CODES.find((each) => each === code);
  return known ? t(`code.${known}`) : code;
}
