import type { Box, Source } from "../../doc/index.js";
import type * as contract from "../contract/index.js";

type Line = contract.PageLayout["lines"][number];

/** The lines of a page with boxes, in reading order. */
export function linesOf(source: Source, page: number): Line[] {
  return source.lines.flatMap((line) => {
    if (line.page !== page || !line.box || line.text === "") return [];
    const at = (from: number, to: number) => ({ start: line.map.startOf(from), end: line.map.endOf(to - 1) });
    return [
      {
        ...at(0, line.text.length),
        text: line.text,
        box: [...line.box] as contract.Box,
        words: (line.words ?? []).map(({ start, end, box }) => ({ ...at(start, end), box: [...box] as contract.Box })),
      },
    ];
  });
}

const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
const area = (box: Box) => Math.max(0.01, (box[2] - box[0]) * (box[3] - box[1]));
const apart = (a: Box, b: Box) =>
  Math.hypot(Math.max(0, a[0] - b[2], b[0] - a[2]), Math.max(0, a[1] - b[3], b[1] - a[3]));

/**
 * The span of the source that a box drawn on a page covers: the words that lie
 * under it by more than half, of one stretch of reading. Where none does, the
 * word nearest to it. Undefined on a page without words.
 */
export function spanUnder(
  lines: readonly Line[],
  box: Box,
): { start: number; end: number; how: "under" | "nearest" } | undefined {
  const words = lines.flatMap((line) => (line.words.length > 0 ? line.words : [line]));
  const under = words.filter(
    (word) => overlap(word.box, box) > area(word.box) / 2 || overlap(word.box, box) > area(box) / 2,
  );
  if (under.length > 0)
    return {
      start: Math.min(...under.map(({ start }) => start)),
      end: Math.max(...under.map(({ end }) => end)),
      how: "under",
    };
  const [nearest] = [...words].sort((a, b) => apart(a.box, box) - apart(b.box, box));
  return nearest && { start: nearest.start, end: nearest.end, how: "nearest" };
}
