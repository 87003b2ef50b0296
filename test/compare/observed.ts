import type { Observed } from "../../src/compare/index.js";

let made = 0;

/** A headline figure of a clipping of its own, made by hand. */
export function observed(figure: Partial<Observed> & Pick<Observed, "value">): Observed {
  made++;
  const clipping = figure.clipping ?? `clipping-${made}`;
  return {
    id: `figure-${String(made).padStart(6, "0")}`,
    clipping,
    work: clipping,
    indicator: "problem.collected",
    region: "410108",
    period: "../2022-06-30",
    unit: "count",
    qualifier: "exact",
    confidence: 0.95,
    quote: String(figure.value),
    start: 10,
    review: "unreviewed",
    published: "2022-07-02",
    publisher: null,
    title: null,
    path: `${clipping}.txt`,
    scope: null,
    status: "actual",
    ...figure,
  };
}
