/** Every code a message or finding may carry, with what it means. */
export const codes = {
  "ingest/empty": "the file holds no bytes",
  "ingest/unsupported": "the kind of file is not read",
  "ingest/damaged": "the file is broken",
  "ingest/encrypted": "the file asks for a password",
  "ingest/unreadable": "the file cannot be opened",
  "ingest/too-large": "the file is over a limit",
  "ingest/no-text": "no text was found",
  "ingest/binary": "the file is no text although its name says so",
  "ingest/encoding-guessed": "the encoding was guessed",
  "ingest/undecodable": "some bytes are not valid in the encoding",
  "ingest/crashed": "reading the file ended the program that read it",
  "ingest/timeout": "reading the file took longer than a clipping may",
  "ingest/page-failed": "a page could not be read",
  "ingest/ocr-used": "the page was read by OCR",
  "ingest/metadata": "the side file has an error",
  "normalise/repaired": "a damaged run was repaired",
  "normalise/unrepaired": "a damaged run could not be repaired",
  "assign/region-unknown": "no region could be found",
  "check/sum-differs": "the parts do not make the whole",
  "check/rate-differs": "the rate does not follow from the counts",
  "check/implausible": "the value is implausible",
  "check/part-exceeds-whole": "a part is larger than its whole",
  "check/cumulative-falls": "a count since a fixed day is smaller later",
  "check/conflict": "another clipping says another value",
} as const;

export type Code = keyof typeof codes;
