import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Draft, rewrite } from "./rewrite.js";

const ConfusionFile = z.object({ evidence: z.array(z.string()), words: z.record(z.string(), z.string()) });

interface Confusions {
  readonly evidence: RegExp;
  readonly words: RegExp;
  readonly right: Readonly<Record<string, string>>;
}

let loaded: Confusions | undefined;

function confusions(): Confusions {
  if (loaded) return loaded;
  const file = ConfusionFile.parse(
    JSON.parse(readFileSync(new URL("../../schemas/confusions.json", import.meta.url), "utf8")),
  );
  const alternatives = Object.keys(file.words).sort((a, b) => b.length - a.length);
  loaded = {
    evidence: new RegExp(file.evidence.join("|")),
    words: new RegExp(alternatives.join("|"), "g"),
    right: file.words,
  };
  return loaded;
}

const UNIT = "[年月日曰号家户名人个令件条项场次份册本张元万方亿忆%％余多只台支期天余]";
const MIXED = new RegExp(
  `(?<![A-Za-z0-9])(?=[0-9OolI|]*[0-9])(?=[0-9]*[OolI|])[0-9OolI|]+(?=[.,．。 ]?[0-9OolI]*\\s?${UNIT})`,
  "g",
);
const MIXED_TAIL = /(?<=[0-9][.,])[0-9OolI]*[OolI][0-9OolI]*(?=\s?[万方亿忆元%％家户名人个件条项])/g;
const ALL_LETTERS = /(?<=[\u3400-\u9fff ])[lI]{1,3}[0O]*(?=[曰日月年家户名个件条项场次])/g;

/** Whether a text shows what OCR does: letters in numbers, characters nobody writes. */
export function showsOcrDamage(text: string): boolean {
  MIXED.lastIndex = 0;
  return confusions().evidence.test(text) || MIXED.test(text);
}

/** Mends misread characters: inside numbers where grammar decides, and words of the genre. */
export function mendOcr(draft: Draft): Draft {
  const digits = (text: string) => text.replace(/[Oo]/g, "0").replace(/[lI|]/g, "1");
  let mended = rewrite(draft, /(?<=\d)。(?=[0-9OolI]{1,2}\s?[亿忆万方%％])/g, "ocr-digit", () => ".");
  for (const pattern of [MIXED, MIXED_TAIL, ALL_LETTERS])
    mended = rewrite(mended, pattern, "ocr-digit", (match) => digits(match[0]));
  mended = rewrite(
    mended,
    /(?<=[\d])\s?(?:忆(?=元|[，。；、])|方(?=元|无)|令(?=[，。；、企问项])|曰)/g,
    "ocr-digit",
    (match) => ({ 忆: "亿", 方: "万", 令: "个", 曰: "日" })[match[0].trim()],
  );
  mended = rewrite(mended, /(?<=\d\s?[万亿])无(?=[，。；、,;\s]|$)/g, "ocr-digit", () => "元");
  mended = rewrite(mended, /(?<=\d{1,2})月(?=底|末)/g, "ocr-digit", () => "月");
  const { words, right } = confusions();
  mended = rewrite(mended, words, "ocr-digit", (match) => right[match[0]]);
  return rewrite(mended, /(?<![转交])办给(?=[\d率，。；、]|完毕)/g, "ocr-digit", () => "办结");
}
