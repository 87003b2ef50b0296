import { describe, expect, test } from "vitest";
import type { Figure } from "../../src/doc/index.js";
import { type Decision, type Extracted, meaningOf, type RunVersion, type Store } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

const EVERY = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"] as const;
const INDICATORS = ["problem.collected", "problem.resolved", "fund.loan", "enterprise.visited"];
const CLIPPINGS = 200;
const FIGURES = 6;
const DECISIONS = 1000;

type Random = () => number;

/** Random numbers from a seed (a linear congruence is enough to pick with). */
function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

function figureAt(start: number, text: string, random: Random): Figure {
  const end = start + 5;
  return {
    ...{ indicator: pick(random, INDICATORS), value: Math.floor(random() * 900) + 100, unit: "count" },
    ...{ qualifier: "exact", region: "410200", period: "2022", scope: null, status: "actual", confidence: 0.9 },
    ...{ quote: text.slice(start, end), at: { of: "source", start, end }, page: null, box: null, article: 0 },
    ...{ grounding: "exact", findings: [] },
  };
}

function clippingOf(number: number, random: Random): Extracted {
  const text = Array.from({ length: FIGURES * 2 }, (_, index) => `第${number}号文${index}段数${index}。`).join("");
  const figures = Array.from({ length: FIGURES }, (_, index) => figureAt(index * 16, text, random));
  return {
    ...{
      id: String(number).padStart(64, "0"),
      path: `${number}.txt`,
      bytes: text.length,
      kind: "text",
      encoding: null,
    },
    about: { title: null, publisher: null, published: null, region: null, url: null },
    ...{ text, normalText: text, pages: [], articles: [], figures, messages: [] },
  };
}

/** What another catalogue might make of a figure. */
function changed(figure: Figure, random: Random): readonly Figure[] {
  const { start, end } = figure.at;
  switch (Math.floor(random() * 8)) {
    case 0:
      return [];
    case 1:
      return [{ ...figure, value: figure.value + 1 }];
    case 2:
      return [{ ...figure, at: { of: "source", start: start + 1, end: end + 3 } }];
    case 3:
      return [{ ...figure, indicator: pick(random, INDICATORS) }];
    case 4:
      return [{ ...figure, region: "410300", scope: "重点企业" }];
    case 5:
      return [figure, { ...figure, region: "410300" }];
    default:
      return [figure];
  }
}

async function decideAtRandom(store: Store, clippings: readonly Extracted[], random: Random): Promise<void> {
  for (let made = 0; made < DECISIONS; ) {
    const clipping = pick(random, clippings);
    const figures = await store.figures({ clipping: clipping.id, review: EVERY });
    const figure = pick(random, figures);
    const reviewer = pick(random, ["王芳", "李雷"]);
    const kind = pick(random, ["accept", "accept", "correct", "correct", "reject", "add"] as const);
    if (kind === "add") {
      const start = Math.floor(random() * 60) + 100;
      const is = { ...meaningOf(clipping.figures[0] as Figure), indicator: pick(random, INDICATORS), value: made };
      const added = store.decide({ kind, clipping: clipping.id, is, start, end: start + 3, reviewer });
      if (await added.catch(() => undefined)) made++;
      continue;
    }
    if (kind === "correct")
      await store.decide({ kind, figure: figure.id, reviewer, change: { value: figure.value + 1000 + made } });
    else await store.decide({ kind, figure: figure.id, reviewer });
    made++;
  }
}

const collect = async <T>(stream: AsyncIterable<T>) => {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
};

/** The last decision on each figure, by the chain of what each follows. */
const lastOnes = (decisions: readonly Decision[]) => {
  const followed = new Set(decisions.map(({ follows }) => follows));
  return decisions.filter(({ id }) => !followed.has(id));
};

describe.each([1, 2, 3])("re-extraction with a changed catalogue, seed %d", (seed) => {
  test("keeps each of 1,000 decisions or lists it for renewed review", async () => {
    const random = randomOf(seed);
    const store = openSqliteStore(":memory:");
    const before: RunVersion = { version: "1", catalogue: "a" };
    const clippings = Array.from({ length: CLIPPINGS }, (_, number) => clippingOf(number, random));
    await store.saveAll(clippings, before);
    await decideAtRandom(store, clippings, random);
    const decisions = await collect(store.eachDecision());
    expect(decisions).toHaveLength(DECISIONS);

    for (const catalogue of ["b", "c"]) {
      const after = { version: "1", catalogue };
      const read = clippings.map((clipping) => ({
        ...clipping,
        figures: clipping.figures.flatMap((figure) => changed(figure, random)),
      }));
      await store.saveAll(read, after, { waiting: true });
      const report = await collect(store.waiting(after));
      const listed = new Set(report.flatMap(({ renew }) => renew.map(({ id }) => id)));
      const kept = report.reduce((sum, change) => sum + change.kept, 0);
      const counting = lastOnes(decisions);
      expect(kept + listed.size).toBe(counting.length);

      await store.adopt(
        clippings.map(({ id }) => id),
        after,
      );
      expect(await collect(store.eachDecision())).toEqual(decisions);
      const shown = new Map((await store.figures({ review: EVERY })).map((figure) => [figure.decision, figure]));
      for (const decision of counting) {
        const figure = shown.get(decision.id);
        expect(figure, `${decision.kind} ${decision.figure}`).toBeDefined();
        expect(figure?.review === "renew").toBe(listed.has(decision.id));
        // what a reviewer said is what is shown, but for what was rejected and is another figure now
        if (decision.kind !== "reject") expect(figure?.value).toBe(decision.is.value);
      }
      const ids = (await store.figures({ review: EVERY })).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    await store.close();
  });
});
