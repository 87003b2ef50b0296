import type { Command } from "commander";
import { TesseractEngine } from "../ocr/tesseract.js";
import { extractFile } from "../pipeline.js";
import { out } from "./common.js";

export function textCommand(program: Command): void {
  program
    .command("text")
    .description("print a clipping's text as jianbao reads it: simplified, repaired, in reading order")
    .argument("<path>", "a file")
    .option("--source", "the text as decoded instead, which offsets refer to")
    .addHelpText("after", "\nExample:\n  $ jianbao text scan.png")
    .action(async (path: string, options: { source?: boolean }) => {
      const engine = new TesseractEngine();
      try {
        const extraction = await extractFile(path, { ocr: engine });
        out(options.source ? extraction.text : extraction.normalText);
      } finally {
        await engine.close();
      }
    });
}
