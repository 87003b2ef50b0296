import { z } from "zod";
import * as compare from "../compare.js";
import * as figures from "../figures.js";
import * as knowledge from "../knowledge.js";
import { json, media, route } from "../route.js";

export const COMPARE_ROUTES = {
  compare: route({
    method: "get",
    path: "/compare",
    tag: "compare",
    role: "reader",
    summary: "Regions side by side",
    query: compare.CompareQuery,
    reply: json(compare.Comparison),
  }),
  compareAs: route({
    method: "get",
    path: "/compare.{format}",
    tag: "compare",
    role: "reader",
    summary: "The same as CSV, JSON or SVG",
    params: z.object({ format: z.enum(["csv", "json", "svg"]) }),
    query: compare.CompareQuery,
    reply: media("text/csv", "application/json", "image/svg+xml"),
  }),
  series: route({
    method: "get",
    path: "/series",
    tag: "compare",
    role: "reader",
    summary: "Each region's values over time",
    query: compare.CompareQuery,
    reply: json(compare.SeriesReply),
  }),
  seriesAs: route({
    method: "get",
    path: "/series.{format}",
    tag: "compare",
    role: "reader",
    summary: "The same as CSV, JSON or SVG",
    params: z.object({ format: z.enum(["csv", "json", "svg"]) }),
    query: compare.CompareQuery,
    reply: media("text/csv", "application/json", "image/svg+xml"),
  }),
  findings: route({
    method: "get",
    path: "/findings",
    tag: "compare",
    role: "reader",
    summary: "What clippings say against each other",
    query: compare.FindingQuery,
    reply: json(compare.FindingPage),
  }),
  exported: route({
    method: "get",
    path: "/export/{what}.{format}",
    tag: "compare",
    role: "reader",
    summary: "Figures, clippings or decisions as a file; filters as of /figures",
    params: z.object({
      what: z.enum(["figures", "clippings", "decisions"]),
      format: z.enum(["csv", "json", "jsonl", "xlsx", "parquet"]),
    }),
    query: figures.FigureFilter,
    reply: media("application/octet-stream"),
  }),
  search: route({
    method: "get",
    path: "/search",
    tag: "compare",
    role: "reader",
    summary: "Clippings by their words",
    query: knowledge.SearchQuery,
    reply: json(knowledge.SearchPage),
  }),
} as const;
