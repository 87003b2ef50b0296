import type { Command } from "commander";
import { indicators } from "../catalogue/index.js";
import { toTable } from "../export/table.js";
import { out } from "./common.js";

export function indicatorsCommand(program: Command): void {
  program
    .command("indicators")
    .description("list the indicators of the catalogue")
    .addHelpText("after", "\nExample:\n  $ jianbao indicators")
    .action(() => {
      out(
        toTable(
          [{ title: "id" }, { title: "名称" }, { title: "name" }, { title: "unit" }, { title: "example" }],
          indicators().map((each) => [each.id, each.label, each.labelEn, each.unit, each.examples[0] ?? ""]),
        ),
      );
    });
}
