import { type Draft, rewrite } from "./rewrite.js";

const TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêüĀÁǍÀĒÉĚÈŌÓǑÒ";
/** A syllable in brackets right behind a Han character: 業(yè). One syllable, with a tone mark, or bare where the page shows tones. */
const ANNOTATION = new RegExp(
  `(?<=[\\u3400-\\u9fff”])[（(](?=[a-z${TONED}]{1,6}[）)])[a-z]{0,6}[${TONED}]?[a-z]{0,6}[）)]`,
  "g",
);
const TONE = new RegExp(`[\\u3400-\\u9fff][（(][a-z]{0,4}[${TONED}][a-z]{0,3}[）)]`);

/** Whether a page annotates its characters. */
export const showsPinyin = (page: string): boolean => TONE.test(page);

/** Takes out the pinyin that some sites write behind characters. */
export const dropPinyin = (draft: Draft): Draft => rewrite(draft, ANNOTATION, "pinyin", () => "");
