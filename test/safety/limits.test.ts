import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeLimits, limits, limitsTold, parseLimits } from "../../src/ingest/limits.js";
import { readClipping } from "../../src/ingest/read-file.js";
import { jianbao } from "./command.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-limits-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("limits are told apart from what is none", () => {
  expect(parseLimits("pdfPages=10, fileBytes=1e6")).toEqual({ pdfPages: 10, fileBytes: 1e6 });
  expect(() => parseLimits("pdfPages")).toThrow("NAME=NUMBER");
  for (const wrong of ["pages=1", "pdfPages=0", "pdfPages=x", "pdfPages=Infinity", "__proto__=1"])
    expect(() => changeLimits(parseLimits(wrong)), wrong).toThrow(RangeError);
  expect(limits.pdfPages).toBe(2000);
  expect(limitsTold().every(({ bounds, usual }) => bounds.length > 5 && usual > 0)).toBe(true);
});

test("a command's limit, and the environment's, holds in its workers too", async () => {
  const page = join(folder, "long.html");
  await writeFile(page, `<html><body><p>${"收集问题200个。".repeat(200)}</p></body></html>`);
  const far = await jianbao(["extract", page], { JIANBAO_LIMITS: "fileBytes=100" });
  expect([far.code, far.stderr]).toEqual([1, expect.stringContaining("(limit fileBytes) [ingest/too-large]")]);
  // the worker ends the clipping: this limit is looked at nowhere else
  const slow = await jianbao(["extract", page, "--limit", "clippingSeconds=0.001"]);
  expect([slow.code, slow.stderr]).toEqual([1, expect.stringContaining("(limit clippingSeconds) [ingest/timeout]")]);
  const wrong = await jianbao(["extract", page, "--limit", "pages=1"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("no limit 'pages'")]);
  expect((await jianbao(["limits"], { JIANBAO_LIMITS: "x" })).code).toBe(2);
});

test.each(["/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem"])(
  "%s is not read",
  async (path) => {
    await expect(readClipping(path)).rejects.toThrow();
  },
  5000,
);

test("a pipe that nobody writes to is not waited for", async () => {
  const pipe = join(folder, "pipe");
  await new Promise((resolve) => execFile("mkfifo", [pipe], resolve));
  await expect(readClipping(pipe)).rejects.toMatchObject({ code: "ingest/unreadable" });
  expect((await jianbao(["extract", pipe])).code).toBe(1);
}, 20_000);
