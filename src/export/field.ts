/** What a cell holds, in every format; `json` is written as it is in JSON and as its text elsewhere. */
export type FieldType = "string" | "number" | "integer" | "boolean" | "json";
export type CellValue = string | number | boolean | null;

/** One column of an export. */
export interface Field<T> {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
  readonly required?: boolean;
  /** All values there are. */
  readonly values?: readonly string[];
  get(record: T): unknown;
}

export interface Table<T> {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field<T>[];
  readonly rows: AsyncIterable<T> | Iterable<T>;
  /** The field that names a row. */
  readonly key: string;
  /** Fields that name a row of another table. */
  readonly references?: readonly { readonly field: string; readonly table: string; readonly to: string }[];
}

/** The value for formats that have no lists and objects: those become JSON, an empty list nothing. */
export function flat<T>(field: Field<T>, record: T): CellValue {
  const value = field.get(record);
  if (value === null || value === undefined) return null;
  if (field.type !== "json") return value as CellValue;
  return Array.isArray(value) && value.length === 0 ? null : JSON.stringify(value);
}

/** Items in lists of `size`: what is written in one go. */
export async function* inBatches<T>(items: AsyncIterable<T> | Iterable<T>, size = 1000): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
