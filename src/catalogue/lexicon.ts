import type { Concept } from "./concepts.js";

/** A word of the lexicon, found in a text. */
export interface Lexeme {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly concepts: readonly Concept[];
}

interface Node {
  readonly next: Map<number, Node>;
  concepts: Concept[] | undefined;
}

const newNode = (): Node => ({ next: new Map(), concepts: undefined });

/** All words of the concepts, found in one pass, the longest first. */
export class Lexicon {
  private readonly root = newNode();
  /** Whether any word opens with a code unit: most do not, and cost no look-up. */
  private readonly opens = new Uint8Array(0x10000);

  constructor(concepts: readonly Concept[]) {
    for (const concept of concepts) {
      for (const word of concept.zh) this.add(word, concept);
      for (const word of concept.en) this.add(word.toLowerCase(), concept);
    }
  }

  /**
   * The words in `text[start, end)`, none overlapping another, leftmost and
   * longest first. English words only at word boundaries, in any case.
   */
  scan(text: string, start = 0, end = text.length): Lexeme[] {
    const found: Lexeme[] = [];
    let at = start;
    while (at < end) {
      const code = text.charCodeAt(at);
      const lexeme = this.opens[code] === 1 ? this.longestAt(text, at, end) : undefined;
      if (lexeme) {
        found.push(lexeme);
        at = lexeme.end;
      } else {
        at = isLatin(code) ? endOfWord(text, at, end) : at + 1;
      }
    }
    return found;
  }

  private longestAt(text: string, start: number, end: number): Lexeme | undefined {
    let node = this.root;
    let concepts: Concept[] | undefined;
    let stop = start;
    for (let at = start; at < end; at++) {
      const next = node.next.get(lower(text.charCodeAt(at)));
      if (!next) break;
      node = next;
      if (!node.concepts || !isWordEnd(text, at + 1, end)) continue;
      stop = at + 1;
      concepts = node.concepts;
    }
    return concepts && { start, end: stop, text: text.slice(start, stop), concepts };
  }

  private add(word: string, concept: Concept): void {
    let node = this.root;
    const first = word.charCodeAt(0);
    this.opens[first] = 1;
    this.opens[upper(first)] = 1;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      let next = node.next.get(code);
      if (!next) {
        next = newNode();
        node.next.set(code, next);
      }
      node = next;
    }
    node.concepts ??= [];
    if (!node.concepts.includes(concept)) node.concepts.push(concept);
  }
}

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);
const upper = (code: number) => (code >= 97 && code <= 122 ? code - 32 : code);
const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

function isWordEnd(text: string, at: number, end: number): boolean {
  return at >= end || !isLatin(text.charCodeAt(at - 1)) || !isLatin(text.charCodeAt(at));
}

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isLatin(text.charCodeAt(at))) at++;
  return at;
}
