import type * as contract from "../../contract/index.js";
import { defined, type Handlers, kept, type Parts, ready } from "../context.js";
import { etagOf } from "../memo.js";
import { picture } from "./clippings.js";

type Names = "figures" | "figure" | "history" | "figureImage" | "decide" | "decisions" | "comments" | "comment";

/** A count of a large store takes long, and is not wrong a few seconds later. */
const COUNTED = { lateMs: 30_000 };

export function figureHandlers({ crew, memo, bus, holds }: Parts): Handlers<Names> {
  return {
    figures: async ({ c, query }) => {
      const { cursor, limit: _, sort: __, ...filter } = query;
      const page = crew.json("figures", query);
      const counting = async () =>
        (await memo.get(`count ${JSON.stringify(filter)}`, () => crew.json("figureCount", filter), COUNTED)).text;
      const [text, total] = await Promise.all([page, cursor === undefined ? counting() : "null"]);
      return ready(c, `${text.slice(0, -1)},"total":${total}}`);
    },
    figure: async ({ c, params }) => {
      const text = await crew.json("figure", params);
      const reply = kept(c, { text, etag: etagOf(text) });
      const { figure } = JSON.parse(text) as contract.FigureDetail;
      reply.headers.set("X-Figure-Version", figure.version);
      return reply;
    },
    history: async ({ c, params }) => ready(c, await crew.json("history", params)),
    figureImage: async ({ c, params, query }) => picture(c, await crew.bytes("figureImage", { ...params, ...query })),
    decide: async ({ c, who, body }) => {
      const input = await placed(body);
      const text = await crew.json("decide", { input, reviewer: who.name });
      const { decision } = JSON.parse(text) as contract.DecisionReply;
      holds.release([decision.figure], who.name);
      // what an undone decision had said is not in the one that undoes it
      memo.changed(body.kind === "undo" ? undefined : [decision.is.indicator, decision.was?.indicator ?? ""]);
      bus.tell({ type: "changed", data: { what: "decision", figure: decision.figure, by: who.name } });
      return ready(c, text, 201);
    },
    decisions: async ({ c, query }) => ready(c, await crew.json("decisions", defined(query))),
    comments: async ({ c, query }) => ready(c, await crew.json("comments", defined(query))),
    comment: async ({ c, who, body }) => {
      const { text, link, figure, clipping } = body;
      const of = figure === undefined ? { clipping: clipping ?? "", figure: null } : await ofFigure(figure);
      const comment = await crew.json("comment", { ...of, author: who.name, text, link: link ?? null });
      bus.tell({ type: "changed", data: { what: "comment", figure: figure ?? null, by: who.name } });
      return ready(c, comment, 201);
    },
  };

  /** An added figure that was drawn as a box gets the words under it. */
  async function placed(input: contract.DecisionInput): Promise<contract.DecisionInput> {
    if (input.kind !== "add" || input.start !== undefined || input.page === undefined || !input.box) return input;
    const { clipping: id, page, box } = input;
    const { start, end } = JSON.parse(await crew.json("locate", { id, page, box })) as contract.Located;
    return { ...input, start, end };
  }

  async function ofFigure(id: string): Promise<{ clipping: string; figure: string }> {
    const { figure } = JSON.parse(await crew.json("figure", { id })) as contract.FigureDetail;
    return { clipping: figure.clipping, figure: figure.id };
  }
}
