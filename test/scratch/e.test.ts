import { readdirSync, writeFileSync } from "node:fs";
import { test } from "vitest";
import { extractFile } from "../../src/pipeline.js";
test("x", async () => {
  const dir = process.env["DOCS"] ?? "../shared/corpus/docs";
  const out: string[] = [];
  for (const f of readdirSync(dir)) {
    const e = await extractFile(`${dir}/${f}`);
    out.push(JSON.stringify({ document: { path: e.path, ...e.about }, figures: e.figures.map((x) => ({ ...x, start: x.at.start, end: x.at.end })) }));
  }
  writeFileSync(process.env["OUT"] ?? "/tmp/pred.jsonl", out.join("\n"));
}, 60000);
