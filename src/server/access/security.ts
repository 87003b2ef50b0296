import type { MiddlewareHandler } from "hono";
import { CSRF_HEADER } from "../contract/index.js";
import { ProblemError } from "../problem.js";
import { isOwnHost } from "./address.js";

export interface Place {
  /** Address that is listened on. */
  readonly host: string;
  readonly secure: boolean;
  /** What browsers know the server as, where something stands before it. */
  readonly origin: URL | undefined;
}

/** Everything comes from here; nothing may frame it, and no plugin, form or base leads elsewhere. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // styles that a chart sets on its elements are no style sheets
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Of what is data: nothing of it runs, wherever it is opened. */
export const DATA_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "X-Permitted-Cross-Domain-Policies": "none",
};

/** Headers of every reply, whatever it is. */
export function guarded({ secure }: Place): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
    if (secure) headers.set("Strict-Transport-Security", "max-age=31536000");
    if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", DATA_POLICY);
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  };
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Turns away what another site's page sends. A browser says where a request
 * comes from (Sec-Fetch-Site, Origin) and lets no page of elsewhere set a
 * header of its own; programs say neither, and come with a token.
 */
export function sameSite(place: Place): MiddlewareHandler {
  return async (c, next) => {
    if (!isOwnHost(c.req.header("host"), place.host, place.origin)) throw new ProblemError("bad-host");
    const site = c.req.header("sec-fetch-site");
    const isForeign = site !== undefined && site !== "same-origin" && site !== "none";
    const isRead = READS.has(c.req.method);
    // a link may lead here, but no page of elsewhere may load what is here
    const isLink =
      isRead && c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
    if (isForeign && !isLink) throw new ProblemError("cross-site");
    if (!isRead) {
      const origin = c.req.header("origin");
      if (origin !== undefined && !isOwnOrigin(origin, c.req.header("host"), place))
        throw new ProblemError("cross-site");
      const hasToken = /^bearer /i.test(c.req.header("authorization") ?? "");
      if (!hasToken && c.req.header(CSRF_HEADER) === undefined)
        throw new ProblemError("cross-site", `the header ${CSRF_HEADER} is missing`);
    }
    await next();
  };
}

function isOwnOrigin(origin: string, host: string | undefined, { origin: known, secure }: Place): boolean {
  if (known && origin === known.origin) return true;
  return origin.toLowerCase() === `${secure ? "https" : "http"}://${host?.toLowerCase()}`;
}
