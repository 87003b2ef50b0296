import { type Draft, rewrite } from "./rewrite.js";

const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ％．＋－＄＆＠＃＝～　 \u2000-\u200a\u202f]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g;
/** Radicals that PDF fonts put in the place of characters. NFKC knows the Kangxi ones, not those of the supplement. */
const RADICALS = /[\u2e80-\u2fdf]/g;
const SUPPLEMENT: Readonly<Record<string, string>> = {
  "⺟": "母",
  "⺠": "民",
  "⺫": "目",
  "⺮": "竹",
  "⻁": "虎",
  "⻄": "西",
  "⻅": "见",
  "⻆": "角",
  "⻉": "贝",
  "⻋": "车",
  "⻓": "长",
  "⻔": "门",
  "⻘": "青",
  "⻙": "韦",
  "⻚": "页",
  "⻛": "风",
  "⻜": "飞",
  "⻝": "食",
  "⻢": "马",
  "⻣": "骨",
  "⻤": "鬼",
  "⻥": "鱼",
  "⻦": "鸟",
  "⻨": "麦",
  "⻩": "黄",
  "⻬": "齐",
  "⻮": "齿",
  "⻰": "龙",
  "⻳": "龟",
  "⺍": "小",
  "⺩": "王",
  "⻊": "足",
  "⻖": "阝",
  "⻞": "食",
  "⻑": "长",
  "⻒": "长",
  "⻧": "卤",
};

/** Full-width digits and letters → half width; invisible characters away; odd spaces → spaces. */
export function mendWidths(draft: Draft): Draft {
  const visible = rewrite(
    rewrite(draft, INVISIBLE, "width", () => ""),
    RADICALS,
    "width",
    (match) => SUPPLEMENT[match[0]] ?? match[0].normalize("NFKC"),
  );
  return rewrite(visible, FULL_WIDTH, "width", (match) => {
    const char = match[0];
    if (char === "　") return undefined;
    if (char === "～") return "~";
    const code = char.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : " ";
  });
}
