/**
 * Numbers for the words of a vocabulary that ends: put together, they tell
 * whether a group of signs was said before.
 */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();

  constructor(readonly most: number) {}

  /** A number below `most`. Throws RangeError when there are more words. */
  of(word: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.numbers.size;
      if (number === this.most) throw new RangeError(`a vocabulary has at most ${this.most} words`);
      this.numbers.set(word, number);
    }
    return number;
  }
}

/** Indicators, and their families. */
export const INDICATORS = new Vocabulary(4096);
/** Where things are read, and what they are to each other. */
export const ROLES = new Vocabulary(64);

/** Yes and no, a bit each. */
export const flags = (a: boolean, b = false, c = false, d = false): number =>
  (a ? 1 : 0) | (b ? 2 : 0) | (c ? 4 : 0) | (d ? 8 : 0);
