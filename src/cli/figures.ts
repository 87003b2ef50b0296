import { type Command, Option } from "commander";
import type { Region } from "../catalogue/index.js";
import { regionName } from "../catalogue/labels.js";
import { toCsv } from "../export/csv.js";
import { toTable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { openSqliteStore, type StoredFigure } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  DEFAULT_STORE,
  indicatorIds,
  manyWords,
  out,
  periodArgument,
  regionArgument,
} from "./common.js";

interface Options {
  store: string;
  indicator?: string[];
  catalogue?: string;
  region?: Region;
  period?: string;
  status?: "actual" | "planned";
  headline?: boolean;
  format: "table" | "csv" | "json" | "jsonl";
}

export const FIGURE_COLUMNS = [
  "id",
  "indicator",
  "value",
  "unit",
  "qualifier",
  "region",
  "region_name",
  "period",
  "scope",
  "status",
  "confidence",
  "quote",
  "start",
  "end",
  "page",
  "clipping",
  "path",
  "title",
  "publisher",
  "published",
] as const;

export function figuresCommand(program: Command): void {
  program
    .command("figures")
    .description("list stored figures")
    .option("-i, --indicator <name>", "by id, Chinese or English name; may be repeated", manyWords)
    .option("-r, --region <region>", "this region and all below it: code, Chinese or English name", regionArgument)
    .option("-p, --period <period>", "ISO date or interval that the figure's overlaps", periodArgument)
    .addOption(new Option("--status <status>").choices(["actual", "planned"]))
    .option("--headline", "only the regions' whole totals")
    .addOption(new Option("-f, --format <format>").choices(["table", "csv", "json", "jsonl"]).default("table"))
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", "\nExample:\n  $ jianbao figures --indicator 办结率 --region 河南 --format csv > rates.csv")
    .addOption(catalogueOption())
    .action(async (options: Options) => {
      const indicators = indicatorIds(options.indicator ?? [], catalogueOf(options));
      const store = await openSqliteStore(options.store);
      try {
        const figures = await store.figures({
          ...(indicators.length > 0 ? { indicators } : {}),
          ...(options.region ? { within: options.region.code } : {}),
          ...(options.period ? { period: options.period } : {}),
          ...(options.status ? { status: options.status } : {}),
          ...(options.headline ? { headline: true } : {}),
        });
        print(figures, options.format);
      } finally {
        await store.close();
      }
    });
}

function print(figures: readonly StoredFigure[], format: Options["format"]): void {
  if (format === "table") {
    if (figures.length === 0) out("no figures fit");
    else
      out(
        toTable(
          [
            { title: "figure" },
            { title: "indicator" },
            { title: "value", align: "right" },
            { title: "region" },
            { title: "period" },
            { title: "scope" },
            { title: "status" },
            { title: "conf", align: "right" },
            { title: "clipping" },
          ],
          figures.map((figure) => [
            figure.id,
            figure.indicator,
            toPeople(figure.value, figure.unit, figure.qualifier),
            regionName(figure.region),
            figure.period ?? "–",
            figure.scope ?? "",
            figure.status === "planned" ? "planned" : "",
            figure.confidence.toFixed(2),
            (figure.title ?? figure.path.split("/").slice(-2).join("/")).slice(0, 28),
          ]),
        ),
      );
    return;
  }
  const rows = figures.map(
    (figure) => ({ ...figure, region_name: regionName(figure.region) }) as Record<string, unknown>,
  );
  if (format === "csv") out(toCsv(FIGURE_COLUMNS, rows));
  else if (format === "json") out(JSON.stringify(rows, null, 2));
  else for (const row of rows) out(JSON.stringify(row));
}
