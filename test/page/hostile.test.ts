import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeHostile } from "./clippings.js";
import { House, settled } from "./harness.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house?.close());

test("clippings made to harm run nothing and fetch nothing, wherever they are shown", async () => {
  const folder = join(house.folder, "hostile");
  await mkdir(folder);
  const paths = await writeHostile(folder);
  const { page, wrongs, leave } = await house.visit("/");
  try {
    await page.locator('input[type="file"]').setInputFiles(paths);
    await page.getByText("4 个文件已处理").waitFor({ timeout: 90_000 });
    const { items } = await house.ask<{ items: readonly { id: string; file: string; kind: string }[] }>("/clippings");
    expect(items.map(({ kind }) => kind).sort()).toEqual(["html", "pdf", "text", "text"]);
    expect(items.some(({ file }) => file.includes("<img src=x onerror="))).toBe(true);
    const { items: figures } = await house.ask<{ items: readonly { id: string }[] }>("/figures?limit=4");
    expect(figures.length).toBeGreaterThan(3);
    const views = [
      "/",
      "/clippings",
      "/figures",
      "/search?q=企业",
      "/review",
      "/compare",
      "/findings",
      ...items.flatMap(({ id }) => ["page", "source", "normal"].map((face) => `/clippings/${id}?face=${face}`)),
      ...figures.map(({ id }) => `/figures/${id}`),
    ];
    for (const view of views) {
      await page.goto(house.url + view);
      await settled(page);
      expect([view, await page.evaluate(() => (window as { ran?: number }).ran ?? 0)]).toEqual([view, 0]);
      expect([
        view,
        await page.locator("main script, main iframe, main style, main [onerror], main [onload]").count(),
      ]).toEqual([view, 0]);
    }
    // what it says is shown, letter by letter
    const text = items.find(({ file }) => file.endsWith(".txt"));
    await page.goto(`${house.url}/clippings/${text?.id}?face=source`);
    await page.locator(".reading").getByText("<script>").waitFor();
    expect(wrongs).toEqual([]);
  } finally {
    await leave();
  }
});

test("the bytes of a clipping are only ever downloaded", async () => {
  const { items } = await house.ask<{ items: readonly { id: string }[] }>("/clippings");
  for (const { id } of items) {
    const reply = await fetch(`${house.url}/api/v1/clippings/${id}/source`);
    expect(reply.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(reply.headers.get("content-security-policy")).toContain("sandbox");
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  }
});
