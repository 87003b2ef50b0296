import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

/** Runs the built command line; `npm run build` comes before. */
function jianbao(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["dist/cli/main.js", ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });
}

// each command is a process of its own, each worker reads the catalogue
vi.setConfig({ testTimeout: 300_000 });

let folder = "";
let store: string[] = [];
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jianbao-cli-store-"));
  store = ["--store", file("s.db")];
  await mkdir(file("in"));
  const texts = {
    a: "惠济区企业服务简报\n截至2022年6月30日，惠济区收集问题200个，办结190个。\n",
    b: "惠济区上半年工作\n截至2022年6月30日，惠济区收集问题220个。\n",
    c: "上街區企業服務簡報\n截至2022年6月30日，上街區收集問題100個，辦結99個。\n",
    d: "金水区\n截至2022年6月30日，金水区收集问题50个。\n",
    e: "Zhengzhou granted tax relief of RMB 3 million to 120 enterprises in 2022.\n",
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(file(`in/${name}.txt`), text);
  await writeFile(file("in/broken.pdf"), "%PDF-1.4\nbroken");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const figureOf = async (indicator: string, region: string) =>
  (
    JSON.parse((await jianbao("figures", "-i", indicator, "-r", region, "-f", "json", ...store)).stdout) as {
      id: string;
      value: number;
      review: string;
    }[]
  )[0];

test("ingest with workers, a dry run before, a log beside; status and failures tell of it", async () => {
  const dry = await jianbao("ingest", file("in"), "--dry-run", ...store);
  expect(dry.stdout).toContain("6 would be read, 0 already there");
  const done = await jianbao("ingest", file("in"), "--jobs", "2", "--log", file("log.jsonl"), ...store);
  expect(done.stdout).toMatch(/5 stored \(\d+ figures\), 0 already there, 0 partial, 1 failed/);
  expect(done.code).toBe(1);
  expect((await readFile(file("log.jsonl"), "utf8")).trim().split("\n")).toHaveLength(8);
  const status = await jianbao("status", ...store);
  expect(status.stdout).toMatch(
    /clippings +5 \(5 text\)[\s\S]*failures +1 ingest\/damaged[\s\S]*6 of 6 done, 1 failed/,
  );
  const failures = await jianbao("failures", ...store);
  expect(failures.stdout).toMatch(/ingest\/damaged +.*broken\.pdf/);
  await writeFile(file("in/broken.pdf"), "二七区收集问题70个。");
  const retried = await jianbao("failures", "--retry", ...store);
  expect(retried).toMatchObject({ code: 0, stdout: expect.stringContaining("1 stored") });
  expect((await jianbao("failures", ...store)).stdout).toBe("no failures\n");
});

test("search finds traditional by simplified and the other way round, and English words", async () => {
  expect((await jianbao("search", "收集问题100", ...store)).stdout).toContain("【收集问题100】");
  expect((await jianbao("search", "辦結", ...store)).stdout).toMatch(/【办结】[\s\S]*【办结】/);
  expect((await jianbao("search", "Enterprise", "relief", ...store)).stdout).toContain("e.txt");
  expect((await jianbao("search", "無此", ...store)).stdout).toBe("nothing found\n");
  expect((await jianbao("search", "。", ...store)).code).toBe(2);
});

test("findings tell where clippings disagree", async () => {
  const { stdout } = await jianbao("findings", ...store);
  expect(stdout).toMatch(/warning +.*惠济区.*\[check\/conflict\]/);
  expect(stdout).toContain("220");
});

test("decide, history and reopening", async () => {
  const figure = await figureOf("收集问题", "金水区");
  const id = figure?.id ?? "";
  const corrected = await jianbao(
    "decide",
    id,
    "correct",
    "--value",
    "55",
    "--by",
    "王芳",
    "--reason",
    "printed 55",
    ...store,
  );
  expect(corrected.stdout).toMatch(/王芳 +correct: 55, .*was 50,/);
  expect(await figureOf("收集问题", "金水区")).toMatchObject({ id, value: 55, review: "corrected" });
  expect((await jianbao("decide", id, "accept", "--expects", "none", ...store)).stderr).toContain("王芳 decided");
  const history = await jianbao("history", id, ...store);
  expect(history.stdout).toMatch(/now +55, [\s\S]*50, problem\.collected[\s\S]*printed 55/);
  await jianbao("decide", id, "reopen", ...store);
  expect(await figureOf("收集问题", "金水区")).toMatchObject({ value: 50, review: "unreviewed" });
  for (const args of [
    ["zzzz", "accept"],
    [id, "correct"],
    [id, "correct", "--region", "Atlantis"],
    [id, "like"],
  ])
    expect((await jianbao("decide", ...args, ...store)).code, args.join(" ")).toBe(2);
});

test("reextract reports, and takes over when told to", async () => {
  const catalogue = file("own.json");
  const indicators = [
    {
      ...{ id: "report.held", unit: "count", label: "收集", labelEn: "Held", heads: ["problem"], verbs: ["collect"] },
      ...{ names: ["收集的问题"], examples: ["收集问题36个"] },
    },
  ];
  await writeFile(catalogue, JSON.stringify({ indicators }));
  const again = await jianbao("reextract", "--catalogue", catalogue, "--jobs", "0", ...store);
  expect(again.stdout).toMatch(/6 clippings wait: .* added, .* gone/);
  expect(again.stderr).toContain("nothing was taken over");
  expect((await jianbao("status", ...store)).stdout).toMatch(/waiting +6 clippings/);
  const adopted = await jianbao("reextract", "--catalogue", catalogue, "--adopt", ...store);
  expect(adopted.stderr).toContain("0 read again, 6 before");
  expect(adopted.stderr).toContain("6 clippings taken over");
  expect((await jianbao("reextract", "--catalogue", catalogue, ...store)).stderr).toContain("6 up to date");
});

test.each(["status", "failures", "history", "search", "findings", "decide", "reextract"])(
  "%s has help with an example, and does not make a store",
  async (command) => {
    expect((await jianbao(command, "--help")).stdout).toContain("Example:");
    const args = { history: ["x"], search: ["问"], decide: ["x", "accept"] }[command] ?? [];
    const { code, stderr } = await jianbao(command, ...args, "--store", file("none.db"));
    expect(code).toBe(2);
    expect(stderr).toContain("there is no store");
  },
);
