#!/usr/bin/env node
// Builds schemas/words.json (how common words and characters are) and
// schemas/pinyin.json (readings of traditional characters), which prove the
// repair of damaged text.
//
//   npm install --prefix DIR @node-rs/jieba@2 pinyin-pro@3 && node scripts/build-words.mjs DIR
//
// Words and counts: the dictionary of jieba (MIT, by Sun Junyi), and turns of the project's own corpus. Readings: pinyin-pro (MIT, by zh-lx).
// Characters of the dictionaries: opencc-js.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as preset from "opencc-js/preset/t2cn";

const from = resolve(process.argv[2] ?? ".");
const { pinyin } = createRequire(join(from, "package.json"))("pinyin-pro");
const schemas = fileURLToPath(new URL("../schemas/", import.meta.url));
/** Turns of the genre that dictionaries do not have, as they come to mind. */
const TURNS =
  "以解决 以服务 以推进 以落实 为抓手 为核心 为重点 为企业 帮企业 向企业 对企业 让企业 企业家 等行业 等部门 等单位 等问题 等措施 等方式 挂图作战 逐条 逐项 逐个 逐户 逐一 会办 包办 交办 转办 督办 领办 销号 包联 分包 助企 惠企 涉企 纾困 稳岗 留抵退税 减税降费 招商引资 营商环境 一企一策 一企一员 配件企业 组件企业 主体责任 压实责任 包保责任 规上企业 个体工商户 及时回应 件件有回音 事事有着落 专班 专人 专员 首席服务官 服务专员 台账 清单 闭环 跟踪 问效 走访 收集 梳理 办结 办结率 满意率 满意度 诉求 难题 堵点 痛点 截至 累计 其中 其余 目前 全市 全县 全区 全省 我市 我县 我区 协调解决 现场解决 正在办理 正在推进 推进中 办理中 职业培训 岗位补贴 转贷 续贷 授信 放款 产业园 产业链 龙头企业 重点企业 重点项目 散落在 分布在 坐落在 集中在";
/** Rarer words prove little and cost space. */
const LEAST = 60;

const words = new Map();
const characters = new Map();
const alone = new Map();
for (const line of readFileSync(join(from, "node_modules/@node-rs/jieba/dict.txt"), "utf8").split("\n")) {
  const [word = "", text = "0"] = line.split(" ");
  if (!/^[\u4e00-\u9fff]+$/.test(word)) continue;
  const count = Number(text);
  for (const char of word) characters.set(char, (characters.get(char) ?? 0) + count);
  if (word.length === 1) alone.set(word, count);
  else if (word.length <= 4 && count >= LEAST) words.set(word, count);
}
for (const [phrase, count] of phrasesOf(corpusText())) words.set(phrase, Math.max(count * 150, words.get(phrase) ?? 0));

for (const phrase of TURNS.split(" ")) words.set(phrase, Math.max(1500, words.get(phrase) ?? 0));

/** The simplified texts of the project's own corpus. */
function corpusText() {
  const corpus = fileURLToPath(new URL("../corpus/", import.meta.url));
  return readdirSync(corpus, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(corpus, entry.name, "source.txt")))
    .map((entry) => new TextDecoder().decode(readFileSync(join(corpus, entry.name, "source.txt"))))
    .filter((text) => !text.includes("\ufffd"))
    .join("\n");
}

/** Turns of the genre: sequences of two to four characters that stand several times in its texts. */
function phrasesOf(text) {
  const counts = new Map();
  for (const [run] of text.matchAll(/[\u4e00-\u9fff]+/g))
    for (let at = 0; at < run.length; at++)
      for (let length = 2; length <= 4 && at + length <= run.length; length++) {
        const phrase = run.slice(at, at + length);
        counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
      }
  return [...counts].filter(([phrase, count]) => count >= (phrase.length === 2 ? 4 : 3));
}

/** Keys by twice the logarithm to base two of their counts: {"30": "企业 问题"}. */
function byPower(counts, glue) {
  const groups = {};
  for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const power = Math.floor(2 * Math.log2(count));
    if (power < 6) continue;
    groups[power] = groups[power] ? groups[power] + glue + key : key;
  }
  return groups;
}

const comment =
  "How often words, characters, and characters as words of their own stand in a large corpus: keys are twice the logarithm to base two of the count. Built by scripts/build-words.mjs from the dictionary of jieba, Copyright (c) 2013 Sun Junyi, MIT licence, and the turns of this project's own corpus.";
writeFileSync(
  join(schemas, "words.json"),
  `${JSON.stringify({ $comment: comment, words: byPower(words, " "), characters: byPower(characters, ""), alone: byPower(alone, "") }, null, 1)}\n`,
);

const readings = {};
const seen = new Set();
for (const dictionary of preset.to.cn.flat()) {
  for (const pair of dictionary.split("|")) {
    const [char, to] = pair.split(" ");
    if (char.length !== 1 || char === to || seen.has(char)) continue;
    seen.add(char);
    for (const reading of pinyin(char, { multiple: true, type: "array" })) {
      if (/^[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+$/.test(reading)) readings[reading] = (readings[reading] ?? "") + char;
    }
  }
}
const sorted = Object.fromEntries(Object.entries(readings).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(
  join(schemas, "pinyin.json"),
  `${JSON.stringify({ $comment: "Traditional characters by their readings. Built by scripts/build-words.mjs with pinyin-pro (MIT, zh-lx).", readings: sorted }, null, 0).replace(/","/g, '",\n"')}\n`,
);
