import { Parser } from "htmlparser2";
import mammoth from "mammoth";
import { ClippingError, type Message, type Metadata, type Source } from "../doc/index.js";
import { limits, overLimit } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { type Cell, Paragraphs } from "./paragraphs.js";
import { Archive } from "./zip.js";

/** What mammoth makes of a document, as far as it is read here. */
interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly noteType?: string;
  readonly noteId?: string;
}
interface DocumentNode extends Node {
  readonly notes: { resolve(reference: Node): { readonly body: readonly Node[] } | null };
}

const HEADING = /^(?:heading|标题|標題|title|subtitle|副标题)/i;
const CONTENTS = /^(?:toc |目录|目錄)/i;

/**
 * Reads a Word document with mammoth: paragraphs, headings, tables row by row,
 * footnotes at the end. Deleted text, comments, running heads and pictures are
 * left out. Throws ClippingError.
 */
export async function ingestDocx(bytes: Uint8Array, path: string): Promise<{ source: Source; messages: Message[] }> {
  const archive = await Archive.open(bytes, path);
  const document = await documentOf(archive, path);
  const paragraphs = new Paragraphs(path);
  const reader = new Reader(paragraphs);
  reader.blocks(document.children ?? []);
  for (const reference of reader.references.values()) reader.blocks(document.notes.resolve(reference)?.body ?? []);
  const said = await titleOf(archive);
  // templates carry the title of what they were made from: a heading in the text is surer
  const title = paragraphs.firstHeading ?? said;
  const metadata: Metadata = { ...NOTHING_KNOWN, title: title ?? null };
  const source = paragraphs.source("docx", metadata);
  return { source, messages: source.text === "" ? [noText()] : [] };
}

const noText = (): Message => ({
  code: "ingest/no-text",
  level: "warning",
  at: { of: "source", start: 0, end: 0 },
  detail: "the document holds no text; if it holds pictures, save it as PDF",
});

/** The document as mammoth reads it, which sees of the archive only what passed its limits. */
async function documentOf(archive: Archive, path: string): Promise<DocumentNode> {
  let found: DocumentNode | undefined;
  const file = {
    exists: (name: string) => archive.has(name),
    read: async (name: string, encoding?: string) => {
      const data = await archive.read(name);
      if (encoding === "base64") return Buffer.from(data).toString("base64");
      if (!encoding) return data;
      const text = new TextDecoder(encoding).decode(data);
      checkNesting(text, path);
      return text;
    },
  };
  try {
    await mammoth.convertToHtml({ file } as never, {
      includeEmbeddedStyleMap: false,
      transformDocument: (document: DocumentNode) => {
        found = document;
        // nothing is left to be made HTML of
        return { ...document, children: [] };
      },
    });
  } catch (cause) {
    if (cause instanceof ClippingError) throw cause;
    throw new ClippingError("ingest/damaged", path, `the document is broken: ${(cause as Error).message}`, { cause });
  }
  if (!found) throw new ClippingError("ingest/damaged", path, "the document is broken: it has no body");
  return found;
}

/** What is nested more deeply than the parser's stack is told before it is parsed. */
function checkNesting(xml: string, path: string): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        if (++depth > limits.nesting) throw overLimit(path, "nesting", `the document nests ${depth} elements`);
      },
      onclosetag: () => {
        depth--;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(xml);
}

/** `dc:title` of the document's properties. The dates there are those of the template as often as not: none is taken. */
async function titleOf(archive: Archive): Promise<string | undefined> {
  if (!archive.has("docProps/core.xml")) return undefined;
  let title = "";
  let isTitle = false;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        isTitle = name === "dc:title";
      },
      ontext: (text) => {
        if (isTitle) title += text;
      },
      onclosetag: () => {
        isTitle = false;
      },
    },
    { xmlMode: true },
  );
  parser.end(new TextDecoder().decode(await archive.read("docProps/core.xml")));
  return title.trim() || undefined;
}

class Reader {
  /** Footnotes in the order they are called, each once, whatever refers to what. */
  readonly references = new Map<string, Node>();

  constructor(private readonly paragraphs: Paragraphs) {}

  blocks(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.type === "table") this.table(node);
      else if (node.type === "paragraph") this.paragraph(node);
      else this.blocks(node.children ?? []);
    }
  }

  private paragraph(node: Node): void {
    const { styleName } = node;
    if (styleName && CONTENTS.test(styleName)) this.paragraphs.add(this.text(node), "furniture");
    else this.paragraphs.add(this.text(node), styleName && HEADING.test(styleName) ? "heading" : undefined);
  }

  private table(table: Node): void {
    const rows = (table.children ?? []).filter(({ type }) => type === "tableRow");
    const isNested = rows.some((row) =>
      row.children?.some((cell) => cell.children?.some(({ type }) => type === "table")),
    );
    if (isNested) for (const row of rows) for (const cell of row.children ?? []) this.blocks(cell.children ?? []);
    else this.paragraphs.table(rows.map((row) => (row.children ?? []).map((cell) => this.cell(cell))));
  }

  private cell({ children = [], colSpan = 1, rowSpan = 1 }: Node): Cell {
    const paragraphs = children.map((child) => this.text(child)).filter((text) => text.trim() !== "");
    return { paragraphs, columns: colSpan, rows: rowSpan };
  }

  private text(node: Node): string {
    if (node.type === "text") return node.value ?? "";
    if (node.type === "tab") return "\t";
    if (node.type === "break") return "\n";
    if (node.type === "noteReference") this.references.set(`${node.noteType} ${node.noteId}`, node);
    return (node.children ?? []).map((child) => this.text(child)).join("");
  }
}
