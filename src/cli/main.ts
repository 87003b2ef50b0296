#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { ClippingError, PipelineError } from "../doc/index.js";
import { StoreError, storeTrouble } from "../store/index.js";
import { backupCommand, restoreCommand } from "./backup.js";
import { EXIT, err, UsageError } from "./common.js";
import { compareCommand } from "./compare.js";
import { decideCommand } from "./decide.js";
import { demoCommand } from "./demo.js";
import { doctorCommand } from "./doctor.js";
import { explainCommand } from "./explain.js";
import { exportCommand } from "./export.js";
import { extractCommand } from "./extract.js";
import { failuresCommand } from "./failures.js";
import { figuresCommand } from "./figures.js";
import { findingsCommand } from "./findings.js";
import { historyCommand } from "./history.js";
import { importCommand } from "./import.js";
import { indicatorsCommand } from "./indicators.js";
import { ingestCommand } from "./ingest.js";
import { limitsCommand, limitsOfEnvironment } from "./limits.js";
import { reextractCommand } from "./reextract.js";
import { searchCommand } from "./search.js";
import { serveCommand } from "./serve.js";
import { showCommand } from "./show.js";
import { sqlCommand } from "./sql.js";
import { statsCommand } from "./stats.js";
import { statusCommand } from "./status.js";
import { textCommand } from "./text.js";
import { userCommand } from "./user.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The command line: every command, none run yet. */
export function buildProgram(): Command {
  const program = new Command("jianbao")
    .description("剪报: clippings of Chinese and English reports → figures that can be compared across regions")
    .version(version)
    .showHelpAfterError("(jianbao --help tells more)")
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? EXIT.well : EXIT.unusable);
    });
  for (const add of [
    ingestCommand,
    extractCommand,
    textCommand,
    statusCommand,
    statsCommand,
    doctorCommand,
    backupCommand,
    restoreCommand,
    failuresCommand,
    figuresCommand,
    searchCommand,
    compareCommand,
    findingsCommand,
    exportCommand,
    importCommand,
    sqlCommand,
    showCommand,
    historyCommand,
    decideCommand,
    reextractCommand,
    explainCommand,
    indicatorsCommand,
    limitsCommand,
    serveCommand,
    userCommand,
    demoCommand,
  ])
    add(program);
  return program;
}

// a reader that closes early (head) is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.well);
  err(`error  the output cannot be written: ${error.message}`);
  process.exit(EXIT.unusable);
});

/** The store that the command in hand was given: errors of SQLite do not name it. */
let storeInHand = "";

try {
  limitsOfEnvironment(process.env);
  const program = buildProgram().hook("preAction", (_, command) => {
    storeInHand = String(command.opts()["store"] ?? "");
  });
  await program.parseAsync();
} catch (error) {
  if (error instanceof ClippingError) {
    err(`failed  ${error.path}: ${error.message} [${error.code}]`);
    process.exitCode = EXIT.someFailed;
  } else if (error instanceof StoreError || error instanceof UsageError || error instanceof PipelineError) {
    err(`error  ${error.message}`);
    process.exitCode = EXIT.unusable;
  } else {
    const trouble = storeTrouble(error);
    if (trouble === undefined) throw error;
    err(`error  the store ${storeInHand} cannot be used: ${trouble}`);
    process.exitCode = EXIT.unusable;
  }
}
