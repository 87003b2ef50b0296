/**
 * A stretch of text as code units. Strings are of many kinds inside (slices,
 * joined ones, of one byte or two); what looks at every character of many of
 * them is faster on an array.
 */
export class Window {
  private units = new Uint16Array(128);
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** Good up to `length`, until the window is filled anew. */
  get codes(): Uint16Array {
    return this.units;
  }

  clear(): void {
    this.size = 0;
  }

  push(code: number): void {
    if (this.size === this.units.length) {
      const { units } = this;
      this.units = new Uint16Array(2 * units.length);
      this.units.set(units);
    }
    this.units[this.size++] = code;
  }

  /** Holds a text instead of what it held. */
  fill(text: string): this {
    this.size = 0;
    for (let at = 0; at < text.length; at++) this.push(text.charCodeAt(at));
    return this;
  }

  text(from = 0, to = this.size): string {
    return String.fromCharCode(...this.units.subarray(from, Math.min(to, this.size)));
  }
}
