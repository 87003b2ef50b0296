// The text clippings of the corpus: each as bytes, and all that are UTF-8 as one text.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const corpus = fileURLToPath(new URL("../corpus/", import.meta.url));

export const clippings = readdirSync(corpus, { withFileTypes: true })
  .map((entry) => join(corpus, entry.name, "source.txt"))
  .filter((path) => existsSync(path))
  .map((path) => new Uint8Array(readFileSync(path)));

export const corpusText = `${clippings
  .map((bytes) => new TextDecoder().decode(bytes))
  .filter((text) => !text.includes("\ufffd"))
  .join("\n\n")}\n\n`;
