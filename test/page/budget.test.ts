import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const PAGE = "dist/page/";

/** Bytes of a script and all it imports at once, gzipped; `seen` so that each counts once. */
function weight(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const text = readFileSync(`${PAGE}assets/${file}`, "utf8");
  const imports = [...text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, name]) => name as string);
  return imports.reduce((sum, name) => sum + weight(name, seen), gzipSync(text).length);
}

test.skipIf(!existsSync(PAGE))(
  "the first view needs less than 120 kB of script, and charts come when they are looked at",
  () => {
    const entry = /src="\/assets\/([\w.-]+\.js)"/.exec(readFileSync(`${PAGE}index.html`, "utf8"))?.[1] ?? "";
    const overview = readdirSync(`${PAGE}assets`).find((name) => /^overview-.*\.js$/.test(name)) ?? "";
    const seen = new Set<string>();
    const bytes = weight(entry, seen) + weight(overview, seen);
    expect(bytes).toBeLessThan(120_000);
    expect([...seen].some((name) => name.startsWith("echart"))).toBe(false);
  },
);
