import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { ingest } from "../../src/ingest/index.js";
import { orderPage } from "../../src/layout/index.js";
import { likelihoodOfText } from "../../src/normalise/index.js";
import type { OcrEngine, OcrLine, OcrPage } from "../../src/ocr/index.js";
import { type MadePage, type MadeText, makePdf } from "./pdf-maker.js";

const SENTENCE = "截至六月底，全县共收集企业问题三百件，办结二百九十件，企业对办理结果普遍表示满意。";

/** An engine that keeps the images it is given and reads the same line from each. */
class Recorder implements OcrEngine {
  readonly name = "recorder";
  readonly images: Uint8Array[] = [];
  readonly dpis: number[] = [];
  constructor(private readonly text = SENTENCE) {}

  async read(image: Uint8Array, { dpi }: { dpi: number }): Promise<OcrPage> {
    this.images.push(image);
    this.dpis.push(dpi);
    const box = [20, 20, 380, 30] as const;
    const characters = [...this.text].map((text, at) => ({
      text,
      box: [20 + at * 8, 20, 28 + at * 8, 30] as const,
      confidence: 0.99,
    }));
    const line: OcrLine = { text: this.text, box, vertical: false, characters, confidence: 0.99, doubts: [] };
    return {
      engine: this.name,
      width: 400,
      height: 300,
      outcome: "read",
      script: "simplified",
      lines: [line],
      rules: [],
      preparations: [],
    };
  }
  async close(): Promise<void> {}
}

async function read(pages: readonly MadePage[], ocr?: OcrEngine) {
  const { source, messages } = await ingest(makePdf(pages), {
    path: "made.pdf",
    order: orderPage,
    likelihood: likelihoodOfText,
    ...(ocr ? { ocr } : {}),
  });
  return { source, messages, page: source.pages[0], text: source.text.replace(/[\s\f]/g, "") };
}
const lines = (text: string, more: Partial<MadeText> = {}): MadeText[] =>
  [0, 1].map((at) => ({ text: text.slice(at * 20, at * 20 + 20), x: 40, y: 250 - at * 20, ...more }));

test("a text layer is read, and the page says so", async () => {
  const { text, page } = await read([{ texts: lines(SENTENCE) }]);
  expect(text).toBe(SENTENCE.slice(0, 40));
  expect(page).toMatchObject({ read: "text-layer", why: "text layer" });
});

test("a page that its file turns is read upright", async () => {
  const { text, page } = await read([{ rotate: 90, texts: lines(SENTENCE, { turn: 90, x: 100, y: 20 }).slice(0, 1) }]);
  expect(text).toBe(SENTENCE.slice(0, 20));
  expect([page?.width, page?.height]).toEqual([300, 400]);
});

test("lines that run up the page are read in their order, with boxes as the page is shown", async () => {
  const upwards = [0, 1].map((at) => ({
    text: SENTENCE.slice(at * 20, at * 20 + 20),
    x: 60 + at * 20,
    y: 20,
    turn: 90,
  }));
  const { source, text } = await read([{ texts: upwards }]);
  expect(text).toBe(SENTENCE.slice(0, 40));
  const [left, top, right, bottom] = source.lines[0]?.box ?? [0, 0, 0, 0];
  expect(bottom - top).toBeGreaterThan(200);
  expect(right - left).toBeLessThan(15);
});

test("a watermark aslant is no part of the text", async () => {
  const { source } = await read([
    { texts: [...lines(SENTENCE), { text: "内部资料", x: 60, y: 60, turn: 40, size: 40 }] },
  ]);
  expect(source.lines.at(-1)).toMatchObject({ text: "内部资料", role: "furniture" });
});

test.each([
  ["private characters", (code: number) => 0xe000 + (code % 4000), /maps them to nothing/],
  ["characters of another encoding", (code: number) => 0x4e00 + ((code * 31) % 20000), /no Chinese/],
  ["accented letters", (code: number) => 0xc0 + (code % 60), /wrong encoding/],
])("a layer of %s is read by OCR", async (_, claims, why) => {
  const ocr = new Recorder();
  const { text, page, messages } = await read([{ texts: lines(SENTENCE, { claims }) }], ocr);
  expect(text).toBe(SENTENCE);
  expect(page?.read).toBe("ocr");
  expect(page?.why).toMatch(why);
  expect(messages.map((message) => message.code)).toEqual(["ingest/ocr-used"]);
});

test("without OCR such a page says what it lacks", async () => {
  const { text, messages } = await read([{ texts: lines(SENTENCE, { claims: (code) => 0xe000 + (code % 4000) }) }]);
  expect(text).toBe("");
  expect(messages[0]).toMatchObject({ code: "ingest/no-text", page: 1 });
});

const blank = await sharp({ create: { width: 400, height: 300, channels: 3, background: "#eee" } })
  .jpeg()
  .toBuffer();
const photo = {
  filter: "DCTDecode",
  data: blank,
  width: 400,
  height: 300,
  more: "/ColorSpace /DeviceRGB /BitsPerComponent 8",
};
const poor = (code: number) => (code % 4 === 0 ? code + 3 : code);

test("the layer of an old OCR is kept where ours reads no better, and left where it does", async () => {
  const texts = lines(SENTENCE, { hidden: true, claims: poor });
  const better = await read([{ image: photo, texts }], new Recorder());
  expect(better.text).toBe(SENTENCE);
  expect(better.page?.why).toMatch(/hidden layer/);
  const worse = await read([{ image: photo, texts }], new Recorder("龘靐齉爩鱻麤龗灪吁龖厵滟爨癵驫麷鸜麣纞虋讟钃鸜"));
  expect(worse.page).toMatchObject({ read: "text-layer" });
  expect(worse.page?.why).toMatch(/no better/);
});

test("a good hidden layer is believed without OCR", async () => {
  const ocr = new Recorder();
  const { text } = await read([{ image: photo, texts: lines(SENTENCE, { hidden: true }) }], ocr);
  expect(text).toBe(SENTENCE.slice(0, 40));
  expect(ocr.images).toHaveLength(0);
});

test("a page of a few words and a large picture gives both", async () => {
  const texts = [{ text: "附件二：办理情况统计表图片如下所示", x: 40, y: 40 }];
  const { text } = await read([{ image: photo, texts }], new Recorder());
  expect(text).toContain("附件二");
  expect(text).toContain(SENTENCE);
});

/** Stripes with a diagonal, so that a picture upside down or shifted is told. */
const pattern = Buffer.from(
  Array.from({ length: 160 * 120 }, (_, at) => {
    const [x, y] = [at % 160, Math.floor(at / 160)];
    return x < 80 ? (y % 24 < 12 ? 0 : 255) : Math.abs(x - 80 - y * 0.6) < 8 ? 0 : 255;
  }),
);
const faxed = await faxOf(pattern, 160, 120);

/** CCITT group 4 data of a black and white picture: the strip of a TIFF. */
async function faxOf(data: Buffer, width: number, height: number): Promise<Uint8Array> {
  const tiff = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .tiff({ compression: "ccittfax4", bitdepth: 1, miniswhite: true })
    .toBuffer();
  const { ifd, number } = tiffOf(tiff);
  return tiff.subarray(ifd(273), ifd(273) + ifd(279)).subarray(0, number);
}

function tiffOf(tiff: Buffer): { ifd: (tag: number) => number; number: number } {
  const little = tiff.toString("latin1", 0, 2) === "II";
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const start = u32(4);
  const ifd = (tag: number) => {
    for (let at = 0; at < u16(start); at++) {
      const entry = start + 2 + at * 12;
      if (u16(entry) === tag) return u16(entry + 2) === 3 ? u16(entry + 8) : u32(entry + 8);
    }
    throw new Error(`no tag ${tag}`);
  };
  return { ifd, number: tiff.length };
}

/** The same coding as a JBIG2 picture: the page, one generic region coded as a fax (MMR). */
function jbig2Of(fax: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = (...values: [value: number, size: number][]) =>
    Buffer.concat(values.map(([value, size]) => Buffer.from(value.toString(16).padStart(size * 2, "0"), "hex")));
  const page = bytes(
    [0, 4],
    [0x30, 1],
    [0, 1],
    [1, 1],
    [19, 4],
    [width, 4],
    [height, 4],
    [0, 4],
    [0, 4],
    [0, 1],
    [0, 2],
  );
  const region = bytes([width, 4], [height, 4], [0, 4], [0, 4], [0, 1], [1, 1]);
  const head = bytes([1, 4], [0x26, 1], [0, 1], [1, 1], [region.length + fax.length, 4]);
  return Buffer.concat([page, head, region, fax]);
}

const jpx = readFileSync(new URL("pattern.jp2", import.meta.url));
test.each([
  [
    "CCITT",
    "CCITTFaxDecode",
    faxed,
    "/ColorSpace /DeviceGray /BitsPerComponent 1 /DecodeParms << /K -1 /Columns 160 /Rows 120 /BlackIs1 false >>",
  ],
  ["JBIG2", "JBIG2Decode", jbig2Of(faxed, 160, 120), "/ColorSpace /DeviceGray /BitsPerComponent 1"],
  ["JPEG 2000", "JPXDecode", jpx, "/ColorSpace /DeviceGray /BitsPerComponent 8"],
])("a %s scan is decoded", async (_, filter, data, more) => {
  const ocr = new Recorder();
  const { page } = await read(
    [{ image: { filter, data, width: 160, height: 120, more }, width: 57.6, height: 43.2 }],
    ocr,
  );
  expect(page?.why).toBe("no text layer; read by recorder");
  expect(ocr.dpis).toEqual([200]);
  const seen = await sharp(ocr.images[0]).resize(160, 120, { fit: "fill" }).toColourspace("b-w").raw().toBuffer();
  const differs = [...pattern].filter((value, at) => Math.abs(value - (seen[at] ?? 0)) > 128).length;
  expect(differs / pattern.length).toBeLessThan(0.02);
});

test.each([
  ["GBK-EUC-H", "Adobe", "GB1", "d6d0b9fac6f3d2b5", "中国企业"],
  ["ETen-B5-H", "Adobe", "CNS1", "a4a4b0eaa5f8b77e", "中國企業"],
  ["UniGB-UCS2-H", "Adobe", "GB1", "4e2d56fd4f014e1a", "中国企业"],
])("text in %s needs no embedded font", async (encoding, registry, ordering, hex, wanted) => {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>",
    `<< /Length ${52 + hex.length * 4} >>\nstream\nBT /F 12 Tf 40 200 Td <${hex.repeat(4)}> Tj ET\nendstream`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /${encoding} /DescendantFonts [6 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (${registry}) /Ordering (${ordering}) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>`,
    "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
  ];
  const body = objects.map((each, at) => `${at + 1} 0 obj\n${each}\nendobj\n`).join("");
  const bytes = new TextEncoder().encode(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size 8 >>\n%%EOF\n`);
  const { source } = await ingest(bytes, { path: "x.pdf", order: orderPage });
  expect(source.text.trim()).toBe(wanted.repeat(4));
});

test("hundreds of pages are read in little memory, one bad page among them", async () => {
  const page: MadePage = { texts: [{ text: SENTENCE.slice(0, 30), x: 40, y: 200 }] };
  const broken: MadePage = { image: { ...photo, data: blank.subarray(0, 40) } };
  const pages = Array.from({ length: 300 }, (_, at) => (at === 150 ? broken : page));
  const before = process.memoryUsage().heapUsed;
  const { source } = await read(pages, new Recorder());
  expect(source.pages).toHaveLength(300);
  expect(source.lines.length).toBeGreaterThanOrEqual(299);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(120e6);
});
