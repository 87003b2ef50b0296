import { type Concept, kindBit, type Lexeme } from "../catalogue/index.js";
import { type Piece, pieceOf } from "./sign-table.js";

export const KINDS = ["verb", "noun", "money", "rate", "cue"] as const satisfies readonly Concept["kind"][];
type Kind = (typeof KINDS)[number];

/** Their bits in the kinds of a word. */
export const KIND_BITS: readonly number[] = KINDS.map(kindBit);
export const VERB = KINDS.indexOf("verb");
export const NOUN = KINDS.indexOf("noun");

/** The concepts of a word as signs say them. */
export interface Senses {
  /** Their ids. */
  readonly all: readonly Piece[];
  /** The ids of each kind, in the order of KINDS. */
  readonly of: readonly (readonly Piece[])[];
  /** The ids of all in one. */
  readonly joined: Piece;
}

const SENSES = new WeakMap<readonly Concept[], Senses>();

/** All places of a word share their concepts, and these. */
export function sensesOf({ concepts }: Lexeme): Senses {
  let senses = SENSES.get(concepts);
  if (!senses) {
    senses = newSenses(concepts);
    SENSES.set(concepts, senses);
  }
  return senses;
}

function newSenses(concepts: readonly Concept[]): Senses {
  const of = (kind: Kind) => concepts.filter((concept) => concept.kind === kind).map(({ id }) => pieceOf(id));
  return {
    all: concepts.map(({ id }) => pieceOf(id)),
    of: KINDS.map(of),
    joined: pieceOf(concepts.map(({ id }) => id).join("+")),
  };
}
