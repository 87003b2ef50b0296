#!/usr/bin/env node
// Takes the pictures of docs/ that the README shows: node scripts/screenshots.mjs [--out docs/screenshots] [--only review]
//
// A real server on a store of the corpus and the training clippings, with reviews in it, and a real Chromium. What it
// shows is made anew each time, so that the pictures keep up with the page. npm run build comes first.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { startBrowser } from "./browser.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = join(ROOT, "dist/cli/main.js");
const { values } = parseArgs({
  options: { out: { type: "string", default: join(ROOT, "docs/screenshots") }, only: { type: "string", default: "" } },
});

const WIDE = { viewport: { width: 1280, height: 860 }, colorScheme: "light", locale: "zh-CN" };
const NARROW = { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "zh-CN" };
const dark = (look) => ({ ...look, colorScheme: "dark" });
const english = (look) => ({ ...look, locale: "en-GB" });

/** [name, address, look, what to do before the picture is taken]; addresses are made of what is in the store. */
const pictures = ({ scan, figure, stale, repaired }) => [
  ["overview", "/", WIDE],
  ["overview-dark-en", "/", dark(english(WIDE))],
  ["overview-390", "/", NARROW],
  ["clippings", "/clippings", WIDE],
  ["clipping", `/clippings/${scan.clipping}?figure=${scan.id}`, WIDE],
  ["clipping-repairs", `/clippings/${repaired}`, WIDE, (page) => page.locator(".repair").first().waitFor()],
  ["review-text", "/review?turn=contested,failed", WIDE],
  ["review-page", `/review?figure=${scan.id}`, WIDE],
  ["review-dark-en", `/review?figure=${scan.id}`, dark(english(WIDE))],
  ["review-390", `/review?figure=${figure.id}`, NARROW],
  ["review-keys", `/review?figure=${figure.id}`, WIDE, (page) => page.keyboard.press("?")],
  ["review-stale", `/review?figure=${stale.id}`, WIDE, makeStale(stale)],
  ["disagreements", "/disagreements", WIDE],
  ["figures", "/figures?headline=true&sort=-value&indicator=fund.loan", WIDE],
  ["figures-dark", "/figures?headline=true", dark(WIDE)],
  ["figure", `/figures/${figure.id}`, WIDE],
  ["search", "/search?q=企业%20办结率", WIDE],
  ["regions", "/regions", WIDE, (page) => page.getByRole("button", { name: /江苏省/ }).click()],
  ["compare-bars", "/compare?measure=problem.resolution_rate&measure=problem.collected&level=city", WIDE],
  [
    "compare-dark-en",
    "/compare?measure=problem.collected&measure=problem.resolution_rate&level=province",
    dark(english(WIDE)),
  ],
  ["compare-390", "/compare?measure=satisfaction.rate&level=city", dark(NARROW)],
  ["compare-lines", "/compare?measure=problem.resolution_rate&view=lines&level=county", WIDE],
  ["compare-scatter", "/compare?measure=problem.collected&measure=problem.resolved&view=scatter&level=county", WIDE],
  [
    "compare-table",
    "/compare?measure=problem.collected&measure=problem.resolved&measure=satisfaction.rate&view=table&level=city",
    WIDE,
    openCell,
  ],
  ["findings", "/findings", WIDE],
  ["account", "/account", english(WIDE)],
];

const openCell = (page) => page.locator(".cell-button").first().click();

/** Someone else decides while the page is looked at. */
function makeStale(figure) {
  return async (page, { tell, ask }) => {
    const { figure: now } = await ask(`/figures/${figure.id}`);
    await page.getByLabel("数值").fill(String(now.value + 2));
    await tell("/decisions", {
      kind: "correct",
      figure: now.id,
      version: now.version,
      change: { value: now.value + 1 },
    });
    await page.getByRole("button", { name: /保存更正/ }).click();
    await page.getByRole("dialog").waitFor();
  };
}

async function main() {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-screenshots-"));
  const store = join(folder, "store.db");
  await fill(folder, store);
  const server = await serve(store);
  const browser = await startBrowser();
  try {
    const api = apiOf(server.url);
    const shown = await review(api);
    await mkdir(values.out, { recursive: true });
    for (const [name, path, look, act] of pictures(shown)) {
      if (!name.startsWith(values.only)) continue;
      await picture(browser, server.url + path, look, join(values.out, `${name}.webp`), (page) => act?.(page, api));
      console.log(name);
    }
  } finally {
    await browser.close();
    server.process.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Clippings under names that say something, one file that cannot be read, and a second user. */
async function fill(folder, store) {
  const clippings = join(folder, "clippings");
  await mkdir(clippings);
  for (const slug of await readdir(join(ROOT, "corpus"), { withFileTypes: true })) {
    if (!slug.isDirectory()) continue;
    for (const file of await readdir(join(ROOT, "corpus", slug.name)))
      if (file.startsWith("source."))
        await cp(join(ROOT, "corpus", slug.name, file), join(clippings, file.replace("source", slug.name)));
  }
  const training = join(ROOT, "training/clippings/docs");
  for (const file of await readdir(training)) await cp(join(training, file), join(clippings, file));
  await writeFile(join(clippings, "broken.pdf"), "%PDF-1.4\nbroken");
  // a clipping that cannot be read makes the command fail: it is one of what is shown
  await run(["ingest", clippings, "--store", store]).catch(() => undefined);
}

const run = (args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "ignore", "inherit"] });
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`jianbao ${args[0]}: ${code}`))));
  });

function serve(store) {
  const child = spawn(process.execPath, [CLI, "serve", "--store", store, "--port", "0", "--as", "王芳"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      const url = /https?:\/\/\S+/.exec(String(chunk))?.[0];
      if (url) resolve({ url, process: child });
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function apiOf(url) {
  const call = async (path, init) => {
    const reply = await fetch(`${url}/api/v1${path}`, init);
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return { body: reply.status === 204 ? undefined : await reply.json(), cookie: reply.headers.get("set-cookie") };
  };
  const change = (path, body, method, cookie) =>
    call(path, {
      method,
      headers: { "content-type": "application/json", "x-jianbao": "1", ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  return {
    ask: async (path) => (await call(path)).body,
    tell: async (path, body, method = "POST", cookie = undefined) => (await change(path, body, method, cookie)).body,
    /** The cookie of someone who works under another name. */
    as: async (name) => (await change("/session/name", { name }, "PUT")).cookie?.split(";")[0],
  };
}

/** Decisions of two people, some of them twice; what is shown of them. */
async function review({ ask, tell, as }) {
  await tell("/review/settings", { second: true, share: 1 }, "PUT");
  const other = await as("Li Lei");
  const { items } = await ask("/figures?headline=true&limit=400&sort=-confidence");
  const chosen = items.filter((_, index) => index % 5 === 0);
  for (const [index, { id, version, value }] of chosen.entries()) {
    const seen = { figure: id, version };
    const decision =
      index % 11 === 3
        ? { kind: "correct", ...seen, change: { value: value + 1 } }
        : index % 17 === 5
          ? { kind: "reject", ...seen }
          : { kind: "accept", ...seen };
    await tell("/decisions", decision, "POST", index % 3 === 0 ? other : undefined);
  }
  const { items: second } = await tell("/review/second/next", { take: 10 });
  for (const [index, { figure }] of second.entries())
    await tell("/review/second", {
      ...{ figure: figure.id, version: figure.version },
      ...(index % 4 === 1 ? { kind: "reject", reason: "这是受理数，不是收集数" } : { kind: "accept" }),
    });
  const scans = await ask("/clippings?kind=image");
  const { items: onScan } = await ask(`/figures?clipping=${scans.items[0].id}&limit=20`);
  const { items: collected } = await ask(
    "/figures?indicator=problem.collected&contested=true&limit=20&review=unreviewed",
  );
  const figure = collected[0] ?? items[1];
  await tell("/comments", { figure: figure.id, text: "两家报纸不一致，已去电核实。" }, "POST", other);
  const { items: pinyin } = await ask(`/search?q=${encodeURIComponent("安溪")}&limit=1`);
  return {
    repaired: pinyin[0].clipping.id,
    scan: onScan.find(({ box }) => box) ?? onScan[0],
    figure,
    stale: collected.at(-1) ?? items[2],
  };
}

async function picture(browser, url, look, file, act) {
  const context = await browser.newContext({ ...look, deviceScaleFactor: 1.5, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("main h1").first().waitFor();
  const isStill = () =>
    document.querySelector("main .is-loading, main .page-word") === null &&
    [...document.querySelectorAll("main img")].every((image) => image.complete);
  await page.waitForFunction(isStill, undefined, { timeout: 60_000 });
  await act(page);
  await page.waitForTimeout(600);
  await sharp(await page.screenshot())
    .webp({ quality: 72, effort: 6 })
    .toFile(file);
  await context.close();
}

await main();
