import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreError } from "../../src/store/index.js";
import { isUnsafeSqlite } from "../../src/store/sqlite/migrate.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";
import { storeContract } from "./contract.js";
import { historyContract } from "./contract-history.js";

async function open() {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-test-"));
  const file = join(folder, "store.db");
  return {
    store: openSqliteStore(file),
    reopen: async () => openSqliteStore(file),
    remove: () => rm(folder, { recursive: true }),
  };
}

storeContract("SQLite", open);
historyContract("SQLite", open);

test.each([
  ["3.51.2", true],
  ["3.7.0", true],
  ["3.51.3", false],
  ["3.53.2", false],
])("SQLite %s is unsafe: %s", (version, unsafe) => expect(isUnsafeSqlite(version)).toBe(unsafe));

test("a file that is no store is told, not overwritten", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-test-"));
  const file = join(folder, "store.db");
  await writeFile(file, "this is a text, and long enough not to be taken for an empty database file".repeat(20));
  expect(() => openSqliteStore(file)).toThrow(StoreError);
  await rm(folder, { recursive: true });
});
