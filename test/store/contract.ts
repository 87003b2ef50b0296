import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractText } from "../../src/pipeline.js";
import type { Store } from "../../src/store/index.js";

const run = { version: "1", catalogue: "a" };
const kaifeng = extractText("截至6月30日，开封市收集问题300个，办结290个，办结率96.7%。", {
  path: "a.txt",
  metadata: { region: "410200", published: "2022-07-02", title: "甲" },
});
const huiji = extractText("截至6月30日，惠济区收集问题100个，办结95个。下半年计划办结200个。", {
  path: "b.txt",
  metadata: { region: "410108", published: "2022-07-03", title: "乙" },
});

/** A store of nothing, of its own. */
export interface Opened {
  readonly store: Store;
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

/** What every Store promises, whatever keeps it. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let made: Opened;
    let store: Store;
    beforeEach(async () => {
      made = await open();
      store = made.store;
    });
    afterEach(async () => {
      await store.close();
      await made.remove();
    });

    test("saving a clipping twice leaves one", async () => {
      expect(await store.save(kaifeng, run)).toBe("stored");
      expect(await store.save(kaifeng, run)).toBe("known");
      expect(await store.clippings()).toHaveLength(1);
      expect(await store.figures({})).toHaveLength(kaifeng.figures.length);
    });

    test("figures come back as they were", async () => {
      await store.save(kaifeng, run);
      const [figure] = await store.figures({ indicators: ["problem.collected"] });
      expect(figure).toMatchObject({
        value: 300,
        unit: "count",
        region: "410200",
        period: "../2022-06-30",
        scope: null,
        status: "actual",
        title: "甲",
        path: "a.txt",
      });
      expect((await store.text(kaifeng.id))?.slice(figure?.start, figure?.end)).toBe(figure?.quote);
    });

    test("a newer version's run is the current one, and identities stay", async () => {
      await store.save(kaifeng, run);
      const before = (await store.figures({})).map((figure) => figure.id);
      await store.save(kaifeng, { ...run, version: "2" });
      expect((await store.figures({})).map((figure) => figure.id)).toEqual(before);
      expect(await store.has(kaifeng.id, { ...run, version: "2" })).toBe(true);
    });

    test("figures are found by region and all below it, period, status and headline", async () => {
      await store.save(kaifeng, run);
      await store.save(huiji, run);
      expect(new Set((await store.figures({ within: "410000" })).map((figure) => figure.region))).toEqual(
        new Set(["410200", "410108"]),
      );
      expect(new Set((await store.figures({ within: "410100" })).map((figure) => figure.region))).toEqual(
        new Set(["410108"]),
      );
      expect((await store.figures({ status: "planned" })).map((figure) => figure.value)).toEqual([200]);
      expect(await store.figures({ period: "2020" })).toEqual([]);
      expect((await store.figures({ period: "2022-06", headline: true })).length).toBeGreaterThan(3);
    });

    test("a figure is found by the start of its id", async () => {
      await store.save(kaifeng, run);
      const [figure] = await store.figures({});
      expect((await store.figure(figure?.id.slice(0, 8) ?? ""))?.id).toBe(figure?.id);
      expect(await store.figure("zzzz")).toBeUndefined();
    });

    test("a failure is kept until the file is read", async () => {
      await store.fail({ path: "a.txt", code: "ingest/damaged", detail: "broken" });
      expect(await store.failures()).toMatchObject([{ path: "a.txt", code: "ingest/damaged" }]);
      await store.save(kaifeng, run);
      expect(await store.failures()).toEqual([]);
    });

    test("a clipping that cannot be stored whole is not stored at all", async () => {
      const broken = {
        ...kaifeng,
        figures: kaifeng.figures.map((figure, index) => (index === 2 ? { ...figure, value: Number.NaN } : figure)),
      };
      await expect(store.save(broken, run)).rejects.toThrow();
      expect(await store.clippings()).toEqual([]);
      expect(await store.figures({})).toEqual([]);
    });

    test("what was stored is there after opening again", async () => {
      await store.save(kaifeng, run);
      await store.close();
      store = await made.reopen();
      expect(await store.figures({})).toHaveLength(kaifeng.figures.length);
    });
  });
}
