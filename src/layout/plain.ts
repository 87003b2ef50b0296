import { type Block, MappedTextBuilder, type SourceLine } from "../doc/index.js";
import { CAPTION, DEBRIS, endsSentence, isSplit, OPENS_ITEM, PAGE_NUMBER, type Shape, shapesOf } from "./line-shape.js";
import { rowsAmong } from "./rows.js";

/** Paragraphs of plain text: hard wraps undone where the text shows that it was wrapped. */
export function blocksOfPlainText(lines: readonly SourceLine[]): Block[] {
  const shapes = shapesOf(lines);
  const rows = rowsAmong(shapes);
  const wrapped = isWrapped(shapes, rows);
  const spaced = isDoubleSpaced(shapes);
  const heads = runningHeads(shapes);
  const blocks: Block[] = [];
  let open: Shape[] = [];
  // what stands inside a paragraph without being part of it waits until it ends
  let waiting: Block[] = [];
  const close = () => {
    const lines = open.map(({ line }) => line);
    if (lines.length > 0) blocks.push({ kind: kindOf(lines), lines });
    blocks.push(...waiting);
    open = [];
    waiting = [];
  };
  let rowEnd = 0;
  shapes.forEach((shape, index) => {
    if (index < rowEnd) return;
    const width = rows.get(index);
    if (width !== undefined) {
      close();
      rowEnd = index + width;
      blocks.push({ kind: "row", lines: [inOneRow(shapes.slice(index, rowEnd))] });
      return;
    }
    const before = open.at(-1);
    const carries = before !== undefined && !endsSentence(before.text);
    const aside = asideOf(shape, carries, heads);
    if (aside) {
      if (!carries) close();
      waiting.push({ kind: aside, lines: [shape.line] });
      return;
    }
    const full = wrapped ? fullWidthNear(shapes, index - 1) : Number.POSITIVE_INFINITY;
    const goesOn = before && (isSplit(before.text, shape.text) || (wrapped && continues(before, shape, full, spaced)));
    if (!goesOn) close();
    open.push(shape);
  });
  close();
  return blocks;
}

/** Cells that stand one under the other, as one line parted by tabs. */
function inOneRow(cells: readonly Shape[]): SourceLine {
  const [first, ...others] = cells.map(({ line }) => line) as [SourceLine, ...SourceLine[]];
  if (others.length === 0) return first;
  const builder = new MappedTextBuilder();
  builder.append(first);
  for (const line of others) {
    builder.replace("\t", line.map.startOf(0), line.map.startOf(0));
    builder.append(line);
  }
  return { ...first, ...builder.build() };
}

/** What a line is that stands between the lines of a text: page numbers, running heads, debris, captions. */
function asideOf(shape: Shape, inSentence: boolean, heads: ReadonlySet<string>): Block["kind"] | undefined {
  if (PAGE_NUMBER.test(shape.text) || heads.has(shape.text) || (shape.width < 120 && DEBRIS.test(shape.text)))
    return "furniture";
  return inSentence && CAPTION.test(shape.text) ? "caption" : undefined;
}

/** Short lines that come again on every page. */
function runningHeads(shapes: readonly Shape[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of shapes)
    if (text.length >= 5 && text.length <= 30 && !/[。；：:，]$/.test(text))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= 3).map(([text]) => text));
}

/** Whether `shape` goes on with the sentence or paragraph of `before`. */
function continues(before: Shape, shape: Shape, full: number, spaced: boolean): boolean {
  const isFull = before.width >= full * 0.82;
  const ended = endsSentence(before.text);
  const blank = spaced ? shape.blanksBefore > 1 : shape.blanksBefore > 0;
  const indented = shape.indent >= 2 && shape.indent > before.indent;
  if (OPENS_ITEM.test(shape.text) && (ended || !isFull)) return false;
  if (ended) return isFull && !blank && !indented;
  if (indented && shape.indent >= 4 && !isFull) return false;
  if (isFull) return true;
  if (/[，、]$/.test(before.text)) return true;
  return before.width >= full * 0.5 && /[,“（《]$|[的和与及为了在]$/.test(before.text);
}

/** The width that lines around `index` fill. */
function fullWidthNear(shapes: readonly Shape[], index: number): number {
  const near = shapes
    .slice(Math.max(0, index - 6), index + 7)
    .map((shape) => shape.width)
    .sort((a, b) => a - b);
  return near[Math.floor(near.length * 0.75)] ?? 0;
}

/** A text is wrapped where many lines of like width end in mid-sentence. */
function isWrapped(shapes: readonly Shape[], rows: ReadonlyMap<number, number>): boolean {
  let open = 0;
  let judged = 0;
  shapes.forEach((shape, index) => {
    const next = shapes[index + 1];
    if (!next || rows.has(index) || shape.width < 12) return;
    judged++;
    if (endsSentence(shape.text)) return;
    const full = fullWidthNear(shapes, index);
    if (full <= 160 && shape.width >= full * 0.85 && shape.width <= full * 1.2) open++;
  });
  return judged >= 4 ? open / judged > 0.4 : judged === 3 && open === 3;
}

function isDoubleSpaced(shapes: readonly Shape[]): boolean {
  const spaced = shapes.filter((shape) => shape.blanksBefore > 0).length;
  return shapes.length >= 8 && spaced / shapes.length > 0.7;
}

function kindOf(lines: readonly SourceLine[]): Block["kind"] {
  const text = lines.length === 1 ? (lines[0]?.text.trim() ?? "") : lines.map((line) => line.text.trim()).join("");
  return text.length <= 60 &&
    !/[。；！？!?]["”’）)]*$/.test(text) &&
    !/[，；。].*[，；。]/.test(text) &&
    !/\.$/.test(text)
    ? "heading"
    : "paragraph";
}
