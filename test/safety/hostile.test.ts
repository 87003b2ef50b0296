import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { walk } from "../../src/batch/walk.js";
import { catalogueFrom } from "../../src/catalogue/index.js";
import { ClippingError } from "../../src/doc/index.js";
import { ingest, sideFileFor } from "../../src/ingest/index.js";
import { changeLimits, limitsTold } from "../../src/ingest/limits.js";
import { docxOf, paragraph, zipOf } from "../ingest/docx-maker.js";
import { jianbao } from "./command.js";

vi.setConfig({ testTimeout: 120_000 });

let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-hostile-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => changeLimits(Object.fromEntries(limitsTold().map(({ name, usual }) => [name, usual]))));

const bytes = (text: string) => new TextEncoder().encode(text);
const failureOf = (data: Uint8Array, path: string): Promise<ClippingError> =>
  ingest(data, { path }).then(
    () => expect.fail(`${path} was read`),
    (cause: Error) => {
      expect(cause).toBeInstanceOf(ClippingError);
      return cause as ClippingError;
    },
  );

/** A PDF whose page is drawn by a stream that inflates to `size` bytes, packed `times` times over. */
function flateBomb(size: number, times: number): Buffer {
  let stream: Buffer = Buffer.alloc(size, "0 0 m ");
  for (let time = 0; time < times; time++) stream = deflateSync(stream, { level: 9 });
  const filters = "/FlateDecode ".repeat(times);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << >> /Contents 4 0 R >>",
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj ${object} endobj\n`).join("");
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n${body}4 0 obj << /Length ${stream.length} /Filter [${filters}] >> stream\n`),
    stream,
    Buffer.from("\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"),
  ]);
}

test("a Flate bomb in a PDF ends at the time limit, its worker with it", async () => {
  const bomb = flateBomb(300_000_000, 2);
  expect(bomb.length).toBeLessThan(100_000);
  await writeFile(file("bomb.pdf"), bomb);
  const { code, stderr } = await jianbao(["extract", file("bomb.pdf"), "--no-ocr", "--limit", "clippingSeconds=6"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("(limit clippingSeconds) [ingest/timeout]")]);
});

test("an image bomb is told by its header, before a pixel is made", async () => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const png = await pngOf([
    ["IHDR", header],
    ["IDAT", deflateSync(Buffer.alloc(90_001))],
    ["IEND", Buffer.alloc(0)],
  ]);
  const { code, message } = await failureOf(png, "x.png");
  expect([code, message]).toEqual(["ingest/too-large", expect.stringContaining("limit imagePixels")]);
});

async function pngOf(chunks: readonly (readonly [string, Buffer])[]): Promise<Buffer> {
  const { crc32 } = await import("node:zlib");
  const parts = chunks.map(([type, data]) => {
    const whole = Buffer.concat([Buffer.from(type), data]);
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32BE(data.length, 0);
    sizes.writeUInt32BE(crc32(whole), 4);
    return Buffer.concat([sizes.subarray(0, 4), whole, sizes.subarray(4)]);
  });
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

test("a container of 300,000 entries is told by its directory", async () => {
  const entry = Buffer.alloc(47);
  entry.write("PK\u0001\u0002", 0, "latin1");
  entry.writeUInt16LE(1, 28);
  entry.write("x", 46);
  const directory = Buffer.concat(Array.from({ length: 300_000 }, () => entry));
  const end64 = Buffer.alloc(56 + 20 + 22);
  end64.write("PK\u0006\u0006", 0, "latin1");
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(300_000n, 24);
  end64.writeBigUInt64LE(300_000n, 32);
  end64.writeBigUInt64LE(BigInt(directory.length), 40);
  end64.writeBigUInt64LE(4n, 48);
  end64.write("PK\u0006\u0007", 56, "latin1");
  end64.writeBigUInt64LE(BigInt(4 + directory.length), 64);
  end64.writeUInt32LE(1, 72);
  end64.write("PK\u0005\u0006", 76, "latin1");
  end64.fill(0xff, 84, 96);
  const { code, message } = await failureOf(
    Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), directory, end64]),
    "x.docx",
  );
  expect([code, message]).toEqual(["ingest/too-large", expect.stringMatching(/300000 entries.*limit archiveEntries/)]);
});

test("archives inside of archives stay closed", async () => {
  let nested = await zipOf({ "a.txt": "x" });
  for (let depth = 0; depth < 6; depth++) nested = await zipOf({ "a.zip": nested, "b.zip": nested });
  expect((await failureOf(nested, "x.zip")).code).toBe("ingest/unsupported");
  const { source } = await ingest(await docxOf(paragraph("收集问题200个"), { "word/embeddings/a.docx": "PK" }), {
    path: "x",
  });
  expect(source.text).toBe("收集问题200个");
});

test.each([
  ["htmlNesting", "<div>".repeat(50_000)],
  ["htmlNesting", "<table><tr><td>1</td><td>".repeat(2_000)],
  ["htmlNesting", "<p><b><i>".repeat(20_000)],
  ["htmlElements", `<table><tr>${"<td>1</td>".repeat(300_000)}</tr></table>`],
] as const)("a page beyond %s is told in time in proportion to its length (%#)", async (limit, body) => {
  const begun = process.cpuUsage();
  const { code, message } = await failureOf(bytes(`<html><body>${body}`), "x.html");
  expect([code, message]).toEqual(["ingest/too-large", expect.stringContaining(`limit ${limit}`)]);
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5000);
});

test("a cell that claims a billion columns makes a short row", async () => {
  const { source } = await ingest(bytes("<html><body><table><tr><td colspan=999999999>1</td><td>2</td></tr></table>"), {
    path: "x",
  });
  expect(source.lines[0]?.text.length).toBeLessThan(40);
});

test("scripts in every field of a page are text, and none is read", async () => {
  const page = `<html><head><title><script>alert(1)</script></title><meta name="author" content="<script>2</script>"></head><body onload="alert(3)"><script>收集问题999个</script><p>收集问题<img src=x onerror=alert(4)>200个</p><svg><script>5</script></svg><iframe srcdoc="收集问题888个"></iframe></body></html>`;
  const { source } = await ingest(bytes(page), { path: "<script>.html" });
  expect(source.lines.map(({ text }) => text).join("\n")).not.toMatch(/999|888|alert\([34]\)/);
});

test("names are compared, never used as paths; links are not followed", async () => {
  const inside = file("walk");
  await mkdir(inside);
  await writeFile(join(inside, "a.txt"), "收集问题200个");
  await symlink("/etc/passwd", join(inside, "link.txt"));
  await symlink("/etc", join(inside, "folder"));
  const found: string[] = [];
  for await (const { path } of walk([inside])) found.push(path);
  expect(found).toEqual([join(inside, "a.txt")]);
  await writeFile(
    join(inside, "meta.json"),
    JSON.stringify({ "../../etc/passwd": { title: "x" }, "a.txt\0": { title: "y" }, "a.txt": { title: "z" } }),
  );
  expect((await sideFileFor(join(inside, "a.txt"))).metadata).toEqual({ title: "z" });
  for (const name of ["../../../tmp/evil", "/etc/evil", "C:\\evil", "a\0b", "..\\evil"]) {
    const zip = await zipOf({ [`${"x".repeat(name.length)}`]: "x" }, false);
    const forged = Buffer.from(zip.toString("latin1").replaceAll("x".repeat(name.length), name), "latin1");
    expect(["ingest/unsupported", "ingest/damaged"]).toContain((await failureOf(forged, "x.zip")).code);
  }
  expect((await readdir(tmpdir())).includes("evil")).toBe(false);
});

test("JSON with __proto__ changes no object but its own", async () => {
  const inside = file("proto");
  await mkdir(inside);
  const poison =
    '{"__proto__": {"title": "x", "polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "a.txt": {"title": "t", "__proto__": {"polluted": 1}}}';
  await writeFile(join(inside, "meta.json"), poison);
  expect((await sideFileFor(join(inside, "a.txt"))).metadata).toEqual({ title: "t" });
  expect((await sideFileFor(join(inside, "b.txt"))).metadata).toEqual({});
  expect(() =>
    catalogueFrom('{"indicators": [{"__proto__": {"id": "x"}}], "__proto__": {"polluted": 1}}', "own.json"),
  ).toThrow();
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("a side file over its limit is told, and costs nothing else", async () => {
  const inside = file("large");
  await mkdir(inside);
  await writeFile(join(inside, "meta.json"), `{"a.txt": {"title": "${"x".repeat(5000)}"}}`);
  changeLimits({ sideFileBytes: 1000 });
  const { metadata, messages } = await sideFileFor(join(inside, "a.txt"));
  expect([metadata, messages[0]?.detail]).toEqual([{}, expect.stringContaining("limit sideFileBytes")]);
});

test("two ingests of one folder into one store at once store each clipping once", async () => {
  const inside = file("both");
  await mkdir(inside);
  for (let number = 0; number < 12; number++)
    await writeFile(join(inside, `${number}.txt`), `惠济区收集问题${200 + number}个。`);
  const ingestAll = () => jianbao(["ingest", inside, "--store", file("both.db"), "--jobs", "1", "--no-ocr"]);
  const both = await Promise.all([ingestAll(), ingestAll()]);
  expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, expect.any(String)],
    [0, expect.any(String)],
  ]);
  const doctor = await jianbao(["doctor", file("both.db")]);
  expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringMatching(/ok +orphans/)]);
  const status = JSON.parse((await jianbao(["status", "--store", file("both.db"), "-f", "json"])).stdout);
  expect(status.clippings).toBe(12);
});
