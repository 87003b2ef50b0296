import type { Command } from "commander";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import { printable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { openSqliteStore, type StoredFigure } from "../store/index.js";
import { DEFAULT_STORE, out, UsageError } from "./common.js";

export function showCommand(program: Command): void {
  program
    .command("show")
    .description("show a figure: its sentence, its place, what checks say of it")
    .argument("<figure>", "its id, or the start of it, from `figures` or `compare`")
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", "\nExample:\n  $ jianbao show 7k2m9")
    .action(async (id: string, options: { store: string }) => {
      const store = await openSqliteStore(options.store);
      try {
        const figure = await store.figure(id);
        if (!figure) throw new UsageError(`no figure, or more than one, begins with '${id}' in ${options.store}`);
        out(describe(figure, (await store.text(figure.clipping)) ?? ""));
      } finally {
        await store.close();
      }
    });
}

function describe(figure: StoredFigure, text: string): string {
  const { before, quote, after } = surroundings(text, figure.start, figure.end);
  const bold = process.stdout.isTTY ? (part: string) => `\u001b[1;7m${part}\u001b[0m` : (part: string) => `【${part}】`;
  const place = [
    `${figure.start}–${figure.end}`,
    figure.page === null ? undefined : `page ${figure.page}`,
    figure.box ? `box ${figure.box.map((edge) => Math.round(edge)).join(", ")}` : undefined,
  ]
    .filter(Boolean)
    .join(", ");
  const rows: [string, string][] = [
    ["figure", figure.id],
    ["indicator", `${figure.indicator} ${indicatorLabel(figure.indicator)}`],
    ["value", `${toPeople(figure.value, figure.unit, figure.qualifier)} (${figure.value} ${figure.unit})`],
    ["region", `${figure.region ?? "–"} ${regionName(figure.region)}`],
    ["period", figure.period ?? "–"],
    ["scope", figure.scope ?? "the whole"],
    ["status", figure.status],
    ["confidence", `${figure.confidence.toFixed(2)}${figure.grounding === "exact" ? "" : ` (${figure.grounding})`}`],
    ["clipping", [figure.title, figure.publisher, figure.published].filter(Boolean).join(" · ")],
    ["path", figure.path],
    ["place", place],
    ...figure.findings.map((finding): [string, string] => [
      "finding",
      `${finding.level} ${finding.code}: ${finding.detail}`,
    ]),
  ];
  return `${printable(before)}${bold(printable(quote))}${printable(after)}\n\n${rows.map(([name, value]) => `${name.padEnd(11)} ${printable(value)}`).join("\n")}`;
}

/** The sentence around a span, with line breaks as spaces. */
function surroundings(text: string, start: number, end: number): { before: string; quote: string; after: string } {
  const from = Math.max(text.lastIndexOf("。", start - 1) + 1, start - 120, 0);
  const stop = text.indexOf("。", end);
  const to = Math.min(stop < 0 ? text.length : stop + 1, end + 120);
  const flat = (part: string) => part.replace(/<[^>]{0,2000}>/g, "").replace(/\s+/g, " ");
  return {
    before: flat(text.slice(from, start)).trimStart(),
    quote: flat(text.slice(start, end)),
    after: flat(text.slice(end, to)).trimEnd(),
  };
}
