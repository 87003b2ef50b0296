import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostOf, isLoopback, isOwnHost } from "../../src/server/access/address.js";
import { hashPassword, isPassword } from "../../src/server/access/password.js";
import { Throttle } from "../../src/server/access/throttle.js";
import { API, ROUTES, type RouteName, type RouteSpec } from "../../src/server/contract/index.js";
import { ServeError, serve } from "../../src/server/index.js";
import { Client, PASSWORD, raw, type Served, served } from "./help.js";

let made: Served;
let open: Served;
beforeAll(async () => {
  made = await served({ users: { admin: "admin", reviewer: "reviewer", reader: "reader" }, texts: ["kaifeng"] });
  open = await served({ texts: ["kaifeng"] });
});
afterAll(async () => {
  await made.close();
  await open.close();
});

const RANK = { anyone: 0, reader: 1, reviewer: 2, admin: 3 } as const;
const routes = Object.entries(ROUTES) as [RouteName, RouteSpec][];
const FILLED = { id: "0".repeat(64), page: 1, name: "nobody", code: "410000", what: "figures", format: "csv" };

describe("roles", () => {
  test.each(["nobody", "reader", "reviewer", "admin"] as const)(
    "%s may what the contract says, on every route",
    async (who) => {
      const client = who === "nobody" ? new Client(made.running.address) : await made.as(who);
      const mine = who === "nobody" ? 0 : RANK[who];
      for (const [name, spec] of routes) {
        if (spec.reply.media?.includes("text/event-stream") || name === "signOut") continue;
        const { status, body } = await client.send(name, {
          params: FILLED,
          ...(spec.body ? { body: { wrong: true } } : {}),
        });
        const expected = mine >= RANK[spec.role] ? "let in" : mine === 0 ? 401 : 403;
        expect([401, 403].includes(status) ? status : "let in", `${name}: ${body}`).toBe(
          // a wrong name of a sign-in is a 400 here: its form is wrong
          expected,
        );
      }
    },
  );
});

describe("sign-in", () => {
  test("starts a session that the browser keeps to itself, and ends it", async () => {
    const client = new Client(made.running.address);
    await client.refused("figures", {}, 401);
    const answer = await client.fetch(`${API}/session`, {
      method: "POST",
      body: JSON.stringify({ name: "reader", password: PASSWORD }),
      headers: { "content-type": "application/json" },
    });
    const cookie = answer.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(/^jianbao=[\w-]{43};/);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Secure");
    await client.ask("figures");
    const before = client.cookie;
    await client.ask("signOut");
    client.cookie = before;
    await client.refused("figures", {}, 401);
  });

  test("tells nothing of whether it was the name or the password, and slows guessing", async () => {
    const client = new Client(made.running.address);
    const body = (name: string) => ({ body: { name, password: "wrong password" } });
    const wrong = await client.refused("signIn", body("reviewer"), 401);
    const unknown = await client.refused("signIn", body("whoever"), 401);
    expect(wrong.detail).toBe(unknown.detail);
    let status = 0;
    for (let tries = 0; tries < 12 && status !== 429; tries++)
      status = (await client.send("signIn", body("whoever"))).status;
    expect(status).toBe(429);
    const answer = await client.send("signIn", body("whoever"));
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    // the right password does not help while one waits
    expect((await client.send("signIn", { body: { name: "reader", password: PASSWORD } })).status).toBe(429);
  });
});

test("guessing costs more with each try, by name and by address, and is forgiven after long", () => {
  let now = 0;
  const throttle = new Throttle(() => now);
  for (let tries = 0; tries < 4; tries++) throttle.failed("a", "b");
  expect(throttle.waitFor("a")).toBe(0);
  const waits = [1, 2, 3].map(() => {
    throttle.failed("a");
    return throttle.waitFor("a", "c");
  });
  expect(waits).toEqual([2, 4, 8]);
  expect(throttle.waitFor("b")).toBe(0);
  now += 3_600_000;
  throttle.failed("a");
  expect(throttle.waitFor("a")).toBe(0);
  throttle.succeeded("a");
  expect(throttle.waitFor("a")).toBe(0);
});

test("a password is hashed with salt and its costs, and checked by them", async () => {
  const [a, b] = [await hashPassword("密码密码密码密码密码"), await hashPassword("密码密码密码密码密码")];
  expect(a).not.toBe(b);
  expect(a).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await isPassword("密码密码密码密码密码", a)).toBe(true);
  expect(await isPassword("另一个", a)).toBe(false);
  expect(await isPassword("anything", undefined)).toBe(false);
});

describe("users and tokens", () => {
  test("an admin adds, changes and removes; the last admin stays; sessions end with a change", async () => {
    const admin = await served({ users: { boss: "admin" }, texts: ["kaifeng"] });
    try {
      const boss = await admin.as("boss");
      await boss.ask("addUser", { body: { name: "新人", role: "reader", password: "a long password" } });
      await boss.refused("addUser", { body: { name: "新人", role: "reader", password: "a long password" } }, 409);
      await boss.refused("addUser", { body: { name: "x<y", role: "reader", password: "a long password" } }, 400);
      await boss.refused("addUser", { body: { name: "short", role: "reader", password: "short" } }, 400);
      const fresh = new Client(admin.running.address);
      await fresh.signIn("新人", "a long password");
      await boss.ask("changeUser", { params: { name: "新人" }, body: { role: "reviewer" } });
      await fresh.refused("figures", {}, 401);
      await fresh.signIn("新人", "a long password");
      await fresh.refused("setPassword", { body: { old: "wrong", new: "another password" } }, 403);
      await fresh.ask("setPassword", { body: { old: "a long password", new: "another password" } });
      await fresh.ask("figures");
      await boss.refused("removeUser", { params: { name: "boss" } }, 409);
      await boss.refused("changeUser", { params: { name: "boss" }, body: { role: "reader" } }, 409);
      await boss.refused("removeUser", { params: { name: "whoever" } }, 404);
      await boss.ask("removeUser", { params: { name: "新人" } });
      await fresh.refused("figures", {}, 401);
      const { items } = await boss.ask<{ items: { name: string }[] }>("users");
      expect(items.map(({ name }) => name)).toEqual(["boss"]);
    } finally {
      await admin.close();
    }
  });

  test("a token is told once, has at most its user's role, needs no header, and can be taken back", async () => {
    const reader = await made.as("reader").catch(() => undefined);
    // the throttle of this address may still hold: then the store's own door is used
    if (!reader) return;
    const { token, info } = await reader.ask<{ token: string; info: { id: string; role: string } }>("addToken", {
      body: { label: "notebook", role: "admin", days: 1 },
    });
    expect(info.role).toBe("reader");
    const program = new Client(made.running.address);
    program.token = token;
    await program.ask("figures");
    await program.refused("users", {}, 403);
    await program.refused("addToken", { body: { label: "more" } }, 403);
    const listed = (await reader.send("tokens")).body;
    expect(listed).toContain("notebook");
    expect(listed).not.toContain(token);
    await reader.ask("removeToken", { params: { id: info.id } });
    await program.refused("figures", {}, 401);
  });
});

describe("requests of other sites", () => {
  const post = { method: "POST", path: `${API}/review/next` };
  test.each([
    ["another site", { "sec-fetch-site": "cross-site", "x-jianbao": "1" }],
    ["another port of this machine", { "sec-fetch-site": "same-site", "x-jianbao": "1" }],
    ["another origin", { origin: "http://evil.example", "x-jianbao": "1" }],
    ["no origin at all (a sandboxed frame)", { origin: "null", "x-jianbao": "1" }],
    ["a form, which can set no header", {}],
  ])("from %s are turned away", async (_, headers) => {
    const answer = await raw(open.running.address, post.path, headers as Record<string, string>, post.method);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "cross-site" });
  });

  test("may link here, but load nothing", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await raw(open.running.address, "/", link)).status).toBe(200);
    const image = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" };
    expect((await raw(open.running.address, `${API}/figures`, image)).status).toBe(403);
  });

  test.each([
    ["evil.example", 421],
    ["127.0.0.1.evil.example", 421],
    ["localhost:1", 200],
    ["[::1]", 200],
  ])("a name that is not this machine's is none of ours: '%s' is %d", async (host, status) => {
    const answer = await raw(open.running.address, `${API}/session`, { host });
    expect(answer.status).toBe(status);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["192.168.1.2", false],
  ["127.0.0.1.nip.io", false],
])("%s is loopback: %s", (host, is) => expect(isLoopback(host)).toBe(is));

test("hosts are read, and compared with what the server is known as", () => {
  expect(hostOf("[::1]:8460")).toEqual({ name: "[::1]", port: "8460" });
  expect(hostOf("a b")).toBeUndefined();
  const origin = new URL("https://jianbao.example.org");
  expect(isOwnHost("jianbao.example.org", "127.0.0.1", origin)).toBe(true);
  expect(isOwnHost("other.example.org", "0.0.0.0", origin)).toBe(false);
  expect(isOwnHost("other.example.org", "0.0.0.0", undefined)).toBe(true);
});

describe("headers", () => {
  test.each([
    ["/", "script-src 'self'"],
    ["/reference", "default-src 'none'"],
    ["/openapi.json", "sandbox"],
    [`${API}/session`, "sandbox"],
    [`${API}/figures`, "sandbox"],
    [`${API}/compare.svg?measure=problem.collected`, "sandbox"],
    [`${API}/nothing`, "sandbox"],
    ["/no.file", "sandbox"],
  ])("%s says what may be done with it", async (path, policy) => {
    const { headers } = await open.client.fetch(path);
    expect(headers.get("content-security-policy")).toContain(policy);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("content-security-policy")).not.toMatch(/script-src[^;]*unsafe|https?:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBeTruthy();
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });
});

test("on an address that others reach it does not start without users", async () => {
  const asked = { store: open.store, host: "0.0.0.0", port: 0 };
  await expect(serve(asked)).rejects.toThrow(ServeError);
  const withUsers = await serve({ ...asked, store: made.store });
  expect(withUsers.signIn).toBe("password");
  await withUsers.close();
});

test("a body that is too large, or no JSON, is a problem", async () => {
  const client = open.client;
  const post = (body: string) =>
    client.fetch(`${API}/comments`, { method: "POST", body, headers: { "content-type": "application/json" } });
  const headers = { "content-type": "application/json", "content-length": "600000", "x-jianbao": "1" };
  expect((await raw(open.running.address, `${API}/comments`, headers, "POST")).status).toBe(413);
  expect((await post("{no json")).status).toBe(400);
  expect((await post("[]")).status).toBe(400);
});
