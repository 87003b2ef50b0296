import { type Concept, ConceptKind } from "./concepts.js";
import { Trie } from "./trie.js";

/** A word of the lexicon, found in a text. */
export interface Lexeme {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly concepts: readonly Concept[];
  /** The kinds of its concepts, a bit each. */
  readonly kinds: number;
  /** Of the word among those of all lexicons: what is known of it can be kept in an array. */
  readonly number: number;
}

const KINDS = ConceptKind.options;

/** The bit of a kind in the kinds of a word. */
export const kindBit = (kind: Concept["kind"]): number => 1 << KINDS.indexOf(kind);

/** What all places of a word share. */
interface Word {
  readonly concepts: Concept[];
  readonly kinds: number;
  readonly number: number;
}

let words = 0;

/** All words of the concepts, found in one pass, the longest first. */
export class Lexicon {
  private readonly words = new Trie(50_000);
  /** What the word means that ends in a node. */
  private readonly meanings: (Word | undefined)[] = [];

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
      const lexeme = this.words.mayOpen(lower(code), lower(text.charCodeAt(at + 1)))
        ? this.longestFrom(this.words.open(lower(code)), text, at, end)
        : undefined;
      if (lexeme) {
        found.push(lexeme);
        at = lexeme.end;
      } else {
        at = isLatin(code) ? endOfWord(text, at, end) : at + 1;
      }
    }
    return found;
  }

  private longestFrom(first: number, text: string, start: number, end: number): Lexeme | undefined {
    let word: Word | undefined;
    let stop = start;
    let at = start + 1;
    for (let node = first; node > 0; node = at < end ? this.words.step(node, lower(text.charCodeAt(at++))) : 0) {
      const own = this.meanings[node];
      if (!own || !isWordEnd(text, at, end)) continue;
      stop = at;
      word = own;
    }
    if (!word) return undefined;
    const { concepts, kinds, number } = word;
    return { start, end: stop, text: text.slice(start, stop), concepts, kinds, number };
  }

  private add(word: string, concept: Concept): void {
    const node = this.words.add(word);
    const { concepts, kinds, number } = this.meanings[node] ?? { concepts: [], kinds: 0, number: words++ };
    if (!concepts.includes(concept)) concepts.push(concept);
    this.meanings[node] = { concepts, kinds: kinds | kindBit(concept.kind), number };
  }
}

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);
const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

function isWordEnd(text: string, at: number, end: number): boolean {
  return at >= end || !isLatin(text.charCodeAt(at - 1)) || !isLatin(text.charCodeAt(at));
}

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isLatin(text.charCodeAt(at))) at++;
  return at;
}
