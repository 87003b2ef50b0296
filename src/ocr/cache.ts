import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { OcrEngine, OcrOptions, OcrPage } from "./index.js";

/** Changes when a cached page would be read otherwise by the same engine, or is written in another form. */
const FORM = 2;

/** `$JIANBAO_CACHE`, else `jianbao` in the user's cache folder after XDG. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env["JIANBAO_CACHE"] || join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "jianbao");
}

/**
 * Keeps what an engine read, by the picture's hash, its resolution and the
 * engine's name: the second time a page costs a look into a file. A folder
 * that cannot be written keeps nothing, and is no error.
 */
export class CachedEngine implements OcrEngine {
  readonly name: string;
  readonly atOnce: number;
  readonly #folder: string;

  constructor(
    private readonly engine: OcrEngine,
    folder: string,
  ) {
    this.name = engine.name;
    this.atOnce = engine.atOnce ?? 1;
    this.#folder = join(folder, "ocr");
  }

  async read(image: Uint8Array, options: OcrOptions): Promise<OcrPage> {
    const key = createHash("sha256").update(`${FORM} ${this.name} ${options.dpi}\n`).update(image).digest("hex");
    const path = join(this.#folder, key.slice(0, 2), `${key}.json.gz`);
    const known = await load(path);
    if (known) return known;
    const text = JSON.stringify(await this.engine.read(image, options), rounded);
    await save(path, text).catch(() => undefined);
    // the same the first time and every other
    return JSON.parse(text) as OcrPage;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}

async function load(path: string): Promise<OcrPage | undefined> {
  try {
    return JSON.parse((await promisify(gunzip)(await readFile(path))).toString("utf8")) as OcrPage;
  } catch {
    return undefined;
  }
}

const rounded = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) && Math.abs(value) > 0.01
    ? Math.round(value * 1e4) / 1e4
    : value;

/** Written whole or not at all: other processes may read meanwhile. */
async function save(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, await promisify(gzip)(text));
  await rename(draft, path);
}
