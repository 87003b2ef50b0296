import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Command, Option } from "commander";
import { version } from "../pipeline.js";
import { type Checked, care } from "../store/index.js";
import { EXIT, openExisting, out, withStore } from "./common.js";

interface Options {
  store: string;
  rebuild?: boolean;
  format: "text" | "json";
}

export function doctorCommand(program: Command): void {
  withStore(
    program.command("doctor").description("look whether a store and all around it is sound, and say what to do"),
  )
    .argument("[store]", "the store; --store names it too")
    .option(
      "--rebuild",
      "first make anew all that is derived of what is kept: search, reposts, figures as they are now",
    )
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      "\nNothing is changed without --rebuild; others may use the store meanwhile.\nExit status: 0 nothing that must be done, 1 errors, 2 wrong usage.\n\nExample:\n  $ jianbao doctor henan.db",
    )
    .action(async (named: string | undefined, options: Options) => {
      const path = named ?? options.store;
      if (options.rebuild) {
        const store = await openExisting(path);
        await store.rebuild().finally(() => store.close());
      }
      const checked = await care.examine(path, {
        version,
        pdfjs: installed("pdfjs-dist"),
        node: process.versions.node,
        now: new Date(),
      });
      out(options.format === "json" ? JSON.stringify(checked, null, 2) : checked.map(lineOf).join("\n"));
      process.exitCode = checked.some(({ state }) => state === "error") ? EXIT.someFailed : EXIT.well;
    });
}

const lineOf = ({ check, state, detail, todo }: Checked): string =>
  `${state.padEnd(8)}${check.padEnd(11)} ${detail}${todo && state !== "ok" ? `\n${" ".repeat(20)}→ ${todo}` : ""}`;

/** The version of a package as it lies on the disk, whatever package.json asks for. */
function installed(name: string): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}
