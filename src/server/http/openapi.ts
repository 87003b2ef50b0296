import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { version } from "../../pipeline.js";
import { API, CSRF_HEADER, Problem, type RouteSpec } from "../contract/index.js";

export type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const PROBLEM_TYPE = "application/problem+json";
const SAID: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Made",
  202: "Taken; it goes on",
  204: "Done",
  400: "The request is not of its form",
  401: "Nobody is signed in",
  403: "Not with this role, or from another site",
  404: "Not found",
  409: "Not possible as things are now",
  410: "The source is not there any more",
  413: "Too large",
  415: "Not a kind that is read",
  429: "Wait for as long as Retry-After says",
  500: "An error of the server",
  503: "Not available now",
};

/** Writes a route of the contract down for the OpenAPI document. */
export function register(app: OpenAPIHono, spec: RouteSpec): void {
  const { method, path, tag, summary, params, query, body, upload, reply, problems = {}, role } = spec;
  const problem = (schema: z.ZodType = Problem) => ({ [PROBLEM_TYPE]: { schema } });
  const general = [400, ...(role === "anyone" ? [] : [401]), 403, 429, 500];
  const content = reply.json
    ? { "application/json": { schema: reply.json } }
    : Object.fromEntries((reply.media ?? []).map((type) => [type, { schema: z.string() }]));
  const sent = body
    ? { "application/json": { schema: body } }
    : upload
      ? { "multipart/form-data": { schema: FILES } }
      : undefined;
  app.openAPIRegistry.registerPath({
    method,
    path: `${API}${path}`,
    tags: [tag],
    summary,
    ...(role === "anyone" ? { security: [] } : { description: `Role: ${role}.` }),
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(sent ? { body: { required: true, content: sent } } : {}),
    },
    responses: {
      [reply.status]: {
        description: SAID[reply.status] ?? "OK",
        ...(Object.keys(content).length > 0 ? { content } : {}),
      },
      ...Object.fromEntries(
        [...general.map((status) => [status, Problem] as const), ...Object.entries(problems)].map(
          ([status, schema]) => [
            status,
            { description: SAID[Number(status)] ?? "", content: problem(schema as z.ZodType) },
          ],
        ),
      ),
    },
  } as RouteConfig);
}

const FILES = z.object({ files: z.array(z.string().meta({ format: "binary" })) });

/** The document, once all routes are registered. */
export function openApiOf(app: OpenAPIHono): Document {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "jianbao",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "jianbao 剪报",
      version,
      description: [
        "Figures of clippings: what was read, what reviewers decided, and regions side by side.",
        `Whatever is no GET needs the header \`${CSRF_HEADER}\` (any value), unless a bearer token is sent.`,
        "Errors are problem details (RFC 9457) with a `code` for programs.",
      ].join("\n\n"),
      license: { name: "MIT" },
    },
    security: [{ session: [] }, { token: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
  });
}

const TAGS: readonly (readonly [string, string])[] = [
  ["session", "Who one is: sign-in, password, tokens"],
  ["users", "Who may come in"],
  ["clippings", "Sources: upload, text, pages"],
  ["figures", "Figures, decisions, comments"],
  ["review", "What waits for reviewers, second reviews, agreement"],
  ["compare", "Comparisons, series, findings, export, search"],
  ["names", "Regions, indicators, periods by what people type"],
  ["overview", "What is in the store, failures, ingests, events"],
];
