import type { Box } from "../doc/index.js";
import type { Extracted } from "../store/index.js";

const rounded = (box: Box): [number, number, number, number] => {
  const [left, top, right, bottom] = box;
  const tenths = (edge: number) => Math.round(edge * 10) / 10;
  return [tenths(left), tenths(top), tenths(right), tenths(bottom)];
};

/** The contract of `extract`: one object a clipping. Its JSON Schema is schemas/extract.schema.json. */
export function toContract(
  extraction: Pick<Extracted, "path" | "id" | "kind" | "about" | "articles" | "figures" | "messages">,
) {
  const { about } = extraction;
  return {
    document: {
      path: extraction.path,
      sha256: extraction.id,
      kind: extraction.kind,
      title: about.title,
      publisher: about.publisher,
      published: about.published,
      region: about.region,
    },
    articles: extraction.articles.map(({ title, start, end }) => ({ title, start, end })),
    figures: extraction.figures.map((figure) => ({
      indicator: figure.indicator,
      value: figure.value,
      unit: figure.unit,
      qualifier: figure.qualifier,
      region: figure.region,
      period: figure.period,
      scope: figure.scope,
      status: figure.status,
      confidence: figure.confidence,
      quote: figure.quote,
      start: figure.at.start,
      end: figure.at.end,
      page: figure.page,
      box: figure.box ? rounded(figure.box) : null,
      ...(figure.boxes ? { boxes: figure.boxes.map(rounded) } : {}),
      article: figure.article,
      findings: figure.findings.map(({ code, level, detail }) => ({ code, level, detail })),
    })),
    messages: extraction.messages.map(({ code, level, detail, at }) => ({
      code,
      level,
      detail,
      start: at.start,
      end: at.end,
    })),
  };
}
