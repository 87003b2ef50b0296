import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Code } from "../doc/index.js";

/** A file to be read, or a path that cannot be, with the reason. */
export type Walked = { readonly path: string } & (
  | { readonly bytes: number }
  /** Unreadable, where no code says otherwise. */
  | { readonly trouble: string; readonly code?: Code }
);

/** Names that lie beside clippings and are none. */
const BESIDE = new Set([
  "meta.json",
  "meta.csv",
  "origin.json",
  "expected.json",
  "floors.json",
  "Thumbs.db",
  "desktop.ini",
  "node_modules",
]);

/** Whether a file or folder found inside a folder is left out. */
export const isLeftOut = (path: string): boolean => {
  const name = basename(path);
  return name.startsWith(".") || BESIDE.has(name);
};

/**
 * The files of paths and of folders below them, in order of name; hidden
 * files, side files and links are left out. Holds no more than the names of
 * the folders it is in.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<Walked> {
  for (const path of paths) {
    let stats: Stats;
    try {
      stats = await stat(path);
    } catch (cause) {
      yield { path, trouble: reasonOf(cause) };
      continue;
    }
    if (stats.isDirectory()) yield* folder(path);
    else if (stats.isFile()) yield { path, bytes: stats.size };
    else yield { path, trouble: "no file and no folder" };
  }
}

async function* folder(path: string): AsyncGenerator<Walked> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (cause) {
    yield { path, trouble: reasonOf(cause) };
    return;
  }
  // code units: the same order on every machine
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (isLeftOut(below)) continue;
    if (entry.isDirectory()) yield* folder(below);
    else if (entry.isFile()) yield { path: below, bytes: 0 };
  }
}

/** How many there are. */
export async function countFiles(paths: readonly string[], isWanted = () => true): Promise<number> {
  let count = 0;
  for await (const _ of walk(paths)) {
    if (!isWanted()) break;
    count++;
  }
  return count;
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES" || code === "EPERM") return "may not be opened (no rights)";
  return message;
}
