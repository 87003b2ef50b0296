import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ClippingError } from "../../src/doc/index.js";
import { Fetcher } from "../../src/fetch/fetcher.js";
import { isPublic, keepFetched, type Network } from "../../src/fetch/index.js";
import { changeLimits, limitsTold } from "../../src/ingest/limits.js";

type Site = (request: IncomingMessage, response: ServerResponse) => void;

let site: Site = () => {};
let requests: { host: string; url: string; at: number }[] = [];
/** 127.0.0.2 stands for the internet, 127.0.0.1 for this machine. */
let outside: Server;
let inside: Server;
let port = 0;
let innerPort = 0;
let isInsideAsked = false;
const listen = (server: Server, host: string) =>
  new Promise<number>((resolve) => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)));

beforeAll(async () => {
  outside = createServer((request, response) => {
    requests.push({ host: request.headers.host ?? "", url: request.url ?? "", at: performance.now() });
    if (request.url === "/robots.txt" && !robots) return void response.writeHead(404).end();
    if (request.url === "/robots.txt") return void response.end(robots);
    site(request, response);
  });
  inside = createServer((_, response) => {
    isInsideAsked = true;
    response.end("secret");
  });
  [port, innerPort] = [await listen(outside, "127.0.0.2"), await listen(inside, "127.0.0.1")];
});
afterAll(() => {
  outside.close();
  inside.close();
});
let robots = "";
afterEach(() => {
  requests = [];
  robots = "";
  isInsideAsked = false;
  changeLimits(Object.fromEntries(limitsTold().map(({ name, usual }) => [name, usual])));
});

/** Names and their addresses; a list of lists gives another one each time it is asked. */
function network(names: Readonly<Record<string, readonly string[]>>, turns?: readonly (readonly string[])[]): Network {
  let asked = 0;
  return {
    resolve: async (name) => turns?.[Math.min(asked++, turns.length - 1)] ?? names[name] ?? [],
    isPublic: (address) => address === "127.0.0.2" || isPublic(address),
  };
}
const USUAL = { "news.test": ["127.0.0.2"], "other.test": ["127.0.0.2"], "rebound.test": ["127.0.0.1"] };

async function fetched(address: string, more: { network?: Network; delayMs?: number } = {}) {
  const fetcher = new Fetcher({ agent: "jianbao/test", delayMs: 0, network: network(USUAL), ...more });
  try {
    return await fetcher.fetch(address);
  } catch (cause) {
    if (cause instanceof ClippingError) return cause;
    throw cause;
  } finally {
    await fetcher.close();
  }
}
const codeOf = async (...args: Parameters<typeof fetched>) => {
  const answer = await fetched(...args);
  return answer instanceof ClippingError ? answer.code : answer.status;
};
const at = (path: string, host = "news.test") => `http://${host}:${port}${path}`;

test.each(
  "127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 198.18.0.1 192.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::7f00:1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1 2001::1 localhost".split(
    " ",
  ),
)("%s is not public", (address) => expect(isPublic(address)).toBe(false));
test.each(["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])("%s is public", (address) =>
  expect(isPublic(address)).toBe(true),
);

test("an address of the internet is fetched", async () => {
  site = (_, response) => response.setHeader("content-type", "text/html; charset=gbk").end("惠济区");
  const answer = await fetched(at("/a?b=1#c"));
  expect(answer).toMatchObject({ status: 200, url: at("/a?b=1") });
});

test.each([
  "http://127.0.0.1:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f.1:PORT/",
  "http://[::1]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://rebound.test:PORT/",
  "http://169.254.169.254/latest/meta-data/",
  "http://user:word@news.test/",
  "file:///etc/passwd",
  "ftp://news.test/",
  "data:text/plain,x",
])("%s is barred", async (address) => {
  expect(await codeOf(address.replace("PORT", String(innerPort)))).toBe("fetch/barred");
  expect(isInsideAsked).toBe(false);
});

test("a name is barred when one of its addresses is private, and when it turns private later", async () => {
  expect(await codeOf(at("/"), { network: network({ "news.test": ["127.0.0.2", "127.0.0.1"] }) })).toBe("fetch/barred");
  // rebinding: public for robots.txt, private for the page
  const rebound = network({}, [["127.0.0.2"], ["127.0.0.1"]]);
  expect(await codeOf(`http://news.test:${port}/`, { network: rebound })).toBe("fetch/barred");
  expect(isInsideAsked).toBe(false);
});

test.each([
  () => `http://127.0.0.1:${innerPort}/`,
  () => `http://rebound.test:${innerPort}/`,
  () => `//127.0.0.1:${innerPort}/`,
  () => "file:///etc/passwd",
])("a redirect inwards is barred (%#)", async (target) => {
  site = (_, response) => response.writeHead(302, { location: target() }).end();
  expect(await codeOf(at("/"))).toBe("fetch/barred");
  expect(isInsideAsked).toBe(false);
});

test("redirects are followed, up to the limit", async () => {
  site = (request, response) => {
    const hop = Number(request.url?.slice(1));
    if (hop === 3) response.end("there");
    else response.writeHead(301, { location: `/${hop + 1}` }).end();
  };
  expect(await fetched(at("/0"))).toMatchObject({ status: 200, url: at("/3") });
  changeLimits({ urlRedirects: 2 });
  expect(await fetched(at("/0"))).toMatchObject({
    code: "fetch/failed",
    message: expect.stringContaining("urlRedirects"),
  });
});

test("an answer without end, one that inflates, and one that drips are cut off", async () => {
  changeLimits({ urlBytes: 100_000, urlSeconds: 20 });
  site = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(50_000)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  };
  expect(await fetched(at("/"))).toMatchObject({
    code: "ingest/too-large",
    message: expect.stringContaining("urlBytes"),
  });
  for (const [name, pack] of [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ] as const) {
    const bomb = pack(Buffer.alloc(5_000_000));
    site = (_, response) => response.setHeader("content-encoding", name).end(bomb);
    expect(await codeOf(at("/"))).toBe("ingest/too-large");
    site = (_, response) => response.setHeader("content-encoding", name).end(pack(Buffer.from("text")));
    expect(await codeOf(at("/"))).toBe(200);
  }
  changeLimits({ urlSeconds: 1 });
  site = (_, response) => {
    const timer = setInterval(() => response.write("x"), 100);
    response.on("close", () => clearInterval(timer));
  };
  expect(await fetched(at("/"))).toMatchObject({
    code: "ingest/timeout",
    message: expect.stringContaining("urlSeconds"),
  });
});

test("robots.txt is obeyed, also behind a redirect; one that is not there allows, one that fails forbids", async () => {
  site = (request, response) =>
    request.url === "/to" ? response.writeHead(302, { location: "/private/a" }).end() : response.end("text");
  robots = "User-agent: *\nDisallow: /private\n";
  expect([await codeOf(at("/a")), await codeOf(at("/private/a")), await codeOf(at("/to"))]).toEqual([
    200,
    "fetch/robots",
    "fetch/robots",
  ]);
  expect(requests.filter(({ url }) => url === "/private/a")).toEqual([]);
  robots = "";
  expect(await codeOf(at("/private/a"))).toBe(200);
});

test("a host is left alone between two requests, as long as it asks for", async () => {
  site = (_, response) => response.end("text");
  const addresses = ["/1", "/2"].map((path) => at(path)).concat(at("/3", "other.test"));
  const times = async (delayMs: number) => {
    requests = [];
    const fetcher = new Fetcher({ agent: "jianbao/test", delayMs, network: network(USUAL) });
    for (const address of addresses) await fetcher.fetch(address);
    await fetcher.close();
    return requests.filter(({ host }) => host.startsWith("news")).map(({ at: time }) => time);
  };
  const [robotsAt = 0, first = 0, second = 0] = await times(1000);
  // far from the pause: a busy machine lets requests arrive late
  expect(Math.min(first - robotsAt, second - first)).toBeGreaterThan(500);
  robots = "User-agent: *\nCrawl-delay: 1\n";
  const slower = await times(10);
  expect((slower[2] ?? 0) - (slower[1] ?? 0)).toBeGreaterThan(500);
});

test.each([
  ["video/mp4", 200, "ingest/unsupported"],
  ["text/html", 404, "fetch/status"],
  ["text/html", 500, "fetch/status"],
] as const)("%s with %i is %s", async (type, status, code) => {
  site = (_, response) => response.writeHead(status, { "content-type": type }).end("x");
  expect(await codeOf(at("/"))).toBe(code);
});

test("what is fetched is kept by its hash, whatever the server calls it, with its address beside it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "jianbao-fetch-"));
  site = (request, response) => {
    if (request.url === "/gone") return void response.writeHead(410).end();
    response.setHeader("content-disposition", 'attachment; filename="../../../evil.sh"');
    response.setHeader("content-type", "text/html").end("<p>惠济区收集问题200个。</p>");
  };
  const found = [];
  const options = { agent: "jianbao/test", delayMs: 0, network: network(USUAL) };
  for await (const each of keepFetched([at("/../../x"), at("/gone")], folder, options)) found.push(each);
  expect(found).toEqual([
    { path: expect.stringMatching(/news\.test\/[0-9a-f]{16}\/page\.html$/), bytes: 37 },
    { path: at("/gone"), code: "fetch/status", trouble: expect.stringContaining("410") },
  ]);
  const { path = "" } = found[0] ?? {};
  expect(path.startsWith(folder)).toBe(true);
  expect(JSON.parse(await readFile(join(path, "../meta.json"), "utf8"))).toEqual({ "page.html": { url: at("/x") } });
  await rm(folder, { recursive: true });
});
