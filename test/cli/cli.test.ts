import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ExtractContract } from "../../src/export/contract.js";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line; `npm run build` comes before. */
function jianbao(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["dist/cli/main.js", ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-cli-"));
  await mkdir(join(folder, "in"));
  await writeFile(
    join(folder, "in/a.txt"),
    "惠济区企业服务简报\n截至2022年6月30日，惠济区收集问题200个，办结190个。\n",
  );
  await writeFile(
    join(folder, "in/b.txt"),
    "上街区企业服务简报\n截至2022年6月30日，上街区收集问题100个，办结99个，办结率99%。\n",
  );
  await writeFile(join(folder, "in/empty.txt"), "");
  await writeFile(join(folder, "in/broken.pdf"), "%PDF-1.4\nbroken");
  await writeFile(
    join(folder, "in/binary.txt"),
    Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256)),
  );
  await writeFile(join(folder, "in/zero.png"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("extract prints the contract, one object a line, and names what failed", async () => {
  const { code, stdout, stderr } = await jianbao("extract", join(folder, "in"), "--format", "jsonl");
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => ExtractContract.parse(JSON.parse(line)));
  expect(code).toBe(1);
  expect(rows.map((row) => row.document.path.split("/").at(-1))).toEqual(["a.txt", "b.txt"]);
  expect(rows[0]?.figures[0]).toMatchObject({
    indicator: "problem.collected",
    value: 200,
    region: "410108",
    period: "../2022-06-30",
  });
  for (const name of ["empty.txt", "broken.pdf", "binary.txt", "zero.png"])
    expect(stderr).toMatch(new RegExp(`failed {2}.*${name}: .+ \\[ingest/`));
});

test("ingest, figures, compare and show work on one store", async () => {
  const store = join(folder, "s.db");
  const first = await jianbao("ingest", join(folder, "in"), "--store", store);
  expect(first.code).toBe(1);
  expect(first.stdout).toContain("2 stored (5 figures), 0 already there, 0 partial, 4 failed");
  const again = await jianbao("ingest", join(folder, "in/a.txt"), "--store", store);
  expect(again.stdout).toContain("0 stored (0 figures), 1 already there");
  expect(again.code).toBe(0);
  const table = await jianbao("compare", "收集问题", "办结率", "--within", "河南", "--store", store);
  expect(table.stdout).toMatch(/1 +郑州市惠济区 +200 +95%\*/);
  expect(table.stdout).toMatch(/2 +郑州市上街区 +100 +99%/);
  const figures = JSON.parse(
    (await jianbao("figures", "--region", "上街区", "--format", "json", "--store", store)).stdout,
  ) as { id: string }[];
  expect(figures).toHaveLength(3);
  const shown = await jianbao("show", figures[0]?.id ?? "", "--store", store);
  expect(shown.stdout).toContain("【收集问题100个】");
  const told = await jianbao("explain", figures[0]?.id ?? "", "--store", store);
  expect(told.stdout).toMatch(/收集问题【100个】[\s\S]*won +problem\.collected[\s\S]*confidence/);
});

test("an own catalogue works from ingest to figures; what is wrong in it is told, exit 2", async () => {
  const catalogue = join(folder, "own.json");
  const readme = await readFile("README.md", "utf8");
  const snippet = /```json\n(\{\n {2}"indicators"[\s\S]*?)```/.exec(readme)?.[1] ?? "";
  await writeFile(catalogue, snippet);
  await writeFile(join(folder, "governor.txt"), "6月，省长带队走访企业28家，收集问题200个。\n");
  const store = join(folder, "own.db");
  const listed = await jianbao("indicators", "--catalogue", catalogue);
  expect(listed).toMatchObject({ code: 0, stderr: "" });
  expect(listed.stdout).toContain("visit.governor");
  await jianbao("ingest", join(folder, "governor.txt"), "--catalogue", catalogue, "--store", store);
  const found = await jianbao("figures", "-i", "省长调研", "-c", catalogue, "-s", store, "--format", "jsonl");
  expect(JSON.parse(found.stdout)).toMatchObject({ indicator: "visit.governor", value: 28 });
  await writeFile(catalogue, snippet.replace("count", "counts"));
  const wrong = await jianbao("extract", join(folder, "governor.txt"), "--catalogue", catalogue);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/own\.json:3:37: indicators\[0\]\.unit: /);
});

test.each([
  [["figures", "--region", "阿特兰蒂斯"], "no region"],
  [["compare", "问题"], "no indicator"],
  [["figures", "--period", "yesterday"], "ISO date"],
  [["nonsense"], "unknown command"],
  [["figures", "--store", "/nowhere/at/all.db"], "cannot be opened"],
])("wrong usage %j exits 2 and says why", async (args, message) => {
  const { code, stderr } = await jianbao(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("explain tells of every figure of a file, and of the numbers that became none", async () => {
  const { code, stdout } = await jianbao("explain", join(folder, "in/b.txt"), "--all", "--format", "json");
  const told = JSON.parse(stdout) as { figures: { figure: { value: number } }[]; unused: { reason: string }[] };
  expect(code).toBe(0);
  expect(told.figures.map((each) => each.figure.value)).toEqual([100, 99, 99]);
  expect(told.unused.every((each) => each.reason.length > 0)).toBe(true);
  expect((await jianbao("explain", "zzzz", "--store", join(folder, "none.db"))).code).toBe(2);
});

test("a folder that does not exist is a failure, not a crash", async () => {
  const { code, stderr } = await jianbao("extract", join(folder, "none"));
  expect(code).toBe(1);
  expect(stderr).toContain("does not exist");
});

test("every command has help with an example", async () => {
  for (const command of ["ingest", "extract", "text", "figures", "compare", "show", "explain", "indicators", "demo"]) {
    expect((await jianbao(command, "--help")).stdout, command).toContain("Example:");
  }
});
