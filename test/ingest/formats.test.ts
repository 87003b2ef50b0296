import { deflateRawSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { ClippingError } from "../../src/doc/index.js";
import { ingest } from "../../src/ingest/index.js";
import { changeLimits, limitsTold } from "../../src/ingest/limits.js";
import { extractBytes } from "../../src/pipeline.js";
import { cell, docxOf, docxParts, paragraph, table, zipOf } from "./docx-maker.js";

afterEach(() => changeLimits(Object.fromEntries(limitsTold().map(({ name, usual }) => [name, usual]))));

const failureOf = async (bytes: Uint8Array, path = "x.docx"): Promise<ClippingError> =>
  ingest(bytes, { path }).then(
    () => {
      throw new Error("it was read");
    },
    (cause: ClippingError) => {
      expect(cause).toBeInstanceOf(ClippingError);
      return cause;
    },
  );
const linesOf = async (bytes: Uint8Array) => (await ingest(bytes, { path: "x" })).source.lines;

const body =
  paragraph("惠济区企业服务简报", "1") +
  paragraph("目录……1", "T1") +
  paragraph("截至2022年6月30日，惠济区收集问题200个，办结190个。") +
  table(
    [cell("乡镇"), cell("收集（件）"), cell("办结（件）")],
    [cell("城关镇", '<w:vMerge w:val="restart"/>'), cell("120"), cell("118")],
    [cell("", "<w:vMerge/>"), cell("合计180", '<w:gridSpan w:val="2"/>')],
  );

test("a Word document gives headings, paragraphs and rows whose columns stay columns", async () => {
  const lines = await linesOf(await docxOf(body));
  expect(lines.map(({ text, role }) => [role ?? "body", text])).toEqual([
    ["heading", "惠济区企业服务简报"],
    ["furniture", "目录……1"],
    ["body", "截至2022年6月30日，惠济区收集问题200个，办结190个。"],
    ["row", "乡镇\t收集（件）\t办结（件）"],
    ["row", "城关镇\t120\t118"],
    ["row", "\t合计180\t"],
  ]);
});

test("figures of a Word document slice to their numbers; its properties say the title where no heading does", async () => {
  const read = await extractBytes(await docxOf(body), { path: "x.docx" });
  expect(read.kind).toBe("docx");
  expect(read.about.title).toBe("惠济区企业服务简报");
  const resolved = read.figures.find(({ indicator }) => indicator === "problem.resolved");
  expect(resolved?.value).toBe(190);
  expect(read.text.slice(resolved?.at.start, resolved?.at.end)).toContain("190");
  const { source } = await ingest(await docxOf(paragraph("收集问题200个")), { path: "x" });
  expect(source.metadata.title).toBe("企业服务 & 简报");
});

test("footnotes that refer to themselves are read once", async () => {
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const note = '<w:r><w:footnoteReference w:id="2"/></w:r>';
  const bytes = await docxOf(`<w:p><w:r><w:t>正文</w:t></w:r>${note}</w:p>`, {
    "word/footnotes.xml": `<w:footnotes ${w}><w:footnote w:id="2"><w:p><w:r><w:t>注</w:t></w:r>${note}</w:p></w:footnote></w:footnotes>`,
    "word/_rels/document.xml.rels":
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
  });
  expect((await linesOf(bytes)).map(({ text }) => text)).toEqual(["正文", "注"]);
});

/** Bytes of an escaped text in a code page. GBK and Big5 of 河南收集问题 were made with Python's codecs. */
const GBK = "\\'ba\\'d3\\'c4\\'cf\\'ca\\'d5\\'bc\\'af\\'ce\\'ca\\'cc\\'e2";
const BIG5 = "\\'aae\\'abn\\'a6\\'ac\\'b6\\'b0\\'b0\\'dd\\'c3D";
const rtf = (text: string) => Buffer.from(`{\\rtf1\\ansi${text}}`, "latin1");

test.each([
  ["GBK by the document's code page", `\\ansicpg936 ${GBK}200\\par`, "河南收集问题200"],
  ["Big5 by the document's code page", `\\ansicpg950 ${BIG5}200\\par`, "河南收集問題200"],
  [
    "GBK by the font",
    `\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 SimSun;}}\\f1 ${GBK}\\f0  200\\par`,
    "河南收集问题 200",
  ],
  [
    "raw bytes whose second one is a brace",
    "\\ansicpg936 \u0081\u007d\u0081\u005c5\\par",
    Buffer.from([0x81, 0x7d, 0x81, 0x5c]),
  ],
  ["Unicode with a fallback of two bytes", "\\ansicpg936\\uc2\\u27827\\'ba\\'d3\\u21335\\'c4\\'cf200\\par", "河南200"],
  ["a number above 32767 as a negative one", "\\uc1\\u-28719?\\par", "近"],
  [
    "groups that are no text",
    "{\\fonttbl{\\f0 Arial;}}{\\info{\\author X}}{\\header 页眉}{\\*\\unknown x}{\\pict ffd8}{\\v 藏}A\\bin3 }}}B\\par",
    "AB",
  ],
  ["a shape's text", " A\\par{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt B\\par}}}", "A\nB"],
] as const)("RTF: %s", async (_, text, expected) => {
  const wanted = typeof expected === "string" ? expected : `${new TextDecoder("gbk").decode(expected)}5`;
  expect((await linesOf(rtf(text))).map((line) => line.text).join("\n")).toBe(wanted);
});

test("RTF: rows of tables, headings, the title, and a document that breaks off", async () => {
  const text =
    "\\ansicpg936{\\info{\\title Report}}\\pard\\outlinelevel0 Head\\par\\pard Text\\line more\\par" +
    "\\trowd\\cellx1\\cellx2\\pard\\intbl Town\\cell Problems\\par (items)\\cell\\row\\trowd\\pard\\intbl A\\cell 12\\cell\\row\\pard End\\par";
  const { source, messages } = await ingest(rtf(text), { path: "x.rtf" });
  expect(source.lines.map((line) => [line.role ?? "body", line.text])).toEqual([
    ["heading", "Head"],
    ["body", "Text"],
    ["body", "more"],
    ["row", "Town\tProblems (items)"],
    ["row", "A\t12"],
    ["body", "End"],
  ]);
  expect([source.kind, source.metadata.title, messages]).toEqual(["rtf", "Head", []]);
  const cut = await ingest(rtf(text).subarray(0, -20), { path: "x.rtf" });
  expect(cut.messages.map(({ code, level }) => [code, level])).toEqual([["ingest/damaged", "error"]]);
});

const compound = (...names: string[]) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(600),
    ...names.map((name) => Buffer.from(`${name}\0`, "utf16le")),
  ]);
const text = (value: string) => Buffer.from(value, "latin1");
test.each([
  ["x.doc", compound("WordDocument"), "soffice --headless --convert-to docx"],
  ["x.xls", compound("Workbook"), "Excel workbook"],
  ["x.ppt", compound("PowerPoint Document"), "presentation"],
  ["x.wps", compound("WordDocument", "WpsCustomData"), ".wps"],
  ["x.xlsx", zipOf({ "xl/workbook.xml": "" }), ".xlsx"],
  ["x.pptx", zipOf({ "ppt/presentation.xml": "" }), ".pptx"],
  ["x.ofd", zipOf({ "OFD.xml": "" }), "GB/T 33190"],
  ["x.epub", zipOf({ mimetype: "application/epub+zip", "META-INF/container.xml": "" }), "e-book"],
  ["x.odt", zipOf({ mimetype: "application/vnd.oasis.opendocument.text" }), "OpenDocument text"],
  ["x.zip", zipOf({ "a.txt": "收集问题200个" }), "unpack it"],
  ["x.7z", Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, ...new Array(200).fill(0)]), "unpack it"],
  ["x.gz", Buffer.from([0x1f, 0x8b, 8, ...new Array(60).fill(0)]), "unpack it"],
  ["x.mp4", Buffer.from([0, 0, 0, 0x18, ...text("ftypisom"), ...new Array(60).fill(0)]), "a video"],
  [
    "x.mht",
    text("From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"),
    "save the page",
  ],
  ["x.caj", text("CAJ\0\0\0\0"), "CNKI"],
] as const)("%s is unsupported, with what to do", async (path, bytes, hint) => {
  const { code, message } = await failureOf(await bytes, path);
  expect([code, message]).toEqual(["ingest/unsupported", expect.stringContaining(hint)]);
});

test("a document under a password is told as one", async () => {
  expect((await failureOf(compound("EncryptedPackage"))).code).toBe("ingest/encrypted");
});

test.each([
  ["archiveEntries", 3, "entries"],
  ["inflatedBytes", 100, "the container inflates to"],
  ["nesting", 4, "nests"],
  ["textCharacters", 10, "characters"],
  ["fileBytes", 100, "bytes"],
] as const)("the limit %s is named where it is passed", async (name, value, what) => {
  changeLimits({ [name]: value });
  const { code, message } = await failureOf(await docxOf(body));
  expect([code, message]).toEqual(["ingest/too-large", expect.stringMatching(new RegExp(`${what}.*limit ${name}`))]);
});

test("what inflates to more than the container claims is found out while it inflates", async () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000));
  const zip = await zipOf(docxParts(body));
  // the claim of word/document.xml stays, its bytes are others
  const name = Buffer.from("word/document.xml");
  const local = zip.indexOf(name);
  const central = zip.lastIndexOf(name);
  const start = local + name.length + zip.readUInt16LE(local - 2);
  const old = zip.readUInt32LE(central - 26);
  const forged = Buffer.concat([zip.subarray(0, start), bomb, zip.subarray(start + old)]);
  const shift = bomb.length - old;
  for (let at = forged.indexOf("PK\u0001\u0002"); at >= 0; at = forged.indexOf("PK\u0001\u0002", at + 4)) {
    if (forged.readUInt32LE(at + 42) > local) forged.writeUInt32LE(forged.readUInt32LE(at + 42) + shift, at + 42);
    if (forged.subarray(at + 46).indexOf(name) === 0) forged.writeUInt32LE(bomb.length, at + 20);
  }
  const end = forged.lastIndexOf("PK\u0005\u0006");
  forged.writeUInt32LE(forged.readUInt32LE(end + 16) + shift, end + 16);
  expect((await failureOf(forged)).code).toBe("ingest/damaged");
  changeLimits({ inflatedBytes: 1_000_000 });
  expect((await failureOf(forged)).message).toContain("limit inflatedBytes");
});

test.each([
  ["cut", async () => (await docxOf(body)).subarray(0, 700)],
  ["without a body", () => docxOf(body, { "word/document.xml": "<w:document/>" })],
  ["whose XML is none", () => docxOf(body, { "word/document.xml": "\u0001\u0002<<<" })],
] as const)("a document %s is damaged", async (_, make) => {
  expect((await failureOf(await make())).code).toBe("ingest/damaged");
});

test("entities of a DTD are neither read from elsewhere nor grown", async () => {
  const dtd = (body: string, entities: string) =>
    docxParts("")
      ["word/document.xml"].replace("?>", `?><!DOCTYPE x [${entities}]>`)
      .replace("<w:body>", `<w:body>${body}`);
  for (const entities of ['<!ENTITY a SYSTEM "file:///etc/passwd">', `<!ENTITY a "${"lol".repeat(100)}">`]) {
    const bytes = await docxOf("", { "word/document.xml": dtd(paragraph("A&a;B"), entities) });
    const read = await ingest(bytes, { path: "x" }).catch((cause: ClippingError) => cause);
    if (read instanceof ClippingError) expect(read.code).toBe("ingest/damaged");
    else expect(read.source.text).not.toMatch(/root|lol/);
  }
});
