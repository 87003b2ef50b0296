import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Catalogue, Region } from "../catalogue/index.js";
import { regionName } from "../catalogue/labels.js";
import {
  type CsvOptions,
  clippingsTable,
  decisionsTable,
  FORMATS,
  type Format,
  figuresTable,
  isText,
  type Names,
  type Table,
  writePackage,
  writeTable,
  writeTableFile,
} from "../export/index.js";
import { type FigureQuery, openSqliteStore, type Review, type Store } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  DEFAULT_STORE,
  err,
  indicatorIds,
  manyWords,
  periodArgument,
  regionArgument,
  UsageError,
} from "./common.js";

const WHAT = ["figures", "clippings", "decisions", "package"] as const;
const REVIEWS = [
  "unreviewed",
  "accepted",
  "corrected",
  "rejected",
  "added",
  "renew",
] as const satisfies readonly Review[];

interface Options {
  store: string;
  catalogue?: string;
  format?: Format;
  out?: string;
  bom?: boolean;
  guard: boolean;
  indicator?: string[];
  region?: Region;
  period?: string;
  headline?: boolean;
  review?: Review[];
  minConfidence?: number;
}

export function exportCommand(program: Command): void {
  program
    .command("export")
    .description("write figures, clippings or decisions for other tools")
    .argument("<what>", `${WHAT.join(", ")}: a folder of all, described by datapackage.json`, one(WHAT))
    .addOption(new Option("-f, --format <format>", "where the name of --out does not tell").choices([...FORMATS]))
    .option("-o, --out <file>", "file, or folder of a package; standard output where it is not given")
    .option("--bom", "CSV with a byte order mark, for Excel")
    .option("--no-guard", "CSV without the apostrophe before text that a spreadsheet would run as a formula")
    .option("-i, --indicator <name>", "figures of it: by id, Chinese or English name; may be repeated", manyWords)
    .option("-r, --region <region>", "figures or clippings of this region and all below it", regionArgument)
    .option("-p, --period <period>", "figures whose period overlaps this ISO date or interval", periodArgument)
    .option("--headline", "only the regions' whole totals")
    .addOption(
      new Option(
        "--review <state>",
        "figures of this state; may be repeated; all but rejected where it is not given",
      ).argParser((text: string, before: Review[] = []) => [...before, one(REVIEWS)(text)]),
    )
    .option("--min-confidence <share>", "figures that are at least so sure: 0.9", share)
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", HELP)
    .addOption(catalogueOption())
    .action(run);
}

const HELP = `
Rows are written as they are read: memory does not grow with their number. Columns are those of the views of jianbao sql.

Example:
  $ jianbao export figures -o figures.parquet --region 河南 --headline
  $ jianbao export figures -o figures.xlsx --indicator 办结率
  $ jianbao export figures -f csv --bom > figures.csv
  $ jianbao export decisions -o decisions.csv        # jianbao import decisions takes it back
  $ jianbao export package -o figures/               # Frictionless data package`;

async function run(what: (typeof WHAT)[number], options: Options): Promise<void> {
  const catalogue = catalogueOf(options);
  const csv: CsvOptions = { guard: options.guard, ...(options.bom ? { bom: true } : {}) };
  const query = queryOf(options, catalogue);
  const names: Names = {
    indicator: (id) => catalogue.indicators.find((each) => each.id === id)?.label ?? null,
    region: (code) => (regionName(code) === code ? null : regionName(code)),
  };
  const format = what === "package" ? undefined : formatOf(options);
  const store = await openSqliteStore(options.store);
  try {
    if (format === undefined) await exportPackage(store, query, catalogue, names, options.out, csv);
    else if (what === "clippings")
      await write(clippingsTable(store.eachClipping(placeOf(options))), format, options.out, csv);
    else if (what === "decisions") await write(decisionsTable(store.eachDecision()), format, options.out, csv);
    else await write(figuresTable(store.eachFigure(query), names), format, options.out, csv);
  } catch (cause) {
    const { code, syscall, message } = cause as NodeJS.ErrnoException;
    if (code === "EPIPE") return;
    if (syscall) throw new UsageError(`cannot be written: ${message}`);
    throw cause;
  } finally {
    await store.close();
  }
}

async function exportPackage(
  store: Store,
  query: FigureQuery,
  catalogue: Catalogue,
  names: Names,
  folder: string | undefined,
  csv: CsvOptions,
): Promise<void> {
  if (folder === undefined) throw new UsageError("a package is a folder: name it with --out");
  const sources = {
    figures: store.eachFigure(query),
    clippings: store.eachClipping(),
    decisions: store.eachDecision(),
    indicators: catalogue.indicators,
    names,
  };
  const counts = await writePackage(sources, folder, csv);
  err(
    `${Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(", ")} → ${folder}`,
  );
}

async function write<T>(table: Table<T>, format: Format, file: string | undefined, csv: CsvOptions): Promise<void> {
  if (file !== undefined) return writeTableFile(table, format, file, csv);
  if (!isText(format) || format === "xlsx" || format === "parquet")
    throw new UsageError(`${format} is no text: name a file with --out`);
  await writeTable(table, format, process.stdout, csv);
}

const placeOf = ({ region }: Options) => (region ? { within: region.code } : {});

function queryOf(options: Options, catalogue: Catalogue): FigureQuery {
  const indicators = indicatorIds(options.indicator ?? [], catalogue);
  return {
    ...placeOf(options),
    ...(indicators.length > 0 ? { indicators } : {}),
    ...(options.period ? { period: options.period } : {}),
    ...(options.headline ? { headline: true } : {}),
    ...(options.review ? { review: options.review } : {}),
    ...(options.minConfidence === undefined ? {} : { confidence: { from: options.minConfidence } }),
  };
}

function formatOf({ format, out }: Options): Format {
  if (format) return format;
  if (out === undefined) return "csv";
  const ending = extname(out).slice(1).toLowerCase();
  const known = FORMATS.find((each) => each === (ending === "ndjson" ? "jsonl" : ending));
  if (!known)
    throw new UsageError(`'${out}' does not tell the format: end it with .${FORMATS.join(", .")}, or give --format`);
  return known;
}

function one<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    if (!choices.includes(text as T)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
    return text as T;
  };
}

function share(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError("give a number from 0 to 1");
  return number;
}
