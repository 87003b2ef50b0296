import { type Command, InvalidArgumentError, Option } from "commander";
import { toTable } from "../export/table.js";
import { changeLimits, limits, limitsTold, parseLimits } from "../ingest/limits.js";
import { out, UsageError } from "./common.js";

/** `--limit NAME=NUMBER`, on every command that reads clippings. Holds as soon as it is parsed. */
export const limitOption = () =>
  new Option("--limit <name=number...>", "change what a clipping may weigh (jianbao limits lists them)").argParser(
    (text: string) => {
      try {
        changeLimits(parseLimits(text));
      } catch (cause) {
        throw new InvalidArgumentError((cause as Error).message);
      }
      return text;
    },
  );

/** The limits of JIANBAO_LIMITS. Throws UsageError where it has a fault. */
export function limitsOfEnvironment(environment: NodeJS.ProcessEnv): void {
  try {
    changeLimits(parseLimits(environment["JIANBAO_LIMITS"] ?? ""));
  } catch (cause) {
    throw new UsageError(`JIANBAO_LIMITS: ${(cause as Error).message}`);
  }
}

export function limitsCommand(program: Command): void {
  program
    .command("limits")
    .description("list what a clipping may weigh, and how to change it")
    .addOption(new Option("-f, --format <format>").choices(["table", "json"]).default("table"))
    .addHelpText(
      "after",
      "\nExample:\n  $ jianbao ingest archive/ --limit pdfPages=5000 --limit clippingSeconds=600\n  $ JIANBAO_LIMITS=pdfPages=5000,fileBytes=1e9 jianbao ingest archive/",
    )
    .action(({ format }: { format: "table" | "json" }) => {
      if (format === "json") out(JSON.stringify(limits, null, 2));
      else
        out(
          toTable(
            [
              { title: "limit" },
              { title: "now", align: "right" },
              { title: "usual", align: "right" },
              { title: "bounds" },
            ],
            limitsTold().map(({ name, usual, bounds }) => [name, String(limits[name]), String(usual), bounds]),
          ),
        );
    });
}
