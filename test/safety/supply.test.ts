import { existsSync, readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { isUnsafePdfjs } from "../../src/store/sqlite/care/known-bad.js";
import { isUnsafeSqlite } from "../../src/store/sqlite/migrate.js";

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}
const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const own = read("package.json") as Record<
  "dependencies" | "devDependencies" | "optionalDependencies",
  Record<string, string>
>;
const { "": _, ...locked } = read("package-lock.json").packages as Record<string, Locked>;
const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");
const shipped = Object.entries(locked).filter(([, { dev }]) => !dev);

test("every dependency is pinned to one version, and the lock file knows its hash", () => {
  for (const group of [own.dependencies, own.devDependencies, own.optionalDependencies])
    for (const [name, version] of Object.entries(group)) expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  for (const [path, { integrity }] of Object.entries(locked)) expect(integrity, path).toMatch(/^sha512-/);
});

test("pdfjs-dist is there once, and not of a version that runs JavaScript of PDFs", () => {
  const copies = Object.keys(locked).filter((path) => nameOf(path) === "pdfjs-dist");
  expect(copies).toEqual(["node_modules/pdfjs-dist"]);
  const { version } = read("node_modules/pdfjs-dist/package.json") as { version: string };
  expect(version).toBe(own.dependencies["pdfjs-dist"]);
  expect(isUnsafePdfjs(version)).toBeUndefined();
  expect(["4.1.392", "5.6.83", "5.6.205", "6.2.107"].map(isUnsafePdfjs)).toEqual(
    expect.arrayContaining(["CVE-2024-4367", "CVE-2026-16633"]),
  );
  expect(["4.2.67", "5.4.296", "5.5.207", "6.2.108"].map(isUnsafePdfjs).filter(Boolean)).toEqual([]);
});

test("the SQLite inside better-sqlite3 has no WAL-reset fault", () => {
  const database = new Database(":memory:");
  expect(isUnsafeSqlite(database.prepare("SELECT sqlite_version()").pluck().get() as string)).toBe(false);
  database.close();
});

/** Licences that may be shipped with an MIT program; of a choice, one has to be. */
const FREE = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Zlib",
  "CC0-1.0",
  "BlueOak-1.0.0",
]);
/** Looked at by hand: libvips is linked as a library of its own, which can be exchanged; duck says "BSD" and has the text of BSD-2-Clause. */
const LOOKED_AT: readonly (readonly [name: RegExp, license: string])[] = [
  [/^@img\/sharp-libvips-/, "LGPL-3.0-or-later"],
  [/^@img\/sharp-(?:win32|wasm32)/, "LGPL-3.0-or-later"],
  [/^duck$/, "BSD"],
];

test("everything shipped has a licence that may be shipped", () => {
  const barred = shipped.filter(([path, { license = "none" }]) => {
    const isFree = (one: string) =>
      FREE.has(one) || LOOKED_AT.some(([name, known]) => name.test(nameOf(path)) && known === one);
    const terms = license.replace(/[()]/g, "");
    return terms.includes(" OR ") ? !terms.split(" OR ").some(isFree) : !terms.split(" AND ").every(isFree);
  });
  expect(barred.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});

/** What runs when jianbao is installed, and why. */
const SCRIPTS: Readonly<Record<string, string>> = {
  "better-sqlite3": "fetches or compiles SQLite",
  "onnxruntime-node": "would fetch what only GPUs need; .npmrc switches it off",
  "tesseract.js": "prints a line for donations",
};

test("no package runs a script when it is installed, but those listed in SECURITY.md", () => {
  const found = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(found.map(([path]) => nameOf(path)).sort()).toEqual(Object.keys(SCRIPTS).sort());
  const told = readFileSync("SECURITY.md", "utf8");
  for (const name of Object.keys(SCRIPTS)) expect(told).toContain(`\`${name}\``);
});

test("every test that SECURITY.md names is there", () => {
  const named = [...readFileSync("SECURITY.md", "utf8").matchAll(/`((?:test|scripts)\/[\w./-]+)`/g)].map(
    ([, file = ""]) => file,
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
