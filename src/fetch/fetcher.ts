import { setTimeout as sleep } from "node:timers/promises";
import robots from "robots-parser";
import type { Agent } from "undici";
import { limits } from "../ingest/limits.js";
import { INTERNET, type Network } from "./public.js";
import { type Answer, failure, get, guardedAgent } from "./request.js";

export interface FetcherOptions {
  /** Milliseconds between two requests to one host; robots.txt may ask for more. */
  readonly delayMs?: number;
  /** How a server is told who asks: `jianbao/0.1.0`. */
  readonly agent: string;
  readonly network?: Network;
  readonly signal?: AbortSignal;
}

const DELAY_MS = 1000;
/** Longest that a robots.txt may make us wait between two requests, and its bytes (RFC 9309 asks for 500 KiB at least). */
const LONGEST_DELAY_MS = 30_000;
const ROBOTS_BYTES = 512 * 1024;

/** A CommonJS function, whatever its types say. */
const robotsParser = robots as unknown as typeof robots.default;

interface Robots {
  allows(url: string): boolean;
  readonly delayMs: number;
}

interface Host {
  /** Ends when the last request to it has ended. */
  turn: Promise<void>;
  free: number;
  delayMs: number;
}

/** Kinds that hold no text: told by the header, so that they are not downloaded. */
const UNWANTED = /^(?:video|audio|font)\//i;

/**
 * Fetches addresses of the public internet as a guest does: one request a host
 * at a time, with a pause between two, and only what its robots.txt allows.
 */
export class Fetcher {
  private readonly dispatcher: Agent;
  private readonly hosts = new Map<string, Host>();
  private readonly robots = new Map<string, Promise<Robots>>();

  constructor(private readonly options: FetcherOptions) {
    this.dispatcher = guardedAgent(options.network ?? INTERNET);
  }

  /** What an address answers with. Throws ClippingError. */
  async fetch(address: string): Promise<Answer> {
    const answer = await get(address, this.dispatcher, {
      ...this.common,
      bytes: limits.urlBytes,
      isWanted: (type) => !UNWANTED.test(type),
      before: async (url) => {
        const robots = await this.robotsOf(url);
        if (!robots.allows(url.href))
          throw failure("fetch/robots", address, `${url.host} asks robots not to fetch ${url.pathname} (robots.txt)`);
        await this.waitFor(url.host, robots.delayMs);
      },
    });
    const type = String(answer.headers["content-type"] ?? "");
    if (answer.status !== 200) throw failure("fetch/status", address, `the server answers ${answer.status}`);
    if (UNWANTED.test(type)) throw failure("ingest/unsupported", address, `the address is ${type}: no text to read`);
    if (answer.body.length === 0) throw failure("ingest/empty", address, "the address answers with nothing (0 bytes)");
    return answer;
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private get common() {
    const { agent, signal } = this.options;
    return { agent, ...(signal ? { signal } : {}) };
  }

  /** What is not there allows all; what cannot be had forbids all (RFC 9309). */
  private robotsOf({ origin }: URL): Promise<Robots> {
    const known = this.robots.get(origin);
    if (known) return known;
    const asked = this.readRobots(origin);
    this.robots.set(origin, asked);
    return asked;
  }

  private async readRobots(origin: string): Promise<Robots> {
    const address = `${origin}/robots.txt`;
    const { agent } = this.options;
    const { status, body } = await get(address, this.dispatcher, {
      ...this.common,
      bytes: ROBOTS_BYTES,
      before: (url) => this.waitFor(url.host, 0),
    });
    if (status >= 400 && status < 500) return { allows: () => true, delayMs: 0 };
    if (status !== 200) return { allows: () => false, delayMs: 0 };
    const parsed = robotsParser(address, new TextDecoder().decode(body));
    return {
      allows: (url) => parsed.isAllowed(url, agent) ?? true,
      delayMs: Math.min(LONGEST_DELAY_MS, (parsed.getCrawlDelay(agent) ?? 0) * 1000),
    };
  }

  /** Waits until a host was left alone for long enough. One clipping is fetched at a time, so that turns are in order. */
  private async waitFor(name: string, askedMs: number): Promise<void> {
    const host = this.hosts.get(name) ?? { turn: Promise.resolve(), free: 0, delayMs: 0 };
    this.hosts.set(name, host);
    host.delayMs = Math.max(this.options.delayMs ?? DELAY_MS, askedMs, host.delayMs);
    const turn = host.turn.then(async () => {
      const wait = host.free - performance.now();
      if (wait > 0) await sleep(wait, undefined, this.options.signal ? { signal: this.options.signal } : {});
      host.free = performance.now() + host.delayMs;
    });
    host.turn = turn.catch(() => undefined);
    await turn;
  }
}
