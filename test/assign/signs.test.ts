import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { standardEvidence, Trace } from "../../src/assign/index.js";
import { KnownSigns, knownSigns, numberOfSign, SpokenSigns, signCount } from "../../src/assign/signs.js";
import { extractText } from "../../src/pipeline.js";

const OWNER = /^[a-z_]+\.[a-z_]+@/;

describe("signs", () => {
  it("have a number each: no hash stands for two", () => {
    standardEvidence();
    const file = JSON.parse(readFileSync(new URL("../../schemas/evidence.json", import.meta.url), "utf8")) as Record<
      string,
      { signs: Record<string, number[]> }
    >;
    const signs = new Set(
      Object.values(file).flatMap((task) => Object.keys(task.signs).map((sign) => sign.replace(OWNER, ""))),
    );
    expect(signCount()).toBe(signs.size);
    expect(new Set([...signs].map(numberOfSign)).size).toBe(signs.size);
  });

  it("are the same said in pieces and as strings", () => {
    standardEvidence();
    const said = new SpokenSigns();
    const known = new KnownSigns();
    for (const out of [said, known]) {
      out.say("bias");
      out.say("u:", "件");
      out.say("b1:", "problem.collected", "|", "件");
      out.part("<", "累计收集", 2, 4);
      out.part("L'", "收集", 1, 2, "|件");
      out.grams("L", "问题已办结", 0, 5, 2, 4);
    }
    expect(said.signs).toContain("L已办结");
    expect(said.signs.slice(0, 5)).toEqual(["bias", "u:件", "b1:problem.collected|件", "<收集", "L'集|件"]);
    expect([...known.ids].sort()).toEqual([...knownSigns(said.signs)].sort());
    expect(known.ids.length).toBeGreaterThan(5);
  });

  it("are the same around every number of the corpus", () => {
    const competed = vi.spyOn(Trace.prototype, "competed");
    for (const text of corpusTexts()) extractText(text, { explain: true });
    expect(competed.mock.calls.length).toBeGreaterThan(300);
    for (const [, , { signs, known }] of competed.mock.calls)
      expect([...known].sort()).toEqual([...knownSigns(signs)].sort());
    competed.mockRestore();
  });
});

const corpus = new URL("../../corpus/", import.meta.url);
const corpusTexts = () =>
  readdirSync(corpus)
    .map((slug) => new URL(`${slug}/source.txt`, corpus))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"));
