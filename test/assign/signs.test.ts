import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { type EvidenceFile, standardEvidence, Trace } from "../../src/assign/index.js";
import { ledgerOf } from "../../src/assign/ledger.js";
import { pieceOf, SignTable } from "../../src/assign/sign-table.js";
import { type SignGroup, type SignSink, SpokenSigns } from "../../src/assign/signs.js";
import { Window } from "../../src/assign/window.js";
import { catalogue } from "../../src/catalogue/index.js";
import { extractText } from "../../src/pipeline.js";

const evidence = standardEvidence();
const file = JSON.parse(readFileSync(new URL("../../schemas/evidence.json", import.meta.url), "utf8")) as Record<
  string,
  EvidenceFile
>;

describe("signs", () => {
  it("have a number each: no hash stands for two", () => {
    const signs = new Set(Object.values(file).flatMap((task) => Object.keys(task.signs)));
    const table = SignTable.for(signs.size);
    let number = 0;
    for (const sign of signs) table.put(sign, ++number);
    number = 0;
    for (const sign of signs) {
      const { a, b } = pieceOf(sign);
      expect(table.find(a, b)).toBe(++number);
    }
    const { a, b } = pieceOf("no sign at all");
    expect(table.find(a, b)).toBe(0);
  });

  it("of a group weigh the same when they are said and when they are known", () => {
    const scale = evidence.planned.scaleOf("planned", "actual");
    const group: SignGroup = { name: "a test's own" };
    let said = 0;
    const say = (out: SignSink, key: number) =>
      out.group(group, key, () => {
        said++;
        out.say("rule:", key === 1 ? "planned" : "actual");
      });
    const weightOf = (speak: () => void) => {
      scale.clear();
      speak();
      return scale.weight;
    };
    for (const [key, rule] of [
      [1, "planned"],
      [0, "actual"],
    ] as const) {
      const alone = weightOf(() => scale.say("rule:", rule));
      expect(alone).not.toBe(0);
      for (const _ of ["once", "again"]) expect(weightOf(() => say(scale, key))).toBe(alone);
      const beside = weightOf(() => {
        scale.say("bias");
        say(scale, key);
      });
      expect(beside).toBe(alone + weightOf(() => scale.say("bias")));
    }
    expect(said).toBe(2);
  });

  it("weigh the same said in pieces and as strings", () => {
    const say = (out: SignSink) => {
      out.say("bias");
      out.say("u:", pieceOf("件"));
      out.say("b1:", "problem.collected", "|", pieceOf("件"));
      out.part("<", "累计收集", 2, 4);
      out.part("L'", "收集", 1, 2, "|件");
      out.grams("L", new Window().fill("问题已办结"), 0, 5, 2, 4);
      out.run("<", new Window().fill("累计收集"), 2, 4, "|件");
      out.meet("<>:", new Window().fill("已收集"), pieceOf("|"), new Window().fill("个问题"), 2);
    };
    const said = new SpokenSigns();
    say(said);
    expect(said.signs).toEqual(expect.arrayContaining(["L已办结", "<收集|件", "<>:收集|个问"]));
    expect(said.signs.slice(0, 5)).toEqual(["bias", "u:件", "b1:problem.collected|件", "<收集", "L'集|件"]);
    const around = ledgerOf(evidence, catalogue()).around();
    for (const _ of ["once", "again"]) {
      around.clear();
      say(around);
      expect(weightsBy(around.meaning("count"))).toEqual(weightsSaid(said.signs));
    }
    const scale = evidence.planned.scaleOf("planned", "actual");
    scale.clear();
    say(scale);
    expect(scale.weight).toBe(around.planned());
    const [part = 0, whole = 0] = evidence.scoped
      .probabilities(
        said.signs,
        ["part", "whole"].map((label) => ({ label, prior: 0 })),
        "problem.collected",
      )
      .map(Math.log);
    expect(around.scoped("problem.collected") / 100).toBeCloseTo(part - whole, 9);
  });

  it("are weighed alike by the reader and by who explains it", () => {
    const competed = vi.spyOn(Trace.prototype, "competed");
    const figures = corpusTexts().flatMap((text) => extractText(text, { explain: true }).grounds?.drafts ?? []);
    expect(competed.mock.calls.length).toBeGreaterThan(300);
    const likely = new Map(
      competed.mock.calls.map(([quantity, , { signs, candidates, won }]) => [
        quantity,
        evidence.meaning.rank(signs, candidates).find(({ label }) => label === won)?.probability,
      ]),
    );
    const read = figures.filter((draft) => draft.from.head !== "table");
    for (const { number, indicator, score } of read) {
      const { won } = competed.mock.calls.find(([quantity]) => quantity === number)?.[2] ?? { won: "" };
      if (won === indicator) expect(score).toBeCloseTo(likely.get(number) ?? 0, 9);
    }
    competed.mockRestore();
  });
});

/** Sums by label of the counting indicators. */
const counted = file["meaning"]?.labels.filter(
  (label) => label === "none" || catalogue().indicators.some(({ id, unit }) => id === label && unit === "count"),
);
const weightsBy = (sums: ArrayLike<number>) =>
  Object.fromEntries((counted ?? []).map((label) => [label, sums[evidence.meaning.placeOf(label)]]));

function weightsSaid(signs: readonly string[]): Record<string, number> {
  const sums = Object.fromEntries((counted ?? []).map((label) => [label, 0]));
  const { labels = [], signs: weights = {} } = file["meaning"] ?? {};
  for (const sign of signs) {
    const pairs = weights[sign] ?? [];
    for (let at = 0; at < pairs.length; at += 2) {
      const label = labels[pairs[at] as number] as string;
      if (label in sums) sums[label] = (sums[label] as number) + (pairs[at + 1] as number);
    }
  }
  return sums;
}

const corpus = new URL("../../corpus/", import.meta.url);
const corpusTexts = () =>
  readdirSync(corpus)
    .map((slug) => new URL(`${slug}/source.txt`, corpus))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8"));
