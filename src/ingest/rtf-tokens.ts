/** A piece of an RTF file: groups, controls with their number, and bytes of text. */
export type RtfToken =
  | { readonly type: "open" | "close" }
  | { readonly type: "control"; readonly word: string; readonly number: number | undefined }
  | { readonly type: "byte"; readonly value: number };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

const isLetter = (byte: number | undefined) =>
  byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Longest word and number of a control; what is longer is no RTF. */
const LONGEST = 32;

/**
 * The pieces of an RTF file. `isLead` says whether a raw byte opens a character
 * of two bytes, whose second one is text even where it looks like a brace.
 * Binary data is passed over.
 */
export function* rtfTokens(bytes: Uint8Array, isLead: (byte: number) => boolean): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte === OPEN || byte === CLOSE) {
      at++;
      yield { type: byte === OPEN ? "open" : "close" };
    } else if (byte === BACKSLASH) {
      const { token, next } = control(bytes, at + 1);
      at = next;
      if (token.type === "control" && token.word === "bin") at += Math.max(0, token.number ?? 0);
      else yield token;
    } else {
      at++;
      if (byte === 0x0d || byte === 0x0a || byte === 0) continue;
      yield { type: "byte", value: byte };
      if (byte >= 0x80 && isLead(byte) && at < bytes.length) yield { type: "byte", value: bytes[at++] as number };
    }
  }
}

function control(bytes: Uint8Array, start: number): { token: RtfToken; next: number } {
  const first = bytes[start];
  if (!isLetter(first)) return symbol(bytes, start);
  let at = start;
  while (isLetter(bytes[at]) && at - start < LONGEST) at++;
  const word = ascii(bytes, start, at);
  const numberAt = at;
  if (bytes[at] === 0x2d && isDigit(bytes[at + 1])) at++;
  while (isDigit(bytes[at]) && at - numberAt < LONGEST) at++;
  const number = at > numberAt ? Number(ascii(bytes, numberAt, at)) : undefined;
  // one space ends a control and belongs to it
  return { token: { type: "control", word, number }, next: bytes[at] === 0x20 ? at + 1 : at };
}

function symbol(bytes: Uint8Array, start: number): { token: RtfToken; next: number } {
  const byte = bytes[start];
  if (byte === 0x27) {
    const value = Number.parseInt(ascii(bytes, start + 1, start + 3), 16);
    return Number.isNaN(value)
      ? { token: { type: "control", word: "'", number: undefined }, next: start + 1 }
      : { token: { type: "byte", value }, next: start + 3 };
  }
  if (byte === BACKSLASH || byte === OPEN || byte === CLOSE)
    return { token: { type: "byte", value: byte }, next: start + 1 };
  const word = byte === 0x0d || byte === 0x0a ? "par" : byte === undefined ? "" : String.fromCharCode(byte);
  return { token: { type: "control", word, number: undefined }, next: start + 1 };
}

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
