import { createRoute, OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context, Env } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import { demand } from "../access/gate.js";
import { guarded, sameSite } from "../access/security.js";
import { API, ROUTES, type RouteName, type RouteSpec } from "../contract/index.js";
import { ProblemError } from "../problem.js";
import type { Given, Handler, Handlers, Parts } from "./context.js";
import { clippingHandlers } from "./handlers/clippings.js";
import { compareHandlers } from "./handlers/compare.js";
import { figureHandlers } from "./handlers/figures.js";
import { overviewHandlers } from "./handlers/overview.js";
import { reviewHandlers } from "./handlers/review.js";
import { sessionHandlers } from "./handlers/session.js";
import { openApiOf, register } from "./openapi.js";
import { referencePage, STYLE } from "./reference.js";
import { type Site, servePage } from "./site.js";
import { whoOf } from "./who.js";

/** Bytes of a request that is no upload. */
const BODY_BYTES = 512 * 1024;

/** The whole server as an app: the API, what describes it, and the page. */
export function appOf(parts: Parts, site: Site): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: (result) => (result.success ? undefined : failed(result.error)) });
  app.use(guarded(parts.place));
  app.use(sameSite(parts.place));
  app.onError((cause, c) => problemReply(c, cause));
  app.notFound((c) => problemReply(c, new ProblemError("not-found", `there is nothing at ${c.req.path}`)));
  const handlers = handlersOf(parts);
  for (const name of Object.keys(ROUTES) as RouteName[])
    addRoute(app, ROUTES[name], handlers[name] as unknown as Handler<RouteName>, parts);
  const document = openApiOf(app);
  app.get("/openapi.json", (c) => c.json(document));
  app.get("/reference", (c) =>
    c.html(referencePage(document), 200, {
      "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    }),
  );
  app.get("/reference.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.get("*", (c) => servePage(c, site));
  return app;
}

const handlersOf = (parts: Parts): Handlers<RouteName> => ({
  ...sessionHandlers(parts),
  ...clippingHandlers(parts),
  ...figureHandlers(parts),
  ...reviewHandlers(parts),
  ...compareHandlers(parts),
  ...overviewHandlers(parts),
});

/** What was sent is not of its form: each field that is wrong is told. */
function failed({ issues }: z.core.$ZodError): never {
  const errors = issues.map(({ path, message }) => ({ field: path.map(String).join("."), detail: message }));
  const detail = errors.map((each) => (each.field === "" ? each.detail : `${each.field}: ${each.detail}`)).join("; ");
  throw new ProblemError("bad-request", detail, { errors });
}

/** One route of the contract; one whose path holds choices (`/compare.{format}`), once for each. */
function addRoute(app: OpenAPIHono, spec: RouteSpec, handler: Handler<RouteName>, parts: Parts): void {
  register(app, spec);
  const limit = bodyLimit({
    maxSize: BODY_BYTES,
    onError: () => {
      throw new ProblemError("too-large", `a request holds ${BODY_BYTES} bytes at most`);
    },
  });
  for (const { path, fixed } of pathsOf(spec)) {
    const config = {
      method: spec.method,
      path: `${API}${path}`,
      hide: true,
      request: {
        ...(spec.params && !fixed ? { params: spec.params } : {}),
        ...(spec.query ? { query: spec.query } : {}),
        ...(spec.body ? { body: { required: true, content: { "application/json": { schema: spec.body } } } } : {}),
      },
      // who may is asked before what is sent is looked at
      middleware: [allowed(spec, parts), ...(spec.upload ? [] : [limit])],
      responses: {},
    };
    app.openapi(createRoute(config as RouteConfig), async (c: Context) => {
      const valid = (target: "param" | "query" | "json") => c.req.valid(target as never) as unknown;
      const given = {
        c,
        who: c.get("who" as never),
        params: fixed ?? (spec.params ? valid("param") : undefined),
        query: spec.query ? valid("query") : undefined,
        body: spec.body ? valid("json") : undefined,
      };
      return (await handler(given as unknown as Given<RouteName>)) as never;
    });
  }
}

const allowed = (spec: RouteSpec, parts: Parts) => async (c: Context<Env>, next: () => Promise<void>) => {
  const who = await whoOf(c, parts);
  if (spec.role !== "anyone") demand(who, spec.role);
  c.set("who" as never, who as never);
  await next();
};

/** Hono's parameters are whole parts of a path: choices within one are routes of their own. */
function pathsOf({ path, params }: RouteSpec): { path: string; fixed?: Record<string, string> }[] {
  if (!/[^/{]\{|\}[^/}]/.test(path)) return [{ path }];
  let all: { path: string; fixed: Record<string, string> }[] = [{ path, fixed: {} }];
  for (const [name, schema] of Object.entries(params?.shape ?? {})) {
    const choices = (schema as z.ZodEnum).options as string[];
    all = all.flatMap((each) =>
      choices.map((choice) => ({
        path: each.path.replace(`{${name}}`, choice),
        fixed: { ...each.fixed, [name]: choice },
      })),
    );
  }
  return all;
}

/** RFC 9457. What went wrong within is for the log, not for whoever asks. */
function problemReply(c: Context, cause: Error): Response {
  const problem = toProblem(cause);
  if (problem.body.code === "internal")
    process.stderr.write(`${c.req.method} ${c.req.path}: ${cause.stack ?? cause.message}\n`);
  const { retryAfter } = problem.body as { retryAfter?: number };
  return c.body(JSON.stringify({ ...problem.body, instance: c.req.path }), problem.body.status as 400, {
    "Content-Type": "application/problem+json; charset=utf-8",
    ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
    ...(problem.body.status === 401 ? { "WWW-Authenticate": 'Bearer realm="jianbao"' } : {}),
  });
}

function toProblem(cause: Error): ProblemError {
  if (cause instanceof ProblemError) return cause;
  // a body that is no JSON
  if (cause instanceof HTTPException && cause.status < 500) return new ProblemError("bad-request", cause.message);
  return new ProblemError("internal");
}
