import { expect, test } from "vitest";
import { ClippingError } from "../../src/doc/index.js";
import { ingest } from "../../src/ingest/index.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = async (data: Uint8Array, path = "x.txt") => {
  try {
    await ingest(data, { path });
    return "read";
  } catch (error) {
    expect(error).toBeInstanceOf(ClippingError);
    expect((error as Error).message.length).toBeGreaterThan(10);
    return (error as ClippingError).code;
  }
};

// an empty document under a password, written by qpdf --encrypt
const encrypted = new Uint8Array(
  Buffer.from(
    "JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDAgL0tpZHMgWyBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ0YgPDwgL1N0ZENGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVTVjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3RoIDI1NiAvTyA8MjIzZjc2N2RmZDE1ZmUyYzMyMzI4NGFlNTM3N2MzMzJlZjljNzExNzk5MDA2Y2FkNGIyMmFlOTgwMmY1YzJmOWFlNmQ5ZmZhYTQxOTNhMWJlODQyYmRiYmQzODljMzBlPiAvT0UgPGNmYTkxNThlN2Y4NWZkNmYxODlkMWFmNmQ0YjVlMjdlMmIxOGM1ODUxNDE1ODg5OWFhNTQyZTAwNzM0YjI1MzA+IC9QIC00IC9QZXJtcyA8NWYxNzllMDJlMmZiZWY2Y2MxZDhiNTA1YmU3YzdmMDc+IC9SIDYgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8ZTgzNmM2MWEwY2Q0YWM4ZDdmM2Q0NjM0MDdjNTJkMDRhMGYzM2ZiYjUzMmM0MmU5ZWZjOWY4YjVmOTUxMzljMDU2MjZiM2UzNzk5OWEyMGE3OWI2YzM4MTk0MDFmYTQzPiAvVUUgPGZkMjEzYTAxNzZlZmFkZjU2MDMzZmE2MDJhMmMzODU5NTBhOTMzYjk4OWJiMzZkMmQ3ODFjZTZmN2VkN2E3NTE+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA0CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAxODMgMDAwMDAgbiAKdHJhaWxlciA8PCAvUm9vdCAxIDAgUiAvU2l6ZSA0IC9JRCBbPGVjNTUxMzZiMTQzYWNlNDA3NGI2YWQ5MDhjOGU3MzEzPjxlYzU1MTM2YjE0M2FjZTQwNzRiNmFkOTA4YzhlNzMxMz5dIC9FbmNyeXB0IDMgMCBSID4+CnN0YXJ0eHJlZgo3MzAKJSVFT0YK",
    "base64",
  ),
);
const random = Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256);
test.each([
  ["an empty file", new Uint8Array(), "x.pdf", "ingest/empty"],
  ["a PDF under a password", encrypted, "x.pdf", "ingest/encrypted"],
  ["a broken PDF", bytes("%PDF-1.7\nnothing here"), "x.pdf", "ingest/damaged"],
  [
    "a broken PNG",
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 1]),
    "x.png",
    "ingest/damaged",
  ],
  ["a binary named .txt", random, "x.txt", "ingest/binary"],
  ["a zip archive cut short", new Uint8Array([0x50, 0x4b, 3, 4, ...new Array(60).fill(0)]), "x.txt", "ingest/damaged"],
] as const)("%s is a typed failure", async (_, data, path, code) => {
  expect(await codeOf(data, path)).toBe(code);
});

const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>清河县办结率通报_清河网</title><script>var a="收集问题999个";</script></head>
<body><div class="nav"><a href="/">首页</a> <a href="/a">要闻</a></div><h1>清河县办结率通报</h1><p>发布时间：2022-05-06　来源：清河网</p>
<div id="content"><p>截至4月底，全县共收集<b>问题</b>755&nbsp;个，办结&#55;43个，&ldquo;回头看&rdquo;满意率达到百分之九十九，干部走访企业一千二百家次，企业普遍反映良好，各项工作正在有序推进之中。</p>
<p>下一步，全县将继续组织干部深入企业一线，了解企业的生产经营情况，帮助企业解决实际困难，确保各项政策落到实处，推动全县经济高质量发展。</p>
<table><tr><th>乡镇</th><th>收集（件）</th><th>办结（件）</th></tr><tr><td>城关镇</td><td>120</td><td>118</td></tr></table></div>
<div class="footer">版权所有 联系电话 12345</div></body></html>`;

test("a page gives its main text, title, date and publisher, and no script", async () => {
  const { source } = await ingest(bytes(page), { path: "x.html" });
  expect(source.kind).toBe("html");
  expect(source.metadata).toMatchObject({ title: "清河县办结率通报", publisher: "清河网", published: "2022-05-06" });
  const text = source.lines.map((line) => line.text).join("\n");
  expect(text).toContain("收集问题755");
  expect(text).not.toContain("999");
  expect(source.lines.filter((line) => line.role === "row").map((line) => line.text)).toEqual([
    "乡镇\t收集（件）\t办结（件）",
    "城关镇\t120\t118",
  ]);
});

test("every character of a page's lines leads back to the page", async () => {
  const { source } = await ingest(bytes(page), { path: "x.html" });
  for (const line of source.lines) {
    for (let at = 0; at < line.text.length; at++) {
      const char = line.text[at] as string;
      if (/\s/.test(char)) continue;
      const { start, end } = line.map.range(at, at + 1);
      const printed = source.text.slice(start, end);
      expect(printed === char || /^&[#\w]+;$/.test(printed), `${char} ← ${printed}`).toBe(true);
    }
  }
});
