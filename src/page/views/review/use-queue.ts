import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { z } from "zod";
import type {
  BlindReply,
  DecisionReply,
  Figure,
  FigureDetail,
  Meaning,
  NextReply,
  QueueFilter,
  ReviewItem,
} from "../../../server/contract/index.js";
import { get, StaleDecision, send } from "../../api/client.js";
import { refresh } from "../../api/live.js";
import { clippingQuery, figuresOfQuery, normalQuery, textQuery } from "../../api/queries.js";
import { preloadPictures } from "./pictures.js";

/** One figure to decide on, with all that is shown of it. */
export interface Item extends Omit<ReviewItem, "turn" | "heldUntil"> {
  /** Why it is this one's turn; null where it was asked for, and in a blind review. */
  readonly turn: ReviewItem["turn"] | null;
}

export type Choice =
  | { readonly kind: "accept" | "reject"; readonly reason?: string }
  | { readonly kind: "correct"; readonly change: Partial<Meaning>; readonly reason?: string };

interface Done {
  readonly item: Item;
  readonly choice: Choice;
  /** The figure after the decision; undefined where it failed. */
  readonly after: Promise<Figure | undefined>;
}

interface State {
  /** The first is shown, the others are ready. */
  readonly items: readonly Item[];
  readonly done: readonly Done[];
  /** Looked at and put aside: not given again. */
  readonly aside: readonly Item[];
  readonly status: "loading" | "ready" | "end" | "failed";
  readonly error: unknown;
}

type Step =
  | { readonly does: "took"; readonly items: readonly Item[]; readonly end: boolean }
  | { readonly does: "failed"; readonly error: unknown }
  | { readonly does: "show"; readonly item: Item }
  | { readonly does: "aside" }
  | { readonly does: "decided"; readonly done: Done }
  | { readonly does: "undone"; readonly item: Item }
  | { readonly does: "back" }
  | { readonly does: "patch"; readonly item: Item }
  | { readonly does: "restart" };

const START: State = { items: [], done: [], aside: [], status: "loading", error: undefined };

const without = (items: readonly Item[], id: string) => items.filter(({ figure }) => figure.id !== id);

function step(state: State, action: Step): State {
  switch (action.does) {
    case "took": {
      const known = new Set([...state.items, ...state.aside].map(({ figure }) => figure.id));
      const fresh = action.items.filter(({ figure }) => !known.has(figure.id));
      return { ...state, items: [...state.items, ...fresh], status: action.end ? "end" : "ready" };
    }
    case "failed":
      return { ...state, status: "failed", error: action.error };
    case "show":
      return { ...state, items: [action.item, ...without(state.items, action.item.figure.id)] };
    case "aside": {
      const [first, ...rest] = state.items;
      return first ? { ...state, items: rest, aside: [...state.aside, first] } : state;
    }
    case "back": {
      const last = state.aside.at(-1);
      return last ? { ...state, items: [last, ...state.items], aside: state.aside.slice(0, -1) } : state;
    }
    case "decided":
      return {
        ...state,
        items: without(state.items, action.done.item.figure.id),
        done: [...state.done, action.done],
      };
    case "undone":
      return {
        ...state,
        done: state.done.filter(({ item }) => item.figure.id !== action.item.figure.id),
        items: [action.item, ...without(state.items, action.item.figure.id)],
      };
    case "patch":
      return {
        ...state,
        items: state.items.map((item) => (item.figure.id === action.item.figure.id ? action.item : item)),
      };
    case "restart":
      return START;
  }
}

/** Items in hand: the one that is shown, and two more that are ready. */
const AHEAD = 3;

export type Mode = "first" | "second";

async function takeItems(mode: Mode, take: number, except: readonly string[], filter: Filter): Promise<Item[]> {
  const body = { take, except, filter };
  if (mode === "first") return (await send<NextReply>("POST", "/review/next", body)).items as Item[];
  const { items } = await send<z.infer<typeof BlindReply>>("POST", "/review/second/next", body);
  return items.map((item) => ({ ...item, turn: null, decision: null, conflicts: [], comments: [] }));
}

type Filter = z.infer<typeof QueueFilter>;

export interface Queue extends State {
  readonly current: Item | undefined;
  decide(choice: Choice): Promise<void>;
  skip(): void;
  back(): void;
  undo(): Promise<Figure | undefined>;
  /** Shows a figure that was asked for by its id. */
  show(figure: string): Promise<void>;
  patch(item: Item): void;
  retry(): void;
}

interface Told {
  /** Someone else was faster: nothing was written. */
  onStale(item: Item, stale: StaleDecision, choice: Choice): void;
  onError(item: Item, error: unknown): void;
}

/**
 * The reviewer's queue. A decision shows the next item at once and is sent
 * meanwhile; where it cannot be written the item comes back.
 */
export function useQueue(mode: Mode, filter: Filter, { onStale, onError }: Told): Queue {
  const client = useQueryClient();
  const [state, dispatch] = useReducer(step, START);
  const latest = useRef(state);
  latest.current = state;
  const taking = useRef(false);
  const key = JSON.stringify([mode, filter]);
  const keyNow = useRef(key);

  const fill = useCallback(async () => {
    const { items, aside, done, status } = latest.current;
    if (taking.current || status === "end" || items.length >= AHEAD) return;
    taking.current = true;
    const asked = keyNow.current;
    const [askedMode, askedFilter] = JSON.parse(asked) as [Mode, Filter];
    const except = [...items, ...aside, ...done.map(({ item }) => item)].map(({ figure }) => figure.id).slice(-500);
    try {
      const taken = await takeItems(askedMode, AHEAD - items.length, except, askedFilter);
      if (asked === keyNow.current) dispatch({ does: "took", items: taken, end: taken.length < AHEAD - items.length });
    } catch (error) {
      if (asked === keyNow.current) dispatch({ does: "failed", error });
    } finally {
      taking.current = false;
      if (asked !== keyNow.current) void fill();
    }
  }, []);

  useEffect(() => {
    if (keyNow.current !== key) {
      keyNow.current = key;
      dispatch({ does: "restart" });
    }
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks for more when items were used up
  useEffect(() => {
    if (state.status !== "failed") void fill();
  }, [state.items.length, state.status, fill]);
  useEffect(() => {
    for (const item of state.items.slice(0, AHEAD)) preload(client, item);
  }, [state.items, client]);

  const decide = useCallback(
    async (choice: Choice) => {
      const item = latest.current.items[0];
      if (!item) return;
      const sent = sendDecision(mode, item, choice);
      const after = sent.catch(() => undefined);
      dispatch({ does: "decided", done: { item, choice, after } });
      try {
        await sent;
        void refresh(client);
      } catch (error) {
        dispatch({ does: "undone", item });
        if (error instanceof StaleDecision) onStale(item, error, choice);
        else onError(item, error);
      }
    },
    [mode, client, onStale, onError],
  );

  const undo = useCallback(async () => {
    const last = latest.current.done.at(-1);
    const after = await last?.after;
    if (!last || !after) return undefined;
    try {
      const { figure } = await send<DecisionReply>("POST", "/decisions", {
        kind: "undo",
        figure: after.id,
        version: after.version,
      });
      dispatch({ does: "undone", item: { ...last.item, figure: figure ?? last.item.figure } });
      void refresh(client);
      return figure ?? undefined;
    } catch (error) {
      if (error instanceof StaleDecision) onStale(last.item, error, last.choice);
      else onError(last.item, error);
      return undefined;
    }
  }, [client, onStale, onError]);

  const show = useCallback(async (figure: string) => {
    const { aside, items } = latest.current;
    const known = [...items, ...aside].find((item) => item.figure.id === figure);
    if (known) return dispatch({ does: "show", item: known });
    const detail = await get<FigureDetail>(`/figures/${encodeURIComponent(figure)}`);
    dispatch({ does: "show", item: { ...detail, turn: null, decision: null } });
  }, []);

  return useMemo(
    () => ({
      ...state,
      current: state.items[0],
      decide,
      skip: () => dispatch({ does: "aside" }),
      back: () => dispatch({ does: "back" }),
      undo,
      show,
      patch: (item) => dispatch({ does: "patch", item }),
      retry: () => dispatch({ does: "restart" }),
    }),
    [state, decide, undo, show],
  );
}

async function sendDecision(mode: Mode, { figure }: Item, choice: Choice): Promise<Figure | undefined> {
  const body = { ...choice, figure: figure.id, version: figure.version };
  if (mode === "first") return (await send<DecisionReply>("POST", "/decisions", body)).figure ?? undefined;
  await send("POST", "/review/second", body);
  return undefined;
}

/** Fetches what the item will need, so that it is shown at once. */
function preload(client: QueryClient, { figure, image }: Item): void {
  void client.prefetchQuery(clippingQuery(figure.clipping)).then(() => {
    const detail = client.getQueryData(clippingQuery(figure.clipping).queryKey);
    if (detail) preloadPictures(detail, figure, image !== null);
  });
  void client.prefetchQuery(textQuery(figure.clipping));
  void client.prefetchQuery(normalQuery(figure.clipping));
  void client.prefetchQuery(figuresOfQuery(figure.clipping));
}
