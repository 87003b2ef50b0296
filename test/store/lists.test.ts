import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteHouse } from "../../src/store/index.js";
import { listsContract } from "./contract-lists.js";

listsContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-lists-"));
  return {
    house: await openSqliteHouse(join(folder, "store.db")),
    remove: () => rm(folder, { recursive: true }),
  };
});
