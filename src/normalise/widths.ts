import type { Draft } from "./rewrite.js";
import { rewrite } from "./rewrite.js";

const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff〇";
const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ％．＋－＄＆＠＃＝～　 \u2000-\u200a\u202f]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g;
const HALF_MARKS: Readonly<Record<string, string>> = {
  ",": "，",
  ":": "：",
  ";": "；",
  "(": "（",
  ")": "）",
  "?": "？",
  "!": "！",
  ".": "。",
};

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

const BESIDE_HAN = new RegExp(`(?<=[${HAN}”’》）」』】%])\\s?[,:;?!]\\s?|[,:;?!](?=[${HAN}“‘《（「『【])`, "g");
const BRACKET = /[()]/g;
const IS_HAN = new RegExp(`[${HAN}]`);
const FULL_STOP = new RegExp(`(?<=[${HAN}”’》）%])\\s?[.．](?=\\s*(?:$|[^0-9A-Za-z.]))`, "g");
const AFTER_DIGIT = new RegExp(`(?<=\\d),(?=[${HAN}“‘《（])|(?<=\\d)\\.(?=[${HAN}“‘《]|$)`, "g");
const QUOTES = /[「」『』﹁﹂﹃﹄]/g;

/** Half-width marks beside Han → full width, never inside numbers; 「」 → “”. */
export function mendMarks(draft: Draft): Draft {
  if (!/[\u3400-\u9fff]/.test(draft.text)) return draft;
  let mended = rewrite(draft, QUOTES, "punctuation", (match) => (/[「『﹁﹃]/.test(match[0]) ? "“" : "”"));
  if (/[,:;?!().．]/.test(mended.text)) {
    mended = rewrite(mended, BESIDE_HAN, "punctuation", (match) =>
      match[0].trim() === "?" && !isQuestion(match) ? undefined : HALF_MARKS[match[0].trim()],
    );
    mended = rewrite(mended, BRACKET, "punctuation", (match) =>
      isHanBracket(match.input, match.index) ? HALF_MARKS[match[0]] : undefined,
    );
    mended = rewrite(mended, FULL_STOP, "punctuation", () => "。");
    mended = rewrite(mended, AFTER_DIGIT, "punctuation", (match) =>
      isListNumber(match) ? undefined : HALF_MARKS[match[0]],
    );
  }
  return mended;
}

/** How far back the bracket that a closing one belongs to may lie. */
const BRACKET_REACH = 122;

/** A bracket beside Han, or one of a pair with Han between. */
function isHanBracket(text: string, at: number): boolean {
  if (IS_HAN.test(text[at - 1] ?? "") || IS_HAN.test(text[at + 1] ?? "")) return true;
  const step = text[at] === "(" ? 1 : -1;
  let han = false;
  for (let other = at + step; other >= 0 && other < text.length; other += step) {
    const char = text[other] as string;
    if (char === "(" || char === ")") return han && char !== text[at];
    if (step < 0 && at - other > BRACKET_REACH) return false;
    han ||= IS_HAN.test(char);
  }
  return false;
}

/** A question mark ends a question; on converted pages it may stand for a byte that was lost. */
function isQuestion(match: RegExpExecArray): boolean {
  const clause = match.input.slice(Math.max(0, match.index - 30), match.index).replace(/^.*[，。；：！,.;]/, "");
  return /[吗呢么什怎何谁哪几]|多少|是否|能否|可否|如何/.test(clause);
}

/** `1.企业` at the start of a block: the dot of a list number stays. */
function isListNumber(match: RegExpExecArray): boolean {
  return (
    match[0] === "." &&
    /(?:^|[。；\s])\d{1,2}$/.test(match.input.slice(Math.max(0, match.index - 4), match.index)) &&
    match.index < match.input.length - 1
  );
}
