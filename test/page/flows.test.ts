import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Scan, writeReports, writeScan } from "./clippings.js";
import { House, jianbao, type Visit } from "./harness.js";

// each waits for a browser, a server and threads, on machines that do other things, too
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

interface Told {
  readonly items: readonly {
    readonly id: string;
    readonly value: number;
    readonly review: string;
    readonly quote: string;
  }[];
}

let house: House;
let scan: Scan;
beforeAll(async () => {
  house = await House.open(async (store, folder) => {
    const reports = join(folder, "reports");
    await mkdir(reports);
    await writeReports(reports);
    await jianbao(["ingest", reports, "--store", store, "--jobs", "1"]);
  });
  scan = await writeScan(house.browser, house.folder);
});
afterAll(() => house?.close());

async function visiting(path: string, steps: (visit: Visit) => Promise<void>, options = {}): Promise<void> {
  const visit = await house.visit(path, options);
  try {
    await steps(visit);
    expect(visit.wrongs).toEqual([]);
  } finally {
    await visit.leave();
  }
}

const figures = async (query: string) => (await house.ask<Told>(`/figures?${query}`)).items;

test("a file is uploaded, its progress shown, and its figures are there", async () => {
  await visiting("/", async ({ page }) => {
    await page.locator('input[type="file"]').setInputFiles({
      name: "新密.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("新密市企业服务简报\n截至2022年6月30日，新密市收集企业问题87个，办结80个。\n"),
    });
    await page.getByText("已入库").waitFor();
    await page.getByText("2 条数据").waitFor();
    await page.getByRole("link", { name: "新密.txt" }).click();
    await page.getByRole("heading", { level: 1 }).getByText("新密").waitFor();
    await expect.poll(() => page.locator(".reading mark").count()).toBe(2);
    await page
      .getByRole("link", { name: /收集问题.*87/ })
      .first()
      .click();
    await expect.poll(() => page.locator("mark.is-current").textContent()).toContain("87");
  });
});

test("the language is the browser's, and can be switched", async () => {
  await visiting(
    "/",
    async ({ page }) => {
      await page.getByRole("heading", { name: "Overview" }).waitFor();
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      await page.getByRole("button", { name: "中文" }).click();
      await page.getByRole("heading", { name: "总览" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "总览" }).waitFor();
    },
    { locale: "en-GB" },
  );
});

test("ten figures are reviewed from the keyboard alone, the next one at once", async () => {
  const before = await house.ask<{ reviewed: number }>("/review/progress");
  await visiting("/review", async ({ page }) => {
    const id = () => new URL(page.url()).searchParams.get("figure");
    await page.locator(".review-panel").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    const times: number[] = [];
    for (let count = 0; count < 10; count++) {
      await expect.poll(id).not.toBeNull();
      const shown = id();
      // from the key to the next figure's quote on the page
      times.push(await page.evaluate(nextAfterKey, "a"));
      await expect.poll(id).not.toBe(shown);
    }
    times.sort((a, b) => a - b);
    expect(times[4]).toBeLessThan(100);
    // another one is corrected, all without the mouse
    const corrected = id() ?? "";
    await page.keyboard.press("e");
    await page.keyboard.type("4321");
    await page.keyboard.press("Enter");
    await expect.poll(id).not.toBe(corrected);
    await expect
      .poll(async () => (await house.ask<{ figure: { value: number } }>(`/figures/${corrected}`)).figure.value)
      .toBe(4321);
    // and taken back
    await page.keyboard.press("u");
    await expect.poll(id).toBe(corrected);
    await expect
      .poll(async () => (await house.ask<{ figure: { review: string } }>(`/figures/${corrected}`)).figure.review)
      .toBe("unreviewed");
  });
  await expect
    .poll(async () => (await house.ask<{ reviewed: number }>("/review/progress")).reviewed)
    .toBe(before.reviewed + 10);
});

/** In the page: presses a key, and waits for the panel to show another figure. Milliseconds. */
function nextAfterKey(key: string): Promise<number> {
  const panel = document.querySelector(".review");
  if (!panel) throw new Error("no review");
  const text = () => document.querySelector(".review-panel")?.textContent ?? "";
  const before = text();
  return new Promise((resolve) => {
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (text() === before) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(panel, { childList: true, subtree: true, characterData: true });
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
}

test("a value is corrected, and the comparison shows the new one", async () => {
  const [figure] = await figures("indicator=problem.collected&region=410106");
  await visiting(`/review?figure=${figure?.id}`, async ({ page }) => {
    await expect.poll(() => page.locator(".review-why .quote").textContent()).toContain("100");
    await page.getByLabel("数值").fill("1.2万");
    await page.getByText("= 12,000").waitFor();
    await page.getByRole("button", { name: /保存更正/ }).click();
    await expect.poll(async () => (await figures("indicator=problem.collected&region=410106"))[0]?.value).toBe(12_000);
    await page.goto(`${house.url}/compare?measure=problem.collected&within=410100&level=county&view=table`);
    await page.getByRole("button", { name: /1\.2万 ✓/ }).waitFor();
    expect(await page.locator("tbody tr").first().textContent()).toContain("上街区");
  });
});

test("a region is found by name and a period by plain words", async () => {
  const [figure] = await figures("indicator=enterprise.visited&region=410106");
  await visiting(`/review?figure=${figure?.id}`, async ({ page }) => {
    await page.getByRole("combobox", { name: "地区", exact: true }).fill("Jinshui");
    await page
      .getByRole("option", { name: /金水区/ })
      .first()
      .click();
    await page.getByRole("combobox", { name: "时期", exact: true }).fill("2021年下半年");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.getByRole("combobox", { name: "时期", exact: true }).inputValue())
      .toBe("2021年7月–12月");
    await page.getByRole("button", { name: /保存更正/ }).click();
    await expect
      .poll(async () => (await house.ask<{ figure: object }>(`/figures/${figure?.id}`)).figure)
      .toMatchObject({
        region: "410105",
        period: "2021-07/2021-12",
        review: "corrected",
      });
  });
});

test("of two reviewers the slower one is shown both versions, and nothing is overwritten", async () => {
  const [figure] = await figures("indicator=problem.resolved&region=410105");
  const path = `/review?figure=${figure?.id}`;
  const first = await house.visit(path);
  const second = await house.visit(path, { locale: "en-GB" });
  try {
    await first.page.getByLabel("数值").fill("302");
    await second.page.getByLabel("Value").fill("303");
    await first.page.getByRole("button", { name: /保存更正/ }).click();
    await expect
      .poll(async () => (await house.ask<{ figure: { value: number } }>(`/figures/${figure?.id}`)).figure.value)
      .toBe(302);
    await second.page.getByRole("button", { name: /^Save/ }).click();
    const dialog = second.page.getByRole("dialog");
    await dialog.waitFor();
    const row = dialog.getByRole("row", { name: /^Value/ });
    expect(await row.getByRole("cell").allTextContents()).toEqual(["303", "302"]);
    await dialog.getByRole("button", { name: /Look again/ }).click();
    await expect.poll(() => second.page.getByLabel("Value").inputValue()).toBe("302");
    expect((await house.ask<{ figure: { value: number } }>(`/figures/${figure?.id}`)).figure.value).toBe(302);
  } finally {
    await first.leave();
    await second.leave();
  }
});

test("a missed figure is marked in the text", async () => {
  await visiting("/clippings?kind=text", async ({ page }) => {
    await page.getByRole("link", { name: /中原区/ }).click();
    await page.locator(".reading mark").first().waitFor();
    await page.getByRole("button", { name: "补录漏掉的数据" }).click();
    await page.locator(".reading span").filter({ hasText: "中原区企业服务简报" }).first().selectText();
    await page.getByText("中原区企业服务简报").nth(1).waitFor();
    await page.getByRole("combobox", { name: "指标", exact: true }).fill("满意率");
    await page.keyboard.press("Enter");
    await page.getByLabel("数值").fill("97.2");
    await expect.poll(() => page.getByLabel("单位").inputValue()).toBe("percent");
    await page.getByRole("button", { name: /^补录 / }).click();
    await expect
      .poll(async () => (await figures("indicator=satisfaction.rate&region=410102&review=added")).length)
      .toBe(1);
  });
});

test("a missed figure is drawn on a scan", async () => {
  await visiting("/", async ({ page }) => {
    await page.locator('input[type="file"]').setInputFiles(scan.path);
    await page.getByText("已入库").waitFor({ timeout: 90_000 });
    await page.getByRole("link", { name: "erqi.png" }).click();
    await page.getByRole("button", { name: "补录漏掉的数据" }).click();
    const picture = page.locator(".page-sheet img");
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(0);
    const board = page.locator(".page-sheet svg");
    const area = await board.boundingBox();
    if (!area) throw new Error("no page");
    const [left, top, right, bottom] = scan.missed;
    await page.mouse.move(area.x + area.width * left, area.y + area.height * top);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width * right, area.y + area.height * bottom, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator(".add-place q").textContent(), { timeout: 60_000 }).toContain("47");
    await page.getByRole("combobox", { name: "指标", exact: true }).fill("走访企业");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("combobox", { name: "指标", exact: true }).inputValue()).toBe("走访企业");
    expect(await page.getByLabel("数值").inputValue()).toBe("47");
    await page.getByRole("button", { name: /^补录 / }).click();
    await expect
      .poll(async () => (await figures("review=added&indicator=enterprise.visited")).map(({ value }) => value), {
        timeout: 30_000,
      })
      .toContain(47);
    await page.locator(".box").first().waitFor();
  });
});

test("a mark of a chart leads to its figure, and the figure to its sentence", async () => {
  await visiting(
    "/compare?measure=problem.resolution_rate&measure=problem.collected&within=410100&level=county",
    async ({ page }) => {
      const mark = page.locator('.chart svg path[fill="#1f6f9f"]').last();
      await mark.click();
      const panel = page.locator(".cell-panel");
      await panel.waitFor();
      const quote = await panel.locator("q").first().textContent();
      await panel.getByRole("link").first().click();
      await page.locator(".sentence mark").waitFor();
      expect(await page.locator(".sentence mark").textContent()).toBe(quote);
      await page.locator(".reading mark.is-current").waitFor();
      expect(await page.locator(".reading mark.is-current").isVisible()).toBe(true);
    },
  );
});

test("what is shown is downloaded as CSV, JSON and SVG", async () => {
  await visiting("/compare?measure=problem.collected&within=410100", async ({ page }) => {
    for (const format of ["CSV", "JSON", "SVG"]) {
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: `下载 ${format}` }).click();
      expect((await download).suggestedFilename()).toMatch(new RegExp(`${format}$`, "i"));
    }
  });
});
