import type { Command } from "commander";
import { toTable } from "../export/table.js";
import { type Extraction, extractFile } from "../pipeline.js";
import { out } from "./common.js";
import { addOcrOptions, type OcrCliOptions, ocrOf, wayOf } from "./ocr.js";

export function textCommand(program: Command): void {
  addOcrOptions(program.command("text"))
    .description("print a clipping's text as jianbao reads it: simplified, repaired, in reading order")
    .argument("<path>", "a file")
    .option("--source", "the text as decoded instead, which offsets refer to")
    .option("--pages", "tell instead of each page which way it was read, and why")
    .addHelpText("after", "\nExample:\n  $ jianbao text scan.png")
    .action(async (path: string, options: OcrCliOptions & { source?: boolean; pages?: boolean }) => {
      const engine = await ocrOf(options);
      try {
        const extraction = await extractFile(path, engine ? { ocr: engine } : {});
        if (options.pages) out(pagesTable(extraction));
        else out(options.source ? extraction.text : extraction.normalText);
      } finally {
        await engine?.close();
      }
    });
}

function pagesTable({ pages, path }: Extraction): string {
  if (pages.length === 0) return `${path} has no pages`;
  return toTable(
    [{ title: "page", align: "right" }, { title: "characters", align: "right" }, { title: "read" }],
    pages.map((page) => [String(page.number), String(page.end - page.start), wayOf(page)]),
  );
}
