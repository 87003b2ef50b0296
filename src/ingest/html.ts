import { Readability } from "@mozilla/readability";
import { Parser } from "htmlparser2";
import { parseHTML } from "linkedom";
import type { Message, Metadata, Source, SourceLine } from "../doc/index.js";
import { decode } from "./encoding.js";
import { type Chunk, mappedFromMarked, markFor } from "./html-marks.js";
import { pageMetadata } from "./html-metadata.js";
import { limits, overLimit } from "./limits.js";

const NEVER_READ = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "head",
  "iframe",
  "textarea",
  "select",
  "button",
]);
const BLOCKS = new Set([
  "p",
  "div",
  "section",
  "article",
  "li",
  "ul",
  "ol",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "tr",
  "table",
  "tbody",
  "thead",
  "blockquote",
  "dd",
  "dt",
  "dl",
  "pre",
  "figcaption",
  "figure",
  "center",
  "main",
  "header",
  "td",
  "th",
  "caption",
  "hr",
]);
/** Deeper nesting than any page needs; deeper elements are read as text of their ancestor. */
const MAX_DEPTH = 400;

/**
 * Reads a web page: its main text, block by block, with title, date and
 * publisher; table rows keep their cells apart with tabs. `Source.text` is the
 * decoded page itself; every character of a line maps to its place there.
 * Throws ClippingError for a page that is nested too deeply or has too many elements to be read in time.
 */
export function ingestHtml(bytes: Uint8Array, path: string): { source: Source; messages: Message[] } {
  const { text, encoding, guessed } = decode(bytes, declaredCharset(bytes));
  const messages: Message[] = [];
  if (guessed)
    messages.push({
      code: "ingest/encoding-guessed",
      level: "note",
      at: { of: "source", start: 0, end: 0 },
      detail: `read as ${encoding}`,
    });
  const { marked, chunks } = markText(text, path);
  const { document } = parseHTML(/<body[\s>]/i.test(marked) ? marked : `<html><body>${marked}</body></html>`);
  const metadata: Metadata = pageMetadata(document as unknown as Document);
  const whole = linesOf(document.body as unknown as Element, text, chunks);
  const main = mainLines(marked, text, chunks);
  const lines = main ? withLostTables(main, whole) : whole;
  return { source: { kind: "html", text, encoding, lines, pages: [], metadata }, messages };
}

/** `charset` of a meta tag in the first bytes. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  return /<meta[^>]{0,200}charset\s{0,8}=\s{0,8}["']?\s{0,8}([\w-]+)/i.exec(head)?.[1];
}

/** The page with a mark before each run of text, so that runs can be found again after parsing and cutting. */
function markText(text: string, path: string): { marked: string; chunks: Chunk[] } {
  const chunks: Chunk[] = [];
  const pieces: string[] = [];
  let at = 0;
  let skip = 0;
  let depth = 0;
  let elements = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        // what builds and cuts the tree takes time that grows faster than the page
        if (++elements > limits.htmlElements)
          throw overLimit(path, "htmlElements", `the page has ${elements} elements or more`);
        if (++depth > limits.htmlNesting)
          throw overLimit(path, "htmlNesting", `the page nests ${depth} elements or more`);
        if (NEVER_READ.has(name) && name !== "head") skip++;
      },
      onclosetag: (name) => {
        depth--;
        if (NEVER_READ.has(name) && name !== "head") skip = Math.max(0, skip - 1);
      },
      ontext: (data) => {
        if (skip > 0 || data.trim() === "") return;
        pieces.push(text.slice(at, parser.startIndex), markFor(chunks.length));
        chunks.push({ start: parser.startIndex, end: parser.endIndex + 1 });
        at = parser.startIndex;
      },
    },
    { decodeEntities: false, recognizeSelfClosing: false },
  );
  parser.write(text.replace(/[\ue000-\ue01f]/g, " "));
  parser.end();
  pieces.push(text.slice(at));
  return { marked: pieces.join(""), chunks };
}

/** The lines of what Readability takes for the article; undefined when it finds none worth the name. */
function mainLines(marked: string, text: string, chunks: readonly Chunk[]): SourceLine[] | undefined {
  const { document } = parseHTML(/<body[\s>]/i.test(marked) ? marked : `<html><body>${marked}</body></html>`);
  let content: string | null | undefined;
  try {
    content = new Readability(document as never, { charThreshold: 120, keepClasses: false }).parse()?.content;
  } catch {
    return undefined;
  }
  if (!content) return undefined;
  const article = parseHTML(`<html><body>${content}</body></html>`).document;
  const lines = linesOf(article.body as unknown as Element, text, chunks);
  const size = lines.reduce((sum, line) => sum + line.text.length, 0);
  return size >= 80 ? lines : undefined;
}

/** Rows with numbers that the cutting lost come back at their place. */
function withLostTables(main: readonly SourceLine[], whole: readonly SourceLine[]): SourceLine[] {
  const kept = new Set(main.map((line) => line.map.startOf(0)));
  const first = main[0]?.map.startOf(0) ?? 0;
  const lost = whole.filter(
    (line) =>
      line.role === "row" &&
      /\d/.test(line.text) &&
      (line.text.match(/\t/g) ?? []).length >= 1 &&
      !kept.has(line.map.startOf(0)),
  );
  const titles = whole.filter((line) => line.role === "heading" && line.map.startOf(0) < first).slice(-1);
  const headings =
    lost.length > 0
      ? whole.filter((line) => line.role === "row" && !kept.has(line.map.startOf(0)) && !lost.includes(line))
      : [];
  return [
    ...titles.filter((line) => !main.some((other) => other.text === line.text)),
    ...main,
    ...lost,
    ...headings,
  ].sort((a, b) => a.map.startOf(0) - b.map.startOf(0));
}

/** The text of an element, one line a block. */
function linesOf(root: Element, text: string, chunks: readonly Chunk[]): SourceLine[] {
  const lines: SourceLine[] = [];
  let open = "";
  const close = (role?: SourceLine["role"]) => {
    const line = mappedFromMarked(open, text, chunks);
    open = "";
    if (line.text.trim() !== "") lines.push(role ? { ...line, role } : line);
  };
  const visit = (node: Node, depth: number, role: SourceLine["role"] | undefined) => {
    if (node.nodeType === 3) {
      open += node.textContent ?? "";
      return;
    }
    if (node.nodeType !== 1 && node.nodeType !== 11) return;
    const name = ((node as Element).tagName ?? "").toLowerCase();
    if (NEVER_READ.has(name) || depth > MAX_DEPTH) return;
    if (name === "br" || name === "hr") {
      close(role);
      return;
    }
    if (name === "tr") {
      close(role);
      row(node as Element, depth);
      return;
    }
    const block = BLOCKS.has(name);
    const own = /^h[1-6]$/.test(name) ? "heading" : role;
    if (block) close(role);
    for (const child of Array.from(node.childNodes)) visit(child, depth + 1, own);
    if (block) close(own);
  };
  const row = (element: Element, depth: number) => {
    const cells = Array.from(element.children).filter((cell) => /^(?:td|th)$/i.test(cell.tagName));
    const nested = cells.some((cell) => cell.querySelector("table, p + p, div + div")) || cells.length === 1;
    if (nested) {
      for (const cell of cells) {
        for (const child of Array.from(cell.childNodes)) visit(child, depth + 2, undefined);
        close();
      }
      return;
    }
    open = cells
      .map(
        (cell) =>
          `${(cell.textContent ?? "").replace(/[\t\r\n]+/g, " ").trim()}${"\t".repeat(Math.min(20, Math.max(0, Number(cell.getAttribute("colspan") ?? 1) - 1)))}`,
      )
      .join("\t");
    close("row");
  };
  visit(root as unknown as Node, 0, undefined);
  return lines;
}
