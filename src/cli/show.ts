import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import { printable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { sha256 } from "../ingest/index.js";
import { pictureOf } from "../ingest/picture.js";
import { openSqliteStore, type StoredFigure, type StoredPage } from "../store/index.js";
import { DEFAULT_STORE, err, out, UsageError } from "./common.js";
import { wayOf } from "./ocr.js";

export function showCommand(program: Command): void {
  program
    .command("show")
    .description("show a figure: its sentence, its place, what checks say of it")
    .argument("<figure>", "its id, or the start of it, from `figures` or `compare`")
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .option("--image <file>", "write the part of its page that says it, as PNG with the quote marked")
    .addHelpText("after", "\nExample:\n  $ jianbao show 7k2m9 --image figure.png")
    .action(async (id: string, options: { store: string; image?: string }) => {
      const store = await openSqliteStore(options.store);
      try {
        const figure = await store.figure(id);
        if (!figure) throw new UsageError(`no figure, or more than one, begins with '${id}' in ${options.store}`);
        const page = (await store.pages(figure.clipping)).find(({ number }) => number === figure.page);
        out(describe(figure, (await store.text(figure.clipping)) ?? "", page));
        if (options.image !== undefined) await writeImage(figure, options.image);
      } finally {
        await store.close();
      }
    });
}

/** Throws UsageError where the figure has no place on a page, or its file is not what was read. */
async function writeImage(figure: StoredFigure, path: string): Promise<void> {
  if (figure.page === null || figure.box === null)
    throw new UsageError(`${figure.path} has no pages to show: its text is above`);
  const bytes = await readFile(figure.path).catch((cause: Error) => {
    throw new UsageError(`the clipping cannot be opened any more: ${cause.message}`);
  });
  if (sha256(bytes) !== figure.clipping)
    throw new UsageError(`${figure.path} has changed since it was read: ingest it again`);
  const image = await pictureOf(bytes, figure.path, figure.page, figure.boxes ?? [figure.box]);
  if (!image) throw new UsageError(`${figure.path} has no pages to show: its text is above`);
  await writeFile(path, image).catch((cause: Error) => {
    throw new UsageError(`cannot be written: ${cause.message}`);
  });
  err(`page ${figure.page} → ${path}`);
}

function describe(figure: StoredFigure, text: string, page: StoredPage | undefined): string {
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
    ...(page ? [["read", wayOf(page)] as [string, string]] : []),
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
