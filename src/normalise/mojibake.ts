import { encodeGbk } from "./gbk.js";
import { applyEdits, type Draft, type Edit } from "./rewrite.js";
import { toSimplified } from "./traditional.js";
import { isCommon, LOST, likelihood } from "./words.js";

/** Characters that UTF-8 read as GBK or Latin-1 is full of, and other text hardly ever has. */
export const TRACES = "锛銆鈥紝鐨涓绗浼鍚鍏鏈鎴缁闂鍦鏄鍙鐢ÃÂåæäçïéè";

/** Bytes 80–9F as Windows-1252 shows them. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const WINDOWS_BYTES = new Map([...WINDOWS].map((char, index) => [char, 0x80 + index]));

const BYTE = `[\\u0080-\\u00ff${WINDOWS}]`;
const LATIN_RUN = new RegExp(`(?=${BYTE}{0,3}[\\u00c0-\\u00ff])${BYTE}{4,}`, "g");
/** GBK shows as Chinese, kana, Greek, marks; a byte that found no partner as a question mark. */
const GBK_RUN = /[\u0080-\uffff]{3,}\??/g;
const CHINESE = /^[\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+$/;
const LATIN = new RegExp(`^${BYTE}+$`);
/** What must be said for a reading: so likely a character, and so much likelier than what stands there. */
const LIKELY = -8;
const GAIN = 3;

/** Mends text whose bytes were read in another encoding, also when that happened twice. */
export function mendMojibake(draft: Draft): Draft {
  let mended = draft;
  for (let round = 0; round < 3; round++) {
    const before = mended;
    mended = applyEdits(mended, latinEdits(mended.text), "mojibake");
    mended = applyEdits(mended, gbkEdits(mended.text), "mojibake");
    if (mended === before) break;
  }
  return mended === draft ? draft : trimmed(mended);
}

function trimmed(draft: Draft): Draft {
  const { text } = draft;
  const lead = text.length - text.trimStart().length;
  const tail = Math.max(lead, text.trimEnd().length);
  const edits = [
    { start: 0, end: lead, after: "" },
    { start: tail, end: text.length, after: "" },
  ];
  return applyEdits(
    draft,
    edits.filter(({ start, end }) => end > start),
    "space",
  );
}

function latinEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(LATIN_RUN)) {
    const run = match[0];
    const bytes = [...run].map((char) => WINDOWS_BYTES.get(char) ?? char.charCodeAt(0));
    if (bytes.some((byte) => byte > 0xff)) continue;
    const after = readingOf(bytes);
    if (after !== undefined) edits.push({ start: match.index, end: match.index + run.length, after });
  }
  return edits;
}

/** What the bytes say in the encoding they were written in. */
function readingOf(bytes: readonly number[]): string | undefined {
  const utf8 = decodeStrict(bytes, "utf-8");
  // Latin-1 that hides Latin-1 is read again in the next round
  if (utf8 !== undefined && (LATIN.test(utf8) || CHINESE.test(utf8))) return utf8;
  const [best] = [decodeStrict(bytes, "gb18030"), decodeStrict(bytes, "big5")]
    .filter((reading) => reading !== undefined && CHINESE.test(reading))
    .map((reading) => ({ reading: reading as string, value: perCharacter(reading as string) }))
    .sort((a, b) => b.value - a.value);
  return best && best.value > LIKELY ? best.reading : undefined;
}

const perCharacter = (text: string) => likelihood(toSimplified(text)) / text.length;

function decodeStrict(bytes: readonly number[], encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}

function gbkEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(GBK_RUN)) {
    const run = match[0];
    const bytes = bytesShown(run);
    const pieces = bytes && bytes.length >= 6 ? decodeLoosely(bytes) : undefined;
    if (!pieces) continue;
    const after = pieces.map((piece) => piece.text).join("");
    if (perCharacter(after) < LIKELY || perCharacter(after) - perCharacter(run) < GAIN) continue;
    edits.push(...placed(pieces, match.index, run));
  }
  return edits;
}

/** Stands for a byte that was lost. */
const GONE = -1;

function bytesShown(run: string): number[] | undefined {
  const bytes: number[] = [];
  for (const char of run) {
    if (isLoss(char)) bytes.push(GONE);
    else {
      const encoded = encodeGbk(char);
      if (!encoded) return undefined;
      bytes.push(...encoded);
    }
  }
  return bytes;
}

const isLoss = (char: string) => char === "?" || char === "？" || char === "\ufffd";

interface Piece {
  readonly text: string;
  /** Half-open range of the bytes it came from. */
  readonly start: number;
  readonly end: number;
}

/**
 * UTF-8, all three-byte characters as Chinese is; what lost a byte is the
 * likeliest character or `〓`. Undefined where the bytes are something else.
 */
function decodeLoosely(bytes: readonly number[]): Piece[] | undefined {
  const pieces: Piece[] = [];
  let odd = 0;
  for (let at = 0; at < bytes.length; ) {
    const [lead = GONE, second = GONE, third = GONE] = bytes.slice(at, at + 3);
    let end = at + 1;
    if (lead >= 0 && lead < 0x80) pieces.push({ text: String.fromCharCode(lead), start: at, end });
    else if (lead >= 0xe2 && lead <= 0xef && isContinuation(second) && (isContinuation(third) || third === GONE)) {
      end = Math.min(at + 3, bytes.length);
      pieces.push({
        text: third === GONE ? lastOf(lead, second, pieces) : codeOf(lead, second, third),
        start: at,
        end,
      });
    } else {
      odd++;
      while (end < bytes.length && !((bytes[end] as number) >= 0xe2 && isContinuation(bytes[end + 1] ?? GONE))) end++;
      pieces.push({ text: LOST, start: at, end });
    }
    at = end;
  }
  return odd * 6 <= pieces.length ? pieces : undefined;
}

const isContinuation = (byte: number) => byte >= 0x80 && byte <= 0xbf;
const codeOf = (lead: number, second: number, third: number) =>
  String.fromCharCode(((lead & 15) << 12) | ((second & 63) << 6) | (third & 63));

/** The character whose last byte was lost: the likeliest of 64, if one is. */
function lastOf(lead: number, second: number, pieces: readonly Piece[]): string {
  const before = pieces
    .slice(-4)
    .map((piece) => piece.text)
    .join("");
  const options = Array.from({ length: 64 }, (_, low) => codeOf(lead, second, low))
    .filter((char) => isCommon(toSimplified(char)))
    .map((char) => ({ char, value: likelihood(toSimplified(before + char)) }))
    .sort((a, b) => b.value - a.value);
  const [best, next] = options;
  return best && (!next || best.value - next.value > 2) ? best.char : LOST;
}

/** Edits over the smallest groups of shown characters and read ones whose ends meet. */
function placed(pieces: readonly Piece[], start: number, run: string): Edit[] {
  const offsets: number[] = [];
  let bytes = 0;
  for (let at = 0; at < run.length; at++) {
    offsets[bytes] = at;
    bytes += isLoss(run[at] as string) || run[at] === "€" ? 1 : 2;
  }
  offsets[bytes] = run.length;
  const edits: Edit[] = [];
  let from = 0;
  let text = "";
  for (const piece of pieces) {
    text += piece.text;
    const meets = offsets[piece.end];
    if (meets === undefined) continue;
    edits.push({ start: start + from, end: start + meets, after: text });
    from = meets;
    text = "";
  }
  return edits;
}

const REPLACED = /(?:锟斤拷|锟斤|斤拷){1,}|(?:屯|烫){4,}/g;

/** Runs of which only the sign of loss was kept: U+FFFD written as UTF-8, read as GBK. */
export const replacedRuns = (text: string): { start: number; end: number }[] =>
  [...text.matchAll(REPLACED)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
