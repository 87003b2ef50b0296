import { closersOf, commonOf, isDropped, openersOf } from "./common.js";
import { charOf, encodeGbk } from "./gbk.js";
import { toSimplified } from "./traditional.js";
import { Filled, isPair, isPairBefore, LOST, likelihood } from "./words.js";

/** A run of characters that were read one byte off. */
export interface Run {
  /** The characters as they stand. */
  readonly text: string;
  /** Good (simplified) text right before and after. */
  readonly before: string;
  readonly after: string;
  /** What the lost first byte may have been. */
  readonly first: readonly number[];
  /** What the byte behind the run may have been. */
  readonly last: readonly number[];
}

export interface Solution {
  /** In simplified characters; a character that nothing decides is `〓`. */
  readonly text: string;
  /** Logarithm of the likelihood a character, before and after. */
  readonly was: number;
  readonly is: number;
}

export const LEADS: readonly number[] = Array.from({ length: 0x7e }, (_, index) => 0x81 + index);
export const TRAILS: readonly number[] = Array.from({ length: 0xbf }, (_, index) => 0x40 + index).filter(
  (byte) => byte !== 0x7f,
);

const CONTEXT = 4;
/** By how much the best of several readings must be likelier than the next: e^2 times. */
const CLEAR = 2;

/**
 * Reads a run again in step, with the lost byte before it. Returns undefined
 * where its characters are none of GBK. The caller judges whether it is proved.
 */
export function solve(run: Run): Solution | undefined {
  const bytes = encodeGbk(run.text);
  if (!bytes || bytes.length === 0 || bytes.length % 2 !== 0) return bytes?.length === 0 ? solveEmpty(run) : undefined;
  const middle: (string | undefined)[] = [];
  for (let at = 1; at + 1 < bytes.length; at += 2) middle.push(charOf(bytes[at] as number, bytes[at + 1] as number));
  const known = middle.map((char) => (char === undefined ? LOST : toSimplified(char)));
  const heads = optionsOf(run.first.map((byte) => commonOf(byte, bytes[0] as number)));
  if (heads.length === 0 && run.first.length === 1) heads.push(LOST);
  const final = bytes.at(-1) as number;
  // the end of a paragraph that breaks in a mark was its full stop
  if (final === 0xa1 && run.after === "" && run.last.length > 1) return solve({ ...run, last: [0xa3] });
  const tails = final < 0x80 ? [String.fromCharCode(final)] : optionsOf(run.last.map((byte) => commonOf(final, byte)));
  if (final >= 0x80 && tails.length === 0) tails.push(LOST);
  const ends = known.length < 2 ? bothEnds(run, known, heads, tails) : eachEnd(run, known, heads, tails);
  if (!ends) return undefined;
  const chars = [ends.head, ...known, ends.tail];
  fillGaps(run, chars, bytes);
  // the ends were chosen beside gaps; beside what filled them they may be others
  const filled = chars.slice(1, -1);
  if (filled.length >= 2 && filled.join("") !== known.join("")) {
    const again = eachEnd(run, filled, heads, tails);
    if (again && chars[0]?.length === 1) chars[0] = again.head;
    if (again) chars[chars.length - 1] = again.tail;
  }
  return judged(run, chars.join(""));
}

/** No character between: the lost byte and the byte behind make one. */
function solveEmpty(run: Run): Solution | undefined {
  const options = optionsOf(run.first.flatMap((lead) => run.last.map((trail) => commonOf(lead, trail))));
  const between = new Filled(run.before, run.after.slice(0, CONTEXT));
  const best = choose(options, (char) => between.with(char));
  return best === LOST ? undefined : judged(run, best);
}

function judged(run: Run, text: string): Solution {
  const was = toSimplified(run.text);
  return {
    text,
    was: likelihood(run.before + was + run.after) / (run.before.length + was.length + run.after.length || 1),
    is: likelihood(run.before + text + run.after) / (run.before.length + text.length + run.after.length || 1),
  };
}

const optionsOf = (chars: readonly (string | undefined)[]): string[] => [
  ...new Set(chars.filter((char) => char !== undefined)),
];

/** The likeliest of several; `〓` where none is clearly so. */
function choose(options: readonly string[], score: (option: string) => number): string {
  let best = LOST;
  let top = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const option of options) {
    const value = score(option);
    if (value > top) {
      second = top;
      top = value;
      best = option;
    } else if (value > second) second = value;
  }
  return top - second >= CLEAR ? best : LOST;
}

function eachEnd(run: Run, known: readonly string[], heads: readonly string[], tails: readonly string[]) {
  if (heads.length === 0) return undefined;
  const text = known.join("");
  const next = text.slice(0, CONTEXT);
  const last = text.slice(-CONTEXT);
  const opening = new Filled(run.before, next);
  const closing = new Filled(last, run.after);
  return {
    head: choose(heads, (head) => opening.with(head)),
    tail: tails.length === 0 ? "" : choose(tails, (tail) => closing.with(tail)),
  };
}

/** In a short run its two unknown ends lean on each other. */
function bothEnds(run: Run, known: readonly string[], heads: readonly string[], tails: readonly string[]) {
  if (heads.length === 0) return undefined;
  const text = known.join("");
  const pairs = heads.flatMap((head) => (tails.length === 0 ? [[head, ""]] : tails.map((tail) => [head, tail])));
  const between = new Filled(run.before, run.after);
  const best = choose(
    pairs.map((pair) => pair.join("\u0000")),
    (pair) => between.with(pair.replace("\u0000", text)),
  );
  if (best === LOST) return { head: LOST, tail: tails.length === 0 ? "" : LOST };
  const [head = LOST, tail = ""] = best.split("\u0000");
  return { head, tail };
}

/** What a character more costs in running text, and that a loss is rare. */
const ONE_MORE = 4;
/** A gain that shows a loss although several characters could fill it. */
const SHOWS_LOSS = 5;

/**
 * Puts two characters for one that makes no sense, where a pair of bytes for
 * private use fell out between: b1 (b2 b3) b4. The place that gains most first.
 */
function fillGaps(run: Run, chars: string[], bytes: readonly number[]): void {
  const gains = new Map<number, Filling>();
  for (let round = 0; round < MOST_LOSSES; round++) {
    let best: Filling | undefined;
    for (let index = 0; index < chars.length - 1; index++) {
      const lead = index > 0 ? bytes[index * 2 - 1] : run.first.length === 1 ? run.first[0] : undefined;
      if (lead === undefined || (chars[index] as string).length > 1) continue;
      let filling = gains.get(index);
      if (!filling) {
        filling = fill(run, chars, index, [lead, bytes[index * 2] as number]);
        gains.set(index, filling);
      }
      if (filling.gain > 0 && (!best || filling.gain > best.gain)) best = filling;
    }
    if (!best) return;
    chars[best.index] = best.text;
    gains.set(best.index, { index: best.index, text: best.text, gain: 0 });
    for (let near = best.index - CONTEXT; near <= best.index + CONTEXT; near++)
      if (near !== best.index) gains.delete(near);
  }
}

const MOST_LOSSES = 6;
const MOST_GUESSES = 500;
/** Nothing is missing in text that reads as well as this, a character. */
const FLUENT = -5;

interface Filling {
  readonly index: number;
  readonly text: string;
  /** How much likelier the text becomes. */
  readonly gain: number;
}

function fill(run: Run, chars: readonly string[], index: number, [b1, b4]: readonly [number, number]): Filling {
  // each piece is a character at least
  const near = chars.slice(Math.max(0, index - CONTEXT), index).join("");
  const before = (index < CONTEXT ? run.before + near : near).slice(-CONTEXT);
  const after = (chars.slice(index + 1, index + 2 + CONTEXT).join("") + run.after).slice(0, CONTEXT);
  const gap = new Filled(before, after);
  const now = gap.with(chars[index] as string);
  if (now > FLUENT * (before.length + 1 + after.length)) return { index, text: LOST, gain: 0 };
  const previous = before.slice(-1);
  const next = after.slice(0, 1);
  const options: string[] = [];
  for (const { first, seconds } of twoFor(b1, b4)) {
    const leans = "，。、".includes(first) || isPair(previous, first);
    // two characters that make no word with anything prove nothing
    for (const { second, text, isWord } of seconds)
      if (leans || isWord || isPairBefore(next, second)) options.push(text);
  }
  let top = Number.NEGATIVE_INFINITY;
  const text = choose(options, (option) => {
    const value = gap.with(option);
    top = Math.max(top, value);
    return value;
  });
  const gain = top - now + ONE_MORE;
  if (text === LOST && gain >= SHOWS_LOSS) {
    const three = fillTwo(gap, b1, b4);
    if (three) return { index, ...three, gain: three.gain - now + 2 * ONE_MORE };
  }
  return { index, text, gain: text === LOST && gain < SHOWS_LOSS ? 0 : gain };
}

interface Two {
  readonly first: string;
  /** With the two together, and whether they are a word. */
  readonly seconds: readonly { readonly second: string; readonly text: string; readonly isWord: boolean }[];
}

const twos = new Map<number, readonly Two[]>();
/** Pairs of bytes that are kept; ordinary text has no more. */
const MOST_KEPT = 4096;

/** Two common characters between bytes b1 and b4, where b2 and b3 were a pair for private use. */
function twoFor(b1: number, b4: number): readonly Two[] {
  const key = (b1 << 8) | b4;
  const known = twos.get(key);
  if (known) return known;
  const list = openersOf(b1).map(({ byte: b2, char: first }) => ({
    first,
    seconds: closersOf(b4)
      .filter(({ byte: b3 }) => isDropped(b2, b3))
      .map(({ char: second }) => ({ second, text: first + second, isWord: isPair(first, second) })),
  }));
  if (twos.size >= MOST_KEPT) twos.clear();
  twos.set(key, list);
  return list;
}

/** How many middles are looked at: beyond that nothing is proved anyhow. */
const MOST_STEPS = 60_000;

/** The first two of three characters, and the byte that the third begins behind. */
interface Opening {
  readonly text: string;
  readonly byte: number;
}

const openings = new Map<number, readonly Opening[]>();

/** What may open three characters behind a byte: words of two, the pair of bytes between them for private use. */
function openingsOf(b1: number): readonly Opening[] {
  const known = openings.get(b1);
  if (known) return known;
  const list: Opening[] = [];
  let steps = 0;
  for (const { byte: b2, char: first } of openersOf(b1))
    for (const b3 of LEADS) {
      if (!isDropped(b2, b3)) continue;
      for (const { byte, char: middle } of openersOf(b3)) {
        if (++steps > MOST_STEPS) break;
        if (first === middle || isPair(first, middle)) list.push({ text: first + middle, byte });
      }
    }
  openings.set(b1, list);
  return list;
}

function guessesOfThree(b1: number, b6: number): Set<string> {
  const options = new Set<string>();
  const closers = closersOf(b6);
  for (const { text, byte: b4 } of openingsOf(b1))
    for (const { byte: b5, char: last } of closers) {
      if (!isDropped(b4, b5)) continue;
      options.add(text + last);
      if (options.size >= MOST_GUESSES) return options;
    }
  return options;
}

/** Three characters for one, where two pairs fell out: b1 (b2 b3) (b4 b5) b6. Only such as make words with each other. */
function fillTwo(gap: Filled, b1: number, b6: number): { text: string; gain: number } | undefined {
  const options = guessesOfThree(b1, b6);
  let top = Number.NEGATIVE_INFINITY;
  const text = choose([...options], (option) => {
    const value = gap.with(option);
    top = Math.max(top, value);
    return value;
  });
  return text === LOST ? undefined : { text, gain: top };
}
