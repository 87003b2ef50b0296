import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context } from "hono";
import { PAGE_POLICY } from "../access/security.js";
import { ProblemError } from "../problem.js";
import { etagOf } from "./memo.js";

/** Where the build puts the page. */
export const PAGE_FOLDER = fileURLToPath(new URL("../../../dist/page/", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".bcmap": "application/octet-stream",
};
const PACKED = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

interface File {
  readonly path: string;
  readonly type: string;
  readonly etag: string;
  readonly hashed: boolean;
}

/** The files of the built page by their address; empty where it is not built. */
export type Site = ReadonlyMap<string, File>;

/** Reads which files there are: no other is ever served, whatever an address says. */
export function siteOf(folder = PAGE_FOLDER): Site {
  const files = new Map<string, File>();
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return files;
  }
  for (const entry of entries) {
    const path = join(folder, entry);
    const type = TYPES[extname(entry)];
    if (type === undefined && !PACKED.some(([, ending]) => entry.endsWith(ending))) continue;
    const stats = statSync(path);
    if (!stats.isFile()) continue;
    files.set(`/${relative(folder, path).split(sep).join("/")}`, {
      path,
      type: type ?? "application/octet-stream",
      etag: etagOf(`${stats.size} ${stats.mtimeMs}`),
      hashed: /[.-][\w-]{8}\.\w{1,5}$/.test(entry) && /(?:^|[\\/])assets[\\/]/.test(entry),
    });
  }
  return files;
}

/** A file of the page; every other address is one of the page's own views. */
export function servePage(c: Context, site: Site): Response {
  const path = decoded(c.req.path);
  const isFile = /\.\w{1,12}$/.test(path);
  const file =
    site.get(path === "/" ? "/index.html" : path) ??
    (isFile || path.startsWith("/api/") ? undefined : site.get("/index.html"));
  if (!file) {
    if (site.size === 0 && !isFile && !path.startsWith("/api/"))
      return c.html(NOT_BUILT, 200, { "Content-Security-Policy": PAGE_POLICY });
    throw new ProblemError("not-found", `there is nothing at ${c.req.path}`);
  }
  const address = file.path.endsWith("index.html") ? "/index.html" : path;
  const accepted = c.req.header("accept-encoding") ?? "";
  const packed = PACKED.find(
    ([name, ending]) => new RegExp(`\\b${name}\\b`).test(accepted) && site.has(address + ending),
  );
  const headers = {
    "Content-Type": file.type,
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": file.hashed
      ? "public, max-age=31536000, immutable"
      : file.type.startsWith("text/html")
        ? "no-store"
        : "no-cache",
    ETag: file.etag,
    Vary: "Accept-Encoding",
    ...(packed ? { "Content-Encoding": packed[0] } : {}),
  };
  if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
  return c.body(Uint8Array.from(readFileSync(packed ? file.path + packed[1] : file.path)), 200, headers);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>jianbao 剪报</title></head>
<body><h1>jianbao 剪报</h1><p>The page is not built: <code>npm run build</code>. The API is described at <a href="/reference">/reference</a>.</p></body></html>`;
