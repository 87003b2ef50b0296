import type { Dirent, Stats } from "node:fs";
import { opendir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import {
  type Catalogue,
  CatalogueError,
  type Indicator,
  type Region,
  readCatalogue,
  regionLabel,
  searchRegions,
  catalogue as standardCatalogue,
} from "../catalogue/index.js";
import { simplifyQuery } from "../normalise/index.js";

/** Exit statuses of every command. */
export const EXIT = { well: 0, someFailed: 1, unusable: 2 } as const;

/** Wrong usage or a store that cannot be used: printed without a stack, exit 2. */
export class UsageError extends Error {}

export const out = (text: string): void => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
};
export const err = (text: string): void => {
  process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
};

export interface Found {
  readonly files: readonly string[];
  /** Paths that cannot be opened, with the reason. */
  readonly failures: readonly { readonly path: string; readonly detail: string }[];
}

/** Names that lie beside clippings and are none. */
const BESIDE = new Set([
  "meta.json",
  "meta.csv",
  "origin.json",
  "expected.json",
  "floors.json",
  "Thumbs.db",
  "desktop.ini",
]);

/** The files of paths and of folders below them, in order of name; hidden files and side files are left out. */
export async function findClippings(paths: readonly string[]): Promise<Found> {
  const files: string[] = [];
  const failures: { path: string; detail: string }[] = [];
  const visit = async (path: string, given: boolean): Promise<void> => {
    let stats: Stats;
    try {
      stats = await stat(path);
      if (stats.isDirectory()) {
        await (await opendir(path)).close();
        const entries: Dirent[] = await readdir(path, { withFileTypes: true });
        for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
          if (
            entry.name.startsWith(".") ||
            entry.name === "node_modules" ||
            BESIDE.has(entry.name) ||
            entry.isSymbolicLink()
          )
            continue;
          await visit(join(path, entry.name), false);
        }
        return;
      }
    } catch (cause) {
      failures.push({ path, detail: explain(cause as NodeJS.ErrnoException) });
      return;
    }
    if (stats.isFile()) files.push(path);
    else if (given) failures.push({ path, detail: "no file and no folder" });
  };
  for (const path of paths) await visit(path, true);
  return { files, failures };
}

function explain(cause: NodeJS.ErrnoException): string {
  if (cause.code === "ENOENT") return "does not exist";
  if (cause.code === "EACCES" || cause.code === "EPERM") return "may not be opened (no rights)";
  return cause.message;
}

/** `--catalogue FILE`, the same on every command that has it. */
export const catalogueOption = () =>
  new Option("-c, --catalogue <file>", "indicators of your own, added to the standard ones").env("JIANBAO_CATALOGUE");

/** The catalogue a command works with. Throws UsageError that names what is wrong in the file, and where. */
export function catalogueOf(options: { readonly catalogue?: string }): Catalogue {
  if (options.catalogue === undefined) return standardCatalogue();
  try {
    return readCatalogue(options.catalogue);
  } catch (cause) {
    if (cause instanceof CatalogueError) throw new UsageError(cause.message);
    throw cause;
  }
}

export const manyWords = (word: string, previous: readonly string[] = []): string[] => [...previous, word];

/** Ids of indicators given by id, label or a name of the catalogue. Throws UsageError for what is none. */
export function indicatorIds(words: readonly string[], catalogue: Catalogue): string[] {
  return words.map((word) => indicatorId(word, catalogue.indicators));
}

function indicatorId(text: string, all: readonly Indicator[]): string {
  const wanted = text.trim();
  const lower = wanted.toLowerCase();
  const found =
    all.find((each) => each.id === lower) ??
    all.find((each) => each.label === wanted || each.labelEn.toLowerCase() === lower) ??
    all.find((each) => each.names.includes(wanted) || each.namesEn.some((name) => name.toLowerCase() === lower));
  if (found) return found.id;
  const near = all
    .filter(
      (each) =>
        each.id.includes(lower.split(".")[0] ?? "") ||
        each.names.some((name) => [...wanted].some((char) => name.includes(char))),
    )
    .slice(0, 5);
  throw new UsageError(
    `no indicator '${text}'.${near.length > 0 ? ` Near: ${near.map((each) => `${each.id} (${each.label})`).join(", ")}.` : ""} All: jianbao indicators`,
  );
}

/** Reads a region given by its code, Chinese or English name. */
export function regionArgument(text: string): Region {
  const found = searchRegions(simplifyQuery(text));
  const [first, second] = found;
  if (!first)
    throw new InvalidArgumentError(
      `no region '${text}'. Give a GB/T 2260 code or a name such as 河南, 开封市, Kaifeng`,
    );
  if (second && second.level === first.level && second.name === first.name)
    throw new InvalidArgumentError(
      `'${text}' is ambiguous: ${found
        .slice(0, 6)
        .map((each) => `${each.code} ${regionLabel(each.code)}`)
        .join(", ")}`,
    );
  return first;
}

/** Reads an ISO date or interval: 2022, 2022-06, 2022-01/2022-06, ../2022-06-30. */
export function periodArgument(text: string): string {
  if (!/^(?:\.\.|\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:\/\d{4}(?:-\d{2}(?:-\d{2})?)?)?$/.test(text) || text === "..")
    throw new InvalidArgumentError("give an ISO date or interval: 2022, 2022-06, 2022-01/2022-06, ../2022-06-30");
  return text;
}

export const DEFAULT_STORE = "jianbao.db";
