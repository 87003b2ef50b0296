import { type Command, Option } from "commander";
import { type Extractor, troubleOf } from "../batch/extractor.js";
import { readerOf } from "../batch/ingest.js";
import { regionName } from "../catalogue/labels.js";
import { toContract } from "../export/extraction.js";
import { toTable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import { readClipping } from "../ingest/read-file.js";
import type { Extracted } from "../store/index.js";
import { catalogueOf, catalogueOption, catalogueSource, EXIT, err, findClippings, out } from "./common.js";
import { limitOption } from "./limits.js";
import { addOcrOptions, checkOcr, type OcrCliOptions, ocrChoice } from "./ocr.js";

interface Options extends OcrCliOptions {
  format: "table" | "json" | "jsonl";
  catalogue?: string;
}

export function extractCommand(program: Command): void {
  addOcrOptions(program.command("extract"))
    .description("print the figures of clippings; nothing is stored")
    .argument("<path...>", "files, or folders with all that is in them")
    .addOption(
      new Option("-f, --format <format>", "table for people, json or jsonl for programs")
        .choices(["table", "json", "jsonl"])
        .default("table"),
    )
    .addHelpText(
      "after",
      "\nExit status: 0 all well, 1 some clippings failed, 2 wrong usage.\n\nExample:\n  $ jianbao extract report.pdf --format jsonl > figures.jsonl",
    )
    .addOption(catalogueOption())
    .addOption(limitOption())
    .action(async (paths: string[], options: Options) => {
      const catalogue = catalogueOf(options);
      const { files, failures } = await findClippings(paths);
      await checkOcr(options);
      const reader = readerOf({ ocr: ocrChoice(options), catalogue, ...catalogueSource(options) }, true);
      let failed = failures.length;
      for (const failure of failures) err(`failed  ${failure.path}: ${failure.detail} [ingest/unreadable]`);
      const all: unknown[] = [];
      try {
        for (const path of files) {
          const extraction = await read(path, reader);
          if (!extraction) {
            failed++;
            continue;
          }
          if (options.format === "jsonl") out(JSON.stringify(toContract(extraction)));
          else if (options.format === "json") all.push(toContract(extraction));
          else printTable(extraction);
        }
      } finally {
        await reader.close();
      }
      if (options.format === "json") out(JSON.stringify(all, null, 2));
      process.exitCode = failed > 0 ? EXIT.someFailed : EXIT.well;
    });
}

async function read(path: string, reader: Extractor): Promise<Extracted | undefined> {
  try {
    return (await reader.read({ path, bytes: await readClipping(path) })).extracted;
  } catch (cause) {
    const { code, detail } = troubleOf(cause);
    err(`failed  ${path}: ${detail} [${code}]`);
    return undefined;
  }
}

function printTable(extraction: Extracted): void {
  const { about } = extraction;
  out(
    `${extraction.path}  ${[about.title, about.publisher, about.published, about.region && regionName(about.region)].filter(Boolean).join(" · ")}`,
  );
  for (const message of extraction.messages)
    if (message.level !== "note") err(`${message.level}  ${extraction.path}: ${message.detail} [${message.code}]`);
  if (extraction.figures.length === 0) out("  no figures\n");
  else
    out(
      `${toTable(
        [
          { title: "indicator" },
          { title: "value", align: "right" },
          { title: "region" },
          { title: "period" },
          { title: "scope" },
          { title: "status" },
          { title: "conf", align: "right" },
          { title: "quote" },
        ],
        extraction.figures.map((figure) => [
          figure.indicator,
          toPeople(figure.value, figure.unit, figure.qualifier),
          regionName(figure.region),
          figure.period ?? "–",
          figure.scope ?? "",
          figure.status === "planned" ? "planned" : "",
          figure.confidence.toFixed(2),
          figure.quote.replace(/\s+/g, " ").slice(0, 40),
        ]),
      )}\n`,
    );
}
