import { type ComponentType, lazy } from "react";
import type { Word } from "./i18n/say.js";

/** A view, fetched when it is first looked at. */
export interface Route {
  readonly pattern: string;
  readonly title: Word;
  readonly view: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
  /** Fetches the view's code before it is looked at. */
  preload(): void;
  /** Where it stands in the navigation; undefined for views that others lead to. */
  readonly nav?: Word;
  /** Takes the whole width of the window. */
  readonly wide?: boolean;
}

type Loaded = { default: Route["view"] };

const route = (
  pattern: string,
  title: Word,
  load: () => Promise<Loaded>,
  more: Partial<Pick<Route, "nav" | "wide">> = {},
): Route => ({ pattern, title, view: lazy(load), preload: () => void load().catch(() => undefined), ...more });

export const ROUTES: readonly Route[] = [
  route("/", "overview.title", () => import("./views/overview/index.js"), { nav: "nav.overview" }),
  route("/clippings", "clippings.title", () => import("./views/clippings.js"), { nav: "nav.clippings" }),
  route("/clippings/:id", "clipping.title", () => import("./views/clipping.js"), { wide: true }),
  route("/review", "review.title", () => import("./views/review/index.js"), { nav: "nav.review", wide: true }),
  route("/disagreements", "disagree.title", () => import("./views/disagreements.js")),
  route("/figures", "figures.title", () => import("./views/figures.js"), { nav: "nav.figures", wide: true }),
  route("/figures/:id", "figure.title", () => import("./views/figure.js")),
  route("/compare", "compare.title", () => import("./views/compare/index.js"), { nav: "nav.compare" }),
  route("/regions", "regions.title", () => import("./views/regions.js"), { nav: "nav.regions" }),
  route("/findings", "findings.title", () => import("./views/findings.js"), { nav: "nav.findings" }),
  route("/search", "search.title", () => import("./views/search.js")),
  route("/sign-in", "signin.title", () => import("./views/sign-in.js")),
  route("/account", "account.title", () => import("./views/account.js")),
  route("/users", "users.title", () => import("./views/users.js")),
];
