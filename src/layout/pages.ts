import type { Block, Box, Source, SourceLine } from "../doc/index.js";
import { joinJumps } from "./jumps.js";
import { CAPTION, endsSentence, OPENS_ITEM, PAGE_NUMBER } from "./line-shape.js";
import { median } from "./piece.js";

/** A headline is set at least this much larger than the body. */
const HEADLINE = 1.22;

/** Paragraphs, headlines and table rows of pages whose lines are in reading order. */
export function blocksOfPages(source: Source): Block[] {
  const repeated = repeatedLines(source);
  const builder = new Blocks();
  for (const page of source.pages) {
    const lines = source.lines.filter((line) => line.page === page.number);
    const body = median(lines.map(heightOf));
    for (const column of columnsOf(lines)) {
      const geometry = geometryOf(column);
      for (const line of column) {
        if (line.role === "row") builder.row(line);
        else if (line.role === "furniture" || repeated.has(line) || PAGE_NUMBER.test(line.text.trim()))
          builder.aside("furniture", line);
        else if (line.role === "caption" || (CAPTION.test(line.text.trim()) && heightOf(line) <= body))
          builder.aside("caption", line);
        else if (heightOf(line) >= body * HEADLINE) builder.heading(line);
        else builder.body(line, geometry, body);
      }
    }
  }
  return joinJumps(builder.done());
}

/** Lines of one region follow each other. */
function columnsOf(lines: readonly SourceLine[]): SourceLine[][] {
  const columns: SourceLine[][] = [];
  for (const line of lines) {
    const column = columns.at(-1);
    if (column && column[0]?.region === line.region) column.push(line);
    else columns.push([line]);
  }
  return columns;
}

/** Short lines that stand at one place of three pages and more, numbers aside: running heads. */
function repeatedLines(source: Source): ReadonlySet<SourceLine> {
  const places = new Map<string, SourceLine[]>();
  const heights = new Map(source.pages.map((page) => [page.number, page.height]));
  for (const line of source.lines) {
    const height = heights.get(line.page ?? 0) ?? 0;
    const top = line.box?.[1] ?? 0;
    if (!line.box || line.text.length > 40 || (top > height * 0.12 && top < height * 0.88)) continue;
    const key = `${line.text.replace(/\d+/g, "#").replace(/\s/g, "")}@${Math.round(top / 12)}`;
    places.set(key, [...(places.get(key) ?? []), line]);
  }
  return new Set([...places.values()].filter((same) => same.length >= 3).flat());
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

/** Blocks in the making. What stands inside a paragraph without being part of it waits until the paragraph ends. */
class Blocks {
  private readonly blocks: Block[] = [];
  private open: SourceLine[] = [];
  private waiting: Block[] = [];
  private before: SourceLine | undefined;

  row(line: SourceLine): void {
    this.close();
    this.add({ kind: "row", lines: [line] });
  }

  aside(kind: "furniture" | "caption", line: SourceLine): void {
    if (endsSentence((this.open.at(-1)?.text ?? "").trim())) this.close();
    if (this.open.length > 0) this.waiting.push({ kind, lines: [line] });
    else this.blocks.push({ kind, lines: [line] });
  }

  /** Lines of one size right below each other are one headline. */
  heading(line: SourceLine): void {
    this.close();
    const last = this.blocks.at(-1);
    const before = this.before;
    const joins =
      last?.kind === "heading" &&
      before !== undefined &&
      last.lines.at(-1) === before &&
      before.region === line.region &&
      Math.abs(heightOf(before) / heightOf(line) - 1) < 0.15;
    if (joins) this.blocks[this.blocks.length - 1] = { kind: "heading", lines: [...last.lines, line] };
    else this.blocks.push({ kind: "heading", lines: [line] });
    this.before = line;
  }

  body(line: SourceLine, column: Geometry, body: number): void {
    const previous = this.open.at(-1);
    if (previous && !goesOn(previous, line, column, this.before === previous, body)) this.close();
    this.open.push(line);
    this.before = line;
  }

  done(): Block[] {
    this.close();
    return this.blocks;
  }

  private add(block: Block): void {
    this.blocks.push(block);
    this.before = block.lines.at(-1);
  }

  private close(): void {
    if (this.open.length > 0)
      this.blocks.push({ kind: isShortLabel(this.open) ? "heading" : "paragraph", lines: this.open });
    this.blocks.push(...this.waiting);
    this.open = [];
    this.waiting = [];
  }
}

/** Whether a line goes on with the paragraph of the line before it, perhaps at the top of the next column. */
function goesOn(before: SourceLine, line: SourceLine, column: Geometry, adjacent: boolean, body: number): boolean {
  const text = before.text.trim();
  const ended = endsSentence(text);
  const indent = (line.box?.[0] ?? column.left) - column.left;
  const indented = indent > column.height * 1.2;
  if (OPENS_ITEM.test(line.text.trim()) && ended) return false;
  if (!adjacent || before.region !== line.region || before.page !== line.page) return !ended;
  const gap = (line.box?.[1] ?? 0) - (before.box?.[3] ?? 0);
  const unfilled = column.right - (before.box?.[2] ?? column.right) > column.height * 2.2;
  if (gap > body * 1.6) return false;
  if (indented && (ended || unfilled)) return false;
  if (unfilled) return !ended && /[，、,“（《的和与及]$/.test(text);
  return true;
}

function isShortLabel(lines: readonly SourceLine[]): boolean {
  const text = lines.map((line) => line.text.trim()).join("");
  return text.length <= 40 && !/[。；！？!?.]["”’）)]*$/.test(text) && !/[，；。].*[，；。]/.test(text);
}
