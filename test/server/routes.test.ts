import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  Accuracy,
  ClippingDetail,
  ClippingPage,
  Comparison,
  Coverage,
  DecisionReply,
  FigureDetail,
  FigureHistory,
  FigurePage,
  IndicatorList,
  NormalText,
  Overview,
  PeriodReply,
  Region,
  RegionTree,
  SearchPage,
  SourceText,
} from "../../src/server/contract/index.js";
import { type Served, served, TEXTS } from "./help.js";

let made: Served;
beforeAll(async () => {
  made = await served();
});
afterAll(() => made.close());

describe("figures", () => {
  test("are listed page by page, each once, in each order", async () => {
    const whole = await made.client.ask<FigurePage>("figures", { query: { limit: 500 } });
    expect(whole.total).toBe(whole.items.length);
    expect(whole.next).toBeNull();
    for (const sort of ["place", "value", "-value", "confidence", "-confidence", "period", "-period", "-stored"]) {
      const ids: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const query: Record<string, unknown> = { sort, limit: 2, ...(cursor ? { cursor } : {}) };
        const page: FigurePage = await made.client.ask<FigurePage>("figures", { query });
        expect(page.total).toBe(cursor ? null : whole.total);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect([...ids].sort()).toEqual(whole.items.map(({ id }) => id).sort());
    }
  });

  test("are sorted by value", async () => {
    const { items } = await made.client.ask<FigurePage>("figures", {
      query: { indicator: "problem.collected", sort: "-value" },
    });
    expect(items.map(({ value }) => value)).toEqual([500, 312, 300, 100]);
  });

  test.each([
    [{ indicator: ["problem.collected", "fund.loan"] }, 5],
    [{ indicator: "problem.collected", within: "410200" }, 2],
    [{ indicator: "problem.collected", within: "410000", level: "county" }, 1],
    [{ indicator: "problem.collected", level: "city" }, 3],
    [{ indicator: "problem.collected", region: "410200,410300" }, 3],
    [{ indicator: "problem.collected", period: "2023" }, 0],
    [{ indicator: "problem.collected", from: 1.0 }, 0],
    [{ status: "planned" }, 1],
    [{ contested: true }, 2],
    [{ review: "accepted,corrected" }, 0],
    [{ scope: "part", indicator: "problem.collected" }, 0],
  ])("that fit %j are %d", async (query, count) => {
    const page = await made.client.ask<FigurePage>("figures", { query });
    expect(page.items).toHaveLength(count);
    expect(page.total).toBe(count);
  });

  test("a figure stands in its sentence, with what contradicts it", async () => {
    const { items } = await made.client.ask<FigurePage>("figures", { query: { contested: true } });
    const [figure] = items;
    const detail = await made.client.ask<FigureDetail>("figure", { params: { id: figure?.id ?? "" } });
    expect(detail.conflicts.map(({ id }) => id)).toEqual([items[1]?.id]);
    expect(detail.context.quote).toBe(figure?.quote);
    const text = await made.client.ask<SourceText>("text", { params: { id: figure?.clipping ?? "" } });
    const { start, before, quote, after } = detail.context;
    expect(text.text.slice(start, start + before.length + quote.length + after.length)).toBe(before + quote + after);
    expect(figure?.regionName).toEqual({ zh: "开封市", en: "Kaifeng" });
    expect(figure?.indicatorName.zh).toBe("收集问题");
  });

  test("an unchanged answer is not sent again", async () => {
    const { items } = await made.client.ask<FigurePage>("figures", { query: { limit: 1 } });
    const first = await made.client.send("figure", { params: { id: items[0]?.id ?? "" } });
    const again = await made.client.fetch(`/api/v1/figures/${items[0]?.id}`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
    expect(first.headers.get("x-figure-version")).toBe(items[0]?.version);
  });
});

describe("clippings", () => {
  test("are listed, newest first or by path, and told with their parts", async () => {
    const newest = await made.client.ask<ClippingPage>("clippings", { query: { limit: 3 } });
    expect(newest.total).toBe(Object.keys(TEXTS).length);
    const rest = await made.client.ask<ClippingPage>("clippings", { query: { limit: 3, cursor: newest.next } });
    expect([...newest.items, ...rest.items].map(({ file }) => file)).toEqual([
      "luoyang.txt",
      "huiji.txt",
      "other.txt",
      "kaifeng.txt",
    ]);
    const within = await made.client.ask<ClippingPage>("clippings", { query: { within: "410200", sort: "path" } });
    expect(within.items.map(({ path }) => path)).toEqual(["in/kaifeng.txt", "in/other.txt"]);
    const id = within.items[0]?.id ?? "";
    const detail = await made.client.ask<ClippingDetail>("clipping", { params: { id } });
    expect(detail).toMatchObject({ source: "gone", length: TEXTS.kaifeng[0].length, paths: ["in/kaifeng.txt"] });
    const normal = await made.client.ask<NormalText>("normal", { params: { id } });
    expect(normal.exact).toBe(true);
    for (const [from, to, start, end] of normal.map)
      if (to - from === end - start)
        expect(normal.text.slice(from, to).length).toBe(TEXTS.kaifeng[0].slice(start, end).length);
    await made.client.ask("pages", { params: { id } });
    await made.client.refused("source", { params: { id } }, 410);
    await made.client.refused("pageImage", { params: { id, page: 1 } }, 404);
  });

  test("what a person tells of one is kept, and unknown regions are refused", async () => {
    const { items } = await made.client.ask<ClippingPage>("clippings", { query: { sort: "path" } });
    const params = { id: items.at(-1)?.id ?? "" };
    const detail = await made.client.ask<ClippingDetail>("changeClipping", { params, body: { publisher: "洛阳日报" } });
    expect(detail.clipping.about.publisher).toBe("洛阳日报");
    await made.client.refused("changeClipping", { params, body: { region: "999999" } }, 400);
    await made.client.refused("changeClipping", { params, body: { url: "javascript:alert(1)" } }, 400);
  });
});

describe("comparing", () => {
  const query = { measure: "problem.collected,problem.resolution_rate", within: "410000", level: "city" };

  test("is one address with four answers", async () => {
    const comparison = await made.client.ask<Comparison>("compare", { query });
    expect(comparison.rows.map(({ region, rank }) => [region, rank])).toEqual([
      ["410300", 1],
      ["410200", 2],
    ]);
    expect(comparison.conflicts).toHaveLength(1);
    expect(comparison.gaps.length).toBeGreaterThan(10);
    const json = await made.client.send("compareAs", { params: { format: "json" }, query });
    expect(JSON.parse(json.body)).toEqual(comparison);
    const csv = await made.client.send("compareAs", { params: { format: "csv" }, query });
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.body.split("\n")[0]).toContain("OBS_VALUE");
    const svg = await made.client.send("compareAs", { params: { format: "svg" }, query });
    expect(svg.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect(svg.body).toContain("<svg");
    expect(svg.headers.get("content-security-policy")).toContain("sandbox");
    await made.client.ask("series", { query });
    for (const format of ["csv", "json", "svg"])
      expect((await made.client.send("seriesAs", { params: { format }, query })).status).toBe(200);
    expect(
      (await made.client.send("compareAs", { params: { format: "svg" }, query: { ...query, chart: "scatter" } }))
        .status,
    ).toBe(200);
  });

  test.each([[{}], [{ measure: "no.such" }], [{ measure: "problem.collected", level: "village" }]])(
    "%j is refused",
    async (asked) => {
      await made.client.refused("compare", { query: asked }, 400);
    },
  );

  test("findings, export and search answer", async () => {
    const findings = await made.client.ask<{ items: { code: string; figures: unknown[] }[] }>("findings");
    expect(findings.items).toMatchObject([{ code: "check/conflict" }]);
    expect(findings.items[0]?.figures).toHaveLength(2);
    await made.client.ask("findings", { query: { code: "check/cumulative-falls" } });
    for (const what of ["figures", "clippings", "decisions"])
      for (const format of ["csv", "json", "jsonl", "xlsx", "parquet"]) {
        const answer = await made.client.send("exported", { params: { what, format } });
        expect(answer.status).toBe(200);
        expect(answer.headers.get("content-disposition")).toContain(`${what}.${format}`);
      }
    const csv = await made.client.send("exported", {
      params: { what: "figures", format: "jsonl" },
      query: { within: "410300" },
    });
    expect(csv.body.trim().split("\n")).toHaveLength(3);
    const { items } = await made.client.ask<SearchPage>("search", { query: { q: "開封 問題" } });
    expect(items).toHaveLength(2);
    expect(items[0]?.marks.length).toBeGreaterThan(0);
  });
});

describe("names", () => {
  test.each([
    ["开封", "410200"],
    ["kaifeng", "410200"],
    ["惠济", "410108"],
    ["410108", "410108"],
    ["開封", "410200"],
    ["Zhengz", "410100"],
  ])("region %s is %s", async (q, code) => {
    const { items } = await made.client.ask<{ items: Region[] }>("regions", { query: { q } });
    expect(items.map((each) => each.code)).toContain(code);
  });

  test("the tree counts what lies below", async () => {
    const top = await made.client.ask<RegionTree>("regionTree");
    const henan = top.items.find(({ code }) => code === "410000");
    const below = await made.client.ask<RegionTree>("regionTree", { query: { parent: "410000" } });
    expect(below.items.reduce((sum, { figures }) => sum + figures, 0)).toBe(henan?.figures);
    expect(below.parent?.name.zh).toBe("河南省");
    await made.client.refused("regionTree", { query: { parent: "999999" } }, 404);
    await made.client.ask("region", { params: { code: "410108" } });
    await made.client.refused("region", { params: { code: "nowhere" } }, 404);
  });

  test("indicators are listed with counts, and found by name", async () => {
    const all = await made.client.ask<IndicatorList>("indicators");
    expect(all.items.find(({ id }) => id === "problem.collected")?.figures).toBe(4);
    expect(all.measures.map(({ id }) => id)).toContain("fund.loan_per_enterprise");
    const found = await made.client.ask<IndicatorList>("indicators", { query: { q: "贷款" } });
    expect(found.items[0]?.id).toBe("fund.loan");
    expect((await made.client.ask<IndicatorList>("indicators", { query: { q: "satisf" } })).items[0]?.id).toBe(
      "satisfaction.rate",
    );
  });

  test.each([
    ["2021年上半年", "2021-01/2021-06"],
    ["２０２１年上半年", "2021-01/2021-06"],
    ["截至6月底", "../2022-06-30"],
    ["2022-06", "2022-06"],
    ["2022.6.30", "2022-06-30"],
    ["2021-01/2021-06", "2021-01/2021-06"],
    ["2022Q2", "2022-04/2022-06"],
    ["2021年1月至2021年9月", "2021-01/2021-09"],
    ["June 2021", "2021-06"],
    ["first half of 2021", "2021-01/2021-06"],
    ["../2022-06-30", "../2022-06-30"],
    ["去年", "2021"],
  ])("%s is %s", async (text, period) => {
    const { items } = await made.client.ask<PeriodReply>("periods", { query: { text, near: "2022-07-05" } });
    expect(items[0]?.period).toBe(period);
  });

  test.each(["2021-13", "2021-02-30", "hello", "3个"])("%s names no time", async (text) => {
    expect((await made.client.ask<PeriodReply>("periods", { query: { text } })).items).toEqual([]);
  });
});

describe("overview", () => {
  test("counts what is there, and what reviewers found", async () => {
    const before = await made.client.ask<Overview>("overview");
    expect(before).toMatchObject({ clippings: 4, contested: 2, progress: { reviewed: 0 } });
    const { items } = await made.client.ask<FigurePage>("figures", {
      query: { within: "410300", review: "unreviewed" },
    });
    const decide = (body: unknown) => made.client.ask<DecisionReply>("decide", { body });
    await decide({ kind: "accept", figure: items[0]?.id, version: items[0]?.version });
    await decide({ kind: "correct", figure: items[1]?.id, version: items[1]?.version, change: { value: 481 } });
    await decide({ kind: "reject", figure: items[2]?.id, version: items[2]?.version });
    const after = await made.client.ask<Overview>("overview");
    expect(after.progress).toMatchObject({ reviewed: 3, figures: before.figures - 1 });
    expect(after.progress.byReviewer).toMatchObject([{ reviewer: "我", figures: 3, decisions: 3, today: 3 }]);
    const accuracy = await made.client.ask<Accuracy>("accuracy");
    expect(accuracy.overall).toMatchObject({ reviewed: 3, right: 1, corrected: 1, rejected: 1, missed: 0 });
    expect(accuracy.overall.precision).toBeCloseTo(1 / 3);
    expect(accuracy.byIndicator.find(({ corrected }) => corrected === 1)?.fields).toEqual({ value: 1 });
    const grid = await made.client.ask<Coverage>("coverage", { query: { within: "410000" } });
    expect(grid.rows.map(({ key }) => key)).toEqual(["410100", "410200", "410300"]);
    await made.client.ask("coverage", { query: { rows: "region", columns: "year", level: "city" } });
    await made.client.ask("coverage", { query: { rows: "indicator", columns: "year" } });
    await made.client.refused("coverage", { query: { rows: "indicator", columns: "indicator" } }, 400);
    await made.client.ask("failures");
    await made.client.ask("ingests");
    await made.client.ask("progress");
    await made.client.refused("retry", { body: {} }, 409);
    await made.client.refused("ingest", { params: { id: "none" } }, 404);
    const history = await made.client.ask<FigureHistory>("history", { params: { id: items[1]?.id ?? "" } });
    expect(history.decisions).toMatchObject([{ kind: "correct", reviewer: "我", is: { value: 481 } }]);
    await made.client.ask("decisions", { query: { reviewer: "我", limit: 2 } });
  });
});

test("the document describes every route, and its reference can be read without script", async () => {
  const document = (await (await made.client.fetch("/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: Record<string, unknown> };
  };
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toContain("/api/v1/compare.{format}");
  expect(Object.values(document.paths).flatMap((each) => Object.keys(each)).length).toBeGreaterThan(55);
  expect(Object.keys(document.components.schemas)).toContain("Figure");
  const page = await (await made.client.fetch("/reference")).text();
  expect(page).toContain("/api/v1/review/next");
  expect(page).not.toContain("<script");
  expect((await made.client.fetch("/reference.css")).headers.get("content-type")).toContain("text/css");
});
