import { type Command, Option } from "commander";
import type { Region } from "../catalogue/index.js";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import { printable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { type CrossFinding, consistencyOf } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  countArgument,
  err,
  indicatorIds,
  manyWords,
  openExisting,
  out,
  periodArgument,
  regionArgument,
  withStore,
} from "./common.js";

interface Options {
  store: string;
  indicator?: string[];
  region?: Region;
  period?: string;
  limit?: number;
  catalogue?: string;
  format: "text" | "jsonl";
}

export function findingsCommand(program: Command): void {
  withStore(
    program
      .command("findings")
      .description("tell where clippings say different things: other values for the same, counts that fall"),
  )
    .option("-i, --indicator <name>", "by id, Chinese or English name; may be repeated", manyWords)
    .option("-r, --region <region>", "this region and all below it", regionArgument)
    .option("-p, --period <period>", "ISO date or interval that the figures' overlaps", periodArgument)
    .option("-n, --limit <number>", "findings", countArgument)
    .addOption(new Option("-f, --format <format>").choices(["text", "jsonl"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ jianbao findings --region 河南 --indicator 办结率")
    .addOption(catalogueOption())
    .action(async (options: Options) => {
      const catalogue = catalogueOf(options);
      const indicators = indicatorIds(options.indicator ?? [], catalogue);
      const store = await openExisting(options.store);
      let count = 0;
      try {
        const figures = store.eachFigure({
          ...(indicators.length > 0 ? { indicators } : {}),
          ...(options.region ? { within: options.region.code } : {}),
          ...(options.period ? { period: options.period } : {}),
        });
        for await (const finding of consistencyOf(figures)) {
          if (count === options.limit) break;
          count++;
          out(options.format === "jsonl" ? JSON.stringify(finding) : describe(finding));
        }
        err(count === 0 ? "no findings" : `${count} findings`);
      } finally {
        await store.close();
      }
    });
}

function describe(finding: CrossFinding): string {
  const { level, code, indicator, region, period, scope, figures } = finding;
  const head = [indicatorLabel(indicator), regionName(region), period, scope === null ? undefined : printable(scope)];
  return [
    `${level}  ${head.filter(Boolean).join(", ")}  [${code}]`,
    ...figures.map(
      (figure) =>
        `  ${toPeople(figure.value, figure.unit, figure.qualifier)}  ${figure.id}  ${figure.confidence.toFixed(2)}  ${printable([figure.publisher, figure.published, figure.path].filter(Boolean).join(" · "))}`,
    ),
  ].join("\n");
}
