import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Comparison, DecisionReply, FigurePage, NextReply, UploadReply } from "../../src/server/contract/index.js";
import { Client, eventsOf } from "./help.js";

// the built server: threads, and processes for ingests and sources, which the other tests do without
let folder: string;
let store: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-built-"));
  store = join(folder, "s.db");
});
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const cli = (args: readonly string[], input = ""): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, ["dist/cli/main.js", ...args, "--store", store], (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
    child.stdin?.end(input);
  });

async function start(...args: string[]): Promise<{ child: ChildProcess; client: Client }> {
  const child = spawn(
    process.execPath,
    ["dist/cli/main.js", "serve", "--store", store, "--port", "0", "--no-ocr", ...args],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  started.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, client: new Client(line.toString().trim()) };
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  expect((await exit)[0]).toBe(0);
}

test("uploads are read in a process beside, while others ask, decide and export", async () => {
  const { child, client } = await start("--as", "王芳");
  const texts = Array.from(
    { length: 60 },
    (_, number) =>
      [
        `${number}.txt`,
        `截至2022年6月30日，开封市收集问题${300 + number}个，办结${200 + number}个。第${number}期。`,
      ] as const,
  );
  const answer = await client.upload(texts);
  const reply = (await answer.json()) as UploadReply;
  const events = eventsOf(await client.fetch(`/api/v1/ingests/${reply.ingest?.id}/events`));
  await client.ask("overview");
  const last = (await events).at(-1)?.data;
  expect(last).toMatchObject({ state: "done", stored: 60, failed: 0 });
  const { items } = await client.ask<NextReply>("next", { body: { take: 2 } });
  expect(items).toHaveLength(2);
  const { id, version } = items[0]?.figure ?? { id: "", version: "" };
  const decided = await client.ask<DecisionReply>("decide", { body: { kind: "accept", figure: id, version } });
  expect(decided.decision.reviewer).toBe("王芳");
  await client.refused("decide", { body: { kind: "reject", figure: id, version } }, 409);
  const comparison = await client.ask<Comparison>("compare", { query: { measure: "problem.collected" } });
  expect(comparison.rows).toHaveLength(1);
  const all = await client.ask<FigurePage>("figures", { query: { limit: 1, reposts: "show" } });
  const lines = (
    await client.send("exported", { params: { what: "figures", format: "csv" }, query: { reposts: "show" } })
  ).body;
  expect(lines.trim().split("\n")).toHaveLength((all.total ?? 0) + 1);
  expect((await client.send("exported", { params: { what: "figures", format: "parquet" } })).body.slice(0, 4)).toBe(
    "PAR1",
  );
  expect(
    (await client.ask<{ exact: boolean }>("normal", { params: { id: items[0]?.figure.clipping ?? "" } })).exact,
  ).toBe(true);
  await stop(child);
}, 180_000);

test("users are added on the command line, and needed where others can reach the server", async () => {
  const refused = await cli(["serve", "--host", "0.0.0.0", "--port", "0"]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("no users")]);
  expect((await cli(["user", "add", "王芳", "--role", "reader"], "a long password\n")).code).toBe(2);
  expect((await cli(["user", "add", "王芳"], "a long password\n")).err).toContain("admin");
  expect((await cli(["user", "add", "李明", "--role", "reviewer"], "a long password\n")).code).toBe(0);
  const token = (await cli(["user", "token", "李明", "--role", "reader"])).out.trim();
  expect(token).toMatch(/^jb_[\w-]{43}$/);
  expect((await cli(["user", "remove", "王芳"])).err).toContain("last admin");

  const { child, client } = await start("--host", "0.0.0.0");
  const local = new Client(client.address.replace("0.0.0.0", "127.0.0.1"));
  await local.refused("figures", {}, 401);
  await local.signIn("李明", "a long password");
  await local.ask("figures");
  await local.refused("users", {}, 403);
  const program = new Client(local.address);
  program.token = token;
  await program.ask("figures");
  await program.refused("next", { body: {} }, 403);
  await stop(child);
}, 180_000);
