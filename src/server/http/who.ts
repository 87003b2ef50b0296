import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Who } from "../access/gate.js";
import type { Place } from "../access/security.js";
import { UserName } from "../contract/index.js";
import type { Parts } from "./context.js";

export const NAME_COOKIE = "jianbao-name";
export const SESSION_SECONDS = 7 * 86_400;

/** With the prefix a browser lets no other site, path or plain connection set it. */
export const sessionCookie = ({ secure }: Place): string => (secure ? "__Host-jianbao" : "jianbao");

/** Who sends a request; undefined where nobody is signed in. */
export async function whoOf(c: Context, { gate, signIn, usualName, place }: Parts): Promise<Who | undefined> {
  if (signIn === "none") return { name: nameOf(getCookie(c, NAME_COOKIE)) ?? usualName, role: "admin", by: "nobody" };
  const token = /^bearer\s+(\S{1,200})$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token !== undefined) return gate.byToken(token);
  const secret = getCookie(c, sessionCookie(place));
  return secret === undefined ? undefined : gate.bySession(secret);
}

function nameOf(cookie: string | undefined): string | undefined {
  try {
    return UserName.safeParse(decodeURIComponent(cookie ?? "")).data;
  } catch {
    return undefined;
  }
}
