import { existsSync, readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { walk } from "../batch/walk.js";
import {
  type Catalogue,
  CatalogueError,
  type Indicator,
  indicatorNamed,
  indicatorsLike,
  measures,
  type Region,
  readCatalogue,
  regionLabel,
  searchRegions,
  catalogue as standardCatalogue,
} from "../catalogue/index.js";
import { MeasureError, measureOf } from "../compare/index.js";
import { simplifyQuery } from "../normalise/index.js";
import { openSqliteStore, type Store } from "../store/index.js";

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

/** All of `walk` at once, for commands that print as they go. */
export async function findClippings(paths: readonly string[]): Promise<Found> {
  const files: string[] = [];
  const failures: { path: string; detail: string }[] = [];
  for await (const found of walk(paths))
    if ("trouble" in found) failures.push({ path: found.path, detail: found.trouble });
    else files.push(found.path);
  return { files, failures };
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

/** The same for workers, which read a catalogue of one's own themselves. */
export function catalogueSource(options: { readonly catalogue?: string }): {
  catalogueSource?: { text: string; name: string };
} {
  return options.catalogue === undefined
    ? {}
    : { catalogueSource: { text: readFileSync(options.catalogue, "utf8"), name: options.catalogue } };
}

/** `--store FILE`, the same on every command that has it. */
export const withStore = (command: Command): Command =>
  command.option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE);

/** Opens a store that must be there already. Throws UsageError where it is not. */
export async function openExisting(path: string): Promise<Store> {
  if (path !== ":memory:" && !existsSync(path))
    throw new UsageError(`there is no store ${path}: jianbao ingest makes one, --store names another`);
  return openSqliteStore(path);
}

/** Reads a whole number, at least 0. */
export function countArgument(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("give a whole number");
  return Number(text);
}

/** A signal that Ctrl-C or SIGTERM gives; a second one ends the program at once. */
export function untilStopped(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    end: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}

export const manyWords = (word: string, previous: readonly string[] = []): string[] => [...previous, word];

/** Ids of indicators given by id, label or a name of the catalogue. Throws UsageError for what is none. */
export function indicatorIds(words: readonly string[], catalogue: Catalogue): string[] {
  return words.map((word) => indicatorId(word, catalogue.indicators));
}

/**
 * Ids of what is compared: indicators, measures of schemas/measures.json by id
 * or label, or two indicators with a slash. Throws UsageError for what is none.
 */
export function measureIds(words: readonly string[], catalogue: Catalogue): string[] {
  return words.map((word) => {
    const wanted = word.trim();
    const lower = wanted.toLowerCase();
    const derived = measures().find(
      ({ id, label, labelEn }) => id === lower || label === wanted || labelEn.toLowerCase() === lower,
    );
    const id =
      derived?.id ??
      wanted
        .split("/")
        .map((part) => indicatorId(part, catalogue.indicators))
        .join("/");
    try {
      return measureOf(id, catalogue.indicators).id;
    } catch (cause) {
      if (cause instanceof MeasureError) throw new UsageError(cause.message);
      throw cause;
    }
  });
}

function indicatorId(text: string, all: readonly Indicator[]): string {
  const found = indicatorNamed(text, all);
  if (found) return found.id;
  const near = indicatorsLike(text, all).slice(0, 5);
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
