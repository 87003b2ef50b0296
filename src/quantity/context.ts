import { readFileSync } from "node:fs";
import { z } from "zod";
import type { UnitMatch } from "../catalogue/units.js";
import type { Quantity } from "../doc/index.js";

/** 年产10万台项目, 5万吨级码头: what a works can do, not what was done. */
const CAPACITY_BEFORE =
  /(?:[年月日]|设计|生产)(?:产能?|加工|处理|屠宰|出栏|存栏|能力)(?:能力|规模)?(?:达到?|约|近|超|为)?$/;
/** The last characters of what CAPACITY_BEFORE finds: most numbers are told by one look. */
const CAPACITY_ENDS = new Set("产能工理宰栏力模达到约近超为");
const isCapacity = (text: string, at: number): boolean =>
  CAPACITY_ENDS.has(text[at - 1] ?? "") && CAPACITY_BEFORE.test(text.slice(Math.max(0, at - 6), at));
const BATCHES = "批次期组路片步";
const RANKED = "批名位季个期";
const SLOGAN_QUOTES = "“《‘";

/** What a number with a measure word is when it counts nothing: 第三批, “四个50”, 1+3项. */
export function notQuantity(text: string, at: number, unitEnd: number, han: boolean, unit: UnitMatch): Quantity["not"] {
  const before = text[at - 1] ?? "";
  const after = text[unitEnd] ?? "";
  const measure = unit.word[0] ?? "";
  if (unit.unit.kind !== "money" && (after === "级" || isCapacity(text, at))) return "word";
  if (before === "第") return "ordinal";
  if (before === "分" && BATCHES.includes(measure)) return "word";
  if ((before === "前" || before === "头") && RANKED.includes(measure)) return "ordinal";
  if (isPlus(before) || isPlus(after)) return "slogan";
  if (han && SLOGAN_QUOTES.includes(before) && before !== "") return "slogan";
  if (after === "”" && "条项个".includes(unit.word)) return "slogan";
  if (han && /^[\d“]/.test(after)) return "slogan";
  if (han && text[at] === "一" && /^[一二三四五六七八九]/.test(after)) return "slogan";
  return !han && /[A-Za-z∶:/]/.test(before) ? "code" : undefined;
}

const isPlus = (char: string) => char === "+" || char === "＋";

const MoneyWords = z.object({
  money: z.object({ $comment: z.string().optional(), nouns: z.array(z.string()), between: z.array(z.string()) }),
});
let moneyBefore: RegExp | undefined;

/** Whether what stands right before a number says that it is money: 投资20亿, 贷款总额达3亿. */
export function isMoneyBefore(text: string, at: number): boolean {
  moneyBefore ??= loadMoneyBefore();
  return moneyBefore.test(text.slice(Math.max(0, at - 14), at));
}

function loadMoneyBefore(): RegExp {
  const path = new URL("../../schemas/number-words.json", import.meta.url);
  const { money } = MoneyWords.parse(JSON.parse(readFileSync(path, "utf8")));
  return new RegExp(`(?:${money.nouns.join("|")})(?:${money.between.join("|")}){0,3}$`);
}
