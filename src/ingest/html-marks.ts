import { type MappedText, MappedTextBuilder } from "../doc/index.js";

/** A run of text in the raw page. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

const OPEN = "\ue000";
const CLOSE = "\ue001";
const ZERO = 0xe010;
const MARK = /\ue000([\ue010-\ue019]+)\ue001/g;

/** A mark of private-use characters that holds the number of a run. */
export const markFor = (index: number): string =>
  OPEN + [...String(index)].map((digit) => String.fromCharCode(ZERO + Number(digit))).join("") + CLOSE;

const indexOf = (digits: string) => Number([...digits].map((char) => char.charCodeAt(0) - ZERO).join(""));

/** `text` without its marks. */
export const unmarked = (text: string): string => text.replace(MARK, "");

const ENTITY = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});?/iy;

/** Takes the marks out of a parsed text and maps each of its characters to the raw page. White space runs become one space. */
export function mappedFromMarked(marked: string, raw: string, chunks: readonly Chunk[]): MappedText {
  const builder = new MappedTextBuilder();
  const parts = marked.split(MARK);
  let last = 0;
  for (let part = 1; part < parts.length; part += 2) {
    const chunk = chunks[indexOf(parts[part] ?? "")];
    const text = parts[part + 1] ?? "";
    if (!chunk) continue;
    last = appendAligned(builder, text, raw, chunk.start, chunk.end);
  }
  void last;
  const built = builder.build();
  return trimmed(built);
}

function appendAligned(builder: MappedTextBuilder, text: string, raw: string, start: number, end: number): number {
  let at = start;
  let spaced = true;
  for (const char of text) {
    if (char !== "\t" && /\s/.test(char) && char !== "\u3000") {
      if (!spaced) builder.replace(" ", Math.min(at, end - 1), Math.min(at + 1, end));
      spaced = true;
      at = afterSpace(raw, at, end);
      continue;
    }
    spaced = char === "\t";
    while (at < end && /\s/.test(raw[at] as string) && raw[at] !== char) at++;
    if (char === "\t") {
      builder.replace("\t", at, at);
      continue;
    }
    let length = char.length;
    if (raw[at] === "&") {
      ENTITY.lastIndex = at;
      length = ENTITY.exec(raw)?.[0].length ?? length;
    }
    if (length === 1 && char.length === 1) builder.keep(char, Math.min(at, Math.max(start, end - 1)));
    else builder.replace(char, at, Math.min(end, at + length));
    at = Math.min(end, at + length);
  }
  return at;
}

/** Where the white space of the raw page at `at` ends; `&nbsp;` is white space too. */
function afterSpace(raw: string, start: number, end: number): number {
  let at = start;
  while (at < end && /\s/.test(raw[at] as string)) at++;
  ENTITY.lastIndex = at;
  const entity = at === start ? ENTITY.exec(raw)?.[0] : undefined;
  return entity && /^&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);?$/i.test(entity) ? Math.min(end, at + entity.length) : at;
}

function trimmed(mapped: MappedText): MappedText {
  const lead = mapped.text.length - mapped.text.trimStart().length;
  const text = mapped.text.trim();
  if (lead === 0 && text.length === mapped.text.length) return mapped;
  const builder = new MappedTextBuilder();
  for (let index = 0; index < text.length; index++)
    builder.replace(text[index] as string, mapped.map.startOf(lead + index), mapped.map.endOf(lead + index));
  return builder.build();
}
