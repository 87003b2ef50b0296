import { ClippingError } from "../doc/index.js";

/** What a clipping may weigh, in one place: each limit with what it bounds. Users change them with `--limit NAME=NUMBER`. */
const KNOWN = {
  fileBytes: [256 * 1024 * 1024, "bytes of one file"],
  sideFileBytes: [64 * 1024 * 1024, "bytes of a meta.json or meta.csv"],
  pdfPages: [2000, "pages of one PDF"],
  imagePixels: [120_000_000, "pixels of one image, before decoding"],
  renderedPixels: [40_000_000, "pixels of one page rendered for OCR"],
  ocrDpi: [200, "resolution at which PDF pages are rendered for OCR"],
  ocrDpiLeast: [150, "and its lower bound, where a page shows a scan of its own resolution"],
  ocrDpiMost: [300, "and its upper bound"],
  inflatedBytes: [256 * 1024 * 1024, "bytes that the parts of one zip container (DOCX) inflate to, together"],
  archiveEntries: [10_000, "entries of one zip container"],
  nesting: [256, "levels of elements or groups inside each other, in DOCX and RTF"],
  htmlNesting: [512, "levels of elements inside each other, in a web page"],
  htmlElements: [100_000, "elements of a web page"],
  textCharacters: [64 * 1024 * 1024, "characters (UTF-16 code units) of one clipping's text"],
  clippingSeconds: [3600, "seconds that reading a clipping, or a page of it, may take in a worker"],
  workerMegabytes: [2048, "megabytes of JavaScript memory of one worker"],
  urlBytes: [64 * 1024 * 1024, "bytes of one address that is fetched"],
  urlSeconds: [60, "seconds that fetching one address may take, redirects included"],
  urlRedirects: [5, "redirects that are followed"],
} as const satisfies Record<string, readonly [number, string]>;

export type LimitName = keyof typeof KNOWN;
export type Limits = Record<LimitName, number>;

const names = Object.keys(KNOWN) as LimitName[];

/** What holds in this thread. Workers are given it when they start. */
export const limits: Limits = Object.fromEntries(names.map((name) => [name, KNOWN[name][0]])) as Limits;

/** Every limit with its usual value and what it bounds. */
export const limitsTold = (): { readonly name: LimitName; readonly usual: number; readonly bounds: string }[] =>
  names.map((name) => ({ name, usual: KNOWN[name][0], bounds: KNOWN[name][1] }));

/** Changes what holds in this thread. Throws RangeError for what is no limit or no positive number. */
export function changeLimits(changes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(KNOWN, name)) throw new RangeError(`no limit '${name}': there are ${names.join(", ")}`);
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`the limit ${name} must be a number above 0`);
  }
  Object.assign(limits, changes);
}

/** `pdfPages=100,imagePixels=1e6`. Throws RangeError where that is not understood. */
export function parseLimits(text: string): Record<string, number> {
  const changes: Record<string, number> = Object.create(null);
  for (const part of text.split(",").filter((each) => each.trim() !== "")) {
    const [name = "", value = ""] = part.split("=").map((each) => each.trim());
    if (value === "") throw new RangeError(`'${part}': give NAME=NUMBER`);
    changes[name] = Number(value);
  }
  return changes;
}

/** The failure of a clipping that is over a limit; `what` says how large it is. */
export function overLimit(path: string, name: LimitName, what: string): ClippingError {
  return new ClippingError("ingest/too-large", path, `${what}, more than ${limits[name]} (limit ${name})`);
}
