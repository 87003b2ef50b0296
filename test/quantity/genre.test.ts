import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findQuantities } from "../../src/index.js";

type Expected = [written: string, value: number, what: string, qualifier?: string];
interface Sentence {
  readonly text: string;
  readonly language: "zh" | "en";
  readonly quantities: readonly Expected[];
}
const { sentences } = JSON.parse(readFileSync(new URL("./genre.json", import.meta.url), "utf8")) as {
  sentences: Sentence[];
};

interface Line {
  readonly written: string;
  readonly says: string;
}
const says = (value: number, what: string, qualifier = "exact") => `${value} ${what} ${qualifier}`;

/** Counts, money and shares found; 一个 and 一家 are mostly articles. */
function found({ text, language }: Sentence): Line[] {
  return findQuantities(text, { language })
    .filter(({ kind, one }) => kind !== "other" && !one)
    .map(({ numberStart, end, value, kind, unit, measure, qualifier }) => ({
      written: text.slice(numberStart, end),
      says: says(value, kind === "count" ? measure || "count" : unit, qualifier),
    }));
}

test.each(sentences)("$text", (sentence) => {
  const got = found(sentence);
  expect(got.map((line) => line.says)).toEqual(
    sentence.quantities.map(([, value, what, qualifier]) => says(value, what, qualifier)),
  );
  // a qualifier behind the unit belongs to the quantity, but the lists end with the unit
  sentence.quantities.forEach(([written], index) => {
    expect(got[index]?.written).toContain(written);
  });
});
