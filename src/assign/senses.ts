import type { Concept, Lexeme } from "../catalogue/index.js";
import { type Piece, pieceOf } from "./sign-table.js";

export const KINDS = ["verb", "noun", "money", "rate", "cue"] as const satisfies readonly Concept["kind"][];
export type Kind = (typeof KINDS)[number];

/** The concepts of a word as signs say them. */
export interface Senses {
  /** Their ids. */
  readonly all: readonly Piece[];
  /** The ids of one kind. */
  readonly of: Readonly<Record<Kind, readonly Piece[]>>;
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
    of: { verb: of("verb"), noun: of("noun"), money: of("money"), rate: of("rate"), cue: of("cue") },
    joined: pieceOf(concepts.map(({ id }) => id).join("+")),
  };
}
