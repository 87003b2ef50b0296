import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What became of a stream of bytes that was to be kept. */
export interface Kept {
  readonly sha256: string;
  readonly bytes: number;
  /** The first bytes, for telling the kind. */
  readonly head: Uint8Array;
  readonly path: string;
}

/** A file is larger than it may be. */
export class TooLargeError extends Error {}

const HEAD_BYTES = 65_536;
/** Bytes of pictures and layouts that are kept made; the longest unused go first. */
const CACHE_BYTES = 512 * 1024 * 1024;

/**
 * Bytes beside a store: `STORE.files/ab/cdef…` holds uploads by their SHA-256
 * (their names are never used on the disk), `STORE.files/cache` what is made
 * of sources and can be made again.
 */
export class SourceFiles {
  readonly folder: string;
  private readonly checked = new Map<string, { readonly stamp: string; readonly sha256: string }>();
  private unswept = 0;

  constructor(private readonly store: string) {
    this.folder = `${resolve(store)}.files`;
  }

  pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2));
  }

  /** Whether bytes of this name are kept. */
  async has(sha256: string): Promise<boolean> {
    return (await stat(this.pathOf(sha256)).catch(() => undefined))?.isFile() ?? false;
  }

  /** Keeps what a stream gives; the file is there when it is whole. Throws TooLargeError beyond `most` bytes. */
  async keep(stream: Readable, most: number): Promise<Kept> {
    await mkdir(this.folder, { recursive: true });
    const part = join(this.folder, `.part-${randomUUID()}`);
    const hash = createHash("sha256");
    const heads: Buffer[] = [];
    let bytes = 0;
    const handle = await open(part, "wx", 0o600);
    try {
      await pipeline(
        stream,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            if (bytes < HEAD_BYTES) heads.push(chunk);
            bytes += chunk.length;
            if (bytes > most) throw new TooLargeError(`more than ${most} bytes`);
            hash.update(chunk);
            yield chunk;
          }
        },
        handle.createWriteStream(),
      );
      const sha256 = hash.digest("hex");
      const path = this.pathOf(sha256);
      await mkdir(dirname(path), { recursive: true });
      await rename(part, path);
      return { sha256, bytes, head: Buffer.concat(heads).subarray(0, HEAD_BYTES), path };
    } catch (cause) {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
      throw cause;
    }
  }

  /** Takes away bytes that were refused. */
  async drop(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /** Where the bytes of a clipping lie, unchanged: kept here, or at a path they were read at. Undefined where nowhere any more. */
  async find(
    sha256: string,
    paths: readonly string[],
  ): Promise<{ readonly path: string; readonly kept: boolean } | undefined> {
    const own = this.pathOf(sha256);
    if (await this.has(sha256)) return { path: own, kept: true };
    for (const path of paths.flatMap((each) => this.places(each)))
      if ((await this.hashOf(path)) === sha256) return { path, kept: false };
    return undefined;
  }

  /** Relative paths are of the folder that ingest was started in: this one, or that of the store. */
  private places(path: string): string[] {
    return isAbsolute(path) ? [path] : [resolve(path), resolve(dirname(resolve(this.store)), path)];
  }

  /** Read again only where size or time have changed. */
  private async hashOf(path: string): Promise<string | undefined> {
    try {
      const { size, mtimeMs, ino } = await stat(path);
      const stamp = `${size} ${mtimeMs} ${ino}`;
      const known = this.checked.get(path);
      if (known?.stamp === stamp) return known.sha256;
      const hash = createHash("sha256");
      await pipeline(createReadStream(path), hash);
      const sha256 = hash.digest("hex");
      if (this.checked.size > 10_000) this.checked.clear();
      this.checked.set(path, { stamp, sha256 });
      return sha256;
    } catch {
      return undefined;
    }
  }

  /** Made things by name; `name` is ours, never a user's. */
  async cached(name: string): Promise<Buffer | undefined> {
    const path = join(this.folder, "cache", name);
    try {
      const bytes = await readFile(path);
      const now = new Date();
      await utimes(path, now, now);
      return bytes;
    } catch {
      return undefined;
    }
  }

  async cache(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, "cache", name);
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.${randomUUID()}`;
    await writeFile(part, bytes);
    await rename(part, path);
    this.unswept += bytes.length;
    if (this.unswept > CACHE_BYTES / 8) await this.sweep();
  }

  /** Keeps the cache within its size. */
  private async sweep(): Promise<void> {
    this.unswept = 0;
    const folder = join(this.folder, "cache");
    const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
    const known = await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
        return { path, size, mtimeMs };
      }),
    );
    let left = known.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of known.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (left <= CACHE_BYTES * 0.8) return;
      await rm(path, { force: true });
      left -= size;
    }
  }
}
