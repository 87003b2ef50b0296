/** Half-open, in UTF-16 code units of one text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** [normalStart, normalEnd, sourceStart, sourceEnd], in the order of the normal text: `NormalText.map`. */
export type TextMap = readonly (readonly [number, number, number, number])[];

/** Where a range of the source stands in the normal text; undefined where nothing of it is left. */
export const toNormal = (map: TextMap, range: Range): Range | undefined =>
  carried(
    map.map(([to, toEnd, from, fromEnd]) => ({ from, fromEnd, to, toEnd })),
    range,
  );

/** Where a range of the normal text stands in the source. */
export const toSource = (map: TextMap, range: Range): Range | undefined =>
  carried(
    map.map(([from, fromEnd, to, toEnd]) => ({ from, fromEnd, to, toEnd })),
    range,
  );

interface Run {
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
}

/** A run of equal lengths is carried unit by unit, another one as a whole. */
function carried(runs: readonly Run[], { start, end }: Range): Range | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { from, fromEnd, to, toEnd } of runs) {
    if (from >= end || fromEnd <= start) continue;
    const even = fromEnd - from === toEnd - to;
    low = Math.min(low, even ? to + Math.max(0, start - from) : to);
    high = Math.max(high, even ? toEnd - Math.max(0, fromEnd - end) : toEnd);
  }
  return low < high ? { start: low, end: high } : undefined;
}
