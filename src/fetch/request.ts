import { isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { Agent, buildConnector, type Dispatcher, request } from "undici";
import { ClippingError, type Code } from "../doc/index.js";
import { limits, overLimit } from "../ingest/limits.js";
import type { Network } from "./public.js";

/** An answer, its body inflated. */
export interface Answer {
  /** Of the last redirect. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface RequestOptions {
  readonly agent: string;
  readonly bytes: number;
  readonly signal?: AbortSignal;
  /** Asked before each request, redirects too; throws where it may not be made. */
  readonly before?: (url: URL) => Promise<void>;
  /** Kinds that are not worth their download, told by their header. */
  readonly isWanted?: (type: string) => boolean;
}

/**
 * Opens connections to public addresses only. A name is looked up once, by the
 * connection itself, so that what was checked is what is connected to; the
 * address at the other end is looked at again.
 */
export function guardedAgent(network: Network): Agent {
  const find: LookupFunction = (name, _, callback) => {
    network.resolve(name).then(
      (addresses) => {
        const barred = addresses.find((address) => !network.isPublic(address));
        if (barred !== undefined) callback(new BarredError(`${name} is ${barred}, no public address`), []);
        else
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
      },
      (cause: Error) => callback(cause as NodeJS.ErrnoException, []),
    );
  };
  const connect = buildConnector({ lookup: find, timeout: limits.urlSeconds * 1000 });
  return new Agent({
    connect: (options, callback) => {
      // an address that is no name is never looked up
      const host = options.hostname.replace(/^\[|\]$/g, "");
      if (isIP(host) && !network.isPublic(host)) {
        callback(new BarredError(`${host} is no public address`), null);
        return;
      }
      connect(options, (error, socket) => {
        const at = socket?.remoteAddress;
        if (error || !socket) callback(error ?? new Error("no connection"), null);
        else if (at === undefined || !network.isPublic(at)) {
          socket.destroy();
          callback(new BarredError(`${host} answers from ${at}, no public address`), null);
        } else callback(null, socket);
      });
    },
    // one host's connections end with its requests: an idle one would be used again unchecked
    pipelining: 0,
    maxHeaderSize: 32_768,
    bodyTimeout: limits.urlSeconds * 1000,
    headersTimeout: limits.urlSeconds * 1000,
  });
}

/** The address that was asked for, or redirected to, is none of the public internet. */
class BarredError extends Error {}

/** Gets one address, following redirects. Throws ClippingError: `fetch/…`, `ingest/too-large`, `ingest/timeout`. */
export async function get(address: string, dispatcher: Dispatcher, options: RequestOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(limits.urlSeconds * 1000);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  let url = checkedUrl(address, address);
  try {
    for (let hop = 0; ; hop++) {
      await options.before?.(url);
      const answer = await once(url, dispatcher, options, signal);
      const location = answer.headers["location"];
      if (![301, 302, 303, 307, 308].includes(answer.status) || typeof location !== "string") return answer;
      if (hop >= limits.urlRedirects)
        throw failure(
          "fetch/failed",
          address,
          `redirected more than ${limits.urlRedirects} times (limit urlRedirects)`,
        );
      url = checkedUrl(new URL(location, url).href, address);
    }
  } catch (cause) {
    if (timeout.aborted)
      throw failure("ingest/timeout", address, `not there after ${limits.urlSeconds} s (limit urlSeconds)`, cause);
    if (cause instanceof ClippingError || options.signal?.aborted) throw cause;
    throw failureOf(address, cause as Error);
  }
}

/** Throws where an address is none to be fetched. */
export function checkedUrl(address: string, asked: string): URL {
  if (!URL.canParse(address)) throw failure("fetch/barred", asked, `${address} is no address`);
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw failure("fetch/barred", asked, `only http and https are fetched, not ${url.protocol}`);
  if (url.username || url.password) throw failure("fetch/barred", asked, "addresses with a password are not fetched");
  url.hash = "";
  return url;
}

async function once(url: URL, dispatcher: Dispatcher, options: RequestOptions, signal: AbortSignal): Promise<Answer> {
  const headers = { "user-agent": options.agent, accept: ACCEPTED, "accept-encoding": "gzip, br" };
  const { statusCode: status, headers: given, body } = await request(url, { dispatcher, headers, signal });
  const answer = { url: url.href, status, headers: given };
  const type = String(given["content-type"] ?? "");
  if (status !== 200 || (options.isWanted && !options.isWanted(type))) {
    // what an error page says is of no use
    // ended early, it calls that an error, which nobody awaits
    body.on("error", () => {}).destroy();
    return { ...answer, body: new Uint8Array() };
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    // leaving the loop ends the download
    if (size > options.bytes) throw overLimit(url.href, "urlBytes", `the answer has ${size} bytes or more`);
    pieces.push(piece);
  }
  return { ...answer, body: await inflated(Buffer.concat(pieces), given["content-encoding"], url.href, options.bytes) };
}

const ACCEPTED = "text/html,application/xhtml+xml,application/pdf,text/plain,image/*;q=0.8,*/*;q=0.5";

const INFLATE = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

async function inflated(body: Buffer, encoding: string | string[] | undefined, url: string, bytes: number) {
  const name = String(encoding ?? "identity").toLowerCase();
  if (name === "identity" || name === "") return body;
  if (!Object.hasOwn(INFLATE, name)) throw failure("fetch/failed", url, `packed as ${name}, which was not asked for`);
  try {
    return await INFLATE[name as keyof typeof INFLATE](body, { maxOutputLength: bytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw overLimit(url, "urlBytes", `the answer inflates to ${bytes} bytes or more`);
    throw failure("fetch/failed", url, `the answer is broken: ${(cause as Error).message}`, cause);
  }
}

function failureOf(address: string, cause: Error): ClippingError {
  for (let each: unknown = cause; each instanceof Error; each = each.cause)
    if (each instanceof BarredError) return failure("fetch/barred", address, `${each.message}: not fetched`, cause);
  return failure("fetch/failed", address, `could not be fetched: ${cause.message}`, cause);
}

export const failure = (code: Code, address: string, detail: string, cause?: unknown): ClippingError =>
  new ClippingError(code, address, detail, cause === undefined ? {} : { cause });
