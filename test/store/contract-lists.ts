import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractText } from "../../src/pipeline.js";
import { CursorError, DeskError, FIGURE_SORTS, type House, type ListFilter } from "../../src/store/index.js";

const RUN = { version: "1", catalogue: "c" };
const clip = (path: string, text: string, published: string) =>
  extractText(text, { path, metadata: { published, publisher: path } });
const CLIPPINGS = [
  clip("a.txt", "截至2022年6月30日，开封市收集问题300个，办结290个，办结率96.7%。", "2022-07-02"),
  clip("b.txt", "截至2022年6月30日，开封市共收集问题312个，走访企业20家。", "2022-07-03"),
  clip("c.txt", "截至2022年6月30日，洛阳市收集问题500个，办结480个，办结率95%。下半年计划办结700个。", "2022-07-01"),
];
const settled = async ({ lists }: House) => {
  while ((await lists.settle(10)) > 0);
};

/** What every Lists and Desk promise, whatever keeps them. */
export function listsContract(name: string, open: () => Promise<{ house: House; remove(): Promise<void> }>): void {
  describe(`${name}, lists and desk`, () => {
    let house: House;
    let remove: () => Promise<void>;
    beforeEach(async () => {
      ({ house, remove } = await open());
      await house.store.saveAll(CLIPPINGS, RUN);
      await settled(house);
    });
    afterEach(async () => {
      await house.store.close();
      await remove();
    });

    test.each<ListFilter>([
      {},
      { indicators: ["problem.collected"] },
      { within: "410000" },
      { within: "410000", indicators: ["problem.collected"], originals: true },
      { regions: ["410300"], headline: true },
      { failed: true },
      { contested: true },
      { review: ["accepted"] },
      { confidence: { below: 0.9 }, originals: true },
      { period: "2022-06", scope: "whole" },
      { clipping: CLIPPINGS[2]?.id ?? "" },
    ])("%j: parts in every order make the whole, and the count is theirs", async (filter) => {
      const { lists } = house;
      const whole: string[] = [];
      for await (const { id } of lists.eachFigure(filter)) whole.push(id);
      expect(await lists.count(filter)).toBe(whole.length);
      for (const sort of FIGURE_SORTS) {
        const ids: string[] = [];
        for (let after: string | null | undefined; after !== null; ) {
          const part = await lists.figures(filter, sort, { limit: 2, ...(after ? { after } : {}) });
          ids.push(...part.items.map(({ id }) => id));
          after = part.next;
        }
        if (sort === "place") expect(ids).toEqual(whole);
        expect([...ids].sort()).toEqual([...whole].sort());
      }
    });

    test("a cursor of nowhere is refused", async () => {
      await expect(house.lists.figures({}, "place", { limit: 1, after: "x" })).rejects.toThrow(CursorError);
      await expect(house.lists.queue({}, { limit: 1, after: "WzFd" })).rejects.toThrow(CursorError);
    });

    test("what others contradict is marked, and no longer when they are gone", async () => {
      const contested = async () => (await house.lists.figures({ contested: true }, "value", { limit: 9 })).items;
      const [low, high] = await contested();
      expect([low?.value, high?.value]).toEqual([300, 312]);
      expect((await house.lists.beside(low ?? neverThere())).map(({ value }) => value)).toEqual([312]);
      await house.store.decide({ kind: "reject", figure: high?.id ?? "", reviewer: "王芳" });
      await settled(house);
      expect(await contested()).toEqual([]);
      expect(await house.lists.settle(10)).toBe(0);
    });

    test("the queue is in its order, and holds what waits, no more", async () => {
      const queue = async () => (await house.lists.queue({}, { limit: 100 })).items;
      const before = await queue();
      expect(before.map(({ turn }) => turn).slice(0, 5)).toEqual([
        "failed",
        "failed",
        "failed",
        "contested",
        "contested",
      ]);
      const first = before[0]?.figure.id ?? "";
      await house.store.decide({ kind: "accept", figure: first, reviewer: "王芳" });
      expect((await queue()).map(({ figure }) => figure.id)).toEqual(before.slice(1).map(({ figure }) => figure.id));
      // extraction finds another value there: it is asked again, before all else
      const [, , third] = CLIPPINGS;
      const other = {
        ...(third ?? neverThere()),
        figures: third?.figures.map((figure) => ({ ...figure, value: figure.value + 1 })) ?? [],
      };
      await house.store.save(other, { ...RUN, version: "2" });
      expect((await queue())[0]).toMatchObject({ turn: "renew", figure: { id: first } });
      expect((await house.lists.progress()).byTurn.renew).toBe(1);
    });

    test("counts over the store are those of its figures", async () => {
      const { lists } = house;
      const figures = await lists.count({});
      expect((await lists.byRegion()).reduce((sum, each) => sum + each.figures, 0)).toBe(figures);
      expect((await lists.byIndicator()).reduce((sum, each) => sum + each.figures, 0)).toBe(figures);
      const headline = await lists.count({ headline: true });
      for (const by of [
        ["indicator", "region"],
        ["region", "year"],
        ["indicator", "year"],
      ] as const)
        expect((await lists.coverage({ by })).reduce((sum, each) => sum + each.figures, 0)).toBe(headline);
      expect(await lists.extent()).toMatchObject({ regions: 2, last: "2022-12-31", contested: 2 });
    });

    test("a second opinion is asked for once, by another, and draws a share", async () => {
      const [figure] = (await house.lists.figures({}, "place", { limit: 1 })).items;
      const decision = await house.store.decide({ kind: "accept", figure: figure?.id ?? "", reviewer: "王芳" });
      expect(await house.lists.dueForSecond("王芳", 1, [], 9)).toEqual([]);
      expect(await house.lists.dueForSecond("李明", 0, [], 9)).toEqual([]);
      expect((await house.lists.dueForSecond("李明", 1, [], 9)).map(({ id }) => id)).toEqual([figure?.id]);
      const opinion = {
        ...{ clipping: decision.clipping, figure: decision.figure, decision: decision.id, reviewer: "李明" },
        ...({ kind: "reject", is: decision.is, reason: null, agrees: false } as const),
      };
      await house.desk.addOpinion(opinion);
      expect(await house.lists.dueForSecond("赵", 1, [], 9)).toEqual([]);
      await expect(house.desk.addOpinion(opinion)).rejects.toThrow(DeskError);
      expect(await house.desk.opinionPairs()).toMatchObject([{ open: true, first: { id: decision.id } }]);
    });

    test("users, sessions and tokens go together", async () => {
      const { desk } = house;
      await desk.addUser({ name: "王芳", role: "admin", password: "h" });
      await expect(desk.addUser({ name: "王芳", role: "admin", password: "h" })).rejects.toThrow(DeskError);
      await expect(desk.removeUser("王芳")).rejects.toThrow("last admin");
      await desk.addUser({ name: "李明", role: "reviewer", password: "h" });
      await desk.beginSession("s1", "李明");
      const token = {
        hash: "t1",
        user: "李明",
        label: "x",
        role: "reviewer",
        added: "2026-01-01",
        expires: null,
      } as const;
      await desk.addToken(token);
      await desk.addToken({ ...token, hash: "t2", expires: "2020-01-01" });
      expect((await desk.session("s1"))?.user.name).toBe("李明");
      expect((await desk.token("t1"))?.role).toBe("reviewer");
      expect(await desk.token("t2")).toBeUndefined();
      await desk.changeUser("李明", { role: "reader" });
      expect(await desk.session("s1")).toBeUndefined();
      expect((await desk.token("t1"))?.role).toBe("reader");
      await desk.removeUser("李明");
      expect(await desk.token("t1")).toBeUndefined();
      expect(await desk.tokens()).toEqual([]);
    });
  });
}

function neverThere(): never {
  throw new Error("not there");
}
