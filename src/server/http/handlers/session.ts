import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { limits } from "../../../ingest/limits.js";
import { version } from "../../../pipeline.js";
import { hashOf, lesser, type Who } from "../../access/gate.js";
import { hashPassword } from "../../access/password.js";
import type * as contract from "../../contract/index.js";
import { UPLOAD_FILES } from "../../ingests/upload.js";
import { ProblemError } from "../../problem.js";
import { type Handlers, type Parts, ready } from "../context.js";
import { NAME_COOKIE, SESSION_SECONDS, sessionCookie } from "../who.js";

type Names =
  | "session"
  | "signIn"
  | "setName"
  | "signOut"
  | "setPassword"
  | "tokens"
  | "addToken"
  | "removeToken"
  | "users"
  | "addUser"
  | "changeUser"
  | "removeUser";

export function sessionHandlers(parts: Parts): Handlers<Names> {
  const { crew, gate, signIn, place } = parts;
  const cookie = { httpOnly: true, sameSite: "Strict", path: "/", secure: place.secure } as const;
  const shown = (who: Who | undefined): contract.Session => ({
    signIn,
    user: who ? { name: who.name, role: who.role } : null,
    version,
    limits: {
      fileBytes: limits.fileBytes,
      files: UPLOAD_FILES,
      kinds: ["text", "html", "pdf", "image", "docx", "rtf"],
    },
  });
  const needsUsers = () => {
    if (signIn === "none")
      throw new ProblemError("conflict", "there is no sign-in here: jianbao user add, and start again");
  };
  return {
    session: ({ c, who }) => c.json(shown(who)),
    signIn: async ({ c, body }) => {
      needsUsers();
      const secret = await gate.signIn(body.name, body.password, addressOf(c));
      setCookie(c, sessionCookie(place), secret, { ...cookie, maxAge: SESSION_SECONDS });
      return c.json(shown(await gate.bySession(secret)));
    },
    setName: ({ c, body }) => {
      if (signIn !== "none") throw new ProblemError("conflict", "names are those that are signed in with");
      setCookie(c, NAME_COOKIE, encodeURIComponent(body.name), { ...cookie, maxAge: 365 * 86_400 });
      return c.json(shown({ name: body.name, role: "admin", by: "nobody" }));
    },
    signOut: async ({ c, who }) => {
      if (who) await gate.signOut(who);
      deleteCookie(c, sessionCookie(place), cookie);
      return c.body(null, 204);
    },
    setPassword: async ({ c, who, body }) => {
      needsUsers();
      if (who.by !== "session") throw new ProblemError("forbidden", "a password is changed by who signed in with it");
      await gate.setPassword(who, body.old, body.new);
      return c.body(null, 204);
    },
    tokens: async ({ c, who }) => ready(c, await crew.json("tokens", who.role === "admin" ? {} : { user: who.name })),
    addToken: async ({ c, who, body }) => {
      needsUsers();
      if (who.by !== "session") throw new ProblemError("forbidden", "a token makes no tokens");
      const token = `jb_${randomBytes(32).toString("base64url")}`;
      const info = await crew.json("addToken", {
        hash: hashOf(token),
        user: who.name,
        label: body.label,
        role: lesser(body.role ?? who.role, who.role),
        added: new Date().toISOString(),
        expires: body.days === undefined ? null : new Date(Date.now() + body.days * 86_400_000).toISOString(),
      });
      return ready(c, `{"token":${JSON.stringify(token)},"info":${info}}`, 201);
    },
    removeToken: async ({ c, who, params }) => {
      const own = who.role === "admin" ? {} : { user: who.name };
      if ((await crew.json("removeToken", { id: params.id, ...own })) !== "true")
        throw new ProblemError("not-found", "there is no such token");
      gate.forget();
      return c.body(null, 204);
    },
    users: async ({ c }) => ready(c, await crew.json("users")),
    addUser: async ({ c, body }) => {
      const { name, role, password } = body;
      return ready(c, await crew.json("addUser", { name, role, password: await hashPassword(password) }), 201);
    },
    changeUser: async ({ c, params, body }) => {
      const change = {
        ...(body.role ? { role: body.role } : {}),
        ...(body.password ? { password: await hashPassword(body.password) } : {}),
      };
      const text = await crew.json("changeUser", { name: params.name, change });
      gate.forget();
      return ready(c, text);
    },
    removeUser: async ({ c, params }) => {
      await crew.json("removeUser", params);
      gate.forget();
      return c.body(null, 204);
    },
  };
}

/** The address a request comes from; behind something else, that one's. */
const addressOf = (c: Context): string =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } }).incoming?.socket?.remoteAddress ?? "";
