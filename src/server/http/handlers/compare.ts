import { Readable } from "node:stream";
import type { Context } from "hono";
import { measures } from "../../../catalogue/index.js";
import type * as contract from "../../contract/index.js";
import { attachment, defined, type Handlers, JSON_TYPE, kept, type Parts, ready } from "../context.js";
import { etagOf } from "../memo.js";

type Names =
  | "compare"
  | "compareAs"
  | "series"
  | "seriesAs"
  | "findings"
  | "exported"
  | "search"
  | "regions"
  | "regionTree"
  | "region"
  | "indicators"
  | "periods";

const COUNTED = { lateMs: 60_000 };
const TYPES = {
  csv: "text/csv; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  json: JSON_TYPE,
  jsonl: "application/jsonl; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  parquet: "application/vnd.apache.parquet",
} as const;

/** The indicators that a comparison is made of, as far as can be told: a decision on another one leaves it as it is. */
function madeOf({ measure }: contract.CompareQuery): { of?: readonly string[] } {
  const derived = measures();
  return {
    of: (measure ?? []).flatMap((id) => {
      const found = derived.find((each) => each.id === id);
      return found ? [id, found.of, ...found.per] : id.split("/");
    }),
  };
}

export function compareHandlers({ crew, memo, exports }: Parts): Handlers<Names> {
  const asJson = async (c: Context, what: "compare" | "series", query: contract.CompareQuery) => {
    const { lang: _, chart: __, top: ___, ...asked } = query;
    return kept(c, await memo.get(`${what} ${JSON.stringify(asked)}`, () => crew.json(what, query), madeOf(query)));
  };
  const as = async (
    c: Context,
    what: "compare" | "series",
    format: "csv" | "json" | "svg",
    query: contract.CompareQuery,
  ) => {
    if (format === "json") return asJson(c, what, query);
    const key = `${what}.${format} ${JSON.stringify(query)}`;
    const { text, etag } = await memo.get(key, () => crew.json("drawn", { what, format, query }), madeOf(query));
    const reply = kept(c, { text: JSON.parse(text) as string, etag }, TYPES[format]);
    if (format === "csv") reply.headers.set("Content-Disposition", attachment(`${what}.csv`));
    return reply;
  };
  return {
    compare: ({ c, query }) => asJson(c, "compare", query),
    compareAs: ({ c, params, query }) => as(c, "compare", params.format, query),
    series: ({ c, query }) => asJson(c, "series", query),
    seriesAs: ({ c, params, query }) => as(c, "series", params.format, query),
    findings: async ({ c, query }) =>
      kept(c, await memo.get(`findings ${JSON.stringify(query)}`, () => crew.json("findings", defined(query)))),
    exported: ({ c, params, query }) => {
      const { what, format } = params;
      const stream = exports.open({ what, format, filter: query });
      return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
        "Content-Type": TYPES[format],
        "Content-Disposition": attachment(`${what}.${format}`),
      });
    },
    search: async ({ c, query }) => ready(c, await crew.json("search", defined(query))),
    regions: async ({ c, query }) => ready(c, await crew.json("regions", query)),
    regionTree: async ({ c, query }) => {
      const counts = await memo.get("region counts", () => crew.json("regionCounts"), COUNTED);
      const text = await crew.json("regionTree", { ...defined(query), counts: counts.text });
      return kept(c, { text, etag: etagOf(text) });
    },
    region: async ({ c, params }) => ready(c, await crew.json("region", params)),
    indicators: async ({ c, query }) =>
      kept(c, await memo.get(`indicators ${query.q ?? ""}`, () => crew.json("indicators", defined(query)), COUNTED)),
    periods: async ({ c, query }) => ready(c, await crew.json("periods", defined(query))),
  };
}
