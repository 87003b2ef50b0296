import { INK } from "./look.js";

interface Spread {
  /** Place on the axis that has no values: a row's index, or a time. */
  readonly at: number | string;
  readonly values: readonly number[];
}

interface RenderApi {
  value(index: number): number;
  coord(data: readonly number[]): [number, number];
}

const CAP_PX = 4;

interface Whiskers {
  readonly axis: number;
  readonly horizontal: boolean;
  readonly color?: string;
}

/** Lines from the least to the most that clippings say, with a stroke at each value told. */
export function whiskers(spreads: readonly Spread[], { axis, horizontal, color = INK.title }: Whiskers) {
  return {
    type: "custom",
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
    clip: true,
    z: 6,
    encode: horizontal ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    data: spreads.map(({ at, values }) => [at, Math.min(...values), Math.max(...values)]),
    renderItem: (_: unknown, api: RenderApi) => {
      const place = api.value(0);
      const [from, to] = [api.value(1), api.value(2)].map((value) =>
        api.coord(horizontal ? [value, place] : [place, value]),
      ) as [[number, number], [number, number]];
      const line = (a: readonly number[], b: readonly number[]) => ({
        type: "line",
        shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] },
        style: { stroke: color, lineWidth: 1.2 },
      });
      const cap = ([x, y]: [number, number]) =>
        horizontal ? line([x, y - CAP_PX], [x, y + CAP_PX]) : line([x - CAP_PX, y], [x + CAP_PX, y]);
      return { type: "group", children: [line(from, to), cap(from), cap(to)] };
    },
  };
}
