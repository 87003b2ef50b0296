import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Figure } from "../../src/doc/index.js";
import { extractText } from "../../src/pipeline.js";
import {
  type Decision,
  DecisionError,
  type Extracted,
  meaningOf,
  parseSearch,
  type Store,
  type StoredFigure,
} from "../../src/store/index.js";
import type { Opened } from "./contract.js";

const one = { version: "1", catalogue: "a" };
const two = { version: "2", catalogue: "a" };

const clip = (path: string, text: string, published = "2022-07-02") =>
  extractText(text, { path, metadata: { region: "410200", published, title: path } });
const kaifeng = clip("a.txt", "截至6月30日，开封市收集问题300个，办结290个，办结率96.7%。");

/** The same clipping as another version would read it. */
const readAs = (extracted: Extracted, change: (figure: Figure, index: number) => Figure | undefined): Extracted => ({
  ...extracted,
  figures: extracted.figures.flatMap((figure, index) => change(figure, index) ?? []),
});

const valued =
  (value: number, indicator = "problem.collected") =>
  (figure: Figure) =>
    figure.indicator === indicator ? { ...figure, value } : figure;
const without = (indicator: string) => (figure: Figure) => (figure.indicator === indicator ? undefined : figure);

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** What every Store promises of history, decisions, reposts and search, whatever keeps it. */
export function historyContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name}, history`, () => {
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
    const collected = async (): Promise<StoredFigure> =>
      (
        await store.figures({
          indicators: ["problem.collected"],
          review: ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"],
        })
      )[0] as StoredFigure;

    test("a figure keeps its id when a newer version reads another value at its place", async () => {
      await store.save(kaifeng, one);
      const before = await collected();
      await store.save(readAs(kaifeng, valued(305)), two);
      expect(await collected()).toMatchObject({ id: before.id, value: 305 });
      const history = await store.history(before.id);
      expect(history?.runs.map((run) => [run.version, run.current, run.figure?.value])).toEqual([
        ["1", false, 300],
        ["2", true, 305],
      ]);
    });

    test("figures of one place that differ in their region are kept apart", async () => {
      const both = readAs(kaifeng, (figure) => figure);
      const [figure] = both.figures as [Figure];
      await store.save({ ...both, figures: [figure, { ...figure, region: "410300" }] }, one);
      expect(new Set((await store.figures({})).map(({ id }) => id)).size).toBe(2);
    });

    test("an acceptance stands when the same is found again, and asks again when it is not", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      const decision = await store.decide({ kind: "accept", figure: id, reviewer: "王芳" });
      expect(await collected()).toMatchObject({ review: "accepted", decision: decision.id });
      await store.save(kaifeng, two);
      expect(await collected()).toMatchObject({ review: "accepted", value: 300 });
      await store.save(readAs(kaifeng, valued(305)), { ...one, version: "3" });
      expect(await collected()).toMatchObject({ id, review: "renew", value: 300 });
      await store.save(readAs(kaifeng, without("problem.collected")), { ...one, version: "4" });
      expect(await collected()).toMatchObject({ review: "renew", value: 300, quote: kaifeng.figures[0]?.quote });
      await store.decide({ kind: "accept", figure: (await collected()).id, reviewer: "王芳" });
      expect(await collected()).toMatchObject({ review: "accepted", value: 300 });
    });

    test("a correction shows, stands over later runs, and is settled when extraction says the same", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      await store.decide({ kind: "correct", figure: id, reviewer: "a", change: { value: 310, region: "410300" } });
      expect(await collected()).toMatchObject({ value: 310, region: "410300", review: "corrected" });
      await store.save(kaifeng, two);
      expect(await collected()).toMatchObject({ value: 310, review: "corrected" });
      await store.save(
        readAs(kaifeng, (figure) => ({ ...valued(310)(figure), region: "410300" })),
        { ...one, version: "3" },
      );
      expect(await collected()).toMatchObject({ value: 310, review: "corrected" });
      await store.save(readAs(kaifeng, valued(299)), { ...one, version: "4" });
      expect(await collected()).toMatchObject({ value: 310, review: "renew" });
    });

    test("a figure may be of a place that only ISO 3166-2 has a code for, and of no other word", async () => {
      await store.save(kaifeng, { version: "1", catalogue: "c" });
      const { id: figure } = await collected();
      await store.decide({ kind: "correct", figure, change: { region: "TW-TXG" }, reviewer: "王芳" });
      expect((await collected()).region).toBe("TW-TXG");
      const wrong = store.decide({ kind: "correct", figure, change: { region: "Taichung" }, reviewer: "王芳" });
      await expect(wrong).rejects.toThrow("no GB/T 2260 code");
    });

    test("what was rejected is not shown; where another value is found, it is asked about", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      await store.decide({ kind: "reject", figure: id, reviewer: "a", reason: "last year's" });
      expect((await store.figures({ indicators: ["problem.collected"] })).length).toBe(0);
      expect(await collected()).toMatchObject({ review: "rejected" });
      await store.save(readAs(kaifeng, without("problem.collected")), two);
      expect(await collected()).toMatchObject({ review: "rejected" });
      await store.save(readAs(kaifeng, valued(305)), { ...one, version: "3" });
      expect(await collected()).toMatchObject({ review: "renew", value: 305 });
    });

    test("a figure that a reviewer adds stays, and becomes one with what extraction finds there later", async () => {
      const figure = kaifeng.figures[0] as Figure;
      await store.save(readAs(kaifeng, without("problem.collected")), one);
      const added = { kind: "add", clipping: kaifeng.id, reviewer: "a", is: meaningOf(figure), ...figure.at } as const;
      const decision = await store.decide(added);
      expect(await collected()).toMatchObject({ review: "added", value: 300, quote: figure.quote });
      await expect(store.decide(added)).rejects.toThrow(DecisionError);
      await store.save(kaifeng, two);
      expect(await collected()).toMatchObject({ id: decision.figure, review: "added", confidence: figure.confidence });
      expect(await store.figures({ indicators: ["problem.collected"] })).toHaveLength(1);
    });

    test("reopening takes a decision back; all of them are kept", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      const first = await store.decide({ kind: "correct", figure: id, reviewer: "a", change: { value: 1 } });
      const second = await store.decide({ kind: "reopen", figure: id, reviewer: "b" });
      expect(second.follows).toBe(first.id);
      expect(await collected()).toMatchObject({ value: 300, review: "unreviewed" });
      expect((await all(store.eachDecision())).map(({ kind }) => kind)).toEqual(["correct", "reopen"]);
      expect((await store.history(id))?.decisions).toHaveLength(2);
      await expect(store.decide({ kind: "reopen", figure: id, reviewer: "b" })).rejects.toThrow("nothing was decided");
    });

    test("a decision on what another decided meanwhile is refused, and told of it", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      const first = await store.decide({ kind: "accept", figure: id, reviewer: "a", expects: null });
      const late = store.decide({ kind: "reject", figure: id, reviewer: "b", expects: null });
      await expect(late).rejects.toMatchObject({ code: "stale", latest: { id: first.id } });
      await store.decide({ kind: "reject", figure: id, reviewer: "b", expects: first.id });
      expect(await collected()).toMatchObject({ review: "rejected" });
    });

    test.each([
      ["no reviewer", { kind: "accept", reviewer: " " }],
      ["a value that is none", { kind: "correct", reviewer: "a", change: { value: Number.NaN } }],
      ["a region that is none", { kind: "correct", reviewer: "a", change: { region: "Kaifeng" } }],
      ["a correction of nothing", { kind: "correct", reviewer: "a", change: {} }],
    ] as const)("%s is refused", async (_, input) => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      await expect(store.decide({ ...input, figure: id } as never)).rejects.toThrow(DecisionError);
      expect(await all(store.eachDecision())).toEqual([]);
    });

    test("decisions go from one store to another, once", async () => {
      await store.save(kaifeng, one);
      const { id } = await collected();
      await store.decide({ kind: "correct", figure: id, reviewer: "a", change: { value: 310 } });
      await store.decide({ kind: "accept", figure: id, reviewer: "b" });
      const decisions: Decision[] = await all(store.eachDecision());
      expect(await store.addDecisions(decisions)).toEqual({ added: 0, known: 2 });
      const other = await open();
      await other.store.save(kaifeng, one);
      expect(await other.store.addDecisions(decisions)).toEqual({ added: 2, known: 0 });
      expect(await other.store.figures({})).toEqual(await store.figures({}));
      await expect(other.store.addDecisions([{ ...decisions[0], id: "x", clipping: "?" } as Decision])).rejects.toThrow(
        DecisionError,
      );
      await other.store.close();
      await other.remove();
    });

    test("a waiting run changes nothing until it is adopted, and tells what it will change", async () => {
      await store.save(kaifeng, one);
      const before = await store.figures({});
      await store.decide({ kind: "accept", figure: (await collected()).id, reviewer: "a" });
      await store.save(
        readAs(kaifeng, (figure) => without("problem.resolution_rate")(valued(305)(figure))),
        two,
        { waiting: true },
      );
      expect((await store.figures({})).map(({ value }) => value)).toEqual(before.map(({ value }) => value));
      expect((await store.status()).waiting).toBe(1);
      expect(await store.awaiting(two)).toEqual([kaifeng.id]);
      const [change] = await all(store.waiting(two));
      expect(change?.changes.map(({ kind }) => kind).sort()).toEqual(["gone", "value"]);
      expect(change).toMatchObject({ kept: 0, renew: [{ kind: "accept" }] });
      await store.adopt([kaifeng.id], two);
      expect(await all(store.waiting(two))).toEqual([]);
      expect(await collected()).toMatchObject({ review: "renew" });
      expect((await store.clipping(kaifeng.id))?.run.version).toBe("2");
    });

    test("a clipping that is read as another text keeps its decisions by their words", async () => {
      await store.save(kaifeng, one);
      await store.decide({ kind: "correct", figure: (await collected()).id, reviewer: "a", change: { value: 310 } });
      const moved = (figure: Figure): Figure => ({
        ...figure,
        at: { ...figure.at, start: figure.at.start + 4, end: figure.at.end + 4 },
      });
      await store.save({ ...readAs(kaifeng, moved), text: `第一版\n${kaifeng.text}` }, two);
      const figure = await collected();
      expect(figure).toMatchObject({ value: 310, review: "corrected" });
      expect((await store.text(kaifeng.id))?.slice(figure.start, figure.end)).toBe(figure.quote);
    });

    test("what people tell of a clipping is shown, and kept", async () => {
      await store.save(kaifeng, one);
      await store.describe(kaifeng.id, { publisher: "开封日报" }, "a");
      await store.describe(kaifeng.id, { title: "问题收集" }, "a");
      expect((await store.clipping(kaifeng.id))?.about).toMatchObject({
        publisher: "开封日报",
        title: "问题收集",
        region: "410200",
      });
      expect((await store.search({ terms: parseSearch("问题收集") })).hits[0]?.inTitle).toBe(true);
      await store.save(kaifeng, two);
      expect((await collected()).publisher).toBe("开封日报");
    });

    test("reposts are linked whichever comes first, the earliest published is the original", async () => {
      const body =
        "截至6月30日，开封市收集企业反映的各类问题1300个，已经办结1290个，帮助企业落实贷款2.36亿元，减免税费5120万元，走访企业1284家，选派干部356名，企业普遍表示满意，下一步将继续跟踪服务。";
      const original = clip("original", body, "2022-07-01");
      const twin = clip(
        "twin",
        `某某網\n${body.replace(/问题/g, "問題").replace(/继续/g, "繼續")}\n編輯：張三`,
        "2022-07-03",
      );
      const edited = clip("edited", `${body.replace("普遍表示", "都表示")}（记者 李四）`, "2022-07-02");
      const other = clip(
        "other",
        body.replace(/\d{4}/g, (number) => String(Number(number) + 111)),
        "2022-07-02",
      );
      for (const each of [twin, other, edited, original]) await store.save(each, one);
      const [first] = await store.clippings({ work: twin.id });
      const works = new Map(
        (await store.clippings()).map(({ path, repostOf, reposts }) => [path, { repostOf, reposts }]),
      );
      expect(first).toBeDefined();
      expect(works.get("original")).toEqual({ repostOf: null, reposts: 2 });
      expect(works.get("twin")).toEqual({ repostOf: original.id, reposts: 2 });
      expect(works.get("edited")).toEqual({ repostOf: original.id, reposts: 2 });
      expect(works.get("other")).toEqual({ repostOf: null, reposts: 0 });
      expect(new Set((await store.figures({ clipping: twin.id })).map(({ work }) => work))).toEqual(
        new Set([original.id]),
      );
      expect((await all(store.reposts())).every(({ similarity }) => similarity > 0.6)).toBe(true);
      expect(await all(store.reposts(edited.id))).not.toEqual([]);
      expect(await all(store.reposts(other.id))).toEqual([]);
      expect((await store.status()).reposts).toBe(2);
    });

    test.each([
      ["办", ["a.txt", "b"]],
      ["办结率", ["a.txt"]],
      ["结办", []],
      ["enterprise", ["c"]],
      ["tax relief", ["c"]],
      ['"relief tax"', []],
      ["RELIEF 96.7%", []],
      ["开封 办结", ["a.txt"]],
      ["300个", ["a.txt"]],
      ["00个", []],
    ])("search for %s finds %j", async (query, paths) => {
      await store.save(kaifeng, one);
      await store.save(clip("b", "洛阳市收集問題1300個，辦結95個。"), one);
      await store.save(clip("c", "Kaifeng granted tax relief of RMB 3 million to 120 enterprises."), one);
      const { hits, next } = await store.search({ terms: parseSearch(query) });
      expect(hits.map(({ clipping }) => clipping.path).sort()).toEqual(paths);
      expect(next).toBeNull();
      for (const { snippet, marks } of hits) expect(marks.length && snippet.length).toBeGreaterThan(0);
    });

    test("search goes on where a page ended, and marks what was found", async () => {
      for (let number = 0; number < 7; number++)
        await store.save(clip(`${number}`, `第${number}号，办结率9${number}%。`), one);
      const terms = parseSearch("办结率");
      const first = await store.search({ terms, limit: 3 });
      expect(first.hits.map(({ clipping }) => clipping.path)).toEqual(["6", "5", "4"]);
      const [hit] = first.hits;
      expect(hit?.marks.map(({ start, end }) => hit.snippet.slice(start, end))).toEqual(["办结率"]);
      const second = await store.search({ terms, limit: 5, after: first.next as string });
      expect(second.hits.map(({ clipping }) => clipping.path)).toEqual(["3", "2", "1", "0"]);
    });

    test("streams tell the same as lists, and may be left", async () => {
      for (let number = 0; number < 4; number++)
        await store.save(clip(`${number}`, `开封市办结问题1${number}0个。`), one);
      expect(await all(store.eachFigure({}))).toEqual(await store.figures({}));
      expect(await all(store.eachClipping())).toEqual(await store.clippings());
      for await (const figure of store.eachFigure({})) {
        await store.decide({ kind: "accept", figure: figure.id, reviewer: "a" });
        break;
      }
      expect(await store.figures({ review: ["accepted"] })).toHaveLength(1);
    });

    test("latest gives of each place only what ends last", async () => {
      for (const month of ["3", "6", "5"])
        await store.save(clip(month, `截至2022年${month}月30日，开封市收集问题${month}00个。`), one);
      const latest = await store.figures({ indicators: ["problem.collected"], latest: true });
      expect(latest.map(({ value }) => value)).toEqual([600]);
      const earlier = await store.figures({ indicators: ["problem.collected"], latest: true, period: "../2022-05-30" });
      expect(earlier.map(({ value }) => value)).toEqual([500]);
      expect(await store.figures({ latest: true, within: "420000" })).toEqual([]);
    });

    test("all that is derived can be made anew", async () => {
      await store.save(kaifeng, one);
      await store.save({ ...clip("b", `某某网\n${kaifeng.text}`) }, one);
      await store.save(readAs(kaifeng, valued(305)), two, { waiting: true });
      await store.decide({ kind: "correct", figure: (await collected()).id, reviewer: "a", change: { value: 310 } });
      const seen = async () => ({
        figures: await store.figures({}),
        clippings: await store.clippings(),
        reposts: await all(store.reposts()),
        hits: await store.search({ terms: parseSearch("办结") }),
      });
      const before = await seen();
      await store.rebuild();
      expect(await seen()).toEqual(before);
    });

    test("a batch tells how far it is", async () => {
      const number = await store.beginBatch({ command: "ingest", paths: ["in"] });
      await store.updateBatch(number, { total: 10, done: 4, failed: 1 });
      expect((await store.status()).lastBatch).toMatchObject({ total: 10, done: 4, failed: 1, ended: null });
      await store.updateBatch(number, { done: 10 }, true);
      expect((await store.status()).lastBatch?.ended).not.toBeNull();
    });
  });
}
