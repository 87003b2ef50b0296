import { type Command, Option } from "commander";
import { type Catalogue, childrenOf, type Region, type RegionLevel } from "../catalogue/index.js";
import { type Comparison, compare } from "../compare/index.js";
import { toCsv } from "../export/csv.js";
import { toTable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { openSqliteStore } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  DEFAULT_STORE,
  indicatorIds,
  out,
  periodArgument,
  regionArgument,
} from "./common.js";
import { indicatorLabel, regionName } from "./labels.js";

interface Options {
  catalogue?: string;
  store: string;
  within?: Region;
  level?: RegionLevel;
  period?: string;
  format: "table" | "csv" | "json";
}

export function compareCommand(program: Command): void {
  program
    .command("compare")
    .description("set regions side by side, ranked by the first indicator")
    .argument("<indicator...>", "by id, Chinese or English name")
    .option("-w, --within <region>", "only this region and all below it", regionArgument)
    .addOption(new Option("-l, --level <level>", "regions of one level").choices(["province", "city", "county"]))
    .option("-p, --period <period>", "ISO date or interval that the figure's overlaps", periodArgument)
    .addOption(new Option("-f, --format <format>").choices(["table", "csv", "json"]).default("table"))
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText(
      "after",
      "\nHeadline figures only (a region's whole, done, not planned). Of several values the one with the latest period, the surest, the latest published is taken; others are told below.\n\nExample:\n  $ jianbao compare problem.resolution_rate problem.resolved --within 河南 --level county",
    )
    .addOption(catalogueOption())
    .action(async (names: string[], options: Options) => {
      const catalogue = catalogueOf(options);
      const indicators = indicatorIds(names, catalogue);
      const store = await openSqliteStore(options.store);
      try {
        const comparison = await compare(store, indicators, {
          ...(options.within ? { within: options.within.code } : {}),
          ...(options.level ? { level: options.level } : {}),
          ...(options.period ? { period: options.period } : {}),
        });
        if (options.format === "json") out(JSON.stringify(comparison, null, 2));
        else if (options.format === "csv") out(comparisonCsv(comparison));
        else out(comparisonTable(comparison, options.within, catalogue));
      } finally {
        await store.close();
      }
    });
}

/** The ranked table, and below it what disagrees and what is missing. */
export function comparisonTable(comparison: Comparison, within?: Region, catalogue?: Catalogue): string {
  const { indicators, rows, conflicts } = comparison;
  const [first = ""] = indicators;
  if (rows.length === 0) return "no figures to compare: ingest clippings first, or widen --within, --level, --period";
  const total = rows.reduce((sum, row) => sum + (row.cells[first]?.value ?? 0), 0);
  const isShare = rows.every((row) => (row.cells[first]?.unit ?? "percent") === "percent");
  const body = rows.map((row, index) => {
    const lead = row.cells[first] ?? Object.values(row.cells)[0];
    const share =
      row.cells[first] && !isShare && total > 0 ? `${((row.cells[first].value / total) * 100).toFixed(1)}%` : "";
    return [
      row.cells[first] ? String(index + 1) : "–",
      regionName(row.region),
      ...indicators.map((id) => {
        const cell = row.cells[id];
        return cell
          ? `${toPeople(cell.value, cell.unit, cell.figure.qualifier)}${cell.derivedFrom.length > 0 ? "*" : ""}`
          : "–";
      }),
      ...(isShare ? [] : [share]),
      lead?.figure.period ?? "–",
      lead?.figure.id ?? "",
      (lead?.figure.title ?? lead?.figure.path.split("/").slice(-2).join("/") ?? "").slice(0, 26),
    ];
  });
  const columns = [
    { title: "#", align: "right" as const },
    { title: "region" },
    ...indicators.map((id) => ({ title: indicatorLabel(id, catalogue), align: "right" as const })),
    ...(isShare ? [] : [{ title: "share", align: "right" as const }]),
    { title: "period" },
    { title: "figure" },
    { title: "clipping" },
  ];
  const notes: string[] = [];
  if (rows.some((row) => Object.values(row.cells).some((cell) => cell.derivedFrom.length > 0)))
    notes.push("* computed from counts of the same clipping and period");
  for (const conflict of conflicts) {
    const { chosen } = conflict;
    notes.push(
      `conflict  ${regionName(conflict.region)} ${indicatorLabel(conflict.indicator, catalogue)} ${conflict.period ?? ""}: ${toPeople(chosen.value, chosen.unit)} (${chosen.path}) taken, ${conflict.others.map((other) => `${toPeople(other.value, other.unit)} (${other.path})`).join(", ")} not`,
    );
  }
  const gaps = within
    ? childrenOf(within.code).filter(
        (region) =>
          !rows.some((row) => row.region === region.code || row.region.startsWith(region.code.replace(/0{1,6}$/, ""))),
      )
    : [];
  if (gaps.length > 0) notes.push(`no figures  ${gaps.map((region) => region.name).join("、")}`);
  return `${toTable(columns, body)}${notes.length > 0 ? `\n\n${notes.join("\n")}` : ""}`;
}

function comparisonCsv(comparison: Comparison): string {
  const rows = comparison.rows.flatMap((row) =>
    Object.values(row.cells).map((cell) => ({
      REF_AREA: row.region,
      region_name: regionName(row.region),
      INDICATOR: cell.indicator,
      TIME_PERIOD: cell.figure.period,
      OBS_VALUE: cell.value,
      UNIT_MEASURE: cell.unit,
      OBS_QUALIFIER: cell.figure.qualifier,
      derived: cell.derivedFrom.length > 0,
      reason: cell.reason,
      figure: cell.figure.id,
      path: cell.figure.path,
      quote: cell.figure.quote,
    })),
  );
  return toCsv(
    [
      "REF_AREA",
      "region_name",
      "INDICATOR",
      "TIME_PERIOD",
      "OBS_VALUE",
      "UNIT_MEASURE",
      "OBS_QUALIFIER",
      "derived",
      "reason",
      "figure",
      "path",
      "quote",
    ],
    rows,
  );
}
