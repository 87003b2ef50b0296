import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeReports } from "./clippings.js";
import { House, jianbao, settled } from "./harness.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const PASSWORD = "correct horse 电池";

let house: House;
let axe = "";
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  house = await House.open(async (store, folder) => {
    const reports = join(folder, "reports");
    await mkdir(reports);
    await writeReports(reports);
    await jianbao(["ingest", reports, "--store", store, "--jobs", "1"]);
    await jianbao(["user", "add", "王芳", "--role", "admin", "--store", store], `${PASSWORD}\n`);
    await jianbao(["user", "add", "reader", "--role", "reader", "--store", store], `${PASSWORD}\n`);
  });
});
afterAll(() => house?.close());

async function signIn(page: Page, name: string): Promise<void> {
  await page.locator("#sign-in-name").fill(name);
  await page.locator("#sign-in-password").fill(PASSWORD);
  await page.locator("main form button[type=submit]").click();
  await page.locator(".mast").getByText(name).waitFor();
}

/** What axe finds by WCAG 2.2 AA. It is run by the browser's tools, as no page may run scripts of elsewhere. */
async function violations(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send("Page.enable");
  const { frameTree } = await client.send("Page.getFrameTree");
  const { executionContextId } = await client.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  const run = async (expression: string) =>
    client.send("Runtime.evaluate", {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
  await run(axe);
  const { result, exceptionDetails } = await run(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target, failureSummary }) => target + " " + failureSummary).join(" | ")))`,
  );
  await client.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as string[];
}

test("one signs in, and the view that was asked for is shown", async () => {
  const { page, wrongs, leave } = await house.visit("/figures?indicator=problem.collected");
  try {
    await page.locator("#sign-in-name").fill("王芳");
    await page.locator("#sign-in-password").fill("wrong password");
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("alert").waitFor();
    await signIn(page, "王芳");
    await page.getByRole("heading", { name: "数据" }).waitFor();
    await page.locator(".vbody .vrow").first().waitFor();
    await page.getByRole("button", { name: "退出" }).click();
    await page.locator("#sign-in-name").waitFor();
    expect(wrongs).toEqual([]);
  } finally {
    await leave();
  }
});

test("a reader looks, and is offered nothing that changes", async () => {
  const { page, leave } = await house.visit("/review", { locale: "en-GB" });
  try {
    await signIn(page, "reader");
    await page.getByText("Readers do not review").waitFor();
    await page.goto(`${house.url}/users`);
    await page.getByText("Only admins manage users.").waitFor();
    await page.goto(house.url);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(await page.locator('input[type="file"]').count()).toBe(0);
  } finally {
    await leave();
  }
});

const VIEWS = [
  "/",
  "/clippings",
  "/review",
  "/disagreements",
  "/figures",
  "/compare",
  "/compare?view=lines",
  "/compare?view=scatter",
  "/compare?view=table",
  "/regions",
  "/findings",
  "/search?q=企业",
  "/account",
  "/users",
  "/nothing-here",
] as const;

test.each([
  { width: 1280, colorScheme: "light", locale: "zh-CN" },
  { width: 390, colorScheme: "dark", locale: "en-GB" },
] as const)("every view is clean by WCAG 2.2 AA, $width wide, $colorScheme, $locale", async ({ width, ...more }) => {
  const { page, wrongs, leave } = await house.visit("/sign-in", { viewport: { width, height: 860 }, ...more });
  try {
    await page.locator("#sign-in-name").waitFor();
    expect(await violations(page)).toEqual([]);
    await signIn(page, "王芳");
    const figure = await page.evaluate(async () => {
      const reply = await fetch("/api/v1/figures?limit=1");
      return ((await reply.json()) as { items: { id: string; clipping: string }[] }).items[0];
    });
    for (const view of [...VIEWS, `/figures/${figure?.id}`, `/clippings/${figure?.clipping}?figure=${figure?.id}`]) {
      await page.goto(house.url + view);
      await settled(page);
      expect([view, await violations(page)]).toEqual([view, []]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([view, overflow]).toEqual([view, Math.min(overflow, 0)]);
    }
    expect(wrongs).toEqual([]);
  } finally {
    await leave();
  }
});

test("the keyboard reaches the content first, and shows where it is", async () => {
  const { page, leave } = await house.visit("/sign-in");
  try {
    await signIn(page, "王芳");
    await page.goto(house.url);
    await page.getByRole("heading", { name: "总览" }).waitFor();
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "跳到正文" });
    expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineWidth);
    expect(outline).toBe("2px");
  } finally {
    await leave();
  }
});
