import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ThreadReader } from "../../src/batch/extractor.js";
import { version } from "../../src/pipeline.js";
import { care } from "../../src/store/index.js";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.js";
import { apart, CLI, canMount, jianbao, shell } from "./command.js";

// each command is a process of its own
vi.setConfig({ testTimeout: 300_000 });

const isMounting = await canMount();
if (!isMounting) console.warn("faults: this machine lets nobody mount; full and read-only disks are not tested");

let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-faults-"));
  await mkdir(file("in"));
  for (let number = 0; number < 24; number++)
    await writeFile(
      file(`in/${String(number).padStart(2, "0")}.txt`),
      `惠济区企业服务简报\n截至2022年6月30日，惠济区收集问题${200 + number}个。\n${"各级干部走访企业了解情况。\n".repeat(4000)}`,
    );
  const made = await jianbao(["ingest", file("in/00.txt"), "--store", file("small.db")]);
  expect(made.code, made.stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());

test.skipIf(!isMounting)(
  "a full disk ends the batch with a message; with room it goes on, and nothing is lost",
  async () => {
    const disk = file("disk");
    await mkdir(disk);
    const ingest = `${CLI} ingest ${file("in")} --jobs 1 --store ${disk}/s.db`;
    const { stdout, stderr } = await apart(`
    mount -t tmpfs -o size=3m tmpfs ${disk}
    ${ingest}; echo "full: $?"
    mount -o remount,size=200m ${disk}
    ${ingest}; echo "room: $?"
    ${CLI} doctor ${disk}/s.db; echo "doctor: $?"`);
    expect(stdout).toContain("full: 2");
    expect(stderr).toMatch(new RegExp(`error {2}the store ${disk}/s.db cannot be .*full.*make room`));
    expect(stdout).toContain("room: 0");
    expect(stdout).toMatch(/24 clippings|\d+ stored/);
    expect(stdout).toMatch(/ok +integrity/);
  },
);

test.skipIf(!isMounting)("a store on a read-only disk is told, with what to do", async () => {
  const disk = file("read-only");
  await mkdir(disk);
  await copyFile(file("small.db"), join(disk, "s.db"));
  const { stdout, stderr } = await apart(`
    mount --bind ${disk} ${disk} && mount -o remount,ro,bind ${disk}
    ${CLI} ingest ${file("in/01.txt")} --store ${disk}/s.db; echo "ingest: $?"
    ${CLI} doctor ${disk}/s.db; echo "doctor: $?"`);
  expect(stdout).toContain("ingest: 2");
  expect(stderr).toMatch(new RegExp(`${disk}/s.db cannot be .*rights`));
  expect(stdout).toMatch(/may not be (?:written|opened)/);
});

test("a log on a full disk, and an output on one, are told", async () => {
  const log = await jianbao(["ingest", file("in/02.txt"), "--store", file("log.db"), "--log", "/dev/full"]);
  expect([log.code, log.stderr]).toEqual([2, expect.stringContaining("the log /dev/full cannot be written")]);
  const output = await shell(`${CLI} indicators --format json > /dev/full`);
  expect([output.code, output.stderr]).toEqual([2, expect.stringContaining("the output cannot be written")]);
});

test("a store that another process holds is waited for, then told", async () => {
  await copyFile(file("small.db"), file("held.db"));
  const holder = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `import Database from "better-sqlite3"; const database = new Database(${JSON.stringify(file("held.db"))}); database.exec("BEGIN IMMEDIATE"); console.log("held"); setInterval(() => {}, 1000);`,
  ]);
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  try {
    const { code, stderr } = await jianbao(["ingest", file("in/03.txt"), "--store", file("held.db")]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/held\.db cannot be .*another program holds it/)]);
  } finally {
    holder.kill();
  }
  expect((await jianbao(["ingest", file("in/03.txt"), "--store", file("held.db")])).code).toBe(0);
});

test.each([
  ["ingest", ["ingest", "IN", "--store", "STORE"]],
  ["search", ["search", "企业", "--store", "STORE"]],
] as const)("a broken store is told by %s without a stack, and by doctor", async (name, args) => {
  const store = file(`broken-${name}.db`);
  await copyFile(file("small.db"), store);
  const handle = await open(store, "r+");
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(size - 4096, 0x5a), 0, size - 4096, 4096);
  await handle.close();
  const { code, stderr } = await jianbao(
    args.map((word) => (word === "STORE" ? store : word === "IN" ? file("in/04.txt") : word)),
  );
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error {2}.*broken-\w+\.db.*jianbao (?:doctor|restore)/)]);
  expect(stderr).not.toContain("    at ");
  expect((await jianbao(["doctor", store])).code).toBe(1);
});

test("a worker out of memory costs its clipping, and no other", async () => {
  const inside = file("memory");
  await mkdir(inside);
  await writeFile(join(inside, "a.html"), `<html><body>${"<p>收集<b>问题</b>200个</p>".repeat(400_000)}</body></html>`);
  for (const name of ["b", "c", "d", "e"]) await copyFile(file("in/05.txt"), join(inside, `${name}.txt`));
  const { code, stdout, stderr } = await jianbao([
    ...["ingest", inside, "--jobs", "1", "--store", file("memory.db")],
    ...["--limit", "workerMegabytes=200", "--limit", "htmlElements=100000000"],
  ]);
  expect(stderr).toMatch(/a\.html: .*200 MB \(limit workerMegabytes\) \[ingest\/out-of-memory\]/);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/1 stored .* 1 failed/)]);
});

test("a clock that is set back loses no decision and no order", async () => {
  const path = file("clock.db");
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-24T12:00:00Z") });
  const store = openSqliteStore(path);
  const reader = new ThreadReader({ ocr: false });
  const save = async (name: string) => {
    const { extracted } = await reader.read({ path: file(name), bytes: await readFile(file(name)) });
    return store.save(extracted, { version, catalogue: "0123456789abcdef" });
  };
  expect(await save("in/06.txt")).toBe("stored");
  const [figure] = await store.figures({});
  const id = figure?.id ?? "";
  const first = await store.decide({ kind: "correct", figure: id, reviewer: "r", change: { value: 5 } });
  vi.setSystemTime(new Date("2020-01-01T00:00:00Z"));
  expect(await save("in/07.txt")).toBe("stored");
  const second = await store.decide({ kind: "correct", figure: id, reviewer: "r", change: { value: 6 } });
  expect(second.follows).toBe(first.id);
  expect((await store.figure(id))?.value).toBe(6);
  const batch = await store.beginBatch({ command: "ingest", paths: [] });
  vi.setSystemTime(new Date("2019-01-01T00:00:00Z"));
  await store.updateBatch(batch, { done: 1 }, true);
  await store.close();
  const checked = await care.examine(path, { version, pdfjs: undefined, node: "20", now: new Date() });
  expect(checked.find(({ check }) => check === "clock")).toMatchObject({ state: "warning" });
  expect((await care.stats(path, 1)).batches[0]?.perSecond).toBe(0);
});
