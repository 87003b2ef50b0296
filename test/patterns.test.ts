import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "scslre";
import { parseAst } from "vite";
import { beforeAll, expect, test } from "vitest";

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** Every regex literal of a file, whether it is ever run or not. */
function literalsOf(file: string): Pattern[] {
  const code = readFileSync(join("src", file), "utf8");
  const found: Pattern[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { regex, start } = node as { regex?: { pattern: string; flags: string }; start?: number };
    if (regex)
      found.push({
        where: `${file}:${code.slice(0, start).split("\n").length}`,
        source: regex.pattern,
        flags: regex.flags,
      });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(code, { lang: "ts" }));
  return found;
}

/** The patterns that are put together when modules are loaded and first used. */
async function builtPatterns(): Promise<Pattern[]> {
  const found = new Map<string, Pattern>();
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, [source, flags]: [string | RegExp, string?]) {
      const pattern = new target(source, flags);
      const [, , caller = ""] = new Error().stack?.split("\n") ?? [];
      // those of packages are not ours to mend
      if (caller.includes("/src/") && !caller.includes("node_modules"))
        found.set(`${pattern}`, {
          where: caller.replace(/.*\/src\//, ""),
          source: pattern.source,
          flags: pattern.flags,
        });
      return pattern;
    },
  });
  try {
    for (const file of files) if (!file.startsWith("cli")) await import(join(process.cwd(), "src", file));
    const { extract } = await import("../src/index.js");
    extract("截至6月30曰，收集问题l2个，投资20亿。");
    extract("A total of two hundred and ten firms received 3.5 million yuan.");
  } finally {
    globalThis.RegExp = original;
  }
  return [...found.values()];
}

let literals: Pattern[];
let built: Pattern[];
beforeAll(async () => {
  literals = files.flatMap(literalsOf);
  built = await builtPatterns();
}, 60_000);

/** Patterns of which some text takes more than time in proportion to its length, with characters of such a text. */
const runaways = (patterns: readonly Pattern[]): string[] =>
  patterns.flatMap(({ where, source, flags }) =>
    analyse({ source, flags }).reports.map(
      ({ type, exponential, character }) =>
        `${where} ${exponential ? "exponential" : type} on ${character.pick}: ${source}`,
    ),
  );

test("the lint finds patterns that run away", () => {
  expect(runaways([{ where: "", source: "^(?:\\d+,?)*$", flags: "" }])).not.toEqual([]);
  expect(runaways([{ where: "", source: "\\d+家", flags: "" }])).not.toEqual([]);
});

test("no regex literal of src can run away", () => {
  expect(literals.length).toBeGreaterThan(500);
  expect(runaways(literals)).toEqual([]);
}, 60_000);

test("no pattern that src puts together can run away", () => {
  expect(built.length).toBeGreaterThan(30);
  expect(runaways(built)).toEqual([]);
}, 60_000);
