import type { Article, Normal, NormalBlock, Paragraph, Sentence } from "../doc/index.js";
import { sentencesOfChinese } from "./chinese.js";
import { sentencesOfEnglish } from "./english.js";

/**
 * Cuts the normal text into articles, paragraphs, sentences and clauses.
 * All spans are of the normal text. A newspaper page gives several articles,
 * each opened by a headline that a report's lead (本报讯, 记者 …) follows.
 */
export function segment(normal: Normal): readonly Article[] {
  const cut = normal.language === "en" ? sentencesOfEnglish : sentencesOfChinese;
  const starts = articleStarts(normal);
  return starts.map((first, index) => {
    const blocks = normal.blocks.slice(first, starts[index + 1] ?? normal.blocks.length);
    return toArticle(normal, blocks, cut);
  });
}

type Cut = (text: string, start: number, end: number) => Sentence[];

function toArticle(normal: Normal, blocks: readonly NormalBlock[], cut: Cut): Article {
  const paragraphs: Paragraph[] = blocks.map((block) => ({
    kind: block.kind,
    start: block.start,
    end: block.end,
    sentences: block.kind === "row" ? [] : cut(normal.text, block.start, block.end).flatMap(shortened),
  }));
  return {
    title: titleOf(normal, blocks),
    start: blocks[0]?.start ?? 0,
    end: blocks.at(-1)?.end ?? 0,
    paragraphs,
  };
}

/**
 * Longer than any sentence people write (of 90 clippings the longest has 369
 * characters, another 18 clauses): each number looks at its whole sentence, so
 * what runs on is cut, that no text takes more than its share of time.
 */
const LONGEST_SENTENCE = 600;
const MOST_CLAUSES = 40;
const LONGEST_CLAUSE = 400;

/** A sentence in pieces of bearable length, cut between clauses; clauses are cut where that does not help. */
function shortened(sentence: Sentence): Sentence[] {
  const isShort = (part: { start: number; end: number }, most: number) => part.end - part.start <= most;
  if (
    isShort(sentence, LONGEST_SENTENCE) &&
    sentence.clauses.length <= MOST_CLAUSES &&
    sentence.clauses.every((clause) => isShort(clause, LONGEST_CLAUSE))
  )
    return [sentence];
  const pieces: { start: number; end: number; clauses: { start: number; end: number }[] }[] = [];
  for (const clause of sentence.clauses.flatMap(inPieces)) {
    const last = pieces.at(-1);
    if (last && clause.end - last.start <= LONGEST_SENTENCE && last.clauses.length < MOST_CLAUSES) {
      last.end = clause.end;
      last.clauses.push(clause);
    } else pieces.push({ start: last ? clause.start : sentence.start, end: clause.end, clauses: [clause] });
  }
  const last = pieces.at(-1);
  if (last) last.end = sentence.end;
  return pieces;
}

function inPieces(clause: { start: number; end: number }): { start: number; end: number }[] {
  const pieces = [];
  for (let start = clause.start; start < clause.end; start += LONGEST_CLAUSE)
    pieces.push({ start, end: Math.min(clause.end, start + LONGEST_CLAUSE) });
  return pieces;
}

/** A report of its own opens like this, whatever stands above it. */
const LEAD =
  /^(?:本报(?:综合|讯|记者|通讯员)|新华社|据新华社|本网讯|中新网|中新社|本刊讯|[^，。]{0,12}(?:日讯|日电)|（?(?:通讯员|记者)\s*[^，。]{2,12}）)|^(?:[^，。]{0,10})(?:本报)?讯[（(]/;
const JUMP = /^（?(?:上接|下转|紧接)/;

/** Indexes of the blocks that open an article; the first block always does. */
function articleStarts(normal: Normal): number[] {
  const starts = [0];
  normal.blocks.forEach((block, index) => {
    const text = normal.text.slice(block.start, Math.min(block.end, block.start + 40));
    if (JUMP.test(text)) {
      starts.push(index);
      return;
    }
    if (!LEAD.test(text)) return;
    const headline = headlineBefore(normal, index);
    if (headline > (starts.at(-1) ?? 0)) starts.push(headline);
  });
  return starts.filter((start, index) => index === 0 || start !== starts[index - 1]);
}

/** The first of the short blocks without a full stop that stand right above block `index`. */
function headlineBefore(normal: Normal, index: number): number {
  let first = index;
  for (let at = index - 1; at > 0 && index - at <= 4; at--) {
    const block = normal.blocks[at];
    if (!block || !isHeadline(normal.text.slice(block.start, block.end))) break;
    first = at;
  }
  return first;
}

const isHeadline = (text: string) =>
  text.length <= 45 && !/[。；;]|[，,].*[，,].*[，,]/.test(text) && !/[。！？”]$/.test(text.replace(/[^。！？]”$/, ""));

/** Mastheads, menus, issue numbers and bylines that stand above a headline. */
const NO_TITLE =
  /^(?:首页|您(?:当前)?的?位置|当前位置|当前的位置|《|第\s?\d|（?第\s?\d+\s?期|A?\d{1,2}版?\s?要闻|\d{4}年|二[〇○零]|来源|发布|时间|责任编辑|编辑|记者|本报记者|【?记者|【本期|Source:|[Bb]y |No\. ?\d)|^[\p{Script=Han}]{2,6}(?:日报|晚报|早报|商报|时报|都市报)(?:[\s　]|$)|首页\s?[>|＞]|^[\p{Script=Han}、｜|>＞\s　]{2,14}[｜|>＞][\p{Script=Han}\s　]{2,8}$|星期[一二三四五六日]|www\./u;

function titleOf(normal: Normal, blocks: readonly NormalBlock[]): string | null {
  const textOf = (block: NormalBlock) => normal.text.slice(block.start, block.end).trim();
  const isUsable = (block: NormalBlock) => {
    if (block.kind === "furniture" || block.kind === "row") return false;
    const text = textOf(block);
    return text.length >= 4 && !NO_TITLE.test(text);
  };
  const first = blocks.find((block) => block.kind === "heading" && isUsable(block)) ?? blocks.find(isUsable);
  if (!first) return null;
  const text = textOf(first);
  return text.length <= 120 ? text : (/^[^。！？]{4,60}[。！？]/.exec(text)?.[0] ?? null);
}
