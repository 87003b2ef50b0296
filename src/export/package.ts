import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Indicator, type Region, regionOf } from "../catalogue/index.js";
import type { Decision, StoredClipping, StoredFigure } from "../store/index.js";
import { type IndicatorName, indicatorsTable, regionsTable } from "./code-lists.js";
import type { CsvOptions } from "./csv.js";
import type { Field, FieldType, Table } from "./field.js";
import { clippingsTable, decisionsTable, figuresTable, type Names } from "./tables.js";
import { digestOf, writeTableFile } from "./write.js";

export interface PackageSources {
  readonly figures: AsyncIterable<StoredFigure>;
  readonly clippings: AsyncIterable<StoredClipping>;
  readonly decisions: AsyncIterable<Decision>;
  readonly indicators: readonly Indicator[];
  readonly names: Names;
}

/**
 * A folder that Frictionless tools read: a CSV a table, with code lists of the
 * regions and indicators that are met, and datapackage.json, which describes
 * each column. Returns the rows of each table.
 */
export async function writePackage(
  sources: PackageSources,
  folder: string,
  options: CsvOptions = {},
): Promise<Record<string, number>> {
  await mkdir(folder, { recursive: true });
  const indicators = new Set<string>();
  const regions = new Set<string>();
  const meet = (figure: { indicator: string; region: string | null }) => {
    indicators.add(figure.indicator);
    if (figure.region !== null) regions.add(figure.region);
  };
  const counts: Record<string, number> = {};
  const resources: object[] = [];
  const add = async <T>(table: Table<T>, see: (record: T) => void = () => undefined) => {
    const file = join(folder, `${table.name}.csv`);
    let count = 0;
    const rows = (async function* () {
      for await (const record of table.rows) {
        see(record);
        count++;
        yield record;
      }
    })();
    await writeTableFile({ ...table, rows }, "csv", file, options);
    counts[table.name] = count;
    resources.push(resourceOf(table, count, await digestOf(file), options.guard ?? true));
  };
  await add(figuresTable(sources.figures, sources.names), meet);
  await add(clippingsTable(sources.clippings), ({ about }) => about.region !== null && regions.add(about.region));
  await add(decisionsTable(sources.decisions));
  await add(indicatorsTable(indicatorsMet(indicators, sources.indicators)));
  await add(regionsTable(regionsMet(regions)));
  await writeFile(join(folder, "datapackage.json"), `${JSON.stringify(descriptorOf(resources), null, 2)}\n`);
  return counts;
}

const descriptorOf = (resources: readonly object[]) => ({
  profile: "tabular-data-package",
  name: "jianbao-figures",
  title: "Figures of clippings",
  description:
    "What reports say of enterprises' problems, funds and visits, by region and period, each with its source. Column names follow SDMX where it has one (REF_AREA, INDICATOR, TIME_PERIOD, OBS_VALUE, UNIT_MEASURE, OBS_STATUS); regions are GB/T 2260 codes.",
  resources,
});

const GUARD_NOTE = "Text that a spreadsheet would run as a formula has an apostrophe before it.";

function resourceOf<T>(table: Table<T>, rows: number, digest: { bytes: number; hash: string }, guard: boolean) {
  return {
    profile: "tabular-data-resource",
    name: table.name,
    path: `${table.name}.csv`,
    title: table.title,
    ...(guard ? { description: GUARD_NOTE } : {}),
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    dialect: { delimiter: ",", doubleQuote: true, lineTerminator: "\n" },
    ...digest,
    rows,
    schema: {
      fields: table.fields.map((field) => fieldOf(field, field.name === table.key)),
      primaryKey: table.key,
      ...(table.references
        ? {
            foreignKeys: table.references.map(({ field, table: resource, to }) => ({
              fields: field,
              reference: { resource, fields: to },
            })),
          }
        : {}),
      missingValues: [""],
    },
  };
}

const TYPES: Readonly<Record<FieldType, string>> = {
  string: "string",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  json: "array",
};

function fieldOf<T>({ name, type, description, required, values }: Field<T>, isKey: boolean) {
  const constraints = {
    ...(required ? { required } : {}),
    ...(isKey ? { unique: true } : {}),
    ...(values ? { enum: values } : {}),
  };
  return {
    name,
    type: TYPES[type],
    ...(description ? { description } : {}),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  };
}

/** Ids that the catalogue does not have (they were another one's) have no name. */
const indicatorsMet = (met: ReadonlySet<string>, known: readonly Indicator[]): IndicatorName[] =>
  [...met].sort().map((id) => known.find((each) => each.id === id) ?? { id, label: null, labelEn: null, unit: null });

function regionsMet(met: ReadonlySet<string>): Region[] {
  const all = new Map<string, Region>();
  const add = (code: string) => {
    if (all.has(code)) return;
    // a code that no list has is its own name: rows refer to it all the same
    const region = regionOf(code) ?? { code, name: code, level: "county", parent: null, aliases: [], english: [] };
    all.set(code, region);
    if (region.parent) add(region.parent);
  };
  for (const code of met) add(code);
  return [...all.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
