import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { extractFile } from "../src/pipeline.js";
import { expectSoundSpans } from "./spans.js";

const textual = readdirSync("corpus", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) =>
    readdirSync(join("corpus", entry.name))
      .filter((name) => /^source\.(?:txt|html)$/.test(name))
      .map((name) => join("corpus", entry.name, name)),
  );

test.each(textual)("%s: every figure's span holds its number in the decoded source", async (path) => {
  expectSoundSpans(await extractFile(path));
});

test("the shared corpus, where it is there, keeps the same promise", async (context) => {
  const docs = "../shared/corpus/docs";
  if (!existsSync(docs)) return context.skip("../shared/corpus is not here");
  for (const name of readdirSync(docs)) {
    const extraction = await extractFile(join(docs, name));
    expect(extraction.text).toBe(readFileSync(join(docs, name), "utf8"));
    expectSoundSpans(extraction);
  }
});
