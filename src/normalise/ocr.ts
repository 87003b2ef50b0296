import { confusions, misreadWords, wronglyRead } from "./confusions.js";
import { applyEdits, type Draft, rewrite } from "./rewrite.js";

const UNIT = "[年月日曰号家户名人个令件条项场次份册本张元万方亿忆%％余多只台支期天余]";
const DIGITS = "[0-9OolI|]{1,12}";
/** Letters among digits, before a unit. */
const MIXED = new RegExp(
  `(?<![A-Za-z0-9])(?=[0-9OolI|]{0,12}[0-9])(?=[0-9]{0,12}[OolI|])${DIGITS}(?=[.,．。 ]?[0-9OolI]{0,12}\\s?${UNIT})`,
  "g",
);
const MIXED_TAIL = /(?<=[0-9][.,])[0-9OolI]{0,6}[OolI][0-9OolI]{0,6}(?=\s?[万方亿忆元%％家户名人个件条项])/g;
/** `l.4个`, `l O29家`: a letter for the whole part, or for the thousands. */
const LETTER_POINT = /(?<![A-Za-z0-9])[lI](?=[.．][0-9]{1,2}\s?[万方亿忆元%％个倍])/g;
const LETTER_GROUP = new RegExp(
  `(?<![A-Za-z0-9])(?=[0-9OolI ]{0,12}[OlI])[0-9lI]{1,3}(?:[ ,][0-9OolI]{3}){1,2}(?=\\s?${UNIT})`,
  "g",
);
const ALL_LETTERS = /(?<=[\u3400-\u9fff ])[lI]{1,3}[0O]*(?=[曰日月年家户名个件条项场次])/g;
const LETTER_MONTH = /(?<![A-Za-z0-9])I[OI2](?=月)/g;
const LIST_NUMBER = /(?<=^|[。；])[lI](?=[、．])/g;
const HAN_ZERO = /(?<=[一二三四五六七八九十〇零○][Oo0]?)[Oo0](?=[Oo0]?[一二三四五六七八九〇零○年])/g;
const HAN_DAY = /(?<=月[一二三四五六七八九十廿]{1,3})曰/g;
const ONE_UNIT = /(?<=\d)\s?(?:忆(?=元|[，。；、])|方(?=元|无)|令(?=[，。；、企问项其（]|$)|曰)/g;
const RIGHT_UNIT: Readonly<Record<string, string>> = { 忆: "亿", 方: "万", 令: "个", 曰: "日" };

/** 己 is a person, 已 what was done. */
const ALREADY =
  /(?<![自知律克异私利体舍为由])己(?=[经发办解累走兑完收化开销复帮落取达签向将把]|有\d|为\d|有[一二三四五六七八九十百千]|在[办建])/g;
const NOT_YET = /(?<![周月年季期岁])末(?=办[结理妥]|解决|化解|销号|了结)/g;

/** A letter beside a digit; without one, no number is misread. */
const BESIDE = /[0-9][OolI|]|[OolI|][0-9]/;

/** Whether a text shows what OCR does: letters in numbers, characters nobody writes. */
export function showsOcrDamage(text: string): boolean {
  MIXED.lastIndex = 0;
  return (BESIDE.test(text) && MIXED.test(text)) || confusions().evidence.test(text);
}

const digits = (text: string) => text.replace(/[Oo]/g, "0").replace(/[lI|]/g, "1");

/** What a digit may be read for. */
const LETTER = /[OolI|]/;

/** Letters that are digits. */
function mendLetters(draft: Draft): Draft {
  let mended = rewrite(draft, LETTER_GROUP, "ocr-digit", (match) => digits(match[0].replace(/ /g, "")));
  for (const pattern of [LETTER_POINT, MIXED, MIXED_TAIL, ALL_LETTERS, LETTER_MONTH, LIST_NUMBER])
    mended = rewrite(mended, pattern, "ocr-digit", (match) => digits(match[0]));
  return mended;
}

/** Mends misread characters: inside numbers where grammar decides, and words of the genre. */
export function mendOcr(draft: Draft): Draft {
  let mended = rewrite(draft, /(?<=\d)。(?=[0-9OolI]{1,2}\s?[亿忆万方%％])/g, "ocr-digit", () => ".");
  if (LETTER.test(mended.text)) mended = mendLetters(mended);
  mended = rewrite(mended, HAN_ZERO, "ocr-digit", () => "〇");
  mended = rewrite(mended, HAN_DAY, "ocr-digit", () => "日");
  mended = rewrite(mended, ONE_UNIT, "ocr-digit", (match) => RIGHT_UNIT[match[0].trim()]);
  mended = rewrite(mended, /(?<=\d\s?[万亿])无(?=[，。；、,;\s]|$)/g, "ocr-digit", () => "元");
  mended = applyEdits(mended, wronglyRead(mended.text), "ocr-word");
  mended = rewrite(mended, ALREADY, "ocr-word", () => "已");
  mended = rewrite(mended, NOT_YET, "ocr-word", () => "未");
  mended = rewrite(mended, /(?<![转交])办给(?=[\d率，。；、]|完毕)/g, "ocr-word", () => "办结");
  return applyEdits(mended, misreadWords(mended.text), "ocr-word");
}
