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

/** By the number of the word. */
const SENSES: (Senses | undefined)[] = [];

/** All places of a word share these. */
export function sensesOf({ concepts, number }: Lexeme): Senses {
  const known = SENSES[number];
  if (known) return known;
  const senses = newSenses(concepts);
  // an array without holes
  while (SENSES.length <= number) SENSES.push(undefined);
  SENSES[number] = senses;
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
