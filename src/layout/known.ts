import type { Block, SourceLine } from "../doc/index.js";

const KINDS = {
  body: "paragraph",
  heading: "heading",
  row: "row",
  caption: "caption",
  furniture: "furniture",
} as const;

/** One block a line, of the kind that ingest has told. */
export function blocksOfKnownLines(lines: readonly SourceLine[]): Block[] {
  return lines
    .filter((line) => line.text.trim() !== "")
    .map((line) => ({ kind: KINDS[line.role ?? "body"], lines: [line] }));
}
