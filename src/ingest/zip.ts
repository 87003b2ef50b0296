import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { ClippingError } from "../doc/index.js";
import { limits, overLimit } from "./limits.js";

/**
 * A zip container in memory. What it claims to hold is checked against the
 * limits before anything is inflated, and what comes out is counted too.
 * Names are only compared, never used as paths; archives inside stay closed.
 */
export class Archive {
  private inflated = 0;

  private constructor(
    private readonly path: string,
    private readonly bytes: Uint8Array,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Reads the directory alone. Throws ClippingError. */
  static async open(bytes: Uint8Array, path: string): Promise<Archive> {
    const entries = new Map<string, Entry>();
    let claimed = 0;
    try {
      const zip: ZipFile = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
        strictFileNames: false,
      });
      if (zip.entryCount > limits.archiveEntries)
        throw overLimit(path, "archiveEntries", `the container has ${zip.entryCount} entries`);
      for await (const entry of zip.eachEntry()) {
        claimed += entry.uncompressedSize;
        if (claimed > limits.inflatedBytes)
          throw overLimit(path, "inflatedBytes", `the container inflates to ${claimed} bytes or more`);
        if (entries.has(entry.fileName))
          throw new ClippingError("ingest/damaged", path, `the container has two entries '${entry.fileName}'`);
        entries.set(entry.fileName, entry);
      }
    } catch (cause) {
      if (cause instanceof ClippingError) throw cause;
      throw new ClippingError("ingest/damaged", path, `the container is broken: ${(cause as Error).message}`, {
        cause,
      });
    }
    return new Archive(path, bytes, entries);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  some(test: (name: string) => boolean): boolean {
    return [...this.entries.keys()].some(test);
  }

  /** What an entry holds; it must be there. Throws ClippingError. */
  async read(name: string): Promise<Uint8Array> {
    const entry = this.entries.get(name);
    if (!entry) throw new ClippingError("ingest/damaged", this.path, `the container lacks ${name}`);
    if (entry.isEncrypted()) throw new ClippingError("ingest/encrypted", this.path, `${name} asks for a password`);
    const data = await this.inflate(entry);
    if (data.length !== entry.uncompressedSize || crc32(data) !== entry.crc32)
      throw new ClippingError("ingest/damaged", this.path, `${name} is not what the container says it is`);
    return data;
  }

  private async inflate(entry: Entry): Promise<Uint8Array> {
    const raw = this.bytes.subarray(...this.placeOf(entry));
    if (entry.compressionMethod === 0) return raw;
    if (entry.compressionMethod !== 8)
      throw new ClippingError("ingest/unsupported", this.path, `${entry.fileName} is packed in a way that is not read`);
    const pieces: Uint8Array[] = [];
    const stream = createInflateRaw();
    stream.end(raw);
    try {
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        this.inflated += piece.length;
        if (this.inflated > limits.inflatedBytes)
          throw overLimit(this.path, "inflatedBytes", `${entry.fileName} inflates to ${this.inflated} bytes or more`);
        pieces.push(piece);
      }
    } catch (cause) {
      if (cause instanceof ClippingError) throw cause;
      const detail = `${entry.fileName} is broken: ${(cause as Error).message}`;
      throw new ClippingError("ingest/damaged", this.path, detail, { cause });
    } finally {
      stream.destroy();
    }
    return Buffer.concat(pieces);
  }

  /** Where the packed bytes lie: behind a local header with a name and extras of its own length. */
  private placeOf({ relativeOffsetOfLocalHeader: at, compressedSize, fileName }: Entry): [number, number] {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    const isWhole = at + 30 <= this.bytes.length && view.getUint32(at, true) === 0x04034b50;
    const start = isWhole ? at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true) : 0;
    if (!isWhole || start + compressedSize > this.bytes.length)
      throw new ClippingError("ingest/damaged", this.path, `${fileName} lies outside of the file`);
    return [start, start + compressedSize];
  }
}
