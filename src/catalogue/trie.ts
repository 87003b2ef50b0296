/**
 * Words in a tree of their code units, in typed arrays: hundreds of thousands
 * of steps are taken for every page. Node 0 is no node; a word ends in a node,
 * and callers keep what they know of it under that node's number.
 */
export class Trie {
  /** A bit for each kind of two code units that open a word, and for each that is one alone: small enough to stay in the processor's cache. */
  private readonly pairs = new Uint8Array(1 << (PAIR_BITS - 3));
  private readonly alone = new Uint8Array(0x10000 >> 3);
  /** The node of each code unit that opens a word. */
  private readonly first = new Int32Array(0x10000);
  private mask: number;
  /** Node, code unit and next node, side by side. */
  private slots: Int32Array;
  private size = 0;

  /** With room for about so many nodes, as growing is slow. */
  constructor(expected = 500) {
    this.mask = (1 << (33 - Math.clz32(expected))) - 1;
    this.slots = new Int32Array(4 * (this.mask + 1));
  }

  /** Whether a word may open with two code units; false is sure, and costs much less than asking for its nodes. */
  mayOpen(code: number, next: number): boolean {
    const pair = pairOf(code, next);
    return (
      ((this.pairs[pair >> 3] as number) & (1 << (pair & 7))) !== 0 ||
      ((this.alone[code >> 3] as number) & (1 << (code & 7))) !== 0
    );
  }

  /** The node after the first code unit of a word, 0 where none opens so. */
  open(code: number): number {
    return this.first[code] as number;
  }

  /** The node after one code unit more, 0 where no word goes on so. */
  step(node: number, code: number): number {
    const { slots, mask } = this;
    for (let slot = placeOf(node, code) & mask; ; slot = (slot + 1) & mask) {
      const at = 4 * slot;
      const next = slots[at + 2] as number;
      if (next === 0 || (slots[at] === node && slots[at + 1] === code)) return next;
    }
  }

  /** The node of a word; made where it is new. */
  add(word: string): number {
    if (word.length === 1) setBit(this.alone, word.charCodeAt(0));
    else setBit(this.pairs, pairOf(word.charCodeAt(0), word.charCodeAt(1)));
    let node = this.first[word.charCodeAt(0)] as number;
    if (node === 0) {
      node = ++this.size;
      this.first[word.charCodeAt(0)] = node;
    }
    for (let at = 1; at < word.length; at++) node = this.step(node, word.charCodeAt(at)) || this.grown(node, word, at);
    return node;
  }

  private grown(node: number, word: string, at: number): number {
    if (2 * this.size > this.mask) this.enlarge();
    this.put(node, word.charCodeAt(at), ++this.size);
    return this.size;
  }

  private put(node: number, code: number, next: number): void {
    let slot = placeOf(node, code) & this.mask;
    while (this.slots[4 * slot + 2] !== 0) slot = (slot + 1) & this.mask;
    this.slots[4 * slot] = node;
    this.slots[4 * slot + 1] = code;
    this.slots[4 * slot + 2] = next;
  }

  private enlarge(): void {
    const old = this.slots;
    this.mask = 4 * this.mask + 3;
    this.slots = new Int32Array(4 * (this.mask + 1));
    for (let at = 0; at < old.length; at += 4)
      if (old[at + 2] !== 0) this.put(old[at] as number, old[at + 1] as number, old[at + 2] as number);
  }
}

const PAIR_BITS = 18;
const pairOf = (code: number, next: number): number => Math.imul((code << 16) | next, 0x9e3779b1) >>> (32 - PAIR_BITS);

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >> 3] = (bits[bit >> 3] as number) | (1 << (bit & 7));
}

function placeOf(node: number, code: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}
