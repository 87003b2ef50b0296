/** A half-open range of the text that is marked. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** Where a click on it leads. */
  readonly to?: string;
  /** What it says, for those who point at it; a screen reader says it after the text. */
  readonly label?: string;
  readonly current?: boolean;
  /** A repaired run, and what stood there. */
  readonly repair?: string;
}

/** A run of text under the same marks. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly mark: Mark | undefined;
  readonly repair: Mark | undefined;
}

/** Cuts a text where marks begin and end; of marks that overlap the current one shows, then the shortest. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const usable = marks.filter(({ start, end }) => start < end && start < text.length);
  const cuts = [
    ...new Set([0, text.length, ...usable.flatMap(({ start, end }) => [start, Math.min(end, text.length)])]),
  ];
  cuts.sort((a, b) => a - b);
  const order = (a: Mark, b: Mark) =>
    Number(b.current ?? false) - Number(a.current ?? false) || a.end - a.start - (b.end - b.start);
  const waiting = [...usable].sort((a, b) => a.start - b.start);
  let open: Mark[] = [];
  return cuts.slice(0, -1).map((start, index) => {
    while (waiting[0] && waiting[0].start <= start) open.push(waiting.shift() as Mark);
    open = open.filter(({ end }) => end > start);
    const figures = open.filter(({ repair }) => repair === undefined).sort(order);
    return {
      start,
      text: text.slice(start, cuts[index + 1]),
      mark: figures[0],
      repair: open.find(({ repair }) => repair !== undefined),
    };
  });
}
