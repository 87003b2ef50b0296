import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvRows, duckdb, xlsxRows } from "../export/readers.js";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder = "";
let store = "";

/** Runs the built command line on the store; `npm run build` comes before. */
function jianbao(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["dist/cli/main.js", ...args],
      { maxBuffer: 1 << 26, env: { ...process.env, JIANBAO_STORE: store, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-analyst-"));
  store = join(folder, "s.db");
  await mkdir(join(folder, "in"));
  const write = (name: string, text: string) => writeFile(join(folder, "in", name), text);
  await write("a.txt", "惠济区企业服务简报\n截至2022年6月30日，惠济区收集问题200个，办结190个，包联企业100家。\n");
  await write("b.txt", "上街区企业服务简报\n截至2022年6月30日，上街区收集问题100个，办结99个，办结率99%。\n");
  await write("c.txt", "上街区工作动态\n截至2022年12月31日，上街区收集问题180个，办结170个，企业纷纷点赞。\n");
  await write("d.txt", "郑州市企业服务简报\n截至2022年6月30日，郑州市收集问题4000个。\n");
  await jianbao(["ingest", join(folder, "in")]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("derived measures, shares of the parent and gaps are told", async () => {
  const { stdout } = await jianbao([
    "compare",
    "收集问题",
    "企均问题",
    "--within",
    "郑州",
    "--level",
    "county",
    "--share",
  ]);
  expect(stdout).toMatch(/1 +郑州市惠济区 +200 +5\.0% +2\*/);
  expect(stdout).toContain("企均问题: divided by 包联企业");
  expect(stdout).toMatch(/no figures .*中原区/);
  const divided = await jianbao(["compare", "收集问题/包联企业", "--format", "csv"]);
  expect(divided.stdout).toContain("410108,郑州市惠济区,problem.collected/enterprise.covered");
  expect(await jianbao(["compare", "办结率/收集问题"])).toMatchObject({ code: 2 });
});

test("regions × periods, and series", async () => {
  const { stdout } = await jianbao(["compare", "收集问题", "--level", "county", "--by", "half"]);
  expect(stdout).toMatch(/region +2022-S1 +2022-S2/);
  expect(stdout).toMatch(/1 +郑州市上街区 +100 +180/);
  const series = JSON.parse((await jianbao(["compare", "收集问题", "--series", "--format", "json"])).stdout) as {
    region: string;
    points: { end: string; cell: { value: number } }[];
  }[];
  expect(series.find(({ region }) => region === "410106")?.points.map(({ end, cell }) => [end, cell.value])).toEqual([
    ["2022-06-30", 100],
    ["2022-12-31", 180],
  ]);
});

test.each([
  ["bars", []],
  ["lines", ["--series"]],
  ["scatter", []],
])("%s go into a file", async (kind, more) => {
  const file = join(folder, `${kind}.svg`);
  const ran = await jianbao(["compare", "收集问题", "办结率", "--chart", file, "--chart-kind", kind, ...more]);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(await readFile(file, "utf8")).toContain("收集问题");
});

test.each([
  [["--chart", "x.gif"], ".svg or a .png"],
  [["--chart", "/nowhere/x.svg"], "cannot be drawn"],
  [["--chart", "x.svg", "--chart-kind", "scatter"], "a scatter needs two indicators"],
])("a chart with %j says why it is not drawn", async (args, message) => {
  const { code, stderr } = await jianbao(["compare", "收集问题", ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("a PNG without a font that has Chinese is refused, and says what to do", async () => {
  const fonts = join(folder, "fonts.conf");
  await writeFile(fonts, '<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>');
  const file = join(folder, "x.png");
  const { code, stderr } = await jianbao(["compare", "收集问题", "--chart", file], { FONTCONFIG_FILE: fonts });
  expect(code).toBe(2);
  expect(stderr).toMatch(/no font with Chinese characters.*--font/);
  await expect(readFile(file)).rejects.toThrow("ENOENT");
});

test("figures go out in every format with the same rows", async () => {
  const file = (format: string) => join(folder, `figures.${format}`);
  for (const format of ["csv", "json", "jsonl", "xlsx", "parquet"])
    expect((await jianbao(["export", "figures", "-o", file(format)])).code).toBe(0);
  const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ figure }) => figure);
  const wanted = ids(await csvRows(file("csv")));
  expect(wanted.length).toBeGreaterThan(7);
  expect(ids(await duckdb(`SELECT * FROM '${file("parquet")}'`))).toEqual(wanted);
  expect(ids(await xlsxRows(file("xlsx")))).toEqual(wanted);
  expect(ids(JSON.parse(await readFile(file("json"), "utf8")) as Record<string, unknown>[])).toEqual(wanted);
  expect((await readFile(file("jsonl"), "utf8")).trim().split("\n")).toHaveLength(wanted.length);
  const some = await jianbao(["export", "figures", "-i", "收集问题", "-r", "上街区", "--bom"]);
  expect(some.stdout.startsWith("\ufefffigure,INDICATOR")).toBe(true);
  expect(some.stdout.trim().split("\n")).toHaveLength(3);
});

test.each([
  [["export", "nothing"], "Allowed choices"],
  [["export", "figures", "-f", "xlsx"], "name a file with --out"],
  [["export", "figures", "-o", "x.doc"], "does not tell the format"],
  [["export", "package"], "name it with --out"],
  [["export", "figures", "-o", "/nowhere/x.csv"], "cannot be written"],
  [["import", "clippings", "x.csv"], "cannot be imported"],
  [["import", "decisions", "/nowhere.csv"], "cannot be opened"],
  [["sql", "DROP TABLE clipping"], "only statements that read"],
  [["sql", "--store", "/nowhere.db", "SELECT 1"], "cannot be opened"],
])("%j exits 2 and says why", async (args, message) => {
  const { code, stderr } = await jianbao(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("decisions of a spreadsheet change what is compared, and go out and come back unchanged", async () => {
  const [row] = JSON.parse(
    (await jianbao(["sql", "SELECT figure FROM figures WHERE OBS_VALUE = 4000", "-f", "json"])).stdout,
  ) as { figure: string }[];
  const mine = join(folder, "mine.csv");
  await writeFile(
    mine,
    `figure,kind,reviewer,OBS_VALUE,reason\n${row?.figure},correct,王老师,4100,看错\nzzzz,accept,王老师,,\n`,
  );
  const taken = await jianbao(["import", "decisions", mine]);
  expect(taken).toMatchObject({ code: 1, stdout: "1 decisions added, 0 known before, 1 refused\n" });
  expect(taken.stderr).toMatch(/refused {2}line 3: .*zzzz/);
  expect((await jianbao(["compare", "收集问题", "--level", "city"])).stdout).toMatch(/1 +郑州市 +4,100✓/);
  const file = join(folder, "decisions.csv");
  await jianbao(["export", "decisions", "-o", file]);
  expect((await jianbao(["import", "decisions", file])).stdout).toBe("0 decisions added, 1 known before, 0 refused\n");
  const other = { JIANBAO_STORE: join(folder, "other.db") };
  await jianbao(["ingest", join(folder, "in")], other);
  expect((await jianbao(["import", "decisions", file], other)).stdout).toBe(
    "1 decisions added, 0 known before, 0 refused\n",
  );
  expect((await jianbao(["export", "decisions"], other)).stdout).toBe(await readFile(file, "utf8"));
});

test("metadata goes out, is filled in, and comes back; taken again it changes nothing", async () => {
  const file = join(folder, "meta.csv");
  await writeFile(
    file,
    "file,publisher,published,url\na.txt,惠济区政府,2022-07-05,\nb.txt,,,https://example.org/b\nnone.txt,x,,\n",
  );
  const taken = await jianbao(["import", "metadata", file, "--reviewer", "王老师"]);
  expect(taken).toMatchObject({ code: 1, stdout: "2 clippings described, 0 as they were, 1 refused\n" });
  const { stdout } = await jianbao([
    "sql",
    "SELECT publisher, published FROM clippings WHERE path LIKE '%a.txt'",
    "-f",
    "csv",
  ]);
  expect(stdout).toBe("publisher,published\n惠济区政府,2022-07-05\n");
  const exported = join(folder, "clippings.csv");
  await jianbao(["export", "clippings", "-o", exported]);
  expect((await jianbao(["import", "metadata", exported, "--reviewer", "x"])).stdout).toBe(
    "0 clippings described, 4 as they were, 0 refused\n",
  );
});

test("sql lists its views, answers, and tells of mistakes", async () => {
  expect((await jianbao(["sql"])).stdout).toMatch(/headlines +figure, INDICATOR/);
  const sql =
    "SELECT REF_AREA_LABEL, max(OBS_VALUE) AS most FROM headlines WHERE INDICATOR = 'problem.collected' GROUP BY REF_AREA ORDER BY most";
  expect((await jianbao(["sql", sql])).stdout).toMatch(/郑州市上街区 +180\n郑州市惠济区 +200/);
  expect((await jianbao(["sql", "SELECT * FROM figure_s"])).stderr).toContain("no such table: figure_s");
});

test("a package is written whole", async () => {
  const out = join(folder, "package");
  const { code, stderr } = await jianbao(["export", "package", "-o", out]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/figures, 4 clippings, \d+ decisions, \d+ indicators, \d+ regions →/);
  expect(JSON.parse(await readFile(join(out, "datapackage.json"), "utf8"))).toMatchObject({
    profile: "tabular-data-package",
  });
});

test("every command of these has help with an example", async () => {
  for (const command of ["compare", "export", "import", "sql"])
    expect((await jianbao([command, "--help"])).stdout, command).toContain("Example:");
});
