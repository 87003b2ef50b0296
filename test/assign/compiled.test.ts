import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileEvidence, keyOf, parseCompiled } from "../../src/assign/compiled.js";
import { standardEvidence } from "../../src/assign/index.js";
import { ledgerOf } from "../../src/assign/ledger.js";
import { catalogue } from "../../src/catalogue/index.js";

const key = keyOf(readFileSync("schemas/evidence.json"));
const bytes = compileEvidence();

test("compiled evidence is what would be made of the JSON", () => {
  const compiled = parseCompiled(bytes, key);
  const evidence = standardEvidence();
  expect(compiled?.ledger.parts).toEqual(ledgerOf(evidence, catalogue()).parts);
  expect(compiled?.labels.meaning).toEqual(evidence.meaning.labels);
  for (const { question, label, against, scale } of compiled?.scales ?? [])
    expect(scale.parts).toEqual(evidence[question].scaleOf(label, against).parts);
});

test("evidence of another time is not taken for today's", () => {
  expect(parseCompiled(bytes, `${key}.`)).toBeUndefined();
  expect(keyOf(new TextEncoder().encode("{}"))).not.toBe(key);
});
