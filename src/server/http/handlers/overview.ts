import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type * as contract from "../../contract/index.js";
import type { Event } from "../../ingests/bus.js";
import { again, isEnded } from "../../ingests/jobs.js";
import { notFound, ProblemError } from "../../problem.js";
import { defined, type Handlers, kept, type Parts, ready } from "../context.js";

type Names =
  | "overview"
  | "coverage"
  | "accuracy"
  | "failures"
  | "retry"
  | "ingests"
  | "ingest"
  | "stopIngest"
  | "ingestEvents"
  | "events";

/** Counts over a whole store are told as they were a moment ago while an ingest goes on. */
const COUNTED = { lateMs: 60_000 };
/** Pages that listen at once. */
const LISTENERS = 500;
const BEAT_MS = 15_000;
/** Events that wait for a slow listener; then it is ended, and its browser begins anew. */
const WAITING = 5_000;

/** What the first page asks for is made before it asks. */
export async function warm({ crew, memo }: Pick<Parts, "crew" | "memo">): Promise<void> {
  await memo.get("overview", () => crew.json("overview"), COUNTED);
  await memo.get("indicators ", () => crew.json("indicators", {}), COUNTED);
  await memo.get("region counts", () => crew.json("regionCounts"), COUNTED);
}

export function overviewHandlers({ crew, memo, jobs, bus }: Parts): Handlers<Names> {
  const counted = async (c: Context, key: string, make: () => Promise<string>) =>
    kept(c, await memo.get(key, make, COUNTED));
  return {
    overview: ({ c }) => counted(c, "overview", () => crew.json("overview")),
    coverage: ({ c, query }) =>
      counted(c, `coverage ${JSON.stringify(query)}`, () => crew.json("coverage", defined(query))),
    accuracy: ({ c }) => counted(c, "accuracy", () => crew.json("accuracy")),
    failures: async ({ c, query }) => ready(c, await crew.json("failures", defined(query))),
    retry: async ({ c, who, body }) => {
      const paths = JSON.parse(await crew.json("failedPaths", defined(body))) as string[];
      if (paths.length === 0) throw new ProblemError("conflict", "no such file has failed");
      return c.json(jobs.add("retry", who.name, again(paths)), 202);
    },
    ingests: ({ c }) => c.json({ items: jobs.list() }),
    ingest: ({ c, params }) => c.json(known(params.id)),
    stopIngest: ({ c, params }) => {
      known(params.id);
      return c.json(jobs.stop(params.id) as contract.Ingest);
    },
    ingestEvents: ({ c, params }) => {
      const { ingest, files } = known(params.id);
      const first: Event[] = [
        { type: "ingest", ingest: ingest.id, data: ingest },
        ...files.map((file): Event => ({ type: "file", ingest: ingest.id, data: { ...file, ingest: ingest.id } })),
      ];
      const isLast = (event: Event) => event.type === "ingest" && isEnded(event.data);
      if (isEnded(ingest))
        return told(
          c,
          [...first, first[0] as Event],
          () => false,
          () => true,
        );
      return told(c, first, (event) => event.type !== "changed" && event.ingest === ingest.id, isLast);
    },
    events: ({ c }) =>
      told(
        c,
        [],
        () => true,
        () => false,
      ),
  };

  function known(id: string): { ingest: contract.Ingest; files: contract.IngestFile[] } {
    const found = jobs.get(id);
    if (!found) throw notFound(`ingest ${id}`);
    return found;
  }

  /** A stream of events: the first ones, then all that are wanted, until the last. */
  function told(
    c: Context,
    first: readonly Event[],
    isWanted: (event: Event) => boolean,
    isLast: (event: Event) => boolean,
  ): Response {
    if (bus.size >= LISTENERS) throw new ProblemError("unavailable", "too many pages listen");
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      const line: Event[] = [...first];
      let wake: () => void = () => undefined;
      const unlisten = bus.listen((event) => {
        if (!isWanted(event)) return;
        line.push(event);
        wake();
      });
      stream.onAbort(() => wake());
      try {
        for (let isDone = false; !isDone && !stream.aborted && line.length < WAITING + first.length; ) {
          const event = line.shift();
          if (event) {
            await stream.writeSSE({ event: event.type, data: JSON.stringify(event.data) });
            // what is told first may tell of the end, with files still to be told
            isDone = isLast(event) && line.length === 0;
            continue;
          }
          const beat = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), BEAT_MS);
            wake = () => {
              clearTimeout(timer);
              resolve(false);
            };
          });
          if (beat && !stream.aborted) await stream.write(": still here\n\n");
        }
      } finally {
        unlisten();
      }
    });
  }
}
