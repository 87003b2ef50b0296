import { z } from "zod";
import { Code6 } from "../common.js";
import * as knowledge from "../knowledge.js";
import { json, NOT_FOUND, route } from "../route.js";

export const NAMES_ROUTES = {
  regions: route({
    method: "get",
    path: "/regions",
    tag: "names",
    role: "reader",
    summary: "Regions by name",
    query: knowledge.RegionQuery,
    reply: json(knowledge.RegionList),
  }),
  regionTree: route({
    method: "get",
    path: "/regions/tree",
    tag: "names",
    role: "reader",
    summary: "Children of a region with counts",
    query: knowledge.TreeQuery,
    reply: json(knowledge.RegionTree),
    problems: NOT_FOUND,
  }),
  region: route({
    method: "get",
    path: "/regions/{code}",
    tag: "names",
    role: "reader",
    summary: "A region",
    params: z.object({ code: Code6 }),
    reply: json(knowledge.Region),
    problems: NOT_FOUND,
  }),
  indicators: route({
    method: "get",
    path: "/indicators",
    tag: "names",
    role: "reader",
    summary: "The catalogue, or indicators by name",
    query: knowledge.IndicatorQuery,
    reply: json(knowledge.IndicatorList),
  }),
  periods: route({
    method: "get",
    path: "/periods",
    tag: "names",
    role: "reader",
    summary: "A period by plain words",
    query: knowledge.PeriodQuery,
    reply: json(knowledge.PeriodReply),
  }),
} as const;
