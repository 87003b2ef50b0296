import { readFileSync, readdirSync } from "node:fs";
import { test } from "vitest";
import { ingestText } from "../../src/ingest/text.js";
import { readingOrder } from "../../src/layout/index.js";
import { normalise } from "../../src/normalise/index.js";
test("x", () => {
  let out = "";
  for (const f of readdirSync("../shared/corpus/docs")) {
    const { source } = ingestText(readFileSync("../shared/corpus/docs/" + f));
    const n = normalise(readingOrder(source));
    out += `\n===== ${f} trad=${n.traditional} ${n.language}\n` + n.blocks.map((b) => `[${b.kind}] ` + n.text.slice(b.start, b.end)).join("\n");
  }
  require("fs").writeFileSync("/tmp/norm.txt", out);
});
