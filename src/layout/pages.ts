import { type Block, type Box, MappedTextBuilder, type Source, type SourceLine } from "../doc/index.js";
import { median, orderByColumns } from "./columns.js";
import { endsSentence, OPENS_ITEM, PAGE_NUMBER } from "./line-shape.js";

/** A headline is set at least this much larger than the body. */
const HEADLINE = 1.22;

/** Paragraphs, headlines and table rows of pages, in reading order. */
export function blocksOfPages(source: Source): Block[] {
  const blocks: Block[] = [];
  const open: SourceLine[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ kind: isShortLabel(open) ? "heading" : "paragraph", lines: [...open] });
    open.length = 0;
  };
  for (const page of source.pages) {
    const lines = source.lines.filter((line) => line.page === page.number);
    const body = median(lines.map(heightOf));
    for (const column of orderByColumns(lines)) {
      const geometry = geometryOf(column);
      column.forEach((line, index) => {
        const before = column[index - 1];
        if (line.role === "row") {
          close();
          addCell(blocks, line);
          return;
        }
        if (isFurniture(line, page.height, body)) {
          if (endsSentence((open.at(-1)?.text ?? "").trim())) close();
          blocks.push({ kind: "furniture", lines: [line] });
          return;
        }
        if (heightOf(line) >= body * HEADLINE) {
          close();
          const last = blocks.at(-1);
          const joins =
            last?.kind === "heading" &&
            before &&
            last.lines.at(-1) === before &&
            heightOf(before) >= body * HEADLINE &&
            Math.abs(heightOf(before) / heightOf(line) - 1) < 0.15;
          if (joins) blocks[blocks.length - 1] = { kind: "heading", lines: [...last.lines, line] };
          else blocks.push({ kind: "heading", lines: [line] });
          return;
        }
        const previous = open.at(-1);
        if (previous && !goesOn(previous, line, geometry, before === previous, body)) close();
        open.push(line);
      });
    }
  }
  close();
  return blocks;
}

interface Geometry {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

function geometryOf(lines: readonly SourceLine[]): Geometry {
  const boxes = lines.map((line) => line.box).filter((box): box is Box => box !== undefined);
  const lefts = boxes.map((box) => box[0]).sort((a, b) => a - b);
  return {
    left: lefts[Math.floor(lefts.length * 0.2)] ?? 0,
    right: Math.max(...boxes.map((box) => box[2]), 0),
    height: median(boxes.map((box) => box[3] - box[1])),
  };
}

const heightOf = (line: SourceLine) => (line.box ? line.box[3] - line.box[1] : 0);

/** Whether a line goes on with the paragraph of the line before it, perhaps at the top of the next column. */
function goesOn(before: SourceLine, line: SourceLine, column: Geometry, sameColumn: boolean, body: number): boolean {
  const text = before.text.trim();
  const ended = endsSentence(text);
  const indent = (line.box?.[0] ?? column.left) - column.left;
  const indented = indent > column.height * 1.2;
  if (OPENS_ITEM.test(line.text.trim()) && ended) return false;
  if (!sameColumn) return !ended;
  const gap = (line.box?.[1] ?? 0) - (before.box?.[3] ?? 0);
  const unfilled = column.right - (before.box?.[2] ?? column.right) > column.height * 2.2;
  if (gap > body * 1.6) return false;
  if (indented && (ended || unfilled)) return false;
  if (unfilled) return !ended && /[，、,“（《的和与及]$/.test(text);
  return true;
}

function isFurniture(line: SourceLine, pageHeight: number, body: number): boolean {
  const text = line.text.trim();
  if (PAGE_NUMBER.test(text)) return true;
  const top = line.box?.[1] ?? 0;
  const edge = top < pageHeight * 0.05 || top > pageHeight * 0.95;
  return (
    edge &&
    text.length <= 30 &&
    heightOf(line) <= body * 1.1 &&
    !/[。；]$/.test(text) &&
    /\d\s?版|\d{4}年|责任编辑|责编|http|www|电话|Page/i.test(text)
  );
}

function isShortLabel(lines: readonly SourceLine[]): boolean {
  const text = lines.map((line) => line.text.trim()).join("");
  return text.length <= 40 && !/[。；！？!?.]["”’）)]*$/.test(text) && !/[，；。].*[，；。]/.test(text);
}

/** Adds a table cell to its row; cells of one row are joined by tabs. */
function addCell(blocks: Block[], line: SourceLine): void {
  const last = blocks.at(-1);
  const row = last?.kind === "row" ? last.lines[0] : undefined;
  const sameRow = row?.box && line.box && Math.abs(row.box[1] - line.box[1]) < (row.box[3] - row.box[1]) * 0.6;
  if (!row || !sameRow) {
    blocks.push({ kind: "row", lines: [line] });
    return;
  }
  const builder = new MappedTextBuilder();
  builder.append(row);
  builder.replace("\t", line.map.startOf(0), line.map.startOf(0));
  builder.append(line);
  blocks[blocks.length - 1] = { kind: "row", lines: [{ ...row, ...builder.build() }] };
}
