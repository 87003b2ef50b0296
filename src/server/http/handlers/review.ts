import type * as contract from "../../contract/index.js";
import { defined, type Handlers, kept, type Parts, ready } from "../context.js";

type Names =
  | "next"
  | "release"
  | "queue"
  | "progress"
  | "settings"
  | "changeSettings"
  | "secondNext"
  | "second"
  | "disagreements"
  | "agreement";

const COUNTED = { lateMs: 10_000 };
/** Second reviews are held apart from first ones: a figure may wait for both. */
const secondary = (figure: string) => `second ${figure}`;

export function reviewHandlers({ crew, memo, bus, holds }: Parts): Handlers<Names> {
  return {
    next: async ({ c, who, body }) => {
      const filter = defined(body.filter) as contract.QueueFilter;
      const text = await crew.json("next", { ...body, filter, held: holds.ofOthers(who.name) });
      const items = JSON.parse(text) as Omit<contract.ReviewItem, "heldUntil">[];
      // another may have been given one meanwhile
      const free = items.filter(({ figure }) => [null, who.name].includes(holds.holderOf(figure.id)));
      const heldUntil = holds.hold(
        free.map(({ figure }) => figure.id),
        who.name,
      );
      return c.json({ items: free.map((item) => ({ ...item, heldUntil })) } satisfies contract.NextReply);
    },
    release: ({ c, who, body }) => {
      holds.release([...body.figures, ...body.figures.map(secondary)], who.name);
      return c.body(null, 204);
    },
    queue: async ({ c, query }) => {
      const text = await crew.json("queue", defined(query) as contract.QueueFilter & { limit: number });
      const { items, next } = JSON.parse(text) as {
        items: { figure: contract.Figure; turn: contract.Turn }[];
        next: string | null;
      };
      return c.json({
        items: items.map((item) => ({ ...item, heldBy: holds.holderOf(item.figure.id) })),
        next,
      } satisfies contract.QueuePage);
    },
    progress: async ({ c }) => kept(c, await memo.get("progress", () => crew.json("progress"), COUNTED)),
    settings: async ({ c }) => ready(c, await crew.json("settings")),
    changeSettings: async ({ c, who, body }) => {
      const text = await crew.json("changeSettings", body);
      bus.tell({ type: "changed", data: { what: "settings", figure: null, by: who.name } });
      return ready(c, text);
    },
    secondNext: async ({ c, who, body }) => {
      const held = holds
        .ofOthers(who.name)
        .flatMap((figure) => (figure.startsWith("second ") ? [figure.slice(7)] : []));
      const text = await crew.json("secondNext", { take: body.take, except: body.except, held, reviewer: who.name });
      const items = JSON.parse(text) as Omit<contract.BlindItem, "heldUntil">[];
      const heldUntil = holds.hold(
        items.map(({ figure }) => secondary(figure.id)),
        who.name,
      );
      return c.json({ items: items.map((item) => ({ ...item, heldUntil })) });
    },
    second: async ({ c, who, body }) => {
      const text = await crew.json("second", { input: body, reviewer: who.name });
      holds.release([secondary(body.figure)], who.name);
      memo.changed();
      bus.tell({ type: "changed", data: { what: "opinion", figure: body.figure, by: who.name } });
      return ready(c, text, 201);
    },
    disagreements: async ({ c, query }) => ready(c, await crew.json("disagreements", defined(query))),
    agreement: async ({ c }) => ready(c, await crew.json("agreement")),
  };
}
