import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { OcrPool } from "../../src/ocr/pool.js";

const program = fileURLToPath(new URL("./fake-worker.mjs", import.meta.url));
const bytes = (wish: string) => new TextEncoder().encode(wish);
let pool: OcrPool;
const poolOf = (workers: number, pageSeconds = 20) => {
  pool = new OcrPool({ mode: "paddle", language: "auto" }, "fake", { workers, pageSeconds, program });
  return pool;
};
afterEach(() => pool.close());

test("a page that hangs or crashes an engine is a typed failure, and the next page is read", async () => {
  const { signal } = new AbortController();
  poolOf(1, 2);
  await expect(pool.read(bytes("hang"), { dpi: 200, signal })).rejects.toMatchObject({ reason: "timeout" });
  await expect(pool.read(bytes("crash"), { dpi: 200 })).rejects.toMatchObject({ reason: "crashed" });
  await expect(pool.read(bytes("fail"), { dpi: 200 })).rejects.toMatchObject({ reason: "damaged" });
  expect((await pool.read(bytes("ok"), { dpi: 150 })).width).toBe(150);
});

test("pages are read by as many processes as were asked for, and a leaking one is replaced", async () => {
  poolOf(2);
  const pages = await Promise.all(["slow", "slow", "ok", "ok"].map((wish) => pool.read(bytes(wish), { dpi: 200 })));
  expect(new Set(pages.map((page) => page.engine)).size).toBe(2);
  const leaking = await pool.read(bytes("leak"), { dpi: 200 });
  const next = await Promise.all(["slow", "slow"].map((wish) => pool.read(bytes(wish), { dpi: 200 })));
  expect(next.map((page) => page.engine)).not.toContain(leaking.engine);
});

test("a cancelled page ends at once, waiting pages too", async () => {
  poolOf(1);
  const control = new AbortController();
  const read = [pool.read(bytes("hang"), { dpi: 200, signal: control.signal })];
  read.push(pool.read(bytes("ok"), { dpi: 200, signal: control.signal }));
  setTimeout(() => control.abort(new Error("enough")), 200);
  for (const each of await Promise.allSettled(read))
    expect(each).toMatchObject({ status: "rejected", reason: { message: "enough" } });
  expect((await pool.read(bytes("ok"), { dpi: 100 })).width).toBe(100);
});
