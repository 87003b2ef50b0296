import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startBrowser } from "../../scripts/browser.mjs";

const CLI = "dist/cli/main.js";

/** Runs the built command line; `input` is its standard input. Throws where it fails. */
export function jianbao(args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [CLI, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(`jianbao ${args.join(" ")}: ${stderr}`)) : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}

/** A real server on a store of its own, and a browser; `npm run build` comes before. */
export class House {
  private constructor(
    readonly folder: string,
    readonly url: string,
    readonly browser: Browser,
    private readonly server: ChildProcess,
  ) {}

  /** `prepare` fills the store before the server is started. */
  static async open(prepare: (store: string, folder: string) => Promise<void> = async () => {}): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), "jianbao-page-"));
    const store = join(folder, "store.db");
    await prepare(store, folder);
    const [{ url, server }, browser] = await Promise.all([serve(store), startBrowser()]);
    return new House(folder, url, browser, server);
  }

  async close(): Promise<void> {
    await this.browser.close();
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGTERM");
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A reader of their own: cookies, language, window. What goes wrong in the page is kept in `wrongs`. */
  async visit(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: "zh-CN",
      ...options,
    });
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => wrongs.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      wrongs.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) wrongs.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(this.url) && !/^(?:blob|data):/.test(request.url()))
        wrongs.push(`another host: ${request.url()}`);
    });
    await page.goto(this.url + path);
    return { page, wrongs, leave: () => context.close() };
  }

  /** What the API says, as a program would ask it. */
  async ask<T>(path: string): Promise<T> {
    const reply = await fetch(`${this.url}/api/v1${path}`);
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  async tell<T>(path: string, body: unknown, method = "POST"): Promise<T> {
    const reply = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", "x-jianbao": "1" },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }
}

export interface Visit {
  readonly page: Page;
  readonly wrongs: readonly string[];
  leave(): Promise<void>;
}

/** Waits until a view shows what it was asked for. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.waitForFunction(() => document.querySelector("main .is-loading, main .is-old") === null);
  // what was fetched is drawn, charts too
  await page.waitForTimeout(150);
}

const START_MS = 60_000;

function serve(store: string): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(process.execPath, [CLI, "serve", "--store", store, "--port", "0", "--as", "王芳"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`the server did not start: ${said}`)), START_MS);
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    server.stdout?.on("data", (chunk: Buffer) => {
      const url = /https?:\/\/\S+/.exec(chunk.toString())?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, server });
    });
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}
