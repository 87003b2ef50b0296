import type { RouteSpec } from "./route.js";
import { CLIPPINGS_ROUTES } from "./routes/clippings.js";
import { COMPARE_ROUTES } from "./routes/compare.js";
import { FIGURES_ROUTES } from "./routes/figures.js";
import { NAMES_ROUTES } from "./routes/names.js";
import { OVERVIEW_ROUTES } from "./routes/overview.js";
import { REVIEW_ROUTES } from "./routes/review.js";
import { SESSION_ROUTES } from "./routes/session.js";

/** Every route of the API. `/openapi.json` and `/reference` are made of this. */
export const ROUTES = {
  ...SESSION_ROUTES,
  ...CLIPPINGS_ROUTES,
  ...FIGURES_ROUTES,
  ...REVIEW_ROUTES,
  ...COMPARE_ROUTES,
  ...NAMES_ROUTES,
  ...OVERVIEW_ROUTES,
} as const satisfies Record<string, RouteSpec>;
export type RouteName = keyof typeof ROUTES;
