import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { Context } from "hono";
import type * as contract from "../../contract/index.js";
import { takeUpload } from "../../ingests/upload.js";
import { attachment, defined, type Handlers, type Parts, ready } from "../context.js";

type Names =
  | "clippings"
  | "upload"
  | "clipping"
  | "changeClipping"
  | "text"
  | "normal"
  | "pages"
  | "pageImage"
  | "pageLayout"
  | "locate"
  | "source";

/** Pictures never change: a clipping's bytes do not. */
const PICTURE = { "Content-Type": "image/png", "Cache-Control": "private, max-age=86400" };
export const picture = (c: Context, bytes: Uint8Array): Response => c.body(Uint8Array.from(bytes), 200, PICTURE);

export function clippingHandlers({ crew, jobs, bus, files, memo }: Parts): Handlers<Names> {
  return {
    clippings: async ({ c, query }) => ready(c, await crew.json("clippings", defined(query))),
    upload: async ({ c, who }) => {
      const taken = await takeUpload((c.env as { incoming: IncomingMessage }).incoming, files);
      const good = taken.filter(({ shown }) => shown.state !== "failed");
      await crew.json(
        "addUploads",
        good.map(({ shown }) => ({
          clipping: shown.sha256 ?? "",
          name: shown.file,
          bytes: shown.bytes ?? 0,
          by: who.name,
        })),
      );
      const ingest = good.length > 0 ? jobs.add("upload", who.name, good) : null;
      return c.json({ ingest, files: taken.map(({ shown }) => shown) } satisfies contract.UploadReply, 202);
    },
    clipping: async ({ c, params }) => ready(c, await crew.json("clipping", params)),
    changeClipping: async ({ c, who, params, body }) => {
      const text = await crew.json("changeClipping", { ...params, change: defined(body), editor: who.name });
      memo.changed();
      bus.tell({ type: "changed", data: { what: "clippings", figure: null, by: who.name } });
      return ready(c, text);
    },
    text: async ({ c, params }) => ready(c, await crew.json("text", params)),
    normal: async ({ c, params }) => ready(c, await crew.json("normal", params)),
    pages: async ({ c, params }) => ready(c, await crew.json("pages", params)),
    pageImage: async ({ c, params, query }) => picture(c, await crew.bytes("pageImage", { ...params, ...query })),
    pageLayout: async ({ c, params }) => ready(c, await crew.json("pageLayout", params)),
    locate: async ({ c, params, body }) => ready(c, await crew.json("locate", { ...params, ...body })),
    source: async ({ c, params }) => {
      const path = JSON.parse(await crew.json("sourcePath", params)) as string;
      const { clipping } = JSON.parse(await crew.json("clipping", params)) as contract.ClippingDetail;
      return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
        "Content-Type": "application/octet-stream",
        "Content-Length": String((await stat(path)).size),
        "Content-Disposition": attachment(clipping.file),
      });
    },
  };
}
