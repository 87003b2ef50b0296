import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect } from "vitest";
import type { z } from "zod";
import { extractText } from "../../src/pipeline.js";
import { hashPassword } from "../../src/server/access/password.js";
import { API, CSRF_HEADER, Problem, ROUTES, type RouteName, type RouteSpec } from "../../src/server/contract/index.js";
import { type Running, type ServeOptions, serve } from "../../src/server/index.js";
import { openSqliteHouse, type Role } from "../../src/store/index.js";

export const TEXTS = {
  kaifeng: [
    "截至2022年6月30日，开封市收集问题300个，办结290个，办结率96.7%。发放贷款2.36亿元。",
    "410200",
    "2022-07-02",
  ],
  other: ["截至2022年6月30日，开封市共收集问题312个。", "410200", "2022-07-05"],
  huiji: ["截至2022年6月30日，惠济区收集问题100个，办结95个。下半年计划办结200个。", "410108", "2022-07-03"],
  luoyang: ["截至2022年6月30日，洛阳市收集问题500个，解决480个，办结率95%。", "410300", "2022-07-01"],
} as const;
const RUN = { version: "0.0.1", catalogue: "test" };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Someone who asks a server; replies are held against the contract. */
export class Client {
  cookie = "";
  token = "";

  constructor(readonly address: string) {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set("cookie", this.cookie);
    if (this.token) headers.set("authorization", `Bearer ${this.token}`);
    else if (!headers.has(CSRF_HEADER)) headers.set(CSRF_HEADER, "1");
    const reply = await fetch(`${this.address}${path}`, { ...init, headers });
    const set = reply.headers.getSetCookie().map((each) => each.split(";")[0]);
    if (set.length > 0) this.cookie = set.join("; ");
    return reply;
  }

  async send(name: RouteName, given: Given = {}): Promise<Answer> {
    const spec = ROUTES[name] as RouteSpec;
    const path = spec.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(given.params?.[key])));
    const query = new URLSearchParams(
      Object.entries(given.query ?? {}).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.join(",") : String(value),
      ]),
    ).toString();
    const reply = await this.fetch(`${API}${path}${query ? `?${query}` : ""}`, {
      method: spec.method.toUpperCase(),
      ...(given.body === undefined
        ? {}
        : { body: JSON.stringify(given.body), headers: { "content-type": "application/json" } }),
    });
    return { status: reply.status, headers: reply.headers, body: await reply.text() };
  }

  /** The reply of a route, exactly as the contract has it. */
  async ask<T = unknown>(name: RouteName, given: Given = {}): Promise<T> {
    const spec = ROUTES[name] as RouteSpec;
    const { status, body } = await this.send(name, given);
    expect(status, body).toBe(spec.reply.status);
    if (!spec.reply.json) return body as T;
    const sent = JSON.parse(body) as unknown;
    expect(sent).toEqual(spec.reply.json.parse(sent));
    return sent as T;
  }

  /** The problem that a route answers with. */
  async refused(
    name: RouteName,
    given: Given,
    status: number,
  ): Promise<z.infer<typeof Problem> & Record<string, unknown>> {
    const answer = await this.send(name, given);
    expect(answer.status, answer.body).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const problem = JSON.parse(answer.body) as z.infer<typeof Problem> & Record<string, unknown>;
    Problem.parse(problem);
    expect(problem.status).toBe(status);
    return problem;
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.ask("signIn", { body: { name, password } });
  }

  upload(files: readonly (readonly [name: string, content: string | Uint8Array])[]): Promise<Response> {
    const form = new FormData();
    for (const [name, content] of files) form.append("files", new Blob([content as BlobPart]), name);
    return this.fetch(`${API}/clippings`, { method: "POST", body: form });
  }
}

export interface Given {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface Served {
  readonly running: Running;
  readonly client: Client;
  readonly store: string;
  as(name: string): Promise<Client>;
  close(): Promise<void>;
}

export const PASSWORD = "correct horse";

const storesMade = new Map<string, Promise<string>>();

/** A store with these users and clippings; made once, then copied. */
function madeStore(users: Readonly<Record<string, Role>>, texts: readonly (keyof typeof TEXTS)[]): Promise<string> {
  const key = JSON.stringify([users, texts]);
  const known = storesMade.get(key) ?? makeStore(users, texts);
  storesMade.set(key, known);
  return known;
}

async function makeStore(
  users: Readonly<Record<string, Role>>,
  texts: readonly (keyof typeof TEXTS)[],
): Promise<string> {
  const store = join(await mkdtemp(join(tmpdir(), "jianbao-made-")), "s.db");
  const house = await openSqliteHouse(store);
  for (const name of texts) {
    const [text, region, published] = TEXTS[name];
    await house.store.save(
      extractText(text, { path: `in/${name}.txt`, metadata: { region, published, title: name } }),
      RUN,
    );
  }
  // cheap: what a real one costs is tested by itself
  const hash = await hashPassword(PASSWORD, { N: 1024, r: 8, p: 1 });
  for (const [name, role] of Object.entries(users)) await house.desk.addUser({ name, role, password: hash });
  while ((await house.lists.settle(100)) > 0);
  await house.store.close();
  return store;
}

afterAll(async () => {
  for (const store of storesMade.values()) await rm(dirname(await store), { recursive: true, force: true });
});

/** A server of its own over a store with a few clippings; with users of each role where they are named. */
export async function served(
  options: Partial<ServeOptions> & {
    users?: Readonly<Record<string, Role>>;
    texts?: readonly (keyof typeof TEXTS)[];
  } = {},
): Promise<Served> {
  const { users = {}, texts = Object.keys(TEXTS) as (keyof typeof TEXTS)[], ...more } = options;
  const folder = await mkdtemp(join(tmpdir(), "jianbao-serve-"));
  const store = join(folder, "s.db");
  await copyFile(await madeStore(users, texts), store);
  const running = await serve({
    store,
    host: "127.0.0.1",
    port: 0,
    ocr: false,
    name: "我",
    page: join(folder, "page"),
    ...more,
  });
  return {
    running,
    store,
    client: new Client(running.address),
    as: async (name) => {
      const client = new Client(running.address);
      if (users[name]) await client.signIn(name, PASSWORD);
      else await client.ask("setName", { body: { name } });
      return client;
    },
    close: async () => {
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A request with headers that fetch would not send. */
export function raw(address: string, path: string, headers: Record<string, string>, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${address}${path}`, { method, headers }, (reply) => {
      let body = "";
      reply.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      reply.on("end", () =>
        resolve({ status: reply.statusCode ?? 0, headers: new Headers(reply.headers as Record<string, string>), body }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Events of a stream until it ends, or until enough came. */
export async function eventsOf(
  reply: Response,
  enough: (events: { event: string; data: unknown }[]) => boolean = () => false,
) {
  const events: { event: string; data: unknown }[] = [];
  let text = "";
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return events;
    text += decoder.decode(value, { stream: true });
    for (let at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n")) {
      const block = text.slice(0, at);
      text = text.slice(at + 2);
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
      if (field("event")) events.push({ event: field("event") ?? "", data: JSON.parse(field("data") ?? "null") });
    }
    if (enough(events)) {
      await reader.cancel();
      return events;
    }
  }
}
