import { z } from "zod";
import { Problem, Sha256 } from "./common.js";
import type { Role } from "./session.js";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a route answers: a JSON schema, or a media type. */
export interface Reply {
  readonly status: number;
  readonly json?: z.ZodType;
  readonly media?: readonly string[];
}

export interface RouteSpec {
  readonly method: Method;
  /** Below /api/v1. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Who may: everyone, or those with at least this role. */
  readonly role: "anyone" | Role;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `multipart/form-data` with any number of parts `files`. */
  readonly upload?: true;
  readonly reply: Reply;
  /** Status codes of problems that are of this route, beside 400, 401, 403, 429 and 500. */
  readonly problems?: Readonly<Record<number, z.ZodType>>;
}

export const API = "/api/v1";
/** Must be sent (any value) with everything but GET, unless a bearer token is: no form of another site can send it. */
export const CSRF_HEADER = "x-jianbao";

export const id = z.object({ id: z.string().max(64) });
export const sha = z.object({ id: Sha256 });
export const pageNumber = z.object({ id: Sha256, page: z.coerce.number().int().min(1) });
export const named = z.object({ name: z.string().max(80) });
export const NOT_FOUND = { 404: Problem };

export const route = <const T extends RouteSpec>(spec: T): T => spec;
export const json = (schema: z.ZodType, status = 200): Reply => ({ status, json: schema });
export const nothing: Reply = { status: 204 };
export const media = (...types: string[]): Reply => ({ status: 200, media: types });
