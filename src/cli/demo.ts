import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { ingestPaths } from "../batch/ingest.js";
import { TerminalProgress } from "../batch/progress.js";
import { compare } from "../compare/index.js";
import { openSqliteStore } from "../store/index.js";
import { EXIT, err, out } from "./common.js";
import { comparisonTable } from "./comparison-print.js";
import { addOcrOptions, checkOcr, type OcrCliOptions, ocrChoice } from "./ocr.js";

const CORPUS = fileURLToPath(new URL("../../corpus/", import.meta.url));

export function demoCommand(program: Command): void {
  addOcrOptions(program.command("demo"))
    .description("ingest jianbao's own corpus into a temporary store and compare its regions")
    .option("--keep", "keep the store and say where it is")
    .addHelpText("after", "\nExample:\n  $ jianbao demo")
    .action(async (options: OcrCliOptions & { keep?: boolean }) => {
      const folder = await mkdtemp(join(tmpdir(), "jianbao-demo-"));
      const file = join(folder, "demo.db");
      await checkOcr(options);
      const store = await openSqliteStore(file);
      try {
        const sources = await corpusSources();
        err(`reading ${sources.length} clippings: text, HTML, PDF, scans …`);
        const summary = await ingestPaths(sources, store, {
          ocr: ocrChoice(options),
          progress: new TerminalProgress(process.stderr),
        });
        out(`${summary.stored} clippings, ${summary.figures} figures, ${summary.failed.length} failed\n`);
        for (const { path, detail } of summary.failed) err(`failed  ${path}: ${detail}`);
        out("Problems of enterprises: collected, resolved, share, satisfaction\n");
        out(
          `${comparisonTable(await compare(store, ["problem.resolution_rate", "problem.collected", "problem.resolved", "satisfaction.rate"]))}\n`,
        );
        out("Money\n");
        out(`${comparisonTable(await compare(store, ["fund.tax_relief", "fund.loan", "fund.grant"]))}\n`);
        if (options.keep)
          out(
            `The store is ${file}. Try:\n  npx jianbao show FIGURE --store ${file}\n  npx jianbao figures --indicator 办结率 --store ${file}\n  npx jianbao serve --store ${file}`,
          );
        else
          out(
            "With clippings of your own:\n  npx jianbao ingest FOLDER\n  npx jianbao compare 办结率 解决问题\n  npx jianbao show FIGURE\n  npx jianbao serve             # review and compare in the browser",
          );
        process.exitCode = summary.stored === 0 || summary.failed.length > 0 ? EXIT.someFailed : EXIT.well;
      } finally {
        await store.close();
        if (!options.keep) await rm(folder, { recursive: true, force: true });
      }
    });
}

/** `corpus/<slug>/source.*`, in order. */
async function corpusSources(): Promise<string[]> {
  const sources: string[] = [];
  for (const slug of (await readdir(CORPUS, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    const files = await readdir(join(CORPUS, slug.name));
    sources.push(...files.filter((name) => /^source\./.test(name)).map((name) => join(CORPUS, slug.name, name)));
  }
  return sources.sort();
}
