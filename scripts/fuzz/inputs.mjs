// What the fuzzer tries: bytes without end, the same for the same seed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomFrom } from "./random.mjs";

const corpus = fileURLToPath(new URL("../../corpus/", import.meta.url));

/** Text and HTML clippings of the corpus, as bytes. */
const clippings = readdirSync(corpus, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) =>
    ["source.txt", "source.html"].map((name) => join(corpus, entry.name, name)).filter((path) => existsSync(path)),
  )
  .map((path) => readFileSync(path));
const texts = clippings.map((bytes) => new TextDecoder().decode(bytes)).filter((text) => !text.includes("\ufffd"));

/** Pieces of the genre; repeated without end, each is a trap for some loop or pattern. */
const PIECES = [
  "1",
  "12,345",
  "1 ",
  "9".repeat(40),
  "3.14.15",
  "1.5万",
  "三万二千",
  "一",
  "百分之",
  "亿",
  "万",
  "两三",
  "％",
  "‰",
  "个",
  "家次",
  "余",
  "约",
  "分别为",
  "其中",
  "（",
  "(",
  ")",
  "）",
  "“",
  "《",
  "〔2021〕",
  "「",
  "[",
  "{",
  "<",
  "<p>",
  "</div>",
  "问题",
  "收集问题",
  "办结",
  "办结率",
  "企业",
  "贷款",
  "贷",
  "走访企业12家次，",
  "收集、办结问题分别为1个和2个，",
  "2021年",
  "1月",
  "6月30日",
  "截至",
  "截至2022年6月30日",
  "今年以来，",
  "上半年",
  "去年同期",
  "自2月18日以来，截至",
  "河南省",
  "郑州市",
  "全市",
  "我县",
  "朝阳区",
  "开封",
  "Kaifeng ",
  "Zhengzhou City ",
  "Co., Ltd. ",
  "，",
  "。",
  "；",
  "、",
  "：",
  "\n",
  "\t",
  "\r\n",
  "\n\n",
  " ",
  "　",
  "\u200b",
  "\ufeff",
  "-",
  "—",
  "…",
  ".",
  ",",
  "million ",
  "twenty-",
  "hundred and ",
  "100 million yuan ",
  "percent ",
  "O",
  "l0O",
  "業(yè)",
  "問題２８７５個",
  "墒肿ィ越鉀Q",
  "a",
  "A.",
  "Mr. ",
  "1+",
  "“13710”",
  "第",
  "一、",
  "1、",
  "①",
  "| ",
  "a\tb\tc\n",
  "1\t2\t3\n",
  "\0",
  "\ud800",
  "\udc00",
  "𠀀",
  "é",
  "e\u0301",
];
const UNICODE = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x2e80, 0x9fff],
  [0xac00, 0xd7ff],
  [0xd800, 0xdfff],
  [0xe000, 0xffff],
  [0x3000, 0x303f],
  [0xff00, 0xffef],
];
const ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-16le", "latin1"];

/** Yields `{ kind, bytes }` for ever. */
export function* inputs(seed) {
  const random = randomFrom(seed);
  const kinds = { mutated, spliced, random: unicode, repeated, nested, damaged, pieces };
  const names = Object.keys(kinds);
  for (let turn = 0; ; turn++) {
    const kind = names[turn % names.length];
    const made = kinds[kind](random);
    yield { kind, bytes: typeof made === "string" ? encode(made, random) : made };
  }
}

function encode(text, random) {
  const encoding = random.pick(ENCODINGS);
  return new Uint8Array(Buffer.from(text, encoding));
}

function mutated(random) {
  const text = [...random.pick(texts)];
  for (let times = random.below(30) + 1; times > 0; times--) {
    const at = random.below(text.length);
    const length = random.below(6);
    if (random.chance(0.3)) text.splice(at, length);
    else if (random.chance(0.5)) text.splice(at, length, random.pick(PIECES));
    else text.splice(at, 0, ...text.slice(random.below(text.length)).slice(0, random.below(80)));
  }
  return text.join("");
}

function spliced(random) {
  let text = "";
  for (let times = random.below(6) + 2; times > 0; times--) {
    const other = random.pick(texts);
    const from = random.below(other.length);
    text += other.slice(from, from + random.below(400)) + (random.chance(0.3) ? "\n" : "");
  }
  return random.chance(0.2) ? text.replace(/[。\n]/g, "") : text;
}

function unicode(random) {
  let text = "";
  for (let length = random.below(3000); length > 0; length--) {
    const [low, high] = random.pick(UNICODE);
    text += String.fromCharCode(low + random.below(high - low + 1));
    if (random.chance(0.1)) text += random.pick(PIECES);
  }
  return text;
}

/** One or two pieces, over and over: up to 100,000 times, or 300,000 characters. */
function repeated(random) {
  const unit =
    random.pick(PIECES) +
    (random.chance(0.6) ? random.pick(PIECES) : "") +
    (random.chance(0.3) ? random.pick(PIECES) : "");
  const most = random.pick([1000, 10_000, 60_000, 300_000]);
  const text = unit.repeat(Math.min(100_000, Math.ceil(most / unit.length)));
  return random.chance(0.3) ? random.pick(texts).slice(0, 200) + text : text;
}

function nested(random) {
  const depth = random.pick([10, 1000, 20_000]);
  const [open, close] = random.pick([
    ["（", "）"],
    ["(", ")"],
    ["“", "”"],
    ["《", "》"],
    ["<div>", "</div>"],
    ["<table><tr><td>", "</td></tr></table>"],
    ["[", "]"],
  ]);
  const middle = random.pick(["收集问题12个", "1", "", "企业"]);
  return open.repeat(depth) + middle + (random.chance(0.7) ? close.repeat(depth) : "");
}

function damaged(random) {
  const bytes = Uint8Array.from(random.pick(clippings));
  const cut = random.chance(0.3) ? bytes.slice(random.below(bytes.length)) : bytes;
  for (let times = random.below(40) + 1; times > 0 && cut.length > 0; times--)
    cut[random.below(cut.length)] = random.below(256);
  return cut;
}

function pieces(random) {
  let text = "";
  for (let length = random.below(600) + 1; length > 0; length--) text += random.pick(PIECES);
  return text;
}
