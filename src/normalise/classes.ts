import { TRACES } from "./mojibake.js";
import { traditionalCodes } from "./traditional.js";

/** What a character may ask for; a text is looked at once, and only the passes that its characters ask for are run. */
export const SPACE = 1;
/** A mark that may be meant full-width, or stand for a lost byte. */
export const HALF_MARK = 2;
/** Full-width, invisible, or a space of another kind. */
export const WIDTH = 4;
export const RADICAL = 8;
export const CORNER_QUOTE = 16;
/** Only traditional text has it. */
export const TRADITIONAL = 32;
export const HAN = 64;
/** A bracket: what pinyin annotations and notes stand in. */
export const BRACKET = 128;
/** May stand where bytes were lost or misread. */
export const LOST_BYTE = 256;
/** What text read in a wrong encoding is full of. */
export const MISREAD = 512;

let table: Uint16Array | undefined;

/** The bits of every UTF-16 code unit. */
export function classes(): Uint16Array {
  if (table) return table;
  const bits = new Uint16Array(0x10000);
  const add = (chars: Iterable<string>, bit: number) => {
    for (const char of chars) mark(bits, char.charCodeAt(0), bit);
  };
  range(bits, 0x3400, 0x9fff, HAN);
  range(bits, 0xf900, 0xfaff, HAN);
  add("〇", HAN);
  add(" \t　", SPACE);
  add(",:;?!.．", HALF_MARK);
  add("()（）", BRACKET);
  add("?？!！\ufffd锟▇█▆■□", LOST_BYTE);
  add(TRACES, MISREAD);
  range(bits, 0xc0, 0xff, MISREAD);
  for (const vowel of "àáèéêìíòóùúü") bits[vowel.charCodeAt(0)] = 0;
  range(bits, 0xff10, 0xff19, WIDTH);
  range(bits, 0xff21, 0xff3a, WIDTH);
  range(bits, 0xff41, 0xff5a, WIDTH);
  range(bits, 0x2000, 0x200f, WIDTH);
  range(bits, 0x202a, 0x202f, WIDTH);
  add("％．＋－＄＆＠＃＝～\u00a0\u2060\ufeff\u00ad", WIDTH);
  range(bits, 0x2e80, 0x2fdf, RADICAL);
  add("「」『』﹁﹂﹃﹄", CORNER_QUOTE);
  for (const code of traditionalCodes()) mark(bits, code, TRADITIONAL);
  table = bits;
  return bits;
}

/** All bits of the characters of a text. */
export function bitsOf(text: string): number {
  const bits = classes();
  let all = 0;
  for (let at = 0; at < text.length; at++) all |= bits[text.charCodeAt(at)] as number;
  return all;
}

/** Whether the code unit at `at` is a Han character; false outside the text. */
export function isHan(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x3400 && code <= 0x9fff) || code === 0x3007 || (code >= 0xf900 && code <= 0xfaff);
}

export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function mark(bits: Uint16Array, code: number, bit: number): void {
  bits[code] = (bits[code] as number) | bit;
}

function range(bits: Uint16Array, from: number, to: number, bit: number): void {
  for (let code = from; code <= to; code++) mark(bits, code, bit);
}
