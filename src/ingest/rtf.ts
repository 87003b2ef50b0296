import type { LineRole, Message, Source } from "../doc/index.js";
import { limits, overLimit } from "./limits.js";
import { NOTHING_KNOWN } from "./metadata.js";
import { type Cell, Paragraphs } from "./paragraphs.js";
import { rtfTokens } from "./rtf-tokens.js";

/** Encodings of Windows code pages that are not called `windows-N`. */
const ENCODINGS: Readonly<Record<number, string>> = {
  936: "gb18030",
  54936: "gb18030",
  950: "big5",
  932: "shift_jis",
  949: "euc-kr",
  65001: "utf-8",
  10008: "gb18030",
  10002: "big5",
};
/** Code pages of the character sets of fonts; those of Western fonts (0, 1, 2) say nothing. */
const CHARSETS: Readonly<Record<number, number>> = { 134: 936, 136: 950, 128: 932, 129: 949, 204: 1251, 238: 1250 };

const TWO_BYTES = new Set(["gb18030", "big5", "shift_jis", "euc-kr"]);

/** Groups whose text is none of the document's. */
const NEVER_READ = new Set(
  "colortbl stylesheet listtable listoverridetable rsidtbl generator pict objdata header headerl headerr headerf footer footerl footerr footerf fldinst listtext pntext themedata datafield datastore latentstyles xmlnstbl mmathPr nonesttables bkmkstart bkmkend annotation atnid atnauthor filetbl revtbl upr template private".split(
    " ",
  ),
);
/** Groups with text of the document inside of groups that have none. */
const READ_AGAIN = new Set(["shptxt", "nesttableprops", "ud"]);
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: "\t",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: " ",
  enspace: " ",
  "~": " ",
  _: "-",
};

interface State {
  /** Nothing of this group is text. */
  skip: boolean;
  /** What its text is kept as. */
  to: "body" | "title" | "fonts";
  /** Bytes that stand for a character given by number, for readers that know no Unicode. */
  fallback: number;
  font: number;
  hidden: boolean;
}

/**
 * Reads an RTF document: paragraphs, headings by their outline level, tables
 * row by row. Bytes are read by the code page of their font, or of the
 * document. What is deleted, hidden, or a running head is left out. There is
 * no kept reader in npm that gives the rows of tables without a browser.
 * Throws ClippingError.
 */
export function ingestRtf(bytes: Uint8Array, path: string): { source: Source; messages: Message[] } {
  const reader = new RtfReader(path);
  reader.read(bytes);
  const source = reader.paragraphs.source("rtf", {
    ...NOTHING_KNOWN,
    title: reader.paragraphs.firstHeading ?? (reader.title.trim() || null),
  });
  const at = { of: "source", start: source.text.length, end: source.text.length } as const;
  const messages: Message[] = [];
  if (reader.isCut) messages.push({ code: "ingest/damaged", level: "error", at, detail: "the document breaks off" });
  if (source.text === "")
    messages.push({ code: "ingest/no-text", level: "warning", at, detail: "the document holds no text" });
  return { source, messages };
}

class RtfReader {
  readonly paragraphs: Paragraphs;
  title = "";
  isCut = false;

  private state: State = { skip: false, to: "body", fallback: 1, font: -1, hidden: false };
  private readonly outer: State[] = [];
  private codePage = 1252;
  private readonly fonts = new Map<number, number>();
  private fontInTable = -1;
  /** Bytes not yet decoded, with their encoding. */
  private pending: number[] = [];
  private encoding = "";
  private text = "";
  private role: LineRole | undefined;
  private toSkip = 0;
  private isOpening = false;
  private isIgnorable = false;
  private readonly decoders = new Map<string, TextDecoder>();
  /** Cells, paragraphs and rows of the table in hand; of tables in its cells. */
  private cell: string[] = [];
  private row: Cell[] = [];
  private rows: Cell[][] = [];
  private nested: Cell[] = [];
  private inTable = false;

  constructor(private readonly path: string) {
    this.paragraphs = new Paragraphs(path);
  }

  read(bytes: Uint8Array): void {
    const isLead = (byte: number) => byte > 0x80 && byte < 0xff && TWO_BYTES.has(this.encodingNow());
    for (const token of rtfTokens(bytes, isLead)) {
      if (token.type === "byte") this.byte(token.value);
      else if (token.type === "control") this.control(token.word, token.number);
      else if (token.type === "open") this.open();
      else if (this.outer.length > 0) this.close();
      this.isOpening = token.type === "open" || (this.isOpening && this.isIgnorable);
    }
    this.isCut = this.outer.length > 0;
    this.endParagraph();
    this.endTable();
  }

  private open(): void {
    this.flush();
    if (this.outer.length >= limits.nesting)
      throw overLimit(this.path, "nesting", `the document nests ${this.outer.length + 1} groups`);
    this.outer.push(this.state);
    this.state = { ...this.state };
    this.isIgnorable = false;
    this.toSkip = 0;
  }

  private close(): void {
    this.flush();
    this.state = this.outer.pop() as State;
    this.isIgnorable = false;
    this.toSkip = 0;
  }

  private byte(value: number): void {
    if (this.toSkip > 0) {
      this.toSkip--;
      return;
    }
    this.isIgnorable = false;
    if (this.state.skip || this.state.hidden || this.state.to === "fonts") return;
    const encoding = this.encodingNow();
    if (encoding !== this.encoding) this.flush();
    this.encoding = encoding;
    this.pending.push(value);
    if (this.pending.length >= 65_536 && value < 0x80) this.flush();
  }

  private encodingNow(): string {
    const page = this.fonts.get(this.state.font) ?? this.codePage;
    return ENCODINGS[page] ?? `windows-${page}`;
  }

  private flush(): void {
    if (this.pending.length === 0) return;
    const bytes = Uint8Array.from(this.pending);
    this.pending = [];
    this.say(this.decoderOf(this.encoding).decode(bytes));
  }

  private decoderOf(encoding: string): TextDecoder {
    const known = this.decoders.get(encoding);
    if (known) return known;
    let decoder: TextDecoder;
    try {
      decoder = new TextDecoder(encoding);
    } catch {
      decoder = new TextDecoder("windows-1252");
    }
    this.decoders.set(encoding, decoder);
    return decoder;
  }

  private say(text: string): void {
    if (this.state.to === "title") this.title += text;
    else if (this.state.to === "body") this.text += text;
    if (this.text.length > limits.textCharacters)
      throw overLimit(this.path, "textCharacters", `a paragraph has ${this.text.length} characters`);
  }

  private control(word: string, number: number | undefined): void {
    this.toSkip = 0;
    this.flush();
    if (word === "*") {
      this.isIgnorable = true;
      return;
    }
    if (this.isOpening) this.destination(word);
    this.isIgnorable = false;
    if (!this.format(word, number) && !this.state.skip) this.structure(word, number);
  }

  /** The first control of a group says what it is. */
  private destination(word: string): void {
    const { state } = this;
    if (READ_AGAIN.has(word)) state.skip = false;
    else if (this.isIgnorable || NEVER_READ.has(word)) state.skip = true;
    else if (word === "fonttbl") state.to = "fonts";
    else if (word === "info") state.skip = true;
    else if (word === "title") {
      state.skip = false;
      state.to = "title";
    }
  }

  /** What changes how text is read. */
  private format(word: string, number: number | undefined): boolean {
    const { state } = this;
    switch (word) {
      case "ansicpg":
        this.codePage = number || 1252;
        return true;
      case "deff":
        state.font = number ?? -1;
        return true;
      case "uc":
        state.fallback = Math.min(16, Math.max(0, number ?? 1));
        return true;
      case "f":
        if (state.to === "fonts") this.fontInTable = number ?? -1;
        else state.font = number ?? -1;
        return true;
      case "fcharset": {
        const page = CHARSETS[number ?? 0];
        if (page) this.fonts.set(this.fontInTable, page);
        return true;
      }
      case "cpg":
        if (number) this.fonts.set(this.fontInTable, number);
        return true;
      case "plain":
        state.hidden = false;
        return true;
      case "v":
      case "deleted":
        state.hidden = number !== 0;
        return true;
      default:
        return false;
    }
  }

  /** Characters, ends of paragraphs, cells and rows. */
  private structure(word: string, number: number | undefined): void {
    switch (word) {
      case "u":
        if (!this.state.hidden) this.say(String.fromCharCode((number ?? 0) & 0xffff));
        this.toSkip = this.state.fallback;
        break;
      case "par":
      case "sect":
      case "page":
        this.endParagraph();
        break;
      case "line":
        this.say("\n");
        break;
      case "pard":
        this.role = undefined;
        this.inTable = false;
        break;
      case "intbl":
        this.inTable = true;
        break;
      case "outlinelevel":
        this.role = (number ?? 9) < 9 ? "heading" : undefined;
        break;
      case "cell":
        this.endParagraph(true);
        this.row.push({ paragraphs: this.cell });
        this.cell = [];
        break;
      case "row":
        if (this.row.length > 0) this.rows.push(this.row);
        this.row = [];
        break;
      case "nestcell":
        this.nested.push({ paragraphs: this.text.trim() === "" ? [] : [this.text] });
        this.text = "";
        break;
      case "nestrow":
        this.paragraphs.table([this.nested]);
        this.nested = [];
        break;
      default:
        if (Object.hasOwn(CHARACTERS, word) && !this.state.hidden) this.say(CHARACTERS[word] as string);
    }
  }

  /** A paragraph of a cell waits for its row; any other ends the table before it. */
  private endParagraph(isCell = false): void {
    const text = this.text;
    this.text = "";
    if (isCell || this.inTable) {
      if (text.trim() !== "") this.cell.push(text);
      return;
    }
    if (text.trim() === "") return;
    this.endTable();
    this.paragraphs.add(text, this.role);
  }

  private endTable(): void {
    const left = this.cell.length > 0 ? [...this.row, { paragraphs: this.cell }] : this.row;
    if (left.length > 0) this.rows.push(left);
    if (this.rows.length > 0) this.paragraphs.table(this.rows);
    this.cell = [];
    this.row = [];
    this.rows = [];
  }
}
