import type { Context } from "hono";
import type { z } from "zod";
import type { Gate, Who } from "../access/gate.js";
import type { Holds } from "../access/holds.js";
import type { Place } from "../access/security.js";
import type { ROUTES, RouteName } from "../contract/index.js";
import type { Bus } from "../ingests/bus.js";
import type { Jobs } from "../ingests/jobs.js";
import type { SourceFiles } from "../source/files.js";
import type { Crew } from "../threads/crew.js";
import type { Exports } from "../threads/exports.js";
import type { Memo } from "./memo.js";

/** What a server is made of. */
export interface Parts {
  readonly crew: Crew;
  readonly memo: Memo;
  readonly gate: Gate;
  readonly jobs: Jobs;
  readonly bus: Bus;
  readonly files: SourceFiles;
  readonly exports: Exports;
  readonly holds: Holds;
  readonly place: Place;
  readonly signIn: "none" | "password";
  /** Who works here where there is no sign-in, until they say another name. */
  readonly usualName: string;
}

type Spec<K extends RouteName> = (typeof ROUTES)[K];
type Parsed<S, F extends string> = S extends { readonly [key in F]: infer T extends z.ZodType }
  ? z.output<T>
  : undefined;

/** What a handler is given: all of it of the form that the contract says. */
export interface Given<K extends RouteName> {
  readonly c: Context;
  readonly who: Spec<K>["role"] extends "anyone" ? Who | undefined : Who;
  readonly params: Parsed<Spec<K>, "params">;
  readonly query: Parsed<Spec<K>, "query">;
  readonly body: Parsed<Spec<K>, "body">;
}
export type Handler<K extends RouteName> = (given: Given<K>) => Promise<Response> | Response;
export type Handlers<K extends RouteName> = { readonly [Name in K]: Handler<Name> };

export const JSON_TYPE = "application/json; charset=utf-8";

/** A reply that is JSON text already. */
export const ready = (c: Context, text: string, status: 200 | 201 | 202 = 200): Response =>
  c.body(text, status, { "Content-Type": JSON_TYPE });

/** The same, which a browser may keep and ask about again. */
export function kept(c: Context, { text, etag }: { text: string; etag: string }, type = JSON_TYPE): Response {
  const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
  const asked = c.req.header("if-none-match") ?? "";
  if (asked.split(",").some((each) => each.trim() === etag)) return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, "Content-Type": type });
}

/** Options that are undefined are left out: what comes from outside has them, what is inside does not. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
export const defined = <T extends object>(given: T): Defined<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;

/** The name of a file for a download, whatever characters it has. */
export const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`;
