/**
 * The contract of the HTTP API: every request and reply as a zod schema, every route in `ROUTES`. The page imports types
 * from here, so that it and the server cannot drift apart.
 *
 * Later changes only add. Added since the first version: nothing yet.
 *
 * - All addresses are below `/api/v1`. Replies are JSON; errors are `application/problem+json` (Problem).
 * - Whatever is no GET needs the header `x-jianbao: 1` (unless a bearer token is sent) and comes from the same origin.
 * - Lists answer `{ items, next }`; `next` goes into `cursor`.
 * - Query lists are written with commas (`indicator=a,b`); flags as `true` and `false`.
 * - `/compare` and `/series` with `.csv`, `.json`, `.svg` behind the path give the same in that form.
 * - A figure's `version` goes into a decision; where the figure has changed since, the answer is 409 (StaleProblem).
 */
export * from "./clippings.js";
export * from "./common.js";
export * from "./compare.js";
export * from "./figures.js";
export * from "./knowledge.js";
export * from "./overview.js";
export * from "./review.js";
export { API, CSRF_HEADER, type Method, type Reply, type RouteSpec } from "./route.js";
export * from "./routes.js";
export * from "./session.js";
