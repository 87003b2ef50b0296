import type { Problem } from "./contract/index.js";

type Code = Problem["code"];

const TITLES: Readonly<Record<Code, readonly [status: number, title: string]>> = {
  "bad-request": [400, "The request is not of its form"],
  "sign-in": [401, "Sign in first"],
  forbidden: [403, "Not allowed"],
  "cross-site": [403, "The request comes from another site"],
  "not-found": [404, "Not found"],
  stale: [409, "Another was faster"],
  conflict: [409, "Not possible as things are"],
  gone: [410, "The source is not there any more"],
  "too-large": [413, "Too large"],
  unsupported: [415, "Not a kind that is read"],
  "bad-host": [421, "This server does not answer to that name"],
  "too-many": [429, "Too many requests"],
  internal: [500, "An error of the server"],
  unavailable: [503, "Not available now"],
  timeout: [504, "It took too long"],
};

/** What is answered instead of a reply; plain, so that it crosses threads. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: Code;
  readonly detail?: string;
  readonly [more: string]: unknown;
}

/** An answer of RFC 9457, thrown. */
export class ProblemError extends Error {
  readonly body: ProblemBody;

  constructor(code: Code, detail?: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail ?? TITLES[code][1]);
    const [status, title] = TITLES[code];
    this.body = { type: "about:blank", title, status, code, ...(detail === undefined ? {} : { detail }), ...more };
  }
}

export const notFound = (what: string): ProblemError => new ProblemError("not-found", `there is no ${what}`);

/** The answer where a problem crossed threads as its body. */
export function problemOf(body: ProblemBody): ProblemError {
  const { type: _, title: __, status: ___, code, detail, ...more } = body;
  return new ProblemError(code, detail, more);
}
