import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { ClippingError } from "../../doc/index.js";
import { limits } from "../../ingest/limits.js";
import { sniff } from "../../ingest/sniff.js";
import type { IngestFile } from "../contract/index.js";
import { ProblemError } from "../problem.js";
import { type SourceFiles, TooLargeError } from "../source/files.js";
import { waitingFile } from "./jobs.js";

/** Files of one upload. */
export const UPLOAD_FILES = 200;
/** Bytes of all of them. */
export const UPLOAD_BYTES = 4 * 1024 ** 3;
const NAME_LENGTH = 255;

/** A file that was taken, or refused with the reason (`state` is `failed`). */
export interface Taken {
  readonly path: string;
  readonly shown: IngestFile;
}

/**
 * Takes the files of a multipart request as they come: bytes go to the disk
 * under their SHA-256, whatever they are called. The kind is told by content.
 * Throws ProblemError where the request is no upload, or of too many files.
 */
export async function takeUpload(request: IncomingMessage, files: SourceFiles): Promise<Taken[]> {
  const type = request.headers["content-type"];
  if (!type || !/^multipart\/form-data\s*;/i.test(type))
    throw new ProblemError("unsupported", "send files as multipart/form-data");
  if (Number(request.headers["content-length"] ?? 0) > UPLOAD_BYTES)
    throw new ProblemError("too-large", `more than ${UPLOAD_BYTES} bytes at once`);
  const busboy = openForm({ ...request.headers, "content-type": type });
  const taken: Promise<Taken>[] = [];
  const streams: Readable[] = [];
  let bytes = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      busboy.on("file", (_field, stream, name) => {
        streams.push(stream);
        // a form that breaks off says so here, perhaps before anyone reads
        stream.on("error", (cause) => stream.destroy(cause));
        const one = takeFile(stream, nameOf(name), files);
        // awaited below; until then nothing may go unheard
        one.catch(() => undefined);
        taken.push(one);
      });
      busboy.on("filesLimit", () => reject(new ProblemError("too-large", `more than ${UPLOAD_FILES} files at once`)));
      busboy.on("finish", () => resolve());
      busboy.on("error", (cause) =>
        reject(new ProblemError("bad-request", `the form is broken: ${(cause as Error).message}`)),
      );
      request.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > UPLOAD_BYTES) reject(new ProblemError("too-large", `more than ${UPLOAD_BYTES} bytes at once`));
      });
      request.on("aborted", () => reject(new ProblemError("bad-request", "the upload was broken off")));
      request.pipe(busboy);
    });
    return await Promise.all(taken);
  } catch (cause) {
    request.unpipe(busboy);
    request.resume();
    for (const stream of streams) stream.destroy(cause as Error);
    // nothing half taken stays behind
    await Promise.allSettled(taken);
    throw cause instanceof ProblemError ? cause : new ProblemError("bad-request", (cause as Error).message);
  }
}

function openForm(headers: BusboyHeaders): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers,
      limits: { files: UPLOAD_FILES, fields: 20, fieldSize: 10_000, parts: UPLOAD_FILES + 20, headerPairs: 50 },
    });
  } catch (cause) {
    throw new ProblemError("bad-request", `the form is broken: ${(cause as Error).message}`);
  }
}

/** A name to be shown: the last part of what was sent, without what cannot be seen. It is no path and never becomes one. */
export function nameOf(name: string | undefined): string {
  const last = (name ?? "").split(/[/\\]/).at(-1) ?? "";
  // how a browser writes a quotation mark in a form
  const seen = last
    .replaceAll("%22", '"')
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, "")
    .trim();
  return seen === "" ? "unnamed" : [...seen].slice(0, NAME_LENGTH).join("");
}

async function takeFile(stream: Readable, name: string, files: SourceFiles): Promise<Taken> {
  const refused = (code: string, detail: string, of: Partial<IngestFile> = {}): Taken => ({
    path: "",
    shown: waitingFile(name, { ...of, state: "failed", code, detail }),
  });
  try {
    const { sha256, bytes, head, path } = await files.keep(stream, limits.fileBytes);
    const about = { sha256, bytes };
    try {
      if (bytes === 0) throw new ClippingError("ingest/empty", name, "the file is empty (0 bytes)");
      await sniff(head, name);
      return { path, shown: waitingFile(name, about) };
    } catch (cause) {
      if (!(cause instanceof ClippingError)) throw cause;
      await files.drop(sha256);
      return refused(cause.code, cause.message, about);
    }
  } catch (cause) {
    stream.resume();
    if (cause instanceof TooLargeError)
      return refused("ingest/too-large", `the file has more than ${limits.fileBytes} bytes`);
    throw cause;
  }
}
