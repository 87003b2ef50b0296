/**
 * Words in a tree of their code units, in typed arrays: hundreds of thousands
 * of steps are taken for every page. Node 0 is no node; a word ends in a node,
 * and callers keep what they know of it under that node's number.
 */
export class Trie {
  /** The node of each code unit that opens a word. */
  private readonly first = new Int32Array(0x10000);
  private mask = 0x3ff;
  /** Node, code unit and next node, side by side. */
  private slots = new Int32Array(4 * (this.mask + 1));
  private size = 0;

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

function placeOf(node: number, code: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}
