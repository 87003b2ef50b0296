import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Box, Metadata } from "../doc/index.js";
import { type Decision, type DecisionInput, decisionId, type Meaning } from "../store/index.js";
import { unguarded } from "./csv.js";
import { OBS_STATUS } from "./tables.js";

/** A row that cannot be taken: names its line and what is wrong. */
export class ReadError extends Error {
  constructor(
    readonly line: number,
    detail: string,
  ) {
    super(`line ${line}: ${detail}`);
  }
}

/** A decision of an export, or one that a person wrote into a spreadsheet. */
export type DecisionRow = { readonly line: number } & (
  | { readonly decision: Decision }
  | { readonly input: DecisionInput }
);

/** What a row says of a clipping; fields without a column, or empty, are undefined, `-` is null. */
export interface MetadataRow {
  readonly line: number;
  readonly clipping: string | undefined;
  readonly path: string | undefined;
  readonly metadata: Partial<Metadata>;
}

/** One row by the names of its columns; empty cells are left out. */
class Cells {
  constructor(
    readonly line: number,
    private readonly cells: Readonly<Record<string, string>>,
  ) {}

  text(...names: string[]): string | undefined {
    for (const name of names) {
      const cell = this.cells[name];
      if (cell !== undefined && cell !== "") return unguarded(cell);
    }
    return undefined;
  }

  needed(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw new ReadError(this.line, `${name} is empty`);
    return text;
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (!Number.isFinite(number)) throw new ReadError(this.line, `${name}: '${text}' is no number`);
    return number;
  }

  neededNumber(name: string): number {
    return this.number(name) ?? Number(this.needed(name));
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined || values.includes(text as T)) return text as T | undefined;
    throw new ReadError(this.line, `${name}: '${text}' is none of ${values.join(", ")}`);
  }

  json<T>(name: string): T | null {
    const text = this.text(name);
    try {
      return text === undefined ? null : (JSON.parse(text) as T);
    } catch {
      throw new ReadError(this.line, `${name}: '${text}' is no JSON`);
    }
  }
}

/** Rows of a CSV with a heading, with or without a byte order mark. Throws ReadError. */
async function* rowsOf(csv: Readable, needed: readonly (readonly string[])[]): AsyncGenerator<Cells> {
  let seen: string[] = [];
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count_less: true,
    columns: (heading: string[]) => {
      seen = heading.map((name) => name.trim());
      return seen;
    },
  });
  csv.on("error", (cause) => parser.destroy(cause));
  csv.pipe(parser);
  let checked = false;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      if (!checked) checkHeading(seen, needed);
      checked = true;
      yield new Cells(info.lines, record);
    }
  } catch (cause) {
    const { code = "", message, lines } = cause as { code?: string; message: string; lines?: number };
    if (code.startsWith("CSV_")) throw new ReadError(lines ?? 1, message);
    throw cause;
  }
}

function checkHeading(seen: readonly string[], needed: readonly (readonly string[])[]): void {
  for (const names of needed)
    if (!names.some((name) => seen.includes(name)))
      throw new ReadError(1, `no column ${names.join(" or ")}; there are ${seen.join(", ")}`);
}

const KINDS = ["accept", "correct", "reject", "add", "reopen"] as const;
const QUALIFIERS = ["exact", "over", "about", "under"] as const;
const statusOf = (code: string | undefined): Meaning["status"] | undefined =>
  code === undefined ? undefined : code === OBS_STATUS.planned ? "planned" : "actual";

/**
 * Decisions of a CSV: rows of an export come back as they were; a row whose
 * `decision` is empty is one that somebody made in the spreadsheet. Throws
 * ReadError at the first row that cannot be taken.
 */
export async function* readDecisions(csv: Readable, reviewer?: string): AsyncGenerator<DecisionRow> {
  for await (const cells of rowsOf(csv, [["kind"], ["figure", "clipping"]])) {
    const { line } = cells;
    yield cells.text("decision") === undefined
      ? { line, input: inputOf(cells, reviewer) }
      : { line, decision: decisionOf(cells) };
  }
}

function decisionOf(cells: Cells): Decision {
  const decision: Omit<Decision, "id"> = {
    clipping: cells.needed("clipping"),
    figure: cells.needed("figure"),
    kind: cells.oneOf("kind", KINDS) ?? (cells.needed("kind") as "accept"),
    follows: cells.text("follows") ?? null,
    reviewer: cells.needed("reviewer"),
    reason: cells.text("reason") ?? null,
    at: cells.needed("decided_at"),
    version: cells.needed("version"),
    was: cells.text("was_INDICATOR") === undefined ? null : meaningOf(cells, "was_"),
    is: meaningOf(cells, ""),
    quote: cells.needed("quote"),
    start: cells.neededNumber("text_start"),
    end: cells.neededNumber("text_end"),
    page: cells.number("page") ?? null,
    box: cells.json<Box>("box"),
    article: cells.neededNumber("article"),
  };
  const id = cells.needed("decision");
  // a cell cannot tell an empty reason from none
  if (decisionId(decision) !== id && decisionId({ ...decision, reason: "" }) === id)
    return { id, ...decision, reason: "" };
  if (decisionId(decision) !== id)
    throw new ReadError(
      cells.line,
      `decision ${id} was changed since it was exported. What was decided stays as it is: to decide anew, leave the column 'decision' empty`,
    );
  return { id, ...decision };
}

const meaningOf = (cells: Cells, prefix: "" | "was_"): Meaning => ({
  indicator: cells.needed(`${prefix}INDICATOR`),
  value: cells.neededNumber(`${prefix}OBS_VALUE`),
  unit: cells.needed(`${prefix}UNIT_MEASURE`),
  qualifier: cells.oneOf(`${prefix}qualifier`, QUALIFIERS) ?? "exact",
  region: cells.text(`${prefix}REF_AREA`) ?? null,
  period: cells.text(`${prefix}TIME_PERIOD`) ?? null,
  scope: cells.text(`${prefix}scope`) ?? null,
  status: statusOf(cells.oneOf(`${prefix}OBS_STATUS`, ["A", "F"])) ?? "actual",
});

function inputOf(cells: Cells, someone: string | undefined): DecisionInput {
  const kind = cells.oneOf("kind", KINDS) ?? (cells.needed("kind") as "accept");
  const reviewer = cells.text("reviewer") ?? someone;
  if (reviewer === undefined)
    throw new ReadError(cells.line, "reviewer is empty: fill it in, or name one with --reviewer");
  const reason = cells.text("reason");
  const at = cells.text("decided_at");
  const by = { reviewer, ...(reason === undefined ? {} : { reason }), ...(at === undefined ? {} : { at }) };
  if (kind === "correct") return { ...by, kind, figure: cells.needed("figure"), change: changeOf(cells) };
  if (kind !== "add") return { ...by, kind, figure: cells.needed("figure") };
  const page = cells.number("page");
  const box = cells.json<Box>("box");
  return {
    ...by,
    kind,
    clipping: cells.needed("clipping"),
    is: meaningOf(cells, ""),
    start: cells.neededNumber("text_start"),
    end: cells.neededNumber("text_end"),
    ...(page === undefined ? {} : { page }),
    ...(box === null ? {} : { box }),
  };
}

/** Cells that are filled; `-` takes region, period or scope away. */
function changeOf(cells: Cells): Partial<Meaning> {
  const text = (name: string) => cells.text(name);
  const nullable = (name: string) => (text(name) === "-" ? null : text(name));
  const change = {
    indicator: text("INDICATOR"),
    value: cells.number("OBS_VALUE"),
    unit: text("UNIT_MEASURE"),
    qualifier: cells.oneOf("qualifier", QUALIFIERS),
    region: nullable("REF_AREA"),
    period: nullable("TIME_PERIOD"),
    scope: nullable("scope"),
    status: statusOf(cells.oneOf("OBS_STATUS", ["A", "F"])),
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Meaning>;
}

/** Metadata of a CSV: of an export of clippings, or with the columns of a side file. Throws ReadError. */
export async function* readMetadata(csv: Readable): AsyncGenerator<MetadataRow> {
  for await (const cells of rowsOf(csv, [["clipping", "path", "file"]])) {
    const given = {
      title: cells.text("title"),
      publisher: cells.text("publisher"),
      published: cells.text("published"),
      region: cells.text("REF_AREA", "region"),
      url: cells.text("url"),
    };
    if (given.published !== undefined && !/^(?:-|\d{4}(?:-\d{2}(?:-\d{2})?)?)$/.test(given.published))
      throw new ReadError(cells.line, `published: '${given.published}' is no ISO date`);
    const metadata = Object.fromEntries(
      Object.entries(given).flatMap(([name, text]) => (text === undefined ? [] : [[name, text === "-" ? null : text]])),
    );
    yield { line: cells.line, clipping: cells.text("clipping"), path: cells.text("path", "file"), metadata };
  }
}
