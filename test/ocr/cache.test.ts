import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CachedEngine, cacheFolder } from "../../src/ocr/cache.js";
import type { OcrEngine, OcrPage } from "../../src/ocr/index.js";

class Counting implements OcrEngine {
  reads = 0;
  constructor(readonly name: string) {}
  async read(_: Uint8Array, { dpi }: { dpi: number }): Promise<OcrPage> {
    this.reads++;
    const character = { text: "7", box: [1.123456, 2, 3, 4] as const, confidence: 0.987654 };
    const line = {
      text: "7",
      box: character.box,
      vertical: false,
      characters: [character],
      confidence: 0.9,
      doubts: [],
    };
    return {
      engine: this.name,
      width: dpi,
      height: 10,
      outcome: "read",
      script: "simplified",
      lines: [line],
      rules: [],
      preparations: [],
    };
  }
  async close(): Promise<void> {}
}

test("a page is read once by an engine; another picture, resolution or engine is another page", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-cache-"));
  const engine = new Counting("one");
  const cached = new CachedEngine(engine, folder);
  const image = new Uint8Array([1, 2, 3]);
  await cached.read(image, { dpi: 200 });
  const again = await cached.read(image, { dpi: 200 });
  expect(engine.reads).toBe(1);
  expect(again.lines[0]?.characters[0]?.box[0]).toBeCloseTo(1.1235, 6);
  await cached.read(image, { dpi: 300 });
  await cached.read(new Uint8Array([1, 2, 4]), { dpi: 200 });
  expect(engine.reads).toBe(3);
  const other = new Counting("two");
  await new CachedEngine(other, folder).read(image, { dpi: 200 });
  expect(other.reads).toBe(1);
  // a broken entry is read anew
  for (const name of await readdir(join(folder, "ocr"), { recursive: true }))
    if (name.endsWith(".gz")) await writeFile(join(folder, "ocr", name), "broken");
  await cached.read(image, { dpi: 200 });
  expect(engine.reads).toBe(4);
  await rm(folder, { recursive: true });
});

test("a folder that cannot be written keeps nothing and is no error", async () => {
  const engine = new Counting("one");
  const cached = new CachedEngine(engine, fileURLToPath(import.meta.url));
  await cached.read(new Uint8Array([1]), { dpi: 200 });
  await cached.read(new Uint8Array([1]), { dpi: 200 });
  expect(engine.reads).toBe(2);
});

test("the cache lies where the user says, else where XDG says", () => {
  expect(cacheFolder({ JIANBAO_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a");
  expect(cacheFolder({ XDG_CACHE_HOME: "/b" })).toBe("/b/jianbao");
});
