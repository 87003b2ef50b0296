import { type Message, type Metadata, OffsetMap, type Source, type SourceLine } from "../doc/index.js";
import { decode } from "./encoding.js";

/** Reads plain text: one line of source a physical line; offsets are of the decoded text without its BOM. */
export function ingestText(bytes: Uint8Array, metadata: Metadata): { source: Source; messages: Message[] } {
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
  return { source: textSource(text, encoding, metadata), messages };
}

/** A text as a source. Its lines are cut when somebody asks for them: a long text is read without ever holding them all. */
export function textSource(text: string, encoding: string | null, metadata: Metadata): Source {
  let lines: readonly SourceLine[] | undefined;
  return {
    kind: "text",
    text,
    encoding,
    get lines() {
      lines ??= [...eachLine(text)];
      return lines;
    },
    pages: [],
    metadata,
  };
}

/** Lines of a text, without their ends, one after the other. */
export function* eachLine(text: string): Generator<SourceLine> {
  const end = /\r\n|[\n\r\f\u2028\u2029]/g;
  let start = 0;
  for (let match = end.exec(text); match; match = end.exec(text)) {
    yield lineAt(text, start, match.index);
    start = match.index + match[0].length;
  }
  if (start < text.length) yield lineAt(text, start, text.length);
}

function lineAt(text: string, start: number, end: number): SourceLine {
  return { text: text.slice(start, end), map: OffsetMap.identity(end - start, start) };
}
