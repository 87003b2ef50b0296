import { Piece, type Said, type SignTable, textOf } from "./sign-table.js";

/**
 * Takes down the signs of a number. What a sign is made of is said piece by
 * piece, so that the reader never has to build the string: it only asks
 * whether evidence knows it.
 */
export interface SignSink {
  /** The sign that these pieces make in a row. */
  say(a: Said, b?: Said, c?: Said, d?: Said, e?: Said): void;
  /** `name` and `text[from, to)`, then `tail`. */
  part(name: string, text: string, from: number, to: number, tail?: Said): void;
  /** `name` and every run of `shortest` to `longest` characters of `text[from, to)`. */
  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void;
}

/** Signs as readable strings, for training and explaining. */
export class SpokenSigns implements SignSink {
  readonly signs: string[] = [];

  say(a: Said, b: Said = "", c: Said = "", d: Said = "", e: Said = ""): void {
    this.signs.push(textOf(a) + textOf(b) + textOf(c) + textOf(d) + textOf(e));
  }

  part(name: string, text: string, from: number, to: number, tail: Said = ""): void {
    this.signs.push(name + text.slice(from, to) + textOf(tail));
  }

  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void {
    for (let size = shortest; size <= longest; size++)
      for (let at = from; at + size <= to; at++) this.signs.push(name + text.slice(at, at + size));
  }
}

/** What a table holds for the signs that are said, in the order in which they are said. */
export class HashedSigns implements SignSink {
  /** Entries of the table; those from `size` on are of earlier use. */
  found = new Int32Array(256);
  size = 0;
  private a = 0;
  private b = 0;

  constructor(private readonly table: SignTable) {}

  clear(): void {
    this.size = 0;
  }

  /** The entries as numbers of their own: for what is kept. */
  entries(): number[] {
    return Array.from(this.found.subarray(0, this.size));
  }

  say(a: Said, b?: Said, c?: Said, d?: Said, e?: Said): void {
    this.a = 0;
    this.b = 0;
    this.add(a);
    if (b !== undefined) this.add(b);
    if (c !== undefined) this.add(c);
    if (d !== undefined) this.add(d);
    if (e !== undefined) this.add(e);
    this.look(this.a, this.b);
  }

  part(name: string, text: string, from: number, to: number, tail?: Said): void {
    this.a = 0;
    this.b = 0;
    this.addText(name, 0, name.length);
    this.addText(text, from, Math.min(to, text.length));
    if (tail !== undefined) this.add(tail);
    this.look(this.a, this.b);
  }

  grams(name: string, text: string, from: number, to: number, shortest: number, longest: number): void {
    this.a = 0;
    this.b = 0;
    this.addText(name, 0, name.length);
    const { a: nameA, b: nameB } = this;
    for (let at = from; at + shortest <= to; at++) {
      let a = nameA;
      let b = nameB;
      const last = Math.min(to, at + longest);
      for (let next = at; next < last; next++) {
        const code = text.charCodeAt(next);
        a = Piece.stepA(a, code);
        b = Piece.stepB(b, code);
        if (next - at + 1 >= shortest) this.look(a, b);
      }
    }
  }

  private add(part: Said): void {
    if (typeof part === "string") {
      this.addText(part, 0, part.length);
      return;
    }
    this.a = (Math.imul(this.a, part.timesA) + part.a) | 0;
    this.b = (Math.imul(this.b, part.timesB) + part.b) | 0;
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

  private look(a: number, b: number): void {
    const entry = this.table.find(a, b);
    if (entry === 0) return;
    if (this.size === this.found.length) this.grow();
    this.found[this.size++] = entry;
  }

  private grow(): void {
    const old = this.found;
    this.found = new Int32Array(2 * old.length);
    this.found.set(old);
  }
}
