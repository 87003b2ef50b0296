import { ClippingError, type ClippingKind } from "../doc/index.js";
import { Archive } from "./zip.js";

export const ZIP_MARKS: ReadonlySet<string> = new Set(["PK\u0003\u0004", "PK\u0005\u0006", "PK\u0007\u0008"]);

const OFFICE = (to: string) =>
  `convert it: soffice --headless --convert-to ${to} FILE (LibreOffice), or save it as ${to}`;
const UNPACK = "unpack it and ingest what is inside";
const PRINT = "print or export it as PDF with the program that reads it";

/** What is not read: what it is, and what to do. By MIME type, or a name of our own. */
const REFUSED: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  doc: ["a Word document of before 2007 (.doc, .wps)", OFFICE("docx")],
  xls: ["an Excel workbook of before 2007 (.xls, .et)", OFFICE("pdf")],
  ppt: ["a presentation of before 2007 (.ppt, .dps)", OFFICE("pdf")],
  works: ["a Microsoft Works document (.wps)", OFFICE("docx")],
  msg: ["an Outlook message (.msg)", "save it as PDF or text"],
  hwp: ["a Hangul document (.hwp)", OFFICE("docx")],
  office: ["an old Office document", OFFICE("pdf")],
  xlsx: ["an Excel workbook (.xlsx)", OFFICE("pdf")],
  pptx: ["a presentation (.pptx)", OFFICE("pdf")],
  odt: ["an OpenDocument text (.odt)", OFFICE("docx")],
  opendocument: ["an OpenDocument file", OFFICE("pdf")],
  ofd: ["an OFD document (GB/T 33190)", PRINT],
  epub: ["an e-book (.epub)", "convert it: ebook-convert FILE out.docx (Calibre), or unpack it and ingest its pages"],
  caj: ["a CAJ document (CNKI)", PRINT],
  mhtml: ["a web archive (.mht)", "save the page as HTML or PDF"],
  email: ["an e-mail (.eml)", "save its text, or print it as PDF"],
  flat: ["a Word document in one XML file", OFFICE("docx")],
  "application/zip": ["a zip archive", UNPACK],
  "application/x-7z-compressed": ["a 7-Zip archive", UNPACK],
  "application/x-rar-compressed": ["a RAR archive", UNPACK],
  "application/vnd.rar": ["a RAR archive", UNPACK],
  "application/gzip": ["a gzip archive", UNPACK],
  "application/x-tar": ["a tar archive", UNPACK],
  "application/x-bzip2": ["a bzip2 archive", UNPACK],
  "application/x-xz": ["an xz archive", UNPACK],
  "application/postscript": ["a PostScript file", "convert it: ps2pdf FILE"],
  "image/vnd.djvu": ["a DjVu scan", "convert it: ddjvu -format=pdf FILE out.pdf"],
  "image/vnd.adobe.photoshop": ["a Photoshop picture", "save it as PNG"],
  video: ["a video", "what is said in it has to be written down first"],
  audio: ["a sound recording", "what is said in it has to be written down first"],
};

/** The failure for a kind that is not read, with what to do about it. */
export function refused(path: string, kind: string): ClippingError {
  const [what, hint] = REFUSED[kind] ?? REFUSED[kind.split("/")[0] ?? ""] ?? [`the file is ${kind}`, PRINT];
  return new ClippingError("ingest/unsupported", path, `${what}: not read; ${hint}`);
}

/** Parts that tell what a zip container is of. */
const PARTS: readonly (readonly [test: (name: string) => boolean, kind: string])[] = [
  [(name) => name === "word/document.xml", "docx"],
  [(name) => name.startsWith("xl/"), "xlsx"],
  [(name) => name.startsWith("ppt/"), "pptx"],
  [(name) => name === "OFD.xml", "ofd"],
  [(name) => name === "META-INF/container.xml", "epub"],
];

/** Throws ClippingError for all but Word documents. */
export async function kindOfZip(bytes: Uint8Array, path: string): Promise<ClippingKind> {
  const archive = await Archive.open(bytes, path);
  const kind = PARTS.find(([test]) => archive.some(test))?.[1] ?? (await openDocument(archive));
  // a document may call its main part otherwise; [Content_Types].xml says what it is of
  if (kind === "docx" || (!kind && archive.some((name) => /^word\/document\d{0,4}\.xml$/.test(name)))) return "docx";
  throw refused(path, kind ?? "application/zip");
}

async function openDocument(archive: Archive): Promise<string | undefined> {
  if (!archive.has("mimetype")) return undefined;
  const type = new TextDecoder().decode((await archive.read("mimetype")).subarray(0, 100));
  if (!type.includes("opendocument")) return undefined;
  return type.endsWith(".text") ? "odt" : "opendocument";
}

/** Names of streams in compound files, which are UTF-16 there. */
const STREAMS: readonly (readonly [name: string, kind: string])[] = [
  ["WordDocument", "doc"],
  ["Workbook", "xls"],
  ["Book", "xls"],
  ["PowerPoint Document", "ppt"],
  ["__properties_version1.0", "msg"],
  ["HwpSummaryInformation", "hwp"],
  ["MatOST", "works"],
];

/** Throws ClippingError: none of the formats in compound files is read. */
export function kindOfOffice(bytes: Uint8Array, path: string): never {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string) => buffer.includes(Buffer.from(`${name}\u0000`, "utf16le"));
  if (has("EncryptedPackage"))
    throw new ClippingError("ingest/encrypted", path, "the Office document asks for a password; save it without one");
  throw refused(path, STREAMS.find(([name]) => has(name))?.[1] ?? "office");
}

/** Openings of files that are text, and still no clipping. */
const OPENINGS: readonly (readonly [opening: RegExp, kind: string])[] = [
  [/^(?:CAJ\0|HN\0|KDH |%CAJ)/, "caj"],
  [/^(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location):[\s\S]{0,900}multipart\/related/i, "mhtml"],
  [/^(?:Received|Return-Path|Delivered-To|From|MIME-Version): [\s\S]{0,900}\nContent-Type: /i, "email"],
  [/^\s{0,16}<\?xml[\s\S]{0,200}<\?mso-application progid="Word/, "flat"],
];

/** Throws ClippingError where the first 1,024 bytes are of such a file. */
export function refuseText(head: string, path: string): void {
  const kind = OPENINGS.find(([opening]) => opening.test(head))?.[1];
  if (kind) throw refused(path, kind);
}
