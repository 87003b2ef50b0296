import { Piece, type Said, type SignTable, textOf } from "./sign-table.js";
import type { Window } from "./window.js";

/**
 * Takes down the signs of a number. What a sign is made of is said piece by
 * piece, so that the reader never has to build the string: it only asks
 * whether evidence knows it.
 */
export interface SignSink {
  /** Every sign from here on begins with this; none does without it. */
  under(prefix?: Piece): void;
  /** The sign that these pieces make in a row. */
  say(a: Said, b?: Said, c?: Said, d?: Said, e?: Said): void;
  /** `name` and `text[from, to)`, then `tail`. */
  part(name: string, text: string, from: number, to: number, tail?: Said): void;
  /** `name` and `window[from, to)`, then `tail`. */
  run(name: Said, window: Window, from: number, to: number, tail?: Said): void;
  /** The last `size` characters of one window and the first of another, with what stands between. */
  meet(name: Said, left: Window, between: Said, right: Window, size: number): void;
  /** `name` and every run of `shortest` to `longest` characters of `window[from, to)`. */
  grams(name: Said, window: Window, from: number, to: number, shortest: number, longest: number): void;
  /** Signs that follow from a few things, which `key` tells: what weighs them need hear them only once. */
  group(group: SignGroup, key: number, say: (out: SignSink) => void): void;
}

/** Signs that are always said together; each group is one object. */
export interface SignGroup {
  readonly name: string;
}

/** Signs as readable strings, for training and explaining. */
export class SpokenSigns implements SignSink {
  readonly signs: string[] = [];
  private prefix = "";

  under(prefix?: Piece): void {
    this.prefix = prefix?.text ?? "";
  }

  say(a: Said, b: Said = "", c: Said = "", d: Said = "", e: Said = ""): void {
    this.signs.push(this.prefix + textOf(a) + textOf(b) + textOf(c) + textOf(d) + textOf(e));
  }

  part(name: string, text: string, from: number, to: number, tail: Said = ""): void {
    this.signs.push(this.prefix + name + text.slice(from, to) + textOf(tail));
  }

  run(name: Said, window: Window, from: number, to: number, tail: Said = ""): void {
    this.signs.push(this.prefix + textOf(name) + window.text(from, to) + textOf(tail));
  }

  meet(name: Said, left: Window, between: Said, right: Window, size: number): void {
    const before = left.text(Math.max(0, left.length - size));
    this.signs.push(this.prefix + textOf(name) + before + textOf(between) + right.text(0, size));
  }

  grams(name: Said, window: Window, from: number, to: number, shortest: number, longest: number): void {
    for (let size = shortest; size <= longest; size++)
      for (let at = from; at + size <= to; at++) this.run(name, window, at, at + size);
  }

  group(_group: SignGroup, _key: number, say: (out: SignSink) => void): void {
    say(this);
  }
}

/**
 * What a table holds for the signs that are said. They are hashed as they are
 * said and looked up all together: so the processor waits for many of them at
 * once, which lie far apart in memory.
 */
export class HashedSigns implements SignSink {
  /** What the table has for the signs, in the order in which they were said; good up to `size`, once they are looked up. */
  protected found = new Int32Array(256);
  protected size = 0;
  /** Two hashes a sign. */
  private said = new Int32Array(512);
  private saidSize = 0;
  private a = 0;
  private b = 0;
  /** The hashes of what every sign begins with. */
  private underA = 0;
  private underB = 0;

  constructor(private readonly table: SignTable) {}

  under(prefix?: Piece): void {
    this.underA = prefix?.a ?? 0;
    this.underB = prefix?.b ?? 0;
  }

  clear(): void {
    this.size = 0;
    this.saidSize = 0;
  }

  /** Looks up all that was said; false where nothing was since the last time. */
  protected lookUp(): boolean {
    if (this.saidSize === 0) return false;
    if (this.size + this.saidSize / 2 > this.found.length) this.makeRoom();
    this.size = this.table.findAll(this.said, this.saidSize, this.found, this.size);
    this.saidSize = 0;
    return true;
  }

  say(a: Said, b?: Said, c?: Said, d?: Said, e?: Said): void {
    this.a = this.underA;
    this.b = this.underB;
    this.add(a);
    if (b !== undefined) this.add(b);
    if (c !== undefined) this.add(c);
    if (d !== undefined) this.add(d);
    if (e !== undefined) this.add(e);
    this.keep(this.a, this.b);
  }

  part(name: string, text: string, from: number, to: number, tail?: Said): void {
    this.a = this.underA;
    this.b = this.underB;
    this.addText(name, 0, name.length);
    this.addText(text, from, Math.min(to, text.length));
    if (tail !== undefined) this.add(tail);
    this.keep(this.a, this.b);
  }

  run(name: Said, window: Window, from: number, to: number, tail?: Said): void {
    this.a = this.underA;
    this.b = this.underB;
    this.add(name);
    this.addCodes(window.codes, from, Math.min(to, window.length));
    if (tail !== undefined) this.add(tail);
    this.keep(this.a, this.b);
  }

  meet(name: Said, left: Window, between: Said, right: Window, size: number): void {
    this.a = this.underA;
    this.b = this.underB;
    this.add(name);
    this.addCodes(left.codes, Math.max(0, left.length - size), left.length);
    this.add(between);
    this.addCodes(right.codes, 0, Math.min(size, right.length));
    this.keep(this.a, this.b);
  }

  grams(name: Said, window: Window, from: number, to: number, shortest: number, longest: number): void {
    this.a = this.underA;
    this.b = this.underB;
    this.add(name);
    const { a: nameA, b: nameB } = this;
    const { codes } = window;
    for (let at = from; at + shortest <= to; at++) {
      let a = nameA;
      let b = nameB;
      const last = Math.min(to, at + longest);
      for (let next = at; next < last; next++) {
        const code = codes[next] as number;
        a = Piece.stepA(a, code);
        b = Piece.stepB(b, code);
        if (next - at + 1 >= shortest) this.keep(a, b);
      }
    }
  }

  group(_group: SignGroup, _key: number, say: (out: SignSink) => void): void {
    say(this);
  }

  private add(part: Said): void {
    if (typeof part === "string") {
      this.addText(part, 0, part.length);
      return;
    }
    this.a = (Math.imul(this.a, part.timesA) + part.a) | 0;
    this.b = (Math.imul(this.b, part.timesB) + part.b) | 0;
  }

  private addCodes(codes: Uint16Array, start: number, end: number): void {
    let { a, b } = this;
    for (let at = start; at < end; at++) {
      const code = codes[at] as number;
      a = Piece.stepA(a, code);
      b = Piece.stepB(b, code);
    }
    this.a = a;
    this.b = b;
  }

  private addText(text: string, start: number, end: number): void {
    let { a, b } = this;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      a = Piece.stepA(a, code);
      b = Piece.stepB(b, code);
    }
    this.a = a;
    this.b = b;
  }

  private keep(a: number, b: number): void {
    const { said, saidSize: at } = this;
    if (at === this.said.length) {
      this.said = new Int32Array(2 * at);
      this.said.set(said);
    }
    this.said[at] = a;
    this.said[at + 1] = b;
    this.saidSize = at + 2;
  }

  private makeRoom(): void {
    const { found } = this;
    this.found = new Int32Array(found.length + this.said.length);
    this.found.set(found);
  }
}
