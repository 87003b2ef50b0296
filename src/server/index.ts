import type { Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { availableParallelism, userInfo } from "node:os";
import { createAdaptorServer } from "@hono/node-server";
import { openSqliteHouse } from "../store/index.js";
import { isLoopback } from "./access/address.js";
import { Gate } from "./access/gate.js";
import { Holds } from "./access/holds.js";
import { appOf } from "./http/app.js";
import { warm } from "./http/handlers/overview.js";
import { Memo } from "./http/memo.js";
import { siteOf } from "./http/site.js";
import { Bus } from "./ingests/bus.js";
import { Jobs } from "./ingests/jobs.js";
import { SourceFiles } from "./source/files.js";
import { Crew } from "./threads/crew.js";
import { Exports } from "./threads/exports.js";
import { Keeper } from "./threads/keeper.js";

export interface ServeOptions {
  readonly store: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Certificate and key in PEM, for https. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What browsers know the server as, where something stands before it: https://jianbao.example.org. */
  readonly origin?: string;
  readonly ocr?: boolean;
  readonly own?: { readonly text: string; readonly name: string };
  /** Threads that read the store. */
  readonly readers?: number;
  /** Who works here where there is no sign-in. */
  readonly name?: string;
  /** Folder of the built page. */
  readonly page?: string;
}

export interface Running {
  readonly address: string;
  readonly signIn: "none" | "password";
  close(): Promise<void>;
}

/** The server may not start as it was asked to. */
export class ServeError extends Error {}

/**
 * Starts the server. On an address that others can reach it needs users:
 * throws ServeError without. Throws StoreError where the store cannot be used.
 */
export async function serve(options: ServeOptions): Promise<Running> {
  const { store, host, own } = options;
  // migrates the store before threads open it
  const house = await openSqliteHouse(store);
  const start = { store, ...(own ? { own } : {}) };
  const hasUsers = (await house.desk.users()).length > 0;
  if (!isLoopback(host) && !hasUsers) {
    await house.store.close();
    throw new ServeError(
      `${host} can be reached by others, and the store has no users: jianbao user add NAME --role admin`,
    );
  }
  const signIn = hasUsers ? "password" : "none";
  const origin = originOf(options.origin);
  const crew = new Crew(start, options.readers ?? Math.max(2, availableParallelism() - 1));
  const bus = new Bus();
  const memo = new Memo(() => house.lists.stamp());
  crew.onWritten = () => memo.wrote();
  const keeper = new Keeper(crew, memo, bus);
  const gate = new Gate(house.desk, crew);
  const jobs = new Jobs(start, options.ocr ?? true, bus, (last) => keeper.stored(last));
  const place = { host, secure: options.tls !== undefined || origin?.protocol === "https:", origin };
  const app = appOf(
    {
      ...{ crew, memo, gate, jobs, bus, place, signIn },
      files: new SourceFiles(store),
      exports: new Exports(start),
      holds: new Holds(),
      usualName: options.name ?? userInfo().username,
    },
    siteOf(options.page),
  );
  const { tls } = options;
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(tls ? { createServer: createSecureServer, serverOptions: tls } : {}),
  }) as Server;
  // uploads take as long as they take; who says nothing is not waited for
  server.requestTimeout = 3_600_000;
  server.headersTimeout = 20_000;
  const end = async () => {
    server.closeAllConnections();
    await jobs.close();
    await keeper.close();
    await gate.close();
    await crew.close();
    await house.store.close();
  };
  try {
    await listening(server, options.port, host);
  } catch (cause) {
    await end();
    throw new ServeError(`cannot listen on ${host}:${options.port}: ${(cause as Error).message}`, { cause });
  }
  keeper.stored();
  // who asks first may ask while it is made
  warm({ crew, memo }).catch(() => undefined);
  const { port } = server.address() as { port: number };
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    address: `${tls ? "https" : "http"}://${name}:${port}`,
    signIn,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await end();
      await closed;
    },
  };
}

function originOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol) && url.pathname === "/" && url.username === "") return url;
  } catch {
    // told below
  }
  throw new ServeError(`'${text}' is no origin: https://jianbao.example.org`);
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
