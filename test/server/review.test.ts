import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  Agreement,
  BlindItem,
  Comparison,
  DecisionReply,
  Disagreement,
  Figure,
  FigureDetail,
  FigurePage,
  NextReply,
  QueuePage,
  StaleProblem,
} from "../../src/server/contract/index.js";
import { StaleProblem as StaleForm } from "../../src/server/contract/index.js";
import { type Client, type Served, served } from "./help.js";

let made: Served;
let wang: Client;
let li: Client;
beforeEach(async () => {
  made = await served({ users: { admin: "admin", 王芳: "reviewer", 李明: "reviewer", 读者: "reader" } });
  [wang, li] = [await made.as("王芳"), await made.as("李明")];
});
afterEach(() => made.close());

const figureOf = async (client: Client, query: Record<string, unknown>): Promise<Figure> =>
  (await client.ask<FigurePage>("figures", { query })).items[0] as Figure;
const collected = (client: Client) => figureOf(client, { indicator: "problem.collected", region: "410200" });
const decide = (client: Client, kind: string, { id, version }: Figure, more: object = {}) =>
  client.ask<DecisionReply>("decide", { body: { kind, figure: id, version, ...more } });

describe("decisions", () => {
  test("a stale one is answered with both versions, and nothing is overwritten", async () => {
    const seen = await collected(wang);
    await decide(wang, "correct", seen, { change: { value: 305 }, reason: "printed 305" });
    const body = { kind: "correct", figure: seen.id, version: seen.version, change: { value: 306 } };
    const problem = (await li.refused("decide", { body }, 409)) as unknown as StaleProblem & { instance?: string };
    StaleForm.parse(problem);
    expect(problem.code).toBe("stale");
    expect(problem.current?.value).toBe(305);
    expect(problem.latest).toMatchObject({ reviewer: "王芳", kind: "correct", reason: "printed 305" });
    expect(problem.yours).toEqual(body);
    expect((await collected(li)).value).toBe(305);
    // with what is there now it goes on, and both stay in the history
    await decide(li, "correct", problem.current as Figure, { change: { value: 306 } });
    const history = await li.ask<{ decisions: { is: { value: number } }[] }>("history", { params: { id: seen.id } });
    expect(history.decisions.map(({ is }) => is.value)).toEqual([305, 306]);
  });

  test("of many at once on one figure one is taken", async () => {
    const seen = await collected(wang);
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 ? wang : li).send("decide", {
          body: { kind: "correct", figure: seen.id, version: seen.version, change: { value: 400 + index } },
        }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...new Array(11).fill(409)]);
    expect((await li.ask<{ decisions: unknown[] }>("history", { params: { id: seen.id } })).decisions).toHaveLength(1);
  });

  test("undo takes back step by step, up to nothing decided", async () => {
    const seen = await collected(wang);
    const first = await decide(wang, "accept", seen);
    const second = await decide(wang, "correct", first.figure as Figure, { change: { value: 7 } });
    const once = await decide(wang, "undo", second.figure as Figure);
    expect(once.figure).toMatchObject({ value: seen.value, review: "accepted" });
    const twice = await decide(wang, "undo", once.figure as Figure);
    expect(twice.figure).toMatchObject({ value: seen.value, review: "unreviewed", decision: null });
    expect(twice.figure?.version).not.toBe(seen.version);
    const { id, version } = twice.figure as Figure;
    await wang.refused("decide", { body: { kind: "undo", figure: id, version } }, 409);
    // what was reopened can be decided on again, with what is seen now
    await decide(wang, "reject", twice.figure as Figure);
  });

  test("a missed figure is added, corrected, taken back, and its text is what is marked", async () => {
    const { clipping } = await figureOf(wang, { indicator: "problem.resolved", region: "410200" });
    const { text } = await wang.ask<{ text: string }>("text", { params: { id: clipping } });
    const start = text.indexOf("290");
    const is = {
      ...{ indicator: "enterprise.visited", value: 290, unit: "count", qualifier: "exact", region: "410200" },
      ...{ period: "2022-01/2022-06", scope: null, status: "actual" },
    };
    const body = { kind: "add", clipping, is, start, end: start + 3 };
    const added = await wang.ask<DecisionReply>("decide", { body });
    expect(added.figure).toMatchObject({ quote: "290", review: "added", confidence: 1 });
    await wang.refused("decide", { body }, 400);
    const corrected = await decide(wang, "correct", added.figure as Figure, { change: { value: 291 } });
    const back = await decide(wang, "undo", corrected.figure as Figure);
    expect(back.figure).toMatchObject({ value: 290, review: "added" });
    const gone = await decide(wang, "undo", back.figure as Figure);
    expect(gone.figure).toBeNull();
    await wang.refused("decide", { body: { ...body, start: 1, end: 100_000 } }, 400);
    await wang.refused("decide", { body: { kind: "add", clipping, is } }, 400);
  });

  test.each([
    [{ value: "many" }, "change.value"],
    [{ indicator: "no.such" }, "indicator"],
    [{ unit: "percent" }, "unit"],
    [{ region: "999999" }, "region"],
    [{ period: "2022-13" }, "period"],
    [{ period: "2022-06/2022-01" }, "period"],
    [{ status: "done" }, "change.status"],
  ])("a correction to %j is refused, and says where", async (change, field) => {
    const { id, version } = await collected(wang);
    const problem = await wang.refused("decide", { body: { kind: "correct", figure: id, version, change } }, 400);
    expect(JSON.stringify(problem.errors)).toContain(field);
  });

  test("a correction changes what is compared, at once", async () => {
    const query = { measure: "problem.collected", within: "410000", level: "city" };
    const valueNow = async () =>
      (await li.ask<Comparison>("compare", { query })).rows.find(({ region }) => region === "410300")?.cells[
        "problem.collected"
      ]?.value;
    expect(await valueNow()).toBe(500);
    await decide(wang, "correct", await figureOf(wang, { indicator: "problem.collected", region: "410300" }), {
      change: { value: 555 },
    });
    expect(await valueNow()).toBe(555);
  });

  test("an unknown figure is not found", async () => {
    await wang.refused("decide", { body: { kind: "accept", figure: "nothing", version: "0.x" } }, 404);
  });
});

test("comments have their author and a link, and nothing else for a link", async () => {
  const { id, clipping } = await collected(wang);
  await wang.ask("comment", { body: { figure: id, text: "看原文<script>", link: "https://example.org/a?b=1" } });
  await li.ask("comment", { body: { clipping, text: "整篇" } });
  const detail = await li.ask<FigureDetail>("figure", { params: { id } });
  expect(detail.comments).toMatchObject([
    { author: "王芳", text: "看原文<script>", link: "https://example.org/a?b=1" },
  ]);
  const page = await li.ask<{ items: { text: string }[]; next: string }>("comments", { query: { clipping, limit: 1 } });
  expect(page.items.map(({ text }) => text)).toEqual(["整篇"]);
  await li.ask("comments", { query: { clipping, limit: 1, cursor: page.next } });
  await wang.refused("comment", { body: { figure: id, text: "x", link: "javascript:alert(1)" } }, 400);
  await wang.refused("comment", { body: { text: "x" } }, 400);
  await wang.refused("comment", { body: { figure: "none", text: "x" } }, 404);
});

describe("the queue", () => {
  test("begins with what matters, and gives no two reviewers the same", async () => {
    const order = (await wang.ask<QueuePage>("queue")).items.map(({ turn, figure }) => ({ turn, figure }));
    // 480 of 500 are not 95 %
    expect(order.slice(0, 4).map(({ turn }) => turn)).toEqual(["failed", "failed", "failed", "contested"]);
    const turns = ["renew", "failed", "contested", "doubtful", "headline", "part-failed", "rest"];
    const ranks = order.map(({ turn }) => turns.indexOf(turn));
    expect([...ranks].sort()).toEqual(ranks);
    const mine = await wang.ask<NextReply>("next", { body: { take: 2 } });
    const theirs = await li.ask<NextReply>("next", { body: { take: 2 } });
    const ids = [...mine.items, ...theirs.items].map(({ figure }) => figure.id);
    expect(ids).toEqual(order.slice(0, 4).map(({ figure }) => figure.id));
    expect((await wang.ask<QueuePage>("queue")).items.slice(0, 4).map(({ heldBy }) => heldBy)).toEqual([
      "王芳",
      "王芳",
      "李明",
      "李明",
    ]);
    // asked again, one's own come again; what is in hand does not
    expect((await wang.ask<NextReply>("next", { body: {} })).items[0]?.figure.id).toBe(ids[0]);
    const third = await wang.ask<NextReply>("next", { body: { except: ids.slice(0, 2) } });
    expect(ids).not.toContain(third.items[0]?.figure.id);
    await li.ask("release", { body: { figures: ids.slice(2) } });
    expect((await wang.ask<NextReply>("next", { body: { except: ids.slice(0, 2) } })).items[0]?.figure.id).toBe(ids[2]);
  });

  test("is gone through to its end by decisions, page by page as by item", async () => {
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: QueuePage = await wang.ask<QueuePage>("queue", {
        query: { limit: 3, ...(cursor ? { cursor } : {}) },
      });
      ids.push(...page.items.map(({ figure }) => figure.id));
      cursor = page.next;
    }
    const seen: string[] = [];
    for (;;) {
      const { items } = await wang.ask<NextReply>("next", { body: {} });
      const [item] = items;
      if (!item) break;
      seen.push(item.figure.id);
      await decide(wang, "accept", item.figure);
    }
    expect([...seen].sort()).toEqual([...ids].sort());
    expect((await wang.ask<{ reviewed: number }>("progress")).reviewed).toBe(seen.length);
  });

  test("is filtered", async () => {
    const { items } = await wang.ask<NextReply>("next", {
      body: { take: 10, filter: { indicator: ["problem.collected"], within: "410300" } },
    });
    expect(items.map(({ figure }) => figure.value)).toEqual([500]);
    const doubtful = await wang.ask<QueuePage>("queue", { query: { turn: "contested" } });
    expect(doubtful.items).toHaveLength(2);
  });
});

describe("a second review", () => {
  test("is blind, tells agreement, and leaves what differs as a queue", async () => {
    const admin = await made.as("admin");
    await wang.refused("changeSettings", { body: { second: true, share: 1 } }, 403);
    await admin.ask("changeSettings", { body: { second: true, share: 1 } });
    const first = await figureOf(wang, { indicator: "problem.collected", region: "410300" });
    const other = await figureOf(wang, { indicator: "problem.resolved", region: "410300" });
    await decide(wang, "correct", first, { change: { value: 555 } });
    await decide(wang, "accept", other);
    expect((await wang.ask<{ items: unknown[] }>("secondNext", { body: { take: 5 } })).items).toEqual([]);
    const due = (await li.ask<{ items: BlindItem[] }>("secondNext", { body: { take: 5 } })).items;
    expect(due.map(({ figure }) => [figure.id, figure.value, figure.review, figure.decision])).toEqual([
      [first.id, 500, "unreviewed", null],
      [other.id, 480, "unreviewed", null],
    ]);
    const say = (client: Client, { figure }: BlindItem, kind: string, more = {}) =>
      client.ask<{ agrees: boolean; differs: string[] }>("second", {
        body: { kind, figure: figure.id, version: figure.version, ...more },
      });
    expect(await say(li, due[0] as BlindItem, "accept")).toMatchObject({ agrees: false, differs: ["value"] });
    expect(await say(li, due[1] as BlindItem, "accept")).toMatchObject({ agrees: true });
    expect((await li.ask<{ items: unknown[] }>("secondNext", { body: { take: 5 } })).items).toEqual([]);
    const { figure, version } = { figure: first.id, version: due[0]?.figure.version };
    await li.refused("second", { body: { kind: "accept", figure, version } }, 409);
    expect(await figureOf(wang, { indicator: "problem.collected", region: "410300" })).toMatchObject({ value: 555 });

    const open = await admin.ask<{ items: Disagreement[]; total: number }>("disagreements");
    expect(open.total).toBe(1);
    expect(open.items[0]).toMatchObject({
      first: { reviewer: "王芳" },
      second: { reviewer: "李明", is: { value: 500 } },
    });
    expect(await admin.ask<Agreement>("agreement")).toMatchObject({ figures: 2, agreed: 1, open: 1 });
    await decide(admin, "accept", open.items[0]?.figure as Figure);
    expect((await admin.ask<{ total: number }>("disagreements")).total).toBe(0);
    expect(await admin.ask<Agreement>("agreement")).toMatchObject({ figures: 2, agreed: 1, open: 0 });
  });
});
