const FACTOR_A = 0x01000193;
const FACTOR_B = 0x85ebca6b | 0;

/**
 * Text that signs are made of again and again, hashed once. Hashes are
 * polynomials of the code units, so that those of two texts in a row follow
 * from those of either.
 */
export class Piece {
  readonly a: number;
  readonly b: number;
  /** What the hashes of text before this one are multiplied by. */
  readonly timesA: number;
  readonly timesB: number;

  constructor(readonly text: string) {
    let [a, b, timesA, timesB] = [0, 0, 1, 1];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = Piece.stepA(a, code);
      b = Piece.stepB(b, code);
      timesA = Math.imul(timesA, FACTOR_A);
      timesB = Math.imul(timesB, FACTOR_B);
    }
    this.a = a;
    this.b = b;
    this.timesA = timesA;
    this.timesB = timesB;
  }

  /** The first hash with one code unit more. */
  static stepA(hash: number, code: number): number {
    return (Math.imul(hash, FACTOR_A) + code) | 0;
  }

  /** The second hash with one code unit more. */
  static stepB(hash: number, code: number): number {
    return (Math.imul(hash, FACTOR_B) + code) | 0;
  }
}

/** What a sign is said with: text, or a piece where the same text is said often. */
export type Said = string | Piece;

export const textOf = (said: Said): string => (typeof said === "string" ? said : said.text);

const PIECES = new Map<string, Piece>();

/** The piece of a text. It is kept: for words of vocabularies that end (units, labels, ids), never for text of a clipping. */
export function pieceOf(text: string): Piece {
  let piece = PIECES.get(text);
  if (!piece) {
    piece = new Piece(text);
    PIECES.set(text, piece);
  }
  return piece;
}

const TRUE = pieceOf("true");
const FALSE = pieceOf("false");

export const truth = (is: boolean): Piece => (is ? TRUE : FALSE);

/** Bits of the filter for each sign: most signs that nobody knows are told by them at one look. */
const FILTER_BITS = 8;

/** A table of signs as it is kept in a file. */
export interface SignTableParts {
  readonly slots: Int32Array;
  readonly filter: Uint8Array;
}

/**
 * Numbers other than 0 for signs, found by two hashes of their text: none of
 * the signs in it is taken for another.
 */
export class SignTable {
  private readonly shift: number;
  private readonly mask: number;
  /** The second hash and the number side by side, from the slot on that the first hash names. */
  private readonly slots: Int32Array;
  private readonly filterShift: number;
  /** A bit for each kind of hash that a known sign has; small enough to stay in the processor's cache. */
  private readonly filter: Uint8Array;

  private constructor({ slots, filter }: SignTableParts) {
    this.slots = slots;
    this.filter = filter;
    this.mask = slots.length / 2 - 1;
    this.shift = Math.clz32(this.mask);
    this.filterShift = Math.clz32(filter.length * 8 - 1);
  }

  /** An empty table for so many signs. */
  static for(capacity: number): SignTable {
    const bits = Math.max(4, Math.ceil(Math.log2(capacity * 1.5)));
    const filterBits = Math.max(8, Math.ceil(Math.log2(capacity * FILTER_BITS)));
    return new SignTable({ slots: new Int32Array(2 << bits), filter: new Uint8Array(1 << (filterBits - 3)) });
  }

  /** A table as `parts` gave it. */
  static of(parts: SignTableParts): SignTable {
    return new SignTable(parts);
  }

  get parts(): SignTableParts {
    return { slots: this.slots, filter: this.filter };
  }

  /** The number of the sign with these hashes; 0 where there is none. */
  find(a: number, b: number): number {
    const kind = scattered(b) >>> this.filterShift;
    if (((this.filter[kind >> 3] as number) & (1 << (kind & 7))) === 0) return 0;
    const { slots, mask } = this;
    for (let slot = scattered(a) >>> this.shift; ; slot = (slot + 1) & mask) {
      const number = slots[2 * slot + 1] as number;
      if (number === 0 || slots[2 * slot] === b) return number;
    }
  }

  /** Adds the numbers of the signs of `hashes[0, count)`, two each, to `found` from `size` on, and tells its new size. */
  findAll(hashes: Int32Array, count: number, found: Int32Array, size: number): number {
    const { slots, mask, shift, filter, filterShift } = this;
    for (let at = 0; at < count; at += 2) {
      const b = hashes[at + 1] as number;
      const kind = scattered(b) >>> filterShift;
      if (((filter[kind >> 3] as number) & (1 << (kind & 7))) === 0) continue;
      for (let slot = scattered(hashes[at] as number) >>> shift; ; slot = (slot + 1) & mask) {
        const number = slots[2 * slot + 1] as number;
        if (number === 0) break;
        if (slots[2 * slot] !== b) continue;
        found[size++] = number;
        break;
      }
    }
    return size;
  }

  /** Puts in a sign that is not there yet. Throws RangeError where its hashes are those of another. */
  put(sign: string, number: number): void {
    let [a, b] = [0, 0];
    for (let at = 0; at < sign.length; at++) {
      a = Piece.stepA(a, sign.charCodeAt(at));
      b = Piece.stepB(b, sign.charCodeAt(at));
    }
    if (this.find(a, b) !== 0) throw new RangeError(`the sign ${sign} has the hashes of another`);
    const kind = scattered(b) >>> this.filterShift;
    this.filter[kind >> 3] = (this.filter[kind >> 3] as number) | (1 << (kind & 7));
    let slot = scattered(a) >>> this.shift;
    while (this.slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.mask;
    this.slots[2 * slot] = b;
    this.slots[2 * slot + 1] = number;
  }
}

/** All bits of a hash in its upper bits. */
function scattered(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
}
