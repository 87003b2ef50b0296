import { existsSync, readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import {
  catalogueOf,
  catalogueOption,
  catalogueSource,
  DEFAULT_STORE,
  err,
  out,
  UsageError,
  untilStopped,
} from "./common.js";

interface Options {
  store: string;
  host: string;
  port: number;
  cert?: string;
  key?: string;
  origin?: string;
  as?: string;
  readers?: number;
  ocr: boolean;
  catalogue?: string;
}

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .description("open the page for review, comparison and upload, and the HTTP API under it")
    .option("-s, --store <file>", "the store; made where there is none", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .option("--host <address>", "address to listen on; any but this machine's own needs users", "127.0.0.1")
    .option("-p, --port <number>", "0: any that is free", port, 8460)
    .option("--cert <file>", "certificate in PEM, for https")
    .option("--key <file>", "its key in PEM")
    .option("--origin <url>", "what browsers know it as, where something stands before it: https://jianbao.example.org")
    .option(
      "--as <name>",
      "your name on decisions where there is no sign-in (JIANBAO_REVIEWER, else the name you are logged in with)",
    )
    .option("--readers <number>", "threads that read the store", count)
    .option("--no-ocr", "leave uploaded scans and photos unread")
    .addHelpText("after", HELP)
    .addOption(catalogueOption())
    .action(run);
}

const HELP = `
On this machine's own address (127.0.0.1, ::1) there is no sign-in until there are users: jianbao user add.
On any other address it refuses to start without users, and everyone signs in.

Example:
  $ jianbao serve --store henan.db
  $ jianbao serve --host 0.0.0.0 --cert cert.pem --key key.pem      # after jianbao user add 王芳 --role admin`;

async function run(options: Options): Promise<void> {
  // checked before anything starts: workers read it themselves
  catalogueOf(options);
  const { serve, ServeError } = await import("../server/index.js");
  const { catalogueSource: own } = catalogueSource(options);
  const stop = untilStopped();
  const name = options.as ?? process.env["JIANBAO_REVIEWER"];
  try {
    const running = await serve({
      ...{ store: options.store, host: options.host, port: options.port, ocr: options.ocr },
      ...(name ? { name } : {}),
      ...tlsOf(options),
      ...(options.origin ? { origin: options.origin } : {}),
      ...(options.readers ? { readers: options.readers } : {}),
      ...(own ? { own } : {}),
    });
    out(running.address);
    err(
      `${options.store}: ${running.signIn === "none" ? "no sign-in, as only this machine reaches it" : "sign-in"}; Ctrl-C ends it`,
    );
    await new Promise((resolve) => stop.signal.addEventListener("abort", resolve, { once: true }));
    await running.close();
  } catch (cause) {
    if (cause instanceof ServeError) throw new UsageError(cause.message);
    throw cause;
  } finally {
    stop.end();
  }
}

function tlsOf({ cert, key }: Options): { tls?: { cert: string; key: string } } {
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined) throw new UsageError("https takes both --cert and --key");
  for (const file of [cert, key]) if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  return { tls: { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") } };
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError("give a port, 0 to 65535");
  return number;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError("give a number from 1 to 64");
  return number;
}
