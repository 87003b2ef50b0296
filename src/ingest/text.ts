import { type Message, OffsetMap, type Source, type SourceLine } from "../doc/index.js";
import { decode } from "./encoding.js";
import { NOTHING_KNOWN } from "./metadata.js";

/** Reads plain text: one line of source a physical line; offsets are of the decoded text without its BOM. */
export function ingestText(bytes: Uint8Array): { source: Source; messages: Message[] } {
  const { text, encoding, guessed, undecodable } = decode(bytes);
  const messages: Message[] = [];
  const at = { of: "source", start: 0, end: 0 } as const;
  if (guessed) messages.push({ code: "ingest/encoding-guessed", level: "note", at, detail: `read as ${encoding}` });
  const first = undecodable[0];
  if (first !== undefined) {
    messages.push({
      code: "ingest/undecodable",
      level: "warning",
      at: { of: "source", start: first, end: first + 1 },
      detail: `${undecodable.length} places are no valid ${encoding}`,
    });
  }
  return {
    source: { kind: "text", text, encoding, lines: physicalLines(text), pages: [], metadata: NOTHING_KNOWN },
    messages,
  };
}

/** Lines of a text, without their ends. */
export function physicalLines(text: string): SourceLine[] {
  const lines: SourceLine[] = [];
  const end = /\r\n|[\n\r\f\u2028\u2029]/g;
  let start = 0;
  for (let match = end.exec(text); match; match = end.exec(text)) {
    lines.push(lineAt(text, start, match.index));
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push(lineAt(text, start, text.length));
  return lines;
}

function lineAt(text: string, start: number, end: number): SourceLine {
  return { text: text.slice(start, end), map: OffsetMap.identity(end - start, start) };
}
