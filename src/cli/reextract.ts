import { createInterface } from "node:readline/promises";
import { type Command, Option } from "commander";
import { BatchLog } from "../batch/log.js";
import { TerminalProgress } from "../batch/progress.js";
import { adoptWaiting, currentVersion, type ReextractSummary, reextract } from "../batch/reextract.js";
import { printable } from "../export/table.js";
import type { FigureChange, RunChange, RunVersion, Store } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  catalogueSource,
  countArgument,
  EXIT,
  err,
  openExisting,
  out,
  untilStopped,
  withStore,
} from "./common.js";
import { decisionLine, told } from "./history.js";
import { limitOption } from "./limits.js";
import { addOcrOptions, checkOcr, type OcrCliOptions, ocrChoice } from "./ocr.js";

interface Options extends OcrCliOptions {
  store: string;
  since?: string;
  report?: boolean;
  adopt?: boolean;
  jobs?: number;
  log?: string;
  catalogue?: string;
  format: "text" | "jsonl";
}

export function reextractCommand(program: Command): void {
  const command = withStore(
    program
      .command("reextract")
      .description("read a store's clippings again with this version and catalogue; report what changes; take it over"),
  );
  addOcrOptions(command)
    .option("--since <version>", "leave what this version, or a newer one, has read")
    .option("--report", "read nothing; report what waits to be taken over")
    .option("--adopt", "take over without asking")
    .option("-j, --jobs <number>", "worker threads (as many as there are cores)", countArgument)
    .option("--log <file>", "append a JSON object a clipping to a file")
    .addOption(
      new Option("-f, --format <format>", "of the report: text, or an object a clipping")
        .choices(["text", "jsonl"])
        .default("text"),
    )
    .addHelpText(
      "after",
      "\nNothing changes before it is taken over; what was is kept (jianbao history). Decisions stay where their figure\nstays; where it does not, the figure is shown for renewed review.\n\nExample:\n  $ jianbao reextract --since 0.2.0\n  $ jianbao reextract --report\n  $ jianbao reextract --adopt",
    )
    .addOption(catalogueOption())
    .addOption(limitOption())
    .action(run);
}

async function run(options: Options): Promise<void> {
  await checkOcr(options);
  const store = await openExisting(options.store);
  const stop = untilStopped();
  const log = options.log === undefined ? undefined : new BatchLog(options.log);
  try {
    const version = currentVersion({ catalogue: catalogueOf(options) });
    if (!options.report) {
      const summary = await reextract(store, {
        ocr: ocrChoice(options),
        catalogue: catalogueOf(options),
        ...catalogueSource(options),
        ...(options.since === undefined ? {} : { since: options.since }),
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        progress: new TerminalProgress(process.stderr),
        ...(log ? { log } : {}),
        signal: stop.signal,
      });
      printSummary(summary);
      process.exitCode =
        summary.failed.length + summary.gone.length > 0 || summary.interrupted ? EXIT.someFailed : EXIT.well;
      if (summary.interrupted) return;
    }
    const total = await report(store, version, options.format);
    if (options.report || total.clippings === 0) return;
    if (options.adopt || (await isWanted()))
      err(`${await adoptWaiting(store, version, stop.signal)} clippings taken over`);
    else err("nothing was taken over: jianbao reextract --report tells more, --adopt takes over");
  } finally {
    stop.end();
    log?.close();
    await store.close();
  }
}

function printSummary({ read, before, upToDate, gone, failed, interrupted }: ReextractSummary): void {
  err(`${read} read again, ${before} before, ${upToDate} up to date, ${gone.length} gone, ${failed.length} failed`);
  for (const path of gone) err(`gone    ${path}: stays as it is`);
  for (const { path, code, detail } of failed) err(`failed  ${path}: ${detail} [${code}]`);
  if (interrupted) err("interrupted: nothing was taken over; the same command goes on where it stopped");
}

async function report(store: Store, version: RunVersion, format: Options["format"]) {
  const total = { clippings: 0, added: 0, gone: 0, value: 0, meaning: 0, unchanged: 0, kept: 0, renew: 0 };
  for await (const change of store.waiting(version)) {
    total.clippings++;
    for (const { kind } of change.changes) total[kind]++;
    total.unchanged += change.unchanged;
    total.kept += change.kept;
    total.renew += change.renew.length;
    if (format === "jsonl") out(JSON.stringify(change));
    else if (change.changes.length + change.renew.length > 0) out(describe(change));
  }
  const line = `${total.clippings} clippings wait: ${total.unchanged} figures the same, ${total.added} added, ${total.gone} gone, ${total.value} with another value, ${total.meaning} with another meaning; ${total.kept} decisions stand, ${total.renew} ask for renewed review`;
  if (format === "jsonl") err(line);
  else out(line);
  return total;
}

const SIGNS: Readonly<Record<FigureChange["kind"], string>> = { added: "+", gone: "-", value: "~", meaning: "~" };

function describe({ path, changes, renew }: RunChange): string {
  return [
    printable(path),
    ...changes.map(({ kind, before, after, quote }) => {
      const what =
        before && after ? `${told(before)} → ${told(after)}` : before ? told(before) : after ? told(after) : "";
      return `  ${SIGNS[kind]} ${what}  “${printable(quote)}”`;
    }),
    ...renew.map((decision) => `  ? ${decisionLine(decision)}`),
  ].join("\n");
}

async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question("Take over? [y/N] ");
  ask.close();
  return /^(?:y|yes|是)$/i.test(answer.trim());
}
