import {
  type ClippingKind,
  type LineRole,
  type Metadata,
  OffsetMap,
  type Source,
  type SourceLine,
} from "../doc/index.js";
import { limits, overLimit } from "./limits.js";

/** A cell as a word processor has it; `columns` and `rows` are how many it covers, where more than one. */
export interface Cell {
  readonly paragraphs: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
}

/** Paragraphs of a cell from this length on are text that was put into a frame, not a value. */
const PROSE = 80;
/** A cell that claims to cover more columns or rows is no table a person reads. */
const MOST_COVERED = 64;

/** Builds the source of a word processor's document: a line a paragraph, a line a row, its cells apart with tabs. */
export class Paragraphs {
  private readonly texts: string[] = [];
  private readonly lines: SourceLine[] = [];
  private size = 0;

  constructor(private readonly path: string) {}

  add(text: string, role?: LineRole): void {
    // as on a page, what is broken by hand is another line
    for (const part of text.split(/[\r\n\f\v\u2028\u2029]/)) {
      if (part.trim() === "") continue;
      if (this.size + part.length > limits.textCharacters)
        throw overLimit(this.path, "textCharacters", `the text has ${this.size + part.length} characters or more`);
      this.lines.push({ text: part, map: OffsetMap.identity(part.length, this.size), ...(role ? { role } : {}) });
      this.texts.push(part);
      this.size += part.length + 1;
    }
  }

  /** Rows of one table. What has one cell only, or prose of several paragraphs, is a frame around text. */
  table(rows: readonly (readonly Cell[])[]): void {
    /** For each column how many rows a cell above still covers it. */
    const covered: number[] = [];
    for (const row of rows) {
      const isFrame =
        (row.length <= 1 && !covered.some((rows) => rows > 0)) ||
        row.some(({ paragraphs }) => paragraphs.length > 1 && paragraphs.some((text) => text.length > PROSE));
      if (isFrame) for (const { paragraphs } of row) for (const text of paragraphs) this.add(text);
      else this.add(rowText(row, covered), "row");
    }
  }

  source(kind: ClippingKind, metadata: Metadata): Source {
    return { kind, text: this.texts.join("\n"), encoding: null, lines: this.lines, pages: [], metadata };
  }

  get firstHeading(): string | undefined {
    return this.lines.find(({ role }) => role === "heading")?.text;
  }
}

/** Cells that a cell above or before covers are empty ones, so that columns stay columns. */
function rowText(row: readonly Cell[], covered: number[]): string {
  const cells: string[] = [];
  const skip = () => {
    while ((covered[cells.length] ?? 0) > 0) {
      covered[cells.length] = (covered[cells.length] as number) - 1;
      cells.push("");
    }
  };
  for (const { paragraphs, columns = 1, rows = 1 } of row) {
    skip();
    const text = paragraphs.join(" ").replace(/\s{1,20}/g, " ");
    for (let column = 0; column < Math.min(MOST_COVERED, Math.max(1, columns)); column++) {
      covered[cells.length] = Math.min(MOST_COVERED, Math.max(1, rows)) - 1;
      cells.push(column === 0 ? text.trim() : "");
    }
  }
  skip();
  return cells.join("\t");
}
