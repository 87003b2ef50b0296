import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type Catalogue, catalogue as standardCatalogue } from "../catalogue/index.js";
import { ClippingError } from "../doc/index.js";
import { sha256 } from "../ingest/index.js";
import { TesseractEngine } from "../ocr/tesseract.js";
import { catalogueHash, extractFile, version } from "../pipeline.js";
import { openSqliteStore, type Store } from "../store/index.js";
import { catalogueOf, catalogueOption, DEFAULT_STORE, EXIT, err, findClippings, out } from "./common.js";

export interface IngestSummary {
  stored: number;
  known: number;
  partial: number;
  failed: { path: string; code: string; detail: string }[];
  figures: number;
  interrupted: boolean;
}

export function ingestCommand(program: Command): void {
  program
    .command("ingest")
    .description("read clippings and keep their figures in a store")
    .argument("<path...>", "files, or folders with all that is in them")
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .option("--no-ocr", "leave scans and photos unread")
    .addHelpText(
      "after",
      "\nExit status: 0 all well, 1 some clippings failed, 2 wrong usage or the store cannot be used.\n\nExample:\n  $ jianbao ingest clippings/ --store henan.db",
    )
    .addOption(catalogueOption())
    .action(async (paths: string[], options: { store: string; ocr: boolean; catalogue?: string }) => {
      const catalogue = catalogueOf(options);
      const store = await openSqliteStore(options.store);
      try {
        const progress = process.stderr.isTTY === true;
        const summary = await ingestPaths(paths, store, { ocr: options.ocr, progress, catalogue });
        printSummary(summary, options.store);
        process.exitCode = summary.failed.length > 0 || summary.interrupted ? EXIT.someFailed : EXIT.well;
      } finally {
        await store.close();
      }
    });
}

/** Ingests files and folders into an open store. Ctrl-C ends it after the clippings in hand; a second one at once. */
export async function ingestPaths(
  paths: readonly string[],
  store: Store,
  options: { ocr: boolean; progress: boolean; catalogue?: Catalogue },
): Promise<IngestSummary> {
  const { files, failures } = await findClippings(paths);
  const summary: IngestSummary = { stored: 0, known: 0, partial: 0, failed: [], figures: 0, interrupted: false };
  const catalogue = options.catalogue ?? standardCatalogue();
  const run = { version, catalogue: catalogueHash(catalogue) };
  const engine = options.ocr ? new TesseractEngine() : undefined;
  const { default: PQueue } = await import("p-queue");
  const bar = options.progress
    ? new (await import("cli-progress")).SingleBar({
        format: "{bar} {value}/{total}  {eta_formatted} left  {file}",
        stream: process.stderr,
        clearOnComplete: true,
        hideCursor: true,
      })
    : undefined;
  const fail = async (path: string, code: string, detail: string) => {
    summary.failed.push({ path, code, detail });
    await store.fail({ path, code, detail });
  };
  for (const failure of failures) await fail(failure.path, "ingest/unreadable", failure.detail);
  const queue = new PQueue({ concurrency: 2 });
  const stop = () => {
    if (summary.interrupted) process.exit(130);
    summary.interrupted = true;
    queue.clear();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  bar?.start(files.length, 0, { file: "" });
  const one = async (path: string): Promise<void> => {
    try {
      const bytes = await readFile(path);
      const id = sha256(bytes);
      if (bytes.length > 0 && (await store.has(id, run))) {
        await store.seen(id, path);
        summary.known++;
        return;
      }
      const extraction = await extractFile(path, { catalogue, ...(engine ? { ocr: engine } : {}) });
      const how = await store.save(extraction, run);
      if (how === "known") summary.known++;
      else {
        summary.stored++;
        summary.figures += extraction.figures.length;
        if (extraction.messages.some((message) => message.level === "error")) summary.partial++;
      }
    } catch (cause) {
      if (cause instanceof ClippingError) await fail(path, cause.code, cause.message);
      else if ((cause as NodeJS.ErrnoException).code === "EACCES")
        await fail(path, "ingest/unreadable", "may not be opened (no rights)");
      else if (isStoreTrouble(cause as Error)) throw cause;
      else await fail(path, "ingest/damaged", `${(cause as Error).name}: ${(cause as Error).message}`);
    } finally {
      bar?.increment(1, { file: path.slice(-40) });
    }
  };
  try {
    for (const path of files) {
      if (summary.interrupted) break;
      await queue.onSizeLessThan(4);
      void queue.add(() => one(path)).catch(() => undefined);
    }
    await queue.onIdle();
  } finally {
    bar?.stop();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await engine?.close();
  }
  return summary;
}

const isStoreTrouble = (cause: Error & { code?: string }) => /^SQLITE_/.test(cause.code ?? "");

export function printSummary(summary: IngestSummary, store: string): void {
  out(
    `${summary.stored} stored (${summary.figures} figures), ${summary.known} already there, ${summary.partial} partial, ${summary.failed.length} failed → ${store}`,
  );
  for (const { path, code, detail } of summary.failed) err(`failed  ${path}: ${detail} [${code}]`);
  if (summary.interrupted) err("interrupted: the store is sound; the same command goes on where it stopped");
}
