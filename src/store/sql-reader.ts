/** Rows of one statement, in the order of its columns; read while they are asked for. */
export interface SqlResult {
  readonly columns: readonly string[];
  readonly rows: IterableIterator<readonly unknown[]>;
}

/** A statement that cannot be run, or that would write. */
export class SqlError extends Error {}

/** The store's file, for reading alone. */
export interface SqlReader {
  /** Runs one statement that reads. Throws SqlError for any other, and for what SQLite says against it. */
  query(sql: string): SqlResult;
  /** Views that are documented, and stay. */
  views(): readonly { readonly name: string; readonly columns: readonly string[] }[];
  close(): void;
}
