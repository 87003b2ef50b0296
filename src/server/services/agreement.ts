import type * as contract from "../contract/index.js";
import type { Room } from "./room.js";

type Pair = Awaited<ReturnType<Room["desk"]["opinionPairs"]>>[number];

/** How often two reviewers say the same. */
export async function agreement({ desk }: Room): Promise<contract.Agreement> {
  const pairs = await desk.opinionPairs();
  return {
    figures: pairs.length,
    agreed: agreed(pairs),
    open: pairs.filter(({ open }) => open).length,
    kappa: kappaOf(pairs.map(({ first, second }) => [first.kind, second.kind])),
    byIndicator: grouped(pairs, ({ first }) => (first.was ?? first.is).indicator).map(([indicator, own]) => ({
      indicator,
      figures: own.length,
      agreed: agreed(own),
    })),
    byPair: grouped(pairs, ({ first, second }) => JSON.stringify([first.reviewer, second.reviewer].sort())).map(
      ([names, own]) => ({
        reviewers: JSON.parse(names) as [string, string],
        figures: own.length,
        agreed: agreed(own),
      }),
    ),
  };
}

const agreed = (pairs: readonly Pair[]) => pairs.filter(({ second }) => second.agrees).length;

function grouped(pairs: readonly Pair[], keyOf: (pair: Pair) => string): [string, Pair[]][] {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) groups.set(keyOf(pair), [...(groups.get(keyOf(pair)) ?? []), pair]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Cohen's kappa: agreement beyond what chance gives; null where nothing is there, or chance alone agrees always. */
export function kappaOf(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null;
  const share = (side: 0 | 1, kind: string) => pairs.filter((pair) => pair[side] === kind).length / pairs.length;
  const kinds = [...new Set(pairs.flat())];
  const observed = pairs.filter(([a, b]) => a === b).length / pairs.length;
  const expected = kinds.reduce((sum, kind) => sum + share(0, kind) * share(1, kind), 0);
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}
