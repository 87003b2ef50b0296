/**
 * Says for each UTF-16 code unit of one text which code units of another text
 * it came from. Identity runs cost nothing; everything else is two Int32Arrays.
 */
export class OffsetMap {
  private constructor(
    readonly length: number,
    private readonly shift: number,
    private readonly starts: Int32Array | undefined,
    private readonly ends: Int32Array | undefined,
  ) {}

  /** Maps `[0, length)` to `[shift, shift + length)`. */
  static identity(length: number, shift = 0): OffsetMap {
    return new OffsetMap(length, shift, undefined, undefined);
  }

  /** `starts[i]`..`ends[i]` is the half-open origin of code unit `i`. */
  static of(starts: Int32Array, ends: Int32Array): OffsetMap {
    return new OffsetMap(starts.length, 0, starts, ends);
  }

  /** Where the code unit at `index` begins in the origin; at the end of the text, where the last one ends. */
  startOf(index: number): number {
    if (index >= this.length) return this.length === 0 ? this.shift : this.endOf(this.length - 1);
    return this.starts ? (this.starts[index] ?? 0) : index + this.shift;
  }

  /** Where the code unit at `index` ends in the origin. */
  endOf(index: number): number {
    return this.ends ? (this.ends[index] ?? 0) : index + 1 + this.shift;
  }

  /** The smallest origin range that holds `[start, end)`, whatever the order of the pieces. */
  range(start: number, end: number): { start: number; end: number } {
    if (end <= start) {
      const at = this.startOf(start);
      return { start: at, end: at };
    }
    if (!this.starts) return { start: start + this.shift, end: end + this.shift };
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let index = start; index < end; index++) {
      low = Math.min(low, this.startOf(index));
      high = Math.max(high, this.endOf(index));
    }
    return { start: low, end: high };
  }

  /** Writes the origins of all code units into two arrays from `at` on. */
  copyTo(starts: Int32Array, ends: Int32Array, at: number): void {
    if (this.starts && this.ends) {
      starts.set(this.starts, at);
      ends.set(this.ends, at);
      return;
    }
    for (let index = 0; index < this.length; index++) {
      starts[at + index] = index + this.shift;
      ends[at + index] = index + this.shift + 1;
    }
  }

  /** The part of this map for the code units `[start, start + length)`. */
  slice(start: number, length: number): OffsetMap {
    if (!this.starts || !this.ends) return OffsetMap.identity(length, this.shift + start);
    return OffsetMap.of(this.starts.subarray(start, start + length), this.ends.subarray(start, start + length));
  }

  /** This map followed by `outer`: from this text to the origin of its origin. */
  through(outer: OffsetMap): OffsetMap {
    if (!this.starts && !outer.starts) {
      return OffsetMap.identity(this.length, this.shift + outer.shift);
    }
    const starts = new Int32Array(this.length);
    const ends = new Int32Array(this.length);
    for (let index = 0; index < this.length; index++) {
      const start = this.startOf(index);
      const end = this.endOf(index);
      starts[index] = outer.startOf(start);
      ends[index] = end > start ? outer.endOf(end - 1) : outer.startOf(start);
    }
    return OffsetMap.of(starts, ends);
  }
}

/** A text together with the way back to its origin. */
export interface MappedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** Builds a MappedText piece by piece. */
export class MappedTextBuilder {
  private parts: string[] = [];
  private size = 0;
  private starts: Int32Array;
  private ends: Int32Array;

  /** `expected` is about how long the text will be. */
  constructor(expected = 1024) {
    this.starts = new Int32Array(expected);
    this.ends = new Int32Array(expected);
  }

  get length(): number {
    return this.size;
  }

  /** Appends `text`, every code unit of which stands for the origin `[start, end)`. */
  replace(text: string, start: number, end: number): void {
    this.grow(text.length);
    this.starts.fill(start, this.size, this.size + text.length);
    this.ends.fill(end, this.size, this.size + text.length);
    this.parts.push(text);
    this.size += text.length;
  }

  /** Appends `text` as it stands in the origin from `start` on, code unit by code unit. */
  keep(text: string, start: number): void {
    this.grow(text.length);
    for (let index = 0; index < text.length; index++) {
      this.starts[this.size + index] = start + index;
      this.ends[this.size + index] = start + index + 1;
    }
    this.parts.push(text);
    this.size += text.length;
  }

  /** Appends an already mapped text. */
  append(mapped: MappedText): void {
    const { text, map } = mapped;
    this.grow(text.length);
    map.copyTo(this.starts, this.ends, this.size);
    this.parts.push(text);
    this.size += text.length;
  }

  build(): MappedText {
    return {
      text: this.parts.join(""),
      map: OffsetMap.of(this.starts.subarray(0, this.size), this.ends.subarray(0, this.size)),
    };
  }

  private grow(by: number): void {
    const needed = this.size + by;
    if (needed <= this.starts.length) return;
    const capacity = Math.max(needed, this.starts.length * 2);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}
