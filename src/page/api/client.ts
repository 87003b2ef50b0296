import type { Problem, StaleProblem } from "../../server/contract/index.js";

const API = "/api/v1";

/** What the server answers where it cannot do what was asked (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
  }

  get code(): Problem["code"] | undefined {
    return this.problem?.code;
  }

  /** What is wrong with a field of what was sent. */
  field(name: string): string | undefined {
    return this.problem?.errors?.find(({ field }) => field === name || field.endsWith(`.${name}`))?.detail;
  }
}

/** A decision on a figure that someone else changed meanwhile: nothing was written. */
export class StaleDecision extends ApiProblem {
  constructor(readonly stale: StaleProblem) {
    super(409, stale as unknown as Problem);
  }
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** An address of the API, for requests and for links to pictures and files. */
export function apiAddress(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") params.set(key, text);
  }
  const text = params.toString();
  return `${API}${path}${text === "" ? "" : `?${text}`}`;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  ask<T>(apiAddress(path, query), signal ? { signal } : {});

export type Change = "POST" | "PUT" | "PATCH" | "DELETE";

/** Sends a change; `body` as JSON, or files as they are. */
export function send<T>(method: Change, path: string, body?: unknown): Promise<T> {
  // no form of another site can send this header
  const headers: Record<string, string> = { "x-jianbao": "1" };
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["content-type"] = "application/json";
  return ask<T>(`${API}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
}

async function ask<T>(address: string, init: RequestInit): Promise<T> {
  const reply = await fetch(address, { credentials: "same-origin", ...init });
  if (reply.status === 204) return undefined as T;
  const isJson = /\bjson\b/.test(reply.headers.get("content-type") ?? "");
  const body: unknown = isJson ? await reply.json() : undefined;
  if (reply.ok) return body as T;
  const problem = body as Problem | undefined;
  if (reply.status === 409 && problem?.code === "stale" && "current" in problem)
    throw new StaleDecision(body as StaleProblem);
  throw new ApiProblem(reply.status, problem);
}
