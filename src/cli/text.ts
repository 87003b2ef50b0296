import type { Command } from "commander";
import { extractFile } from "../pipeline.js";
import { out } from "./common.js";
import { addOcrOptions, type OcrCliOptions, ocrOf } from "./ocr.js";

export function textCommand(program: Command): void {
  addOcrOptions(program.command("text"))
    .description("print a clipping's text as jianbao reads it: simplified, repaired, in reading order")
    .argument("<path>", "a file")
    .option("--source", "the text as decoded instead, which offsets refer to")
    .addHelpText("after", "\nExample:\n  $ jianbao text scan.png")
    .action(async (path: string, options: OcrCliOptions & { source?: boolean }) => {
      const engine = await ocrOf(options);
      try {
        const extraction = await extractFile(path, engine ? { ocr: engine } : {});
        out(options.source ? extraction.text : extraction.normalText);
      } finally {
        await engine?.close();
      }
    });
}
