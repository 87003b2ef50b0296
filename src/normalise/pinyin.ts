import type { Draft } from "./rewrite.js";
import { rewrite } from "./rewrite.js";

const TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêüĀÁǍÀĒÉĚÈŌÓǑÒ";
/** A syllable in brackets right behind a Han character: 業(yè). One syllable, with a tone mark, or bare where the page shows tones. */
const ANNOTATION = new RegExp(
  `(?<=[\\u3400-\\u9fff”])[（(](?=[a-z${TONED}]{1,6}[）)])[a-z]*[${TONED}]?[a-z]*[）)]`,
  "g",
);
const TONE = new RegExp(`[\\u3400-\\u9fff][（(][a-z]{0,4}[${TONED}][a-z]{0,3}[）)]`);

/** Takes out the pinyin that some sites write behind characters. */
export function dropPinyin(draft: Draft): Draft {
  if (!TONE.test(draft.text)) return draft;
  return rewrite(draft, ANNOTATION, "pinyin", () => "");
}
