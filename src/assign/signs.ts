/**
 * Takes down the signs of a number. What a sign is made of is said piece by
 * piece, so that the reader never has to build the string: it only asks
 * whether evidence knows it.
 */
export interface SignSink {
  /** The sign that these pieces make in a row. */
  say(a: string, b?: string, c?: string, d?: string, e?: string): void;
  /** `name` and `text[from, to)`, then `tail`. */
  part(name: string, text: string, from: number, to: number, tail?: string): void;
  /** `name` and every run of `shortest` to `longest` characters of `text[from, to)`. */
  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void;
}

/** Signs as readable strings, for training and explaining. */
export class SpokenSigns implements SignSink {
  readonly signs: string[] = [];

  say(a: string, b = "", c = "", d = "", e = ""): void {
    this.signs.push(a + b + c + d + e);
  }

  part(name: string, text: string, from: number, to: number, tail = ""): void {
    this.signs.push(name + text.slice(from, to) + tail);
  }

  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void {
    for (let size = shortest; size <= longest; size++)
      for (let at = from; at + size <= to; at++) this.signs.push(name + text.slice(at, at + size));
  }
}

const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca77 | 0;
const BASIS_A = 0x811c9dc5 | 0;
const BASIS_B = 0x9e3779b9 | 0;

/** Hashes of 2^FILTER_BITS kinds: enough that most signs nobody knows are told at one look. */
const FILTER_BITS = 19;

/** Numbers for the signs that any evidence knows, found by two hashes of their characters, so that none is taken for another. */
class SignTable {
  size = 0;
  private mask = 0x1ffff;
  /** The second hash and the number plus one, side by side, from the slot that the first hash names. */
  private slots = new Int32Array(2 * (this.mask + 1));
  /** A bit for each kind of hash that a known sign has; small enough to stay in the processor's cache. */
  private readonly filter = new Uint8Array(1 << (FILTER_BITS - 3));

  /** First hashes by number, for growing. */
  private readonly firsts: number[] = [];

  /** The number of a sign, −1 where there is none. */
  find(a: number, b: number): number {
    const kind = b >>> (32 - FILTER_BITS);
    if (((this.filter[kind >> 3] as number) & (1 << (kind & 7))) === 0) return -1;
    const { slots, mask } = this;
    for (let slot = (a ^ (a >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const id = slots[2 * slot + 1] as number;
      if (id === 0 || slots[2 * slot] === b) return id - 1;
    }
  }

  /** The number of a sign; a new one where it has none. */
  numberOf(sign: string): number {
    const a = hashA(BASIS_A, sign, 0, sign.length);
    const b = hashB(BASIS_B, sign, 0, sign.length);
    const known = this.find(a, b);
    if (known >= 0) return known;
    if (this.size > this.mask / 2) this.grow();
    const kind = b >>> (32 - FILTER_BITS);
    this.filter[kind >> 3] = (this.filter[kind >> 3] as number) | (1 << (kind & 7));
    this.firsts.push(a);
    this.put(a, b, ++this.size);
    return this.size - 1;
  }

  private put(a: number, b: number, id: number): void {
    let slot = (a ^ (a >>> 15)) & this.mask;
    while (this.slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.mask;
    this.slots[2 * slot] = b;
    this.slots[2 * slot + 1] = id;
  }

  private grow(): void {
    const old = this.slots;
    this.mask = 2 * this.mask + 1;
    this.slots = new Int32Array(2 * (this.mask + 1));
    for (let at = 0; at < old.length; at += 2) {
      const id = old[at + 1] as number;
      if (id !== 0) this.put(this.firsts[id - 1] as number, old[at] as number, id);
    }
  }
}

function hashA(from: number, text: string, start: number, end: number): number {
  let hash = from;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME_A);
  return hash;
}

function hashB(from: number, text: string, start: number, end: number): number {
  let hash = from;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), PRIME_B);
    hash ^= hash >>> 15;
  }
  return hash;
}

const TABLE = new SignTable();

/** A number for a sign, the same whichever evidence knows it. */
export const numberOfSign = (sign: string): number => TABLE.numberOf(sign);

/** How many signs have a number. */
export const signCount = (): number => TABLE.size;

/** The numbers of the signs said that some evidence knows. */
export class KnownSigns implements SignSink {
  readonly ids: number[] = [];
  private a = BASIS_A;
  private b = BASIS_B;

  say(a: string, b = "", c = "", d = "", e = ""): void {
    this.a = BASIS_A;
    this.b = BASIS_B;
    this.add(a, 0, a.length);
    if (b !== "") this.add(b, 0, b.length);
    if (c !== "") this.add(c, 0, c.length);
    if (d !== "") this.add(d, 0, d.length);
    if (e !== "") this.add(e, 0, e.length);
    this.end();
  }

  part(name: string, text: string, from: number, to: number, tail = ""): void {
    this.a = BASIS_A;
    this.b = BASIS_B;
    this.add(name, 0, name.length);
    this.add(text, from, Math.min(to, text.length));
    if (tail !== "") this.add(tail, 0, tail.length);
    this.end();
  }

  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void {
    const nameA = hashA(BASIS_A, name, 0, name.length);
    const nameB = hashB(BASIS_B, name, 0, name.length);
    for (let at = from; at + shortest <= to; at++) {
      let a = nameA;
      let b = nameB;
      const last = Math.min(to, at + longest);
      for (let next = at; next < last; next++) {
        const code = text.charCodeAt(next);
        a = Math.imul(a ^ code, PRIME_A);
        b = Math.imul(b ^ code, PRIME_B);
        b ^= b >>> 15;
        if (next - at + 1 < shortest) continue;
        const id = TABLE.find(a, b);
        if (id >= 0) this.ids.push(id);
      }
    }
  }

  private add(text: string, start: number, end: number): void {
    let { a, b } = this;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, PRIME_A);
      b = Math.imul(b ^ code, PRIME_B);
      b ^= b >>> 15;
    }
    this.a = a;
    this.b = b;
  }

  private end(): void {
    const id = TABLE.find(this.a, this.b);
    if (id >= 0) this.ids.push(id);
  }
}

/** The numbers of the signs that some evidence knows. */
export function knownSigns(signs: readonly string[]): number[] {
  const known = new KnownSigns();
  for (const sign of signs) known.say(sign);
  return known.ids;
}
