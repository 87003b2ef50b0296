import type { Box, PageLine } from "../doc/index.js";
import { byPlace, heightOf, overlap } from "./piece.js";

/** A free strip between two columns. */
export interface Gutter {
  readonly box: Box;
}

/** A narrow gap is a gutter where it stands open over this many lines in a row: gaps behind marks do not. */
const LINES = 4;
/** Narrowest gutter and narrowest gap that may be part of one, in heights of a character. */
const LEAST = 0.42;

interface Chain {
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
  lines: number;
}

/** Strips between words that stay free over several lines that follow each other. */
export function guttersOf(lines: readonly PageLine[]): Gutter[] {
  const sorted = [...lines].sort(byPlace);
  const chains: Chain[] = [];
  let open: Chain[] = [];
  for (const line of sorted) {
    const em = heightOf(line.box);
    // a chain ends where text crosses it, or where no line went on with it
    open = open.filter((chain) => line.box[1] - chain.bottom < em * 2.2);
    for (const gap of gapsOf(line)) {
      const known = open.find(
        (chain) =>
          line.box[1] > chain.bottom - em * 0.5 &&
          Math.min(chain.right, gap.right) - Math.max(chain.left, gap.left) >= em * LEAST,
      );
      if (known) {
        known.left = Math.max(known.left, gap.left);
        known.right = Math.min(known.right, gap.right);
        known.bottom = line.box[3];
        known.lines++;
      } else {
        const chain = { ...gap, top: line.box[1], bottom: line.box[3], lines: 1 };
        chains.push(chain);
        open.push(chain);
      }
    }
    open = open.filter((chain) => chain.bottom >= line.box[3] - em * 0.5 || !crosses(line, chain));
  }
  return chains
    .filter((chain) => chain.lines >= LINES)
    .map((chain) => ({ box: [chain.left, chain.top, chain.right, chain.bottom] }));
}

function gapsOf(line: PageLine): { left: number; right: number }[] {
  const em = heightOf(line.box);
  return line.words.slice(1).flatMap((word, at) => {
    const left = line.words[at]?.box[2] ?? 0;
    return word.box[0] - left >= em * LEAST ? [{ left, right: word.box[0] }] : [];
  });
}

const crosses = (line: PageLine, chain: Chain) =>
  line.words.some((word) => overlap(word.box, [chain.left, 0, chain.right, 0], 0) > 0.5);
