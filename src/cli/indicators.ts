import { type Command, Option } from "commander";
import type { Catalogue, Indicator } from "../catalogue/index.js";
import { toTable } from "../export/table.js";
import { extractText } from "../pipeline.js";
import { catalogueOf, catalogueOption, EXIT, err, out } from "./common.js";

interface Options {
  catalogue?: string;
  format: "table" | "json";
}

export function indicatorsCommand(program: Command): void {
  program
    .command("indicators")
    .description("list the indicators of the catalogue, and try their examples")
    .addOption(catalogueOption())
    .addOption(new Option("-f, --format <format>").choices(["table", "json"]).default("table"))
    .addHelpText(
      "after",
      "\nExit status 1 where an example does not give its indicator.\n\nExample:\n  $ jianbao indicators --catalogue jobs.json",
    )
    .action((options: Options) => {
      const catalogue = catalogueOf(options);
      if (options.format === "json") out(JSON.stringify(catalogue.indicators, null, 2));
      else
        out(
          toTable(
            [{ title: "id" }, { title: "名称" }, { title: "name" }, { title: "unit" }, { title: "example" }],
            catalogue.indicators.map((each) => [each.id, each.label, each.labelEn, each.unit, each.examples[0] ?? ""]),
          ),
        );
      if (options.catalogue !== undefined) tryExamples(catalogue);
    });
}

/** Says which examples of a catalogue do not give their indicator. */
function tryExamples(catalogue: Catalogue): void {
  for (const indicator of catalogue.indicators)
    for (const example of indicator.examples) {
      const found = foundIn(example, catalogue);
      if (found.includes(indicator.id)) continue;
      err(`example  ${indicator.id}: «${example}» gives ${found.join(", ") || "no figure"}`);
      process.exitCode = EXIT.someFailed;
    }
}

const foundIn = (example: string, catalogue: Catalogue): Indicator["id"][] =>
  extractText(example, { catalogue }).figures.map((figure) => figure.indicator);
