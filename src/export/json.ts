import { inBatches, type Table } from "./field.js";

const objectOf = <T>({ fields }: Table<T>, record: T) =>
  Object.fromEntries(fields.map((field) => [field.name, field.get(record) ?? null]));

/** One object a line, piece by piece. */
export async function* jsonLinesOf<T>(table: Table<T>): AsyncGenerator<string> {
  for await (const batch of inBatches(table.rows))
    yield batch.map((record) => `${JSON.stringify(objectOf(table, record))}\n`).join("");
}

/** A list of objects, one a line, piece by piece. */
export async function* jsonOf<T>(table: Table<T>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const batch of inBatches(table.rows)) {
    yield before + batch.map((record) => JSON.stringify(objectOf(table, record))).join(",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
