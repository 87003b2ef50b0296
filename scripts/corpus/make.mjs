// Makes the clippings that need bytes or damage a text editor cannot write: encodings, hard wraps, pinyin and shifted-GBK damage.
//
//   node scripts/corpus/make.mjs        (from the project root; needs opencc-js, no Debian package)
//
// Reads scripts/corpus/clean/*, writes corpus/<slug>/source.*; the same bytes every time.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as OpenCC from "opencc-js";
import { decodeLossily, encode } from "./gbk.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const corpus = join(here, "../../corpus");
const clean = (name) => readFileSync(join(here, "clean", name), "utf8");
const write = (slug, file, data) => {
  mkdirSync(join(corpus, slug), { recursive: true });
  writeFileSync(join(corpus, slug, file), data);
};

// --- simplified → traditional, one to one, as the converting sites do it
const toTraditional = OpenCC.Converter({ from: "cn", to: "t" });
const stays = new Set("后干余云里系于台只面几斗松制准采占");
const mended = new Map([
  ["为", "為"],
  ["众", "眾"],
  ["启", "啟"],
  ["污", "污"],
  ["峰", "峰"],
  ["群", "群"],
  ["吃", "吃"],
  ["线", "線"],
  ["着", "着"],
]);
const traditional = (text) => [...text].map((c) => (stays.has(c) ? c : (mended.get(c) ?? toTraditional(c)))).join("");
const halfMarks = new Map([..."，：；！？（）"].map((c, i) => [c, ",:;!?()"[i]]));
const halfWidth = (text) => text.replace(/[，：；！？（）]/g, (c) => halfMarks.get(c));

// --- A. each occurrence of a table character's two bytes, aligned or not, becomes X(pinyin)
function annotate(text, table) {
  const bytes = encode(text, "gbk");
  const entries = [...table].map(([char, pinyin]) => [encode(char, "gbk"), encode(`(${pinyin})`, "gbk")]);
  const out = [];
  for (let i = 0; i < bytes.length; i++) {
    const entry = entries.find(([[lead, trail]]) => bytes[i] === lead && bytes[i + 1] === trail);
    out.push(bytes[i]);
    if (entry) out.push(bytes[++i], ...entry[1]);
  }
  return halfWidth(decodeLossily(out));
}

// --- B. the bytes are split at the bytes of one mark after another, and joined again
function cut(text) {
  const marks = [..."！？；：，。”“"];
  const split = (bytes, left) => {
    if (left.length === 0) return decodeLossily(bytes);
    const [mark, ...rest] = left;
    const [lead, trail] = encode(mark, "gbk");
    const parts = [[]];
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === lead && bytes[i + 1] === trail) {
        parts.push([]);
        i++;
      } else parts.at(-1).push(bytes[i]);
    }
    return parts.map((part) => split(part, rest)).join(mark);
  };
  return split(encode(text, "gbk"), marks);
}

const pairs = (text) =>
  text
    .trim()
    .split(/\s+/)
    .map((x) => [x.slice(0, 1), x.slice(1)]);
const anxiTable =
  pairs(`業yè 產chǎn 務wù 動dòng 關guān 問wèn 題tí 銷xiāo 幹gàn 縣xiàn 財cái 資zī 貸dài 轉zhuǎn 額é 項xiàng 績jī 經jīng 濟jì
  辦bàn 對duì 機jī 構gòu 種zhǒng 級jí 開kāi 電diàn 話huà 倉cāng 庫kù 員yuán 鐵tiě 國guó 誰shuí 記jì 錄lù 滿mǎn 緩huǎn 稅shuì 費fèi 現xiàn 個gè 勞láo 協xié
  戶hù 場chǎng 團tuán 參cān 長zhǎng 陽yáng 報bào 編biān 輯jí 進jìn 邊biān 過guò 達dá 運yùn 輸shū 萬wàn 億yì 領lǐng`);
write("anxi-pinyin", "source.txt", annotate(traditional(clean("anxi-pinyin.txt")), anxiTable));

// a site that annotates only a few characters: on this page they occur across character boundaries alone
const renhuaiTable = pairs("績jī 劇jù");
write("renhuai-converted", "source.txt", annotate(traditional(clean("renhuai-converted.txt")), renhuaiTable));

write("tongliang-cut", "source.txt", cut(traditional(clean("tongliang-cut.txt"))));

// --- hard wraps: # a line as it stands, ¶ a column break in mid-sentence, § a caption
function wrap(text, width) {
  const lines = [];
  for (const line of text.trimEnd().split("\n")) {
    if (line.startsWith("#")) lines.push(line.slice(1));
    else if (line.startsWith("§")) lines.push("", ...fold(line.slice(1), width), "");
    else line.split("¶").forEach((part, i) => lines.push(...(i ? ["", ""] : []), ...fold(part, width)));
  }
  return `${lines.join("\n")}\n`;
}
function fold(text, width) {
  const spaced = text.replace(/(?<=\p{Script=Han})(?=\d)/gu, " ").replace(/(\d) (?=\d)/g, "$1");
  const words = spaced.match(/\d[\d.%]*| |[^\d ]/gu);
  const lines = [];
  let line = "";
  let used = 0;
  for (const word of words) {
    const w = [...word].reduce((n, c) => n + (c.charCodeAt(0) < 0x80 ? 0.5 : 1), 0);
    if (used + w > width && !/^[，。、；：”）]/u.test(word)) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (line === "" && word === " ") continue;
    line += word;
    used += w;
  }
  lines.push(line);
  return lines;
}
write("qianan-paper", "source.txt", wrap(clean("qianan-paper.txt"), 15));

// --- encodings
write("dongguan-big5", "source.txt", new Uint8Array(encode(clean("dongguan-big5.txt"), "big5")));
write("haicheng-gb18030", "source.txt", new Uint8Array(encode(clean("haicheng-gb18030.txt"), "gb18030")));
write("zhuji-utf16", "source.txt", Buffer.from(`\ufeff${clean("zhuji-utf16.txt")}`, "utf16le"));

// --- a web page in GBK that calls itself gb2312, with a table
const rows = [
  ["袁州区", 2105, 486, 462, 98.9],
  ["丰城市", 2640, 612, 590, 99.1],
  ["樟树市", 1876, 437, 425, 99.4],
  ["高安市", 2418, 571, 538, 98.2],
  ["奉新县", 1302, 298, 291, 99.0],
  ["万载县", 1187, 264, 249, 97.8],
  ["上高县", 1354, 305, 300, 99.6],
  ["宜丰县", 1096, 247, 238, 98.8],
  ["靖安县", 689, 142, 142, 100],
  ["铜鼓县", 573, 118, 111, 98.3],
];
const sum = (n) => rows.reduce((total, row) => total + row[n], 0);
const html = [...rows, ["全市合计", sum(1), sum(2), sum(3), 98.9]]
  .map(([name, visits, got, done, happy]) => [
    name,
    visits,
    got,
    done,
    done === got ? "100" : ((100 * done) / got).toFixed(1),
    happy === 100 ? "100" : happy.toFixed(1),
  ])
  .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
  .join("\n");
write("yichun-table", "source.html", new Uint8Array(encode(clean("yichun-table.html").replace("@ROWS@", html), "gbk")));
