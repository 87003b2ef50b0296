import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import { type FieldType, flat, type Table } from "./field.js";

const TYPES = {
  string: "STRING",
  json: "STRING",
  number: "DOUBLE",
  integer: "INT32",
  boolean: "BOOLEAN",
} as const satisfies Record<FieldType, string>;

/** Rows that are held in memory at a time; the first group is small, so that a look at a file is quick. */
const GROUPS = [1000, 20_000];

/** Writes a Parquet file, group by group. */
export async function writeParquet<T>({ fields, rows }: Table<T>, file: string): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(file),
    rows: objects(fields, rows),
    columns: fields.map(({ name, type }) => ({ name, type: TYPES[type], nullable: true })),
    rowGroupSize: GROUPS,
    createdBy: "jianbao",
  });
}

async function* objects<T>(fields: Table<T>["fields"], rows: Table<T>["rows"]) {
  for await (const record of rows) yield Object.fromEntries(fields.map((field) => [field.name, flat(field, record)]));
}
