/** GBK as bytes: what damaged pages were cut in. Tables are made at first use from the decoder of the platform. */
interface Tables {
  /** Code unit → lead << 8 | trail; 0 where GBK has none. */
  readonly pairOf: Uint16Array;
  /** Lead << 8 | trail → code unit; 0 where nothing stands or only private use. */
  readonly codeOf: Uint16Array;
}

let tables: Tables | undefined;

function load(): Tables {
  if (tables) return tables;
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) pairs.push((lead << 8) | trail);
  const bytes = new Uint8Array(pairs.length * 2);
  pairs.forEach((pair, index) => {
    bytes[index * 2] = pair >> 8;
    bytes[index * 2 + 1] = pair & 0xff;
  });
  const text = new TextDecoder("gb18030").decode(bytes);
  const pairOf = new Uint16Array(0x10000);
  const codeOf = new Uint16Array(0x10000);
  pairs.forEach((pair, index) => {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) return;
    pairOf[code] = pair;
    if (code >= 0xe000 && code <= 0xf8ff) return;
    codeOf[pair] = code;
  });
  tables = { pairOf, codeOf };
  return tables;
}

/** Lead << 8 | trail of a character; 0 where GBK has none. */
export const pairOf = (char: string): number => load().pairOf[char.charCodeAt(0)] as number;

/** The character of two bytes; undefined where none is assigned. */
export function charOf(lead: number, trail: number): string | undefined {
  const code = load().codeOf[(lead << 8) | trail] as number;
  return code === 0 ? undefined : String.fromCharCode(code);
}

/** Pairs for private use, which decoders drop without a trace. */
export function isPrivate(lead: number, trail: number): boolean {
  if (lead < 0x81 || trail < 0x40 || trail === 0x7f || trail > 0xfe) return false;
  return load().codeOf[(lead << 8) | trail] === 0;
}

/** The GBK bytes of a text, ASCII as it is; undefined where a character has none. `€` is byte 80, as Windows reads it. */
export function encodeGbk(text: string): number[] | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const pair = load().pairOf[code] as number;
    if (code < 0x80) bytes.push(code);
    else if (code === 0x20ac) bytes.push(0x80);
    else if (pair) bytes.push(pair >> 8, pair & 0xff);
    else return undefined;
  }
  return bytes;
}
