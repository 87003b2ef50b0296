import { boundsOf, type Decision, type StoredClipping, type StoredFigure } from "../store/index.js";
import type { Field, Table } from "./field.js";

/** Names of codes. */
export interface Names {
  indicator(id: string): string | null;
  region(code: string): string | null;
}

const QUALIFIERS = ["exact", "over", "about", "under"];
const REVIEWS = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"];
/** SDMX's code list for the status of an observation: A is a normal value, F a forecast. */
export const OBS_STATUS = { actual: "A", planned: "F" } as const;

/** The clipping that a figure or a decision is of. */
const CLIPPING: Field<Pick<StoredFigure, "clipping">> = {
  name: "clipping",
  type: "string",
  required: true,
  description: "SHA-256 of the source's bytes",
  get: ({ clipping }) => clipping,
};

type Place = Pick<StoredFigure, "quote" | "start" | "end" | "page" | "box">;

/** Where in its clipping a figure or a decision stands; `start` describes where its text starts. */
const placeFields = (start: string): Field<Place>[] => [
  { name: "quote", type: "string", required: true, description: "as printed", get: ({ quote }) => quote },
  {
    name: "text_start",
    type: "integer",
    required: true,
    description: start,
    get: (place) => place.start,
  },
  {
    name: "text_end",
    type: "integer",
    required: true,
    description: "where it ends; not part of it",
    get: ({ end }) => end,
  },
  { name: "page", type: "integer", description: "page of the clipping, from 1", get: ({ page }) => page },
  {
    name: "box",
    type: "json",
    description: "[left, top, right, bottom] on the page, in points from its top left",
    get: ({ box }) => box,
  },
];

/** Figures as they are now, a row each, named as SDMX does where it has a name. */
export const figuresTable = (rows: AsyncIterable<StoredFigure>, names: Names): Table<StoredFigure> => ({
  name: "figures",
  title: "Figures of clippings, with source, quote, place, confidence and review state",
  key: "figure",
  references: [
    { field: "clipping", table: "clippings", to: "clipping" },
    { field: "INDICATOR", table: "indicators", to: "INDICATOR" },
    { field: "REF_AREA", table: "regions", to: "REF_AREA" },
  ],
  rows,
  fields: [
    {
      name: "figure",
      type: "string",
      required: true,
      description: "identity of the figure: of its clipping's bytes, its place and indicator",
      get: ({ id }) => id,
    },
    {
      name: "INDICATOR",
      type: "string",
      required: true,
      description: "what is counted: an id of the indicator catalogue",
      get: ({ indicator }) => indicator,
    },
    {
      name: "INDICATOR_LABEL",
      type: "string",
      description: "its Chinese name",
      get: ({ indicator }) => names.indicator(indicator),
    },
    { name: "REF_AREA", type: "string", description: "region, as GB/T 2260 code", get: ({ region }) => region },
    {
      name: "REF_AREA_LABEL",
      type: "string",
      description: "its Chinese name, with the city's before a county's",
      get: ({ region }) => (region === null ? null : names.region(region)),
    },
    {
      name: "TIME_PERIOD",
      type: "string",
      description: "ISO 8601 date or interval; an open start is ..",
      get: ({ period }) => period,
    },
    {
      name: "period_start",
      type: "string",
      description: "first day of the period; empty where it is open or unknown",
      get: ({ period }) => boundsOf(period).start,
    },
    {
      name: "period_end",
      type: "string",
      description: "last day of the period",
      get: ({ period }) => boundsOf(period).end,
    },
    {
      name: "OBS_VALUE",
      type: "number",
      required: true,
      description: "in the base unit: 3.04亿元 is 304000000, 98.6% is 98.6",
      get: ({ value }) => value,
    },
    {
      name: "UNIT_MEASURE",
      type: "string",
      required: true,
      description: "count, percent, or an ISO 4217 currency",
      get: ({ unit }) => unit,
    },
    {
      name: "OBS_STATUS",
      type: "string",
      required: true,
      values: ["A", "F"],
      description: "A: what is so; F: what is planned",
      get: ({ status }) => OBS_STATUS[status],
    },
    {
      name: "qualifier",
      type: "string",
      required: true,
      values: QUALIFIERS,
      description: "exact; over (余, 多), under (近, 不足), about (约)",
      get: ({ qualifier }) => qualifier,
    },
    {
      name: "scope",
      type: "string",
      description: "what narrows the figure; empty: the region's whole",
      get: ({ scope }) => scope,
    },
    {
      name: "headline",
      type: "boolean",
      required: true,
      description: "the region's whole, and so: what comparisons use",
      get: ({ scope, status }) => scope === null && status === "actual",
    },
    {
      name: "confidence",
      type: "number",
      required: true,
      description: "0–1: how sure extraction is",
      get: ({ confidence }) => confidence,
    },
    {
      name: "review",
      type: "string",
      required: true,
      values: REVIEWS,
      description: "what reviewers say; renew: extraction since finds something else there, they are asked again",
      get: ({ review }) => review,
    },
    {
      name: "decision",
      type: "string",
      description: "the decision that `review` speaks of",
      get: ({ decision }) => decision,
    },
    ...placeFields("place of the quote in the clipping's text, in UTF-16 code units"),
    {
      name: "grounding",
      type: "string",
      required: true,
      values: ["exact", "repaired", "guessed"],
      description: "how sure the reading of the characters is",
      get: ({ grounding }) => grounding,
    },
    { name: "findings", type: "json", description: "what checks say of the figure", get: ({ findings }) => findings },
    CLIPPING,
    { name: "path", type: "string", required: true, description: "the file it was read from", get: ({ path }) => path },
    { name: "title", type: "string", description: "of the clipping", get: ({ title }) => title },
    { name: "publisher", type: "string", description: "of the clipping", get: ({ publisher }) => publisher },
    {
      name: "published",
      type: "string",
      description: "ISO date, or year, or year and month",
      get: ({ published }) => published,
    },
    {
      name: "repost_of",
      type: "string",
      description: "the clipping that this one reposts",
      get: ({ clipping, work }) => (work === clipping ? null : work),
    },
  ],
});

/** Clippings, a row each, without their text. */
export const clippingsTable = (rows: AsyncIterable<StoredClipping>): Table<StoredClipping> => ({
  name: "clippings",
  title: "Clippings that figures were read from",
  key: "clipping",
  rows,
  fields: [
    { name: "clipping", type: "string", required: true, description: "SHA-256 of the bytes", get: ({ id }) => id },
    { name: "path", type: "string", required: true, description: "the file it was read from", get: ({ path }) => path },
    { name: "kind", type: "string", required: true, description: "text, html, pdf or image", get: ({ kind }) => kind },
    { name: "bytes", type: "number", required: true, description: "size of the file", get: ({ bytes }) => bytes },
    { name: "title", type: "string", description: "", get: ({ about }) => about.title },
    { name: "publisher", type: "string", description: "", get: ({ about }) => about.publisher },
    {
      name: "published",
      type: "string",
      description: "ISO date, or year, or year and month",
      get: ({ about }) => about.published,
    },
    {
      name: "REF_AREA",
      type: "string",
      description: "the region it is mainly about, as GB/T 2260 code",
      get: ({ about }) => about.region,
    },
    { name: "url", type: "string", description: "", get: ({ about }) => about.url },
    {
      name: "outcome",
      type: "string",
      required: true,
      values: ["complete", "partial"],
      description: "partial: some of it could not be read",
      get: ({ outcome }) => outcome,
    },
    { name: "figures", type: "integer", required: true, description: "figures found", get: ({ figures }) => figures },
    {
      name: "version",
      type: "string",
      required: true,
      description: "of the pipeline that read it",
      get: ({ run }) => run.version,
    },
    {
      name: "catalogue",
      type: "string",
      required: true,
      description: "hash of the indicator catalogue it was read with",
      get: ({ run }) => run.catalogue,
    },
    {
      name: "repost_of",
      type: "string",
      description: "the clipping that this one reposts",
      get: ({ repostOf }) => repostOf,
    },
    {
      name: "reposts",
      type: "integer",
      required: true,
      description: "other clippings of the same work",
      get: ({ reposts }) => reposts,
    },
    { name: "added_at", type: "string", required: true, description: "when it was stored", get: ({ added }) => added },
  ],
});

/** Fields of what a figure says, as a reviewer saw it (`was_`) or says it is. */
const meaningFields = (prefix: "" | "was_", required: boolean): Field<Decision>[] => {
  const of = (decision: Decision) => (prefix === "" ? decision.is : decision.was);
  const said = prefix === "" ? "as the reviewer says" : "as it was seen";
  const field = (
    name: string,
    type: Field<Decision>["type"],
    get: (meaning: Decision["is"]) => unknown,
    must = required,
  ) => ({
    name: `${prefix}${name}`,
    type,
    description: said,
    required: must,
    get: (decision: Decision) => {
      const meaning = of(decision);
      return meaning === null ? null : get(meaning);
    },
  });
  return [
    field("INDICATOR", "string", ({ indicator }) => indicator),
    field("OBS_VALUE", "number", ({ value }) => value),
    field("UNIT_MEASURE", "string", ({ unit }) => unit),
    field("qualifier", "string", ({ qualifier }) => qualifier),
    field("REF_AREA", "string", ({ region }) => region, false),
    field("TIME_PERIOD", "string", ({ period }) => period, false),
    field("scope", "string", ({ scope }) => scope, false),
    field("OBS_STATUS", "string", ({ status }) => OBS_STATUS[status]),
  ];
};

/** Decisions in the order they were made, whole: `import` makes the same of them. */
export const decisionsTable = (rows: AsyncIterable<Decision>): Table<Decision> => ({
  name: "decisions",
  title: "What reviewers decided on figures",
  key: "decision",
  references: [{ field: "clipping", table: "clippings", to: "clipping" }],
  rows,
  fields: [
    {
      name: "decision",
      type: "string",
      required: true,
      description: "identity of the decision: of its content",
      get: ({ id }) => id,
    },
    {
      name: "figure",
      type: "string",
      required: true,
      description: "the figure it was made on",
      get: ({ figure }) => figure,
    },
    CLIPPING,
    {
      name: "kind",
      type: "string",
      required: true,
      values: ["accept", "correct", "reject", "add", "reopen"],
      description: "",
      get: ({ kind }) => kind,
    },
    {
      name: "follows",
      type: "string",
      description: "the decision on the same figure that came before",
      get: ({ follows }) => follows,
    },
    { name: "reviewer", type: "string", required: true, description: "", get: ({ reviewer }) => reviewer },
    { name: "reason", type: "string", description: "", get: ({ reason }) => reason },
    { name: "decided_at", type: "string", required: true, description: "ISO 8601", get: ({ at }) => at },
    {
      name: "version",
      type: "string",
      required: true,
      description: "of the pipeline whose figure was seen",
      get: ({ version }) => version,
    },
    ...meaningFields("", true),
    ...meaningFields("was_", false),
    ...placeFields("place in the clipping's text"),
    {
      name: "article",
      type: "integer",
      required: true,
      description: "article of the clipping, from 0",
      get: ({ article }) => article,
    },
  ],
});
