import { type Draft, rewrite } from "./rewrite.js";

const HAN_OR_MARK = "\\u3400-\\u9fff〇，。；：、！？“”‘’《》（）〔〕【】—…";
const GROUPS = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,])/g;
const GROUP_COMMA = /(?<=\d) ?, ?(?=\d{3}(?!\d))/g;
const POINT = /(?<=\d) ?\. ?(?=\d)/g;
const DIGIT_HAN = new RegExp(`(?<=[\\d%]) +(?=[${HAN_OR_MARK}%])|(?<=[${HAN_OR_MARK}]) +(?=[\\d])`, "g");
const HAN_HAN = new RegExp(`(?<=[${HAN_OR_MARK}]) (?=[${HAN_OR_MARK}])`, "g");
const JUSTIFIED = new RegExp(`(?<=(?:^|[ ${HAN_OR_MARK}])[${HAN_OR_MARK}]) (?=[${HAN_OR_MARK}](?: |$))`, "g");
const WIDE = /[ \t　]{2,}/g;
const LATIN_HAN = new RegExp(`(?<=[${HAN_OR_MARK}]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[${HAN_OR_MARK}])`, "g");

/**
 * Closes spaces that stand for nothing: in numbers (93 000, 98 . 6%), beside
 * digits, between Han of running text and of justified lines. A space that
 * separates two phrases of a headline stays as one full-width space.
 */
export function closeSpaces(draft: Draft, options: { row: boolean; heading: boolean }): Draft {
  if (options.row)
    return rewrite(
      rewrite(draft, /[ \t　]{2,}|\t/g, "space", () => "\t"),
      GROUPS,
      "space",
      (match) => match[0].replace(/ /g, ""),
    );
  const wide = rewrite(draft, WIDE, "space", () => "　");
  const numbers = [GROUPS, GROUP_COMMA, POINT].reduce(
    (text, pattern) => rewrite(text, pattern, "space", (match) => match[0].replace(/ /g, "")),
    wide,
  );
  let closed = rewrite(
    rewrite(numbers, DIGIT_HAN, "space", () => ""),
    LATIN_HAN,
    "space",
    () => "",
  );
  closed = rewrite(closed, JUSTIFIED, "space", () => "");
  return rewrite(closed, HAN_HAN, "space", () => (options.heading ? "　" : ""));
}
