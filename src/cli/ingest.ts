import { existsSync } from "node:fs";
import type { Command } from "commander";
import { type IngestSummary, ingestPaths } from "../batch/ingest.js";
import { BatchLog } from "../batch/log.js";
import { NO_PROGRESS, TerminalProgress } from "../batch/progress.js";
import { watch } from "../batch/watch.js";
import { isAddress, keepFetched } from "../fetch/index.js";
import { version } from "../pipeline.js";
import { openSqliteStore } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  catalogueSource,
  countArgument,
  EXIT,
  err,
  out,
  UsageError,
  untilStopped,
  withStore,
} from "./common.js";
import { limitOption } from "./limits.js";
import { addOcrOptions, checkOcr, type OcrCliOptions, ocrChoice } from "./ocr.js";

interface Options extends OcrCliOptions {
  store: string;
  catalogue?: string;
  jobs?: number;
  retry?: boolean;
  dryRun?: boolean;
  watch?: boolean;
  log?: string;
  fetched?: string;
  delay: number;
}

export function ingestCommand(program: Command): void {
  const command = withStore(
    program
      .command("ingest")
      .description("read clippings and keep their figures in a store")
      .argument("<path...>", "files, folders with all that is in them, or addresses: https://…"),
  );
  addOcrOptions(command)
    .option("-j, --jobs <number>", "worker threads (as many as there are cores)", countArgument)
    .option("--retry", "read again what failed before")
    .option("--watch", "go on with what comes into the folders, until Ctrl-C")
    .option("--fetched <folder>", "where what addresses answer is kept (beside the store)")
    .option("--delay <seconds>", "between two requests to one host; its robots.txt may ask for more", countArgument, 1)
    .option("--dry-run", "tell what would be read; read and store nothing")
    .option("--log <file>", "append a JSON object a clipping to a file")
    .addHelpText(
      "after",
      "\nStopped at any moment, also by kill -9 or a power cut, the same command goes on where it stopped.\nExit status: 0 all well, 1 some clippings failed, 2 wrong usage or the store cannot be used.\n\nExample:\n  $ jianbao ingest clippings/ --store henan.db --log ingest.jsonl",
    )
    .addOption(catalogueOption())
    .addOption(limitOption())
    .action(run);
}

async function run(given: string[], options: Options): Promise<void> {
  const addresses = given.filter(isAddress);
  const paths = given.filter((each) => !isAddress(each));
  if (addresses.length > 0 && options.dryRun)
    throw new UsageError("--dry-run fetches nothing: leave the addresses out");
  const catalogue = catalogueOf(options);
  await checkOcr(options);
  const stop = untilStopped();
  const log = options.log === undefined ? undefined : openLog(options.log);
  // a dry run leaves no file behind
  const store = await openSqliteStore(options.dryRun && !existsSync(options.store) ? ":memory:" : options.store);
  try {
    const summary = await ingestPaths(paths, store, {
      ocr: ocrChoice(options),
      catalogue,
      ...catalogueSource(options),
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      retry: options.retry ?? false,
      dryRun: options.dryRun ?? false,
      progress: options.watch && !process.stderr.isTTY ? NO_PROGRESS : new TerminalProgress(process.stderr),
      ...(log ? { log } : {}),
      ...(addresses.length > 0 ? { fetched: fetching(addresses, options, stop.signal) } : {}),
      signal: stop.signal,
      ...(options.watch ? { more: watch(paths, stop.signal) } : {}),
    });
    if (options.dryRun) printDryRun(summary);
    else printSummary(summary, options.store);
    process.exitCode = summary.failures > 0 || summary.interrupted ? EXIT.someFailed : EXIT.well;
  } finally {
    stop.end();
    log?.close();
    await store.close();
  }
}

/** Fetches addresses while a batch lasts. */
export function fetching(
  addresses: readonly string[],
  { store, fetched, delay }: Pick<Options, "store" | "fetched" | "delay">,
  signal: AbortSignal,
) {
  const folder = fetched ?? `${store}.fetched`;
  const files = keepFetched(addresses, folder, { agent: `jianbao/${version}`, delayMs: delay * 1000, signal });
  return { files, addresses: addresses.length };
}

function openLog(path: string): BatchLog {
  try {
    return new BatchLog(path);
  } catch (cause) {
    throw new UsageError(`the log ${path} cannot be written: ${(cause as Error).message}`);
  }
}

function printDryRun(summary: IngestSummary): void {
  out(
    `${summary.stored} would be read, ${summary.known} already there, ${summary.failures} cannot be read, as far as is known`,
  );
  for (const { path, code, detail } of summary.failed) err(`failed  ${path}: ${detail} [${code}]`);
}

export function printSummary(summary: IngestSummary, store: string): void {
  out(
    `${summary.stored} stored (${summary.figures} figures), ${summary.known} already there, ${summary.partial} partial, ${summary.failures} failed → ${store}`,
  );
  for (const { path, code, detail } of summary.failed) err(`failed  ${path}: ${detail} [${code}]`);
  if (summary.failures > summary.failed.length)
    err(`… ${summary.failures - summary.failed.length} more: jianbao failures --store ${store}`);
  if (summary.interrupted) err("interrupted: the store is sound; the same command goes on where it stopped");
}
