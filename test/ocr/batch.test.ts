import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ingestPaths } from "../../src/batch/ingest.js";
import { engineOf } from "../../src/ocr/open.js";
import { paddleLack } from "../../src/ocr/paddle/models.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";

const isThere = (await paddleLack()) === undefined;
vi.setConfig({ testTimeout: 300_000 });

const page = (name: string) => new URL(`../pages/set/${name}`, import.meta.url).pathname;
let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-ocr-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the built command line with a cache of its own; `stopAt` sends Ctrl-C once the log has so many clippings. */
async function jianbao(args: readonly string[], stopAt?: { log: string; clippings: number }) {
  const child = spawn(process.execPath, ["dist/cli/main.js", ...args], {
    env: { ...process.env, JIANBAO_CACHE: file("cache") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr, ended] = ["", "", false];
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const end = new Promise((resolve) => child.on("close", resolve)).then(() => (ended = true));
  while (stopAt && !ended) {
    if ((await stored(stopAt.log)).length >= stopAt.clippings) {
      child.kill("SIGINT");
      break;
    }
    await sleep(50);
  }
  await end;
  return { stdout, stderr };
}

const stored = async (log: string): Promise<{ ms: number }[]> =>
  (await readFile(log, "utf8").catch(() => ""))
    .split("\n")
    .filter((line) => line.includes('"event":"stored"'))
    .map((line) => JSON.parse(line));

const SCANS = 12;

test.skipIf(!isThere)(
  "scans are read once: a batch goes on where it was stopped, another store costs no reading",
  async () => {
    await mkdir(file("scans"));
    for (let at = 0; at < SCANS; at++)
      await sharp(page("s3-clean.png"))
        .extract({ left: 90, top: 420 + at * 100, width: 460, height: 98 })
        .png()
        .toFile(file(`scans/${String(at).padStart(2, "0")}.png`));
    const ingest = (name: string) =>
      ["ingest", file("scans"), "--jobs", "2", "--store", file(`${name}.db`), "--log", file(`${name}.jsonl`)] as const;
    const first = await jianbao(ingest("a"), { log: file("a.jsonl"), clippings: 1 });
    const before = Number(/^(\d+) stored/.exec(first.stdout)?.[1]);
    expect(before).toBeGreaterThan(0);
    const second = await jianbao(ingest("a"));
    expect(second.stdout).toMatch(new RegExp(`^${SCANS - before} stored .*, ${before} already there, .* 0 failed`));
    const kept = async () =>
      Promise.all(
        (await readdir(file("cache"), { recursive: true }))
          .filter((name) => name.endsWith(".gz"))
          .map(async (name) => (await stat(file(`cache/${name}`))).mtimeMs),
      );
    const times = await kept();
    expect(times.length).toBe(SCANS);
    expect((await jianbao(ingest("b"))).stdout).toMatch(new RegExp(`^${SCANS} stored`));
    expect(await kept()).toEqual(times);
    const cost = async (name: string) => (await stored(file(`${name}.jsonl`))).reduce((sum, { ms }) => sum + ms, 0);
    expect(await cost("b")).toBeLessThan((await cost("a")) / 2);
  },
);

/** A picture that says it has 30,000 × 30,000 pixels, and holds none of them. */
function huge(): Uint8Array {
  const head = Buffer.from("89504e470d0a1a0a0000000d49484452000075300000753008000000008aa3a52d", "hex");
  const data = deflateSync(Buffer.alloc(30_001));
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write("IDAT", 4);
  data.copy(chunk, 8);
  return Buffer.concat([head, chunk]);
}

test.skipIf(!isThere)("what cannot be read has an outcome of its own each, and the batch goes on", async () => {
  await mkdir(file("odd"));
  const plain = (background: string) => sharp({ create: { width: 600, height: 800, channels: 3, background } }).png();
  await plain("#000").toFile(file("odd/black.png"));
  await plain("#fff").toFile(file("odd/blank.png"));
  await writeFile(file("odd/huge.png"), huge());
  await writeFile(file("odd/broken.jpg"), (await readFile(page("s3-poor.jpg"))).subarray(0, 300));
  await sharp(page("s1-clean.png"))
    .extract({ left: 0, top: 90, width: 1456, height: 260 })
    .rotate(180)
    .png()
    .toFile(file("odd/headlong.png"));
  await sharp(page("s3-photo.jpg"))
    .extract({ left: 100, top: 500, width: 620, height: 320 })
    .toFile(file("odd/photo.jpg"));
  await writeFile(file("odd/text.txt"), "截至2022年6月30日，开封市收集问题300个，办结280个。\n");
  const store = openSqliteStore(":memory:");
  try {
    const summary = await ingestPaths([file("odd")], store, { ocr: { mode: "paddle" }, jobs: 0 });
    const outcomes = new Map(summary.failed.map(({ path, code }) => [path.split("/").at(-1), code]));
    expect(outcomes.get("huge.png")).toBe("ingest/too-large");
    expect(outcomes.get("broken.jpg")).toBe("ingest/damaged");
    expect(summary).toMatchObject({ stored: 5, failures: 2, interrupted: false });
    const clippings = await store.clippings();
    const why = async (name: string) => {
      const clipping = clippings.find(({ path }) => path.endsWith(name));
      return (await store.pages(clipping?.id ?? ""))[0]?.why;
    };
    expect(await why("black.png")).toMatch(/black/);
    expect(await why("blank.png")).toMatch(/nothing/);
    expect(await why("headlong.png")).toMatch(/turned/);
    expect(await why("photo.jpg")).toMatch(/read by paddle PP-OCRv4 \(smoothed/);
    const slow = await ingestPaths([file("odd/photo.jpg")], openSqliteStore(":memory:"), {
      ocr: { mode: "paddle", pageSeconds: 0.2 },
      jobs: 0,
    });
    expect(slow.failed).toMatchObject([{ code: "ocr/timeout" }]);
  } finally {
    await store.close();
  }
});

test.skipIf(!isThere)("a figure leads back to its pixels: what lies in its boxes says the quote again", async () => {
  const scan = page("s2-scanned.jpg");
  await jianbao(["ingest", scan, "--store", file("boxes.db")]);
  const { stdout } = await jianbao(["figures", "--store", file("boxes.db"), "-f", "json"]);
  const figures = JSON.parse(stdout) as { id: string; quote: string; page: number }[];
  expect(figures.length).toBeGreaterThan(5);
  const store = openSqliteStore(file("boxes.db"));
  const engine = await engineOf({ mode: "paddle", language: "auto" });
  try {
    let broken = 0;
    for (const { id, quote } of figures) {
      const figure = await store.figure(id);
      const boxes = figure?.boxes ?? (figure?.box ? [figure.box] : []);
      if (boxes.length > 1) broken++;
      // a few are read again, all that break over lines among them
      if (boxes.length < 2 && figures.findIndex((each) => each.id === id) > 4) continue;
      let read = "";
      for (const box of boxes) {
        const [left, top, right, bottom] = box.map((edge) => (edge * 200) / 72) as [number, number, number, number];
        const around = { left: left - 6, top: top - 6, width: right - left + 12, height: bottom - top + 12 };
        const piece = sharp(scan).extract({
          left: Math.round(around.left),
          top: Math.round(around.top),
          width: Math.round(around.width),
          height: Math.round(around.height),
        });
        const white = { top: 40, bottom: 40, left: 60, right: 60, background: "#f0f0f0" };
        const { lines } = await engine.read(await piece.extend(white).png().toBuffer(), { dpi: 200 });
        read += lines.map((line) => line.text).join("");
      }
      const digits = (text: string) => text.normalize("NFKC").replace(/[^\d.%]/g, "");
      expect(digits(read)).toContain(digits(quote));
    }
    expect(broken).toBeGreaterThan(0);
    const [first] = figures;
    const shown = await jianbao(["show", first?.id ?? "", "--store", file("boxes.db"), "--image", file("shown.png")]);
    expect(shown.stdout).toMatch(/read +by OCR: an image; read by fused/);
    const { width = 0, height = 0 } = await sharp(file("shown.png")).metadata();
    expect(width).toBeGreaterThan(800);
    expect(height).toBeGreaterThan(50);
  } finally {
    await store.close();
    await engine.close();
  }
});
