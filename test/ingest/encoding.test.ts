import { expect, test } from "vitest";
import { decode } from "../../src/ingest/encoding.js";

const simplified = "全市共收集企业反映的问题二千八百七十五个，办结率百分之九十九，企业满意。";
const traditional = "全縣共受理業者疑難問題四千二百一十五件，已結案四千零一十八件，業者對服務的滿意度提高。";

/** Encodes by looking every character up in the decoder. */
function encode(text: string, encoding: "gb18030" | "big5"): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(new Uint8Array([lead, trail]));
      if ([...char].length === 1 && !table.has(char)) table.set(char, [lead, trail]);
    }
  }
  return new Uint8Array(
    [...text].flatMap((char) => (char.charCodeAt(0) < 128 ? [char.charCodeAt(0)] : (table.get(char) ?? [63]))),
  );
}

test.each([
  ["utf-8", new TextEncoder().encode(simplified), simplified],
  ["utf-8", new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(simplified)]), simplified],
  ["gb18030", encode(simplified, "gb18030"), simplified],
  ["gb18030", encode(traditional, "gb18030"), traditional],
  ["big5", encode(traditional, "big5"), traditional],
  ["utf-16le", new Uint8Array([0xff, 0xfe, ...Buffer.from(simplified, "utf16le")]), simplified],
  ["utf-16be", new Uint8Array([0xfe, 0xff, ...Buffer.from(simplified, "utf16le").swap16()]), simplified],
  ["utf-16le", new Uint8Array(Buffer.from(`${simplified}1284\n2022\n`, "utf16le")), `${simplified}1284\n2022\n`],
] as const)("%s is told by its bytes", (encoding, bytes, text) => {
  const decoded = decode(bytes);
  expect(decoded.encoding).toBe(encoding);
  expect(decoded.text).toBe(text);
});

test("a page that says gb2312 is read as GB18030", () => {
  expect(decode(encode("镕基、喆、㎡，企业问题", "gb18030"), "gb2312").text).toBe("镕基、喆、㎡，企业问题");
});

test("bytes that no encoding has are told with their place", () => {
  const bytes = new Uint8Array([...encode(simplified, "gb18030"), 0xff, 0x41]);
  expect(decode(bytes).undecodable.length).toBeGreaterThan(0);
});
