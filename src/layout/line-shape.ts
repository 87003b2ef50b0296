import type { SourceLine } from "../doc/index.js";

/** What a line of plain text looks like. */
export interface Shape {
  readonly line: SourceLine;
  readonly text: string;
  /** Columns taken on a screen: Han 2, others 1. */
  readonly width: number;
  readonly indent: number;
  /** Blank lines right before. */
  readonly blanksBefore: number;
}

export function displayWidth(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += text.charCodeAt(at) >= 0x2000 ? 2 : 1;
  return width;
}

/** Columns before a line's first character; a mark of byte order takes none. */
function indentOf(line: string, trimmed: string): number {
  if (line.length === trimmed.length) return 0;
  return displayWidth(line.slice(0, line.length - line.trimStart().length).replaceAll("\ufeff", ""));
}

/** The lines that hold something, with the blank lines between them counted. */
export function shapesOf(lines: readonly SourceLine[]): Shape[] {
  const shapes: Shape[] = [];
  let blanks = 0;
  for (const line of lines) {
    const text = line.text.trim();
    if (text === "") {
      blanks++;
      continue;
    }
    shapes.push({ line, text, width: displayWidth(text), indent: indentOf(line.text, text), blanksBefore: blanks });
    blanks = 0;
  }
  return shapes;
}

const codesOf = (marks: string): ReadonlySet<number> => new Set([...marks].map((mark) => mark.charCodeAt(0)));
const ENDS = codesOf("。！？!?；;：:…");
const CLOSERS = codesOf('"”’）)】》');
const ENGLISH_ENDS = codesOf(".!?");
const ENGLISH_CLOSERS = codesOf('"”’)');

/** Whether a line ends a sentence (or leads to a list). */
export const endsSentence = (text: string): boolean =>
  ENDS.has(lastBut(text, CLOSERS)) || ENGLISH_ENDS.has(lastBut(text, ENGLISH_CLOSERS));

/** The last code unit of a text that is none of these; NaN where all are. */
function lastBut(text: string, skipped: ReadonlySet<number>): number {
  let at = text.length - 1;
  while (at >= 0 && skipped.has(text.charCodeAt(at))) at--;
  return text.charCodeAt(at);
}

/** Chapter and item numbers that open a paragraph. */
export const OPENS_ITEM =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}[、．]|[①-⑳]|[●■◆▲★※·•])/;

export const PAGE_NUMBER = /^(?:[—–\-·\s]*\d{1,4}[—–\-·\s]*|第\s?\d{1,6}\s?页.*|Page \d.*)$/i;

/** Menus, buttons and imprints of a page, in either script. */
export const DEBRIS =
  /^(?:[[【(（]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對)[:：]|.{0,8}(?:打印本[页頁]|[关關][闭閉]窗口|加入收藏|返回[顶頂]部)|分享(?:到|至)[:：]?|【?(?:上|下)一[篇页頁][:：】]?|字[体體号號][:：]|扫一扫|掃一掃|[浏瀏][览覽](?:次数|次數|量)[:：]|[点點][击擊](?:数|數|量|率)[:：]|版[权權]所有|.{0,12}ICP[备備]|.{0,8}公网安备|Copyright\b)/;

/** A line under a picture. */
export const CAPTION =
  /^(?:[▲△↑←→]?\s*图[为片：:]|圖[為片：:]|（?图[:：]).{0,60}$|^.{2,50}(?:摄|攝|供图|供圖|摄影|攝影|\/摄|\/文图)[）)]?$/;

/** Ends in mid-number or mid-phrase: the next line must go on with it. */
const OPEN_END =
  /(?:[\d０-９]\s?[.,，．]?|[一二三四五六七八九十百千零〇两]|[\d一二三四五六七八九十百千]\s?[余多几]?\s?[万亿]|百分之|[（《“‘【〔、])$/;
const UNIT_START =
  /^(?:[\d０-９.．％%万亿元千百十余多个家户名人次条件项场份册只台张宗期年月日成倍]|[一二三四五六七八九十百千零〇两])/;
const CLOSES = /^[，。；：、！？）》”’】〕％%,;)]/;
/** An item number is no part of the number before it. */
const NOT_SPLIT = /^(?:[一二三四五六七八九十]{1,3}[、是．.]|\d{1,2}[、．.](?!\d)|(?:年|人|日|成)[^，。0-9]*$)/;

/** Whether a line breaks inside a number, a bracket or before a mark, so that the next belongs to it wherever it stands. */
export const isSplit = (before: string, after: string): boolean =>
  (CLOSES.test(after) && !/[。！？]$/.test(before)) ||
  (OPEN_END.test(before) && UNIT_START.test(after) && !NOT_SPLIT.test(after)) ||
  /[（《“‘【〔]$/.test(before);
