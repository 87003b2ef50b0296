import { type Command, Option } from "commander";
import { ingestPaths } from "../batch/ingest.js";
import { TerminalProgress } from "../batch/progress.js";
import { toTable } from "../export/table.js";
import { isAddress } from "../fetch/index.js";
import {
  catalogueOf,
  catalogueOption,
  catalogueSource,
  EXIT,
  openExisting,
  out,
  untilStopped,
  withStore,
} from "./common.js";
import { fetching, printSummary } from "./ingest.js";
import { limitOption } from "./limits.js";
import { addOcrOptions, type OcrCliOptions, ocrChoice } from "./ocr.js";

interface Options extends OcrCliOptions {
  store: string;
  retry?: boolean;
  code?: string;
  catalogue?: string;
  format: "table" | "json" | "jsonl";
}

export function failuresCommand(program: Command): void {
  const command = withStore(
    program.command("failures").description("list the files that could not be read, with the reasons"),
  );
  addOcrOptions(command)
    .option("--retry", "read them again")
    .option("--code <code>", "only those with this reason, or reasons that begin so: ingest/damaged")
    .addOption(new Option("-f, --format <format>").choices(["table", "json", "jsonl"]).default("table"))
    .addHelpText("after", "\nExample:\n  $ jianbao failures --code ingest/timeout --retry")
    .addOption(catalogueOption())
    .addOption(limitOption())
    .action(async (options: Options) => {
      const store = await openExisting(options.store);
      try {
        const failures = (await store.failures()).filter(({ code }) => code.startsWith(options.code ?? ""));
        if (options.retry) {
          const stop = untilStopped();
          const paths = failures.map(({ path }) => path);
          const addresses = paths.filter(isAddress);
          const summary = await ingestPaths(
            paths.filter((path) => !isAddress(path)),
            store,
            {
              ocr: ocrChoice(options),
              catalogue: catalogueOf(options),
              ...catalogueSource(options),
              retry: true,
              ...(addresses.length > 0 ? { fetched: fetching(addresses, { ...options, delay: 1 }, stop.signal) } : {}),
              progress: new TerminalProgress(process.stderr),
              signal: stop.signal,
            },
          );
          stop.end();
          printSummary(summary, options.store);
          process.exitCode = summary.failures > 0 || summary.interrupted ? EXIT.someFailed : EXIT.well;
        } else if (options.format === "json") out(JSON.stringify(failures, null, 2));
        else if (options.format === "jsonl") for (const failure of failures) out(JSON.stringify(failure));
        else if (failures.length === 0) out("no failures");
        else
          out(
            toTable(
              [{ title: "reason" }, { title: "path" }, { title: "detail" }, { title: "tried", align: "right" }],
              failures.map(({ code, path, detail, attempts }) => [code, path, detail, String(attempts)]),
            ),
          );
      } finally {
        await store.close();
      }
    });
}
