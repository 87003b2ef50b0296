import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { guarded } from "./csv.js";
import { type CellValue, type Field, flat, inBatches, type Table } from "./field.js";

/** Rows that a sheet can hold, its heading among them; further rows go on in another sheet. */
const SHEET_ROWS = 1_048_576;
/** Characters that a cell can hold. */
const CELL_CHARS = 32_767;
/** Rows of one piece of XML. */
const PIECE = 500;
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Styles of cells, by their place in STYLES: plain, heading, and text that is to stay text when it is edited. */
const STYLE = { plain: 0, heading: 1, text: 2 } as const;
const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;
/** The same rows make the same bytes, whenever. */
const PLAIN_DATE = { mtime: new Date("1980-01-01T00:00:00Z") };
const STYLES = `${XML}<styleSheet xmlns="${SHEETS}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/></cellXfs></styleSheet>`;

/**
 * Writes a workbook, row by row: a library that streams and is kept up is not
 * to be had. Text is text whatever it begins with, never a formula.
 */
export async function writeXlsx<T>(table: Table<T>, out: Writable, sheetRows = SHEET_ROWS): Promise<void> {
  const zip = new ZipFile();
  const stop = new AbortController();
  const fail = (cause: unknown) => stop.abort(cause);
  zip.on("error", fail);
  const written = pipeline(zip.outputStream as Readable, out, { signal: stop.signal });
  // what fails first ends the other, and is what is told
  await Promise.all([fill(zip, table, sheetRows, stop.signal).catch(fail), written.catch(fail)]);
  stop.signal.throwIfAborted();
}

async function fill<T>(zip: ZipFile, table: Table<T>, sheetRows: number, signal: AbortSignal): Promise<void> {
  // any part that is not named otherwise is a sheet, as their number is known last
  zip.addBuffer(Buffer.from(CONTENT_TYPES), "[Content_Types].xml", PLAIN_DATE);
  const source = new Source(inBatches(table.rows, PIECE));
  let sheets = 0;
  do {
    sheets++;
    const sheet = Readable.from(sheetXml(table.fields, source, sheetRows), { objectMode: false, signal });
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, PLAIN_DATE);
    await once(sheet, "end", { signal });
  } while (!source.done);
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  for (const [name, xml] of Object.entries(partsOf(table.name, numbers)))
    zip.addBuffer(Buffer.from(xml), name, PLAIN_DATE);
  zip.end();
}

function partsOf(name: string, numbers: readonly number[]): Record<string, string> {
  const sheetName = (number: number) => `${name.slice(0, 24)}${number === 1 ? "" : ` ${number}`}`;
  return {
    "xl/workbook.xml": `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets>${numbers.map((number) => `<sheet name="${escaped(sheetName(number))}" sheetId="${number}" r:id="rId${number}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join("")}<Relationship Id="styles" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": STYLES,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  };
}

/** Batches that several sheets take from, one after another. */
class Source<T> {
  done = false;
  private rest: T[] = [];
  constructor(private readonly batches: AsyncIterator<T[]>) {}

  /** The next rows, `most` at most; undefined at the end. */
  async take(most: number): Promise<T[] | undefined> {
    if (this.rest.length === 0) {
      const next = await this.batches.next();
      if (next.done) {
        this.done = true;
        return undefined;
      }
      this.rest = next.value;
    }
    return this.rest.splice(0, most);
  }
}

async function* sheetXml<T>(fields: readonly Field<T>[], source: Source<T>, sheetRows: number): AsyncGenerator<string> {
  const letters = fields.map((_, index) => columnLetters(index));
  const heading = fields.map(({ name }, index) => textCell(`${letters[index]}1`, name, STYLE.heading)).join("");
  yield `${XML}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="1">${heading}</row>`;
  let row = 1;
  while (row < sheetRows) {
    const batch = await source.take(sheetRows - row);
    if (!batch) break;
    yield batch
      .map((record) => {
        row++;
        return `<row r="${row}">${fields.map((field, index) => cell(`${letters[index]}${row}`, flat(field, record))).join("")}</row>`;
      })
      .join("");
  }
  yield `</sheetData><autoFilter ref="A1:${letters.at(-1)}${row}"/></worksheet>`;
}

function cell(at: string, value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? `<c r="${at}"><v>${value}</v></c>` : "";
  if (typeof value === "boolean") return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
  return textCell(at, value, guarded(value) === value ? STYLE.plain : STYLE.text);
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" t="inlineStr"${style === STYLE.plain ? "" : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text.slice(0, CELL_CHARS))}</t></is></c>`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML text as Excel has it: characters that XML cannot hold as _x0007_, and what looks like such a code with its underscore so. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[&<>"]/g, (char) => ENTITIES[char] as string)
    .replace(
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    // halves of a character, which no encoding has
    .replace(/\p{Surrogate}/gu, "\ufffd");

/** A, B … Z, AA … */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
