import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  ClippingDetail,
  FigurePage,
  Ingest,
  IngestFile,
  SourceText,
  UploadReply,
} from "../../src/server/contract/index.js";
import { UploadReply as UploadForm } from "../../src/server/contract/index.js";
import { nameOf } from "../../src/server/ingests/upload.js";
import { type Client, eventsOf, type Served, served } from "./help.js";

let made: Served;
let client: Client;
beforeAll(async () => {
  made = await served({ texts: ["kaifeng"] });
  client = made.client;
});
afterAll(() => made.close());

async function uploaded(files: readonly (readonly [string, string | Uint8Array])[], by = client) {
  const answer = await by.upload(files);
  const body = await answer.text();
  expect(answer.status, body).toBe(202);
  const reply = JSON.parse(body) as UploadReply;
  expect(reply).toEqual(UploadForm.parse(reply));
  return reply;
}
const eventsAt = async ({ ingest }: UploadReply) =>
  eventsOf(await client.fetch(`/api/v1/ingests/${ingest?.id}/events`));

const HOSTILE = `<!doctype html><html><head><title><script>alert(1)</script></title></head><body><p>截至2022年6月30日，<img src=x onerror=alert(1)>信阳市收集问题77个。</p><script>alert(document.cookie)</script></body></html>`;

test("files are taken, read with progress for each, and their figures are there", async () => {
  const reply = await uploaded([
    ["一.txt", "截至2022年6月30日，新乡市收集问题120个，办结118个。"],
    ["broken.pdf", "%PDF-1.4 nothing more"],
    ["empty.txt", ""],
    ["program.txt", Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...new Array(200).fill(0)])],
  ]);
  expect(reply.files.map(({ state, code }) => [state, code])).toEqual([
    ["waiting", null],
    ["waiting", null],
    ["failed", "ingest/empty"],
    ["failed", "ingest/unsupported"],
  ]);
  const events = await eventsAt(reply);
  const last = events.at(-1) as { event: string; data: Ingest };
  expect(last.event).toBe("ingest");
  expect(last.data).toMatchObject({ state: "done", total: 2, stored: 1, failed: 1 });
  const files = events.filter(({ event }) => event === "file").map(({ data }) => data as IngestFile);
  const stored = files.find(({ file, state }) => file === "一.txt" && state === "stored");
  expect(stored?.figures).toBe(2);
  expect(files.find(({ state }) => state === "failed")).toMatchObject({ file: "broken.pdf", code: "ingest/damaged" });
  const page = await client.ask<FigurePage>("figures", { query: { clipping: stored?.clipping } });
  expect(page.items).toHaveLength(2);
  expect(page.items[0]?.file).toBe("一.txt");
  expect((await client.ask<{ files: unknown[] }>("ingest", { params: { id: last.data.id } })).files).toHaveLength(2);
  // who comes late is told all the same
  expect((await eventsAt(reply)).at(-1)?.data).toMatchObject({ state: "done" });

  const failures = await client.ask<{ items: { file: string; path: string }[]; total: number }>("failures");
  expect(failures.items.map(({ file }) => file)).toEqual(["broken.pdf"]);
  const again = await client.ask<Ingest>("retry", { body: { paths: [failures.items[0]?.path] } });
  const retried = await eventsOf(await client.fetch(`/api/v1/ingests/${again.id}/events`));
  expect(retried.at(-1)?.data).toMatchObject({ what: "retry", state: "done", failed: 1 });
});

test("bytes are kept under their hash, and come back only as a download", async () => {
  const name = "../../etc/报告 \u202e\u0000'\"<b>.html";
  const reply = await uploaded([[name, HOSTILE]]);
  const [file] = reply.files;
  await eventsAt(reply);
  const sha256 = file?.sha256 ?? "";
  expect(file?.file).toBe(`报告 '"<b>.html`);
  const folder = `${made.store}.files`;
  expect(await readFile(join(folder, sha256.slice(0, 2), sha256.slice(2)), "utf8")).toBe(HOSTILE);
  for (const entry of await readdir(folder, { recursive: true }))
    expect(entry).toMatch(/^(?:[0-9a-f]{2}(?:\/[0-9a-f]{62})?|cache.*)$/);
  const detail = await client.ask<ClippingDetail>("clipping", { params: { id: sha256 } });
  expect(detail).toMatchObject({ source: "kept", clipping: { kind: "html", file: `报告 '"<b>.html` } });
  const source = await client.fetch(`/api/v1/clippings/${sha256}/source`);
  expect(source.headers.get("content-type")).toBe("application/octet-stream");
  expect(source.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%!~*()-]+$/,
  );
  expect(source.headers.get("content-security-policy")).toContain("sandbox");
  expect(await source.text()).toBe(HOSTILE);
  // as text in JSON, never as a page of its own
  const text = await client.fetch(`/api/v1/clippings/${sha256}/text`);
  expect(text.headers.get("content-type")).toContain("application/json");
  expect(((await text.json()) as SourceText).text).toContain("<script>");
  const again = await uploaded([["other name.html", HOSTILE]]);
  expect((await eventsAt(again)).filter(({ event }) => event === "file").at(-1)?.data).toMatchObject({
    state: "known",
    clipping: sha256,
  });
  expect((await client.ask<ClippingDetail>("clipping", { params: { id: sha256 } })).clipping.file).toBe(
    "other name.html",
  );
});

describe("names of files", () => {
  test.each([
    ["a.txt", "a.txt"],
    ["C:\\x\\报告.pdf", "报告.pdf"],
    ["../..", ".."],
    ["a\u202eb\u0007.txt", "ab.txt"],
    ["", "unnamed"],
    [undefined, "unnamed"],
    ["\u200b\ufeff", "unnamed"],
  ])("'%s' is shown as '%s'", (sent, shown) => expect(nameOf(sent)).toBe(shown));
  test("are cut", () => expect(nameOf("长".repeat(1000))).toHaveLength(255));
});

test("what is no upload is refused, and a broken one leaves nothing", async () => {
  const post = (type: string, body: string) =>
    client.fetch("/api/v1/clippings", { method: "POST", headers: { "content-type": type }, body });
  expect((await post("application/json", "{}")).status).toBe(415);
  expect((await post("multipart/form-data", "x")).status).toBe(415);
  expect(
    (
      await post(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\nhalf",
      )
    ).status,
  ).toBe(400);
  expect((await uploaded([])).ingest).toBeNull();
  const many = await client.upload(Array.from({ length: 201 }, (_, index) => [`${index}.txt`, "x"] as const));
  expect(many.status).toBe(413);
  const left = existsSync(`${made.store}.files`) ? await readdir(`${made.store}.files`) : [];
  expect(left.filter((name) => name.startsWith(".part"))).toEqual([]);
});

test("a reader may not upload, nor stop what others do", async () => {
  const other = await served({ users: { admin: "admin", reader: "reader" }, texts: ["kaifeng"] });
  try {
    const reader = await other.as("reader");
    expect((await reader.upload([["a.txt", "收集问题1个"]])).status).toBe(403);
    await reader.refused("stopIngest", { params: { id: "x" } }, 403);
    await reader.refused("retry", { body: {} }, 403);
  } finally {
    await other.close();
  }
});

describe("pages", () => {
  test("of a PDF are pictures, whole and cut, and words with places", async () => {
    const pdfs = (await readdir("corpus", { recursive: true })).filter((path) => path.endsWith(".pdf"));
    const reply = await uploaded(
      await Promise.all(pdfs.map(async (pdf) => [pdf, await readFile(join("corpus", pdf))] as const)),
    );
    await eventsAt(reply);
    const ids = reply.files.map(({ sha256 }) => sha256 ?? "");
    const lists = await Promise.all(ids.map((id) => client.ask<FigurePage>("figures", { query: { clipping: id } })));
    const figure = lists.flatMap(({ items }) => items).find(({ box }) => box !== null);
    const id = figure?.clipping ?? "";
    const { pages } = await client.ask<ClippingDetail>("clipping", { params: { id } });
    expect(pages[0]?.image).toBe(`/api/v1/clippings/${id}/pages/1/image`);
    const image = await client.fetch(`${pages[0]?.image}?width=500`);
    expect(image.headers.get("content-type")).toBe("image/png");
    const { width = 0, height = 0 } = await sharp(Buffer.from(await image.arrayBuffer())).metadata();
    expect(width).toBe(800);
    expect(width / height).toBeCloseTo((pages[0]?.width ?? 1) / (pages[0]?.height ?? 1), 1);
    await client.refused("pageImage", { params: { id, page: 99 } }, 404);
    await client.refused("pageImage", { params: { id, page: 1 }, query: { width: 100_000 } }, 400);

    const cut = await client.fetch(`/api/v1/figures/${figure?.id}/image?width=200`);
    expect(cut.headers.get("content-type")).toBe("image/png");
    expect((await sharp(Buffer.from(await cut.arrayBuffer())).metadata()).width).toBeLessThanOrEqual(200);

    const params = { id, page: figure?.page ?? 1 };
    const layout = await client.ask<{ lines: { text: string; words: unknown[] }[] }>("pageLayout", { params });
    expect(layout.lines.length).toBeGreaterThan(3);
    const found = await client.ask<{ start: number; end: number; how: string; quote: string }>("locate", {
      params,
      body: { box: figure?.box },
    });
    expect(found.how).toBe("under");
    expect(found.start).toBeLessThanOrEqual(figure?.start ?? 0);
    expect(found.end).toBeGreaterThanOrEqual(figure?.end ?? 0);
    const body = {
      kind: "add",
      clipping: id,
      page: params.page,
      box: figure?.box,
      is: {
        indicator: "job.offered",
        value: 3,
        unit: "count",
        qualifier: "exact",
        region: null,
        period: null,
        scope: null,
        status: "actual",
      },
    };
    const added = await client.ask<{ figure: { box: number[]; quote: string } }>("decide", { body });
    expect(added.figure.box).toEqual(figure?.box);
    expect(added.figure.quote).toBe(found.quote);
  });

  test("are gone when the file they were read from has changed", async () => {
    const { items } = await client.ask<{ items: { id: string }[] }>("clippings", { query: { sort: "path" } });
    const pdfs = await Promise.all(items.map(({ id }) => client.ask<ClippingDetail>("clipping", { params: { id } })));
    const pdf = pdfs.find(({ clipping }) => clipping.kind === "pdf");
    const id = pdf?.clipping.id ?? "";
    await writeFile(join(`${made.store}.files`, id.slice(0, 2), id.slice(2)), "changed");
    // kept bytes are believed by their name, which only this server writes: what is at a path is not
    expect((await client.ask<ClippingDetail>("clipping", { params: { id } })).source).toBe("kept");
  });
});

test("everyone who listens is told of what changes", async () => {
  const listening = client.fetch("/api/v1/events");
  const events = listening.then((reply) => eventsOf(reply, (all) => all.some(({ event }) => event === "changed")));
  await listening;
  const [figure] = (await client.ask<FigurePage>("figures", { query: { limit: 1 } })).items;
  await client.ask("decide", { body: { kind: "accept", figure: figure?.id, version: figure?.version } });
  expect(
    (await events).find(({ event, data }) => event === "changed" && (data as { what: string }).what === "decision")
      ?.data,
  ).toEqual({
    what: "decision",
    figure: figure?.id,
    by: "我",
  });
});
