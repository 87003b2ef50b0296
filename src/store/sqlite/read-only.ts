import Database from "better-sqlite3";
import { SqlError, type SqlReader, type SqlResult } from "../sql-reader.js";
import { StoreError } from "../store.js";

const VIEWS = ["figures", "headlines", "clippings", "texts", "decisions"] as const;
const TABLES = ["indicator", "region"] as const;

/** Opens the file so that nothing can be written to it, nor to any other. Throws StoreError when there is none. */
export function openReader(path: string): SqlReader {
  let database: Database.Database;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: 10_000 });
    database.pragma("query_only = ON");
    database.pragma("trusted_schema = OFF");
  } catch (cause) {
    throw new StoreError(`the store ${path} cannot be opened: ${(cause as Error).message}`, { cause });
  }
  return {
    query: (sql) => run(database, sql),
    views: () =>
      [...VIEWS, ...TABLES].map((name) => ({
        name,
        columns: database.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(name) as string[],
      })),
    close: () => void database.close(),
  };
}

function run(database: Database.Database, sql: string): SqlResult {
  try {
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly)
      throw new SqlError("only statements that read are run here: SELECT, WITH, EXPLAIN");
    // names that two columns share are told apart by place, not by name
    const columns = statement.columns().map(({ name }) => name);
    return { columns, rows: told(statement.raw().iterate() as IterableIterator<readonly unknown[]>) };
  } catch (cause) {
    throw asSqlError(cause);
  }
}

/** Errors that come with a row are told like those that come before. */
function* told(rows: IterableIterator<readonly unknown[]>): Generator<readonly unknown[]> {
  try {
    yield* rows;
  } catch (cause) {
    throw asSqlError(cause);
  }
}

function asSqlError(cause: unknown): Error {
  if (cause instanceof SqlError) return cause;
  const { code = "", name = "", message } = cause as { code?: string; name?: string; message: string };
  return code.startsWith("SQLITE_") || name === "RangeError" || name === "SqliteError" || name === "TypeError"
    ? new SqlError(message, { cause })
    : (cause as Error);
}
