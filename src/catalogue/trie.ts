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
  /** The place of each code unit among those that words go on with; 0 for one that none does. */
  private readonly places = new Uint16Array(0x10000);
  private lastPlace = 0;
  private mask: number;
  /** Node and place of a code unit in one, and the next node, side by side. */
  private slots: Int32Array;
  private size = 0;

  /** With room for about so many nodes, as growing is slow. */
  constructor(expected = 500) {
    this.mask = (1 << (33 - Math.clz32(expected))) - 1;
    this.slots = new Int32Array(2 * (this.mask + 1));
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
    const place = this.places[code] as number;
    return place === 0 ? 0 : this.next((node << PLACE_BITS) | place);
  }

  private next(key: number): number {
    const { slots, mask } = this;
    for (let slot = scattered(key) & mask; ; slot = (slot + 1) & mask) {
      const next = slots[2 * slot + 1] as number;
      if (next === 0 || slots[2 * slot] === key) return next;
    }
  }

  /** The node of a word; made where it is new. Throws RangeError where there are more nodes or characters than a tree has room for. */
  add(word: string): number {
    if (word.length === 1) setBit(this.alone, word.charCodeAt(0));
    else setBit(this.pairs, pairOf(word.charCodeAt(0), word.charCodeAt(1)));
    let node = this.first[word.charCodeAt(0)] as number;
    if (node === 0) {
      node = this.newNode();
      this.first[word.charCodeAt(0)] = node;
    }
    for (let at = 1; at < word.length; at++) node = this.step(node, word.charCodeAt(at)) || this.grown(node, word, at);
    return node;
  }

  private newNode(): number {
    if (this.size === MOST_NODES) throw new RangeError(`a tree has at most ${MOST_NODES} nodes`);
    return ++this.size;
  }

  private grown(node: number, word: string, at: number): number {
    if (2 * this.size > this.mask) this.enlarge();
    const grown = this.newNode();
    this.put((node << PLACE_BITS) | this.placeFor(word.charCodeAt(at)), grown);
    return grown;
  }

  private placeFor(code: number): number {
    if (this.places[code] === 0) {
      if (this.lastPlace === MOST_PLACES) throw new RangeError(`words go on with at most ${MOST_PLACES} characters`);
      this.places[code] = ++this.lastPlace;
    }
    return this.places[code] as number;
  }

  private put(key: number, next: number): void {
    let slot = scattered(key) & this.mask;
    while (this.slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.mask;
    this.slots[2 * slot] = key;
    this.slots[2 * slot + 1] = next;
  }

  private enlarge(): void {
    const old = this.slots;
    this.mask = 4 * this.mask + 3;
    this.slots = new Int32Array(2 * (this.mask + 1));
    for (let at = 0; at < old.length; at += 2)
      if (old[at + 1] !== 0) this.put(old[at] as number, old[at + 1] as number);
  }
}

/** A node and a place make one number of 31 bits. */
const PLACE_BITS = 13;
const MOST_PLACES = (1 << PLACE_BITS) - 1;
const MOST_NODES = (1 << (31 - PLACE_BITS)) - 1;

const PAIR_BITS = 18;
const pairOf = (code: number, next: number): number => Math.imul((code << 16) | next, 0x9e3779b1) >>> (32 - PAIR_BITS);

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >> 3] = (bits[bit >> 3] as number) | (1 << (bit & 7));
}

function scattered(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
