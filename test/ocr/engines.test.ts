import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import type { OcrEngine } from "../../src/ocr/index.js";
import { OcrError } from "../../src/ocr/index.js";
import { engineOf, openOcr } from "../../src/ocr/open.js";
import { paddleLack } from "../../src/ocr/paddle/models.js";

const file = (name: string) => new URL(`../pages/set/${name}`, import.meta.url);
/** The head of a clean page: 110 points, five lines. */
const head = async () =>
  sharp(await readFile(file("s1-clean.png"))).extract({ left: 0, top: 90, width: 1456, height: 260 });
const isThere = (await paddleLack()) === undefined;
let fused: OcrEngine | undefined;
const engine = async () => (fused ??= await engineOf({ mode: "fused", language: "auto" }));
afterAll(() => fused?.close());

test.skipIf(!isThere)("the head of a page is read with its numbers, whichever way up it lies", async () => {
  const upright = await (await engine()).read(await (await head()).png().toBuffer(), { dpi: 200 });
  const text = upright.lines.map((line) => line.text).join("");
  expect(text).toContain("共抽查诉求567件");
  expect(text).toContain("现场核实71家");
  expect([upright.outcome, upright.script, upright.preparations]).toEqual(["read", "simplified", []]);
  const number = upright.lines.find((line) => line.text.includes("567"));
  const at = number?.text.indexOf("567") ?? 0;
  const [first, second, third] = number?.characters.slice(at, at + 3) ?? [];
  expect(first?.others?.find((other) => other.engine === "tesseract")?.text).toBe("567");
  expect((first?.box[2] ?? 0) <= (second?.box[0] ?? 0) + 0.5).toBe(true);
  expect((third?.box[2] ?? 0) - (first?.box[0] ?? 0)).toBeLessThan(25);

  const turned = await (await engine()).read(await (await head()).rotate(180).png().toBuffer(), { dpi: 200 });
  expect(turned.preparations).toContain("turned");
  expect(turned.lines.map((line) => line.text)).toContain(upright.lines[0]?.text);
});

test.skipIf(!isThere)("black, empty and broken pictures and too large ones have outcomes of their own", async () => {
  const plain = (background: string) =>
    sharp({ create: { width: 400, height: 500, channels: 3, background } })
      .png()
      .toBuffer();
  expect((await (await engine()).read(await plain("#000"), { dpi: 200 })).outcome).toBe("too-dark");
  expect((await (await engine()).read(await plain("#fff"), { dpi: 200 })).outcome).toBe("blank");
  await expect((await engine()).read(new Uint8Array([1, 2, 3]), { dpi: 200 })).rejects.toMatchObject({
    reason: "damaged",
  });
});

test("an engine that is asked for by name says what lacks; a folder without models too", async () => {
  await expect(openOcr({ mode: "fused", models: "/nowhere" })).rejects.toThrow(/\/nowhere: expected det\.onnx/);
  await expect(openOcr({ mode: "fused", models: "/nowhere" })).rejects.toBeInstanceOf(OcrError);
  expect((await openOcr({ mode: "off" })).engine).toBeUndefined();
  const { engine: auto, notice } = await openOcr({ mode: "auto" });
  expect(auto?.name).toMatch(isThere ? /^fused paddle PP-OCRv4/ : /^tesseract/);
  expect(notice === undefined).toBe(isThere);
});
