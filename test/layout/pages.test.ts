import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { comparePage } from "../../bench/ocr/measures.mjs";
import { ingest } from "../../src/ingest/index.js";
import { orderPage } from "../../src/layout/index.js";

const set = fileURLToPath(new URL("../pages/set/", import.meta.url));
const truths = readdirSync(set)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(set + file, "utf8")));

/** A line of ground truth as an engine without faults would give it: its ink, no order. */
const lineOf = (
  { text, box: [left, top, right, bottom] }: { text: string; box: [number, number, number, number] },
  vertical: boolean,
) => {
  const em = vertical ? right - left : bottom - top;
  const [x, y] = vertical ? [em * 0.1, 0] : [0, em * 0.14];
  const size = text.length;
  const words = [...text].map((_, at) => ({
    start: at,
    end: at + 1,
    box: vertical
      ? ([left + x, top + ((bottom - top) * at) / size, right - x, top + ((bottom - top) * (at + 1)) / size] as const)
      : ([
          left + ((right - left) * at) / size,
          top + y,
          left + ((right - left) * (at + 1)) / size,
          bottom - y,
        ] as const),
  }));
  return { text, box: [left + x, top + y, right - x, bottom - y] as const, words };
};

test.each(truths.filter((truth) => truth.pdf))("the text layer of $id is read in order", async (truth) => {
  const { source } = await ingest(readFileSync(set + truth.pdf), { path: truth.pdf, order: orderPage });
  const { characters, lineErrors, pageErrors, right, numbers } = comparePage(truth, source.text);
  expect(lineErrors / characters).toBeLessThan(0.005);
  expect((pageErrors - lineErrors) / characters).toBeLessThan(0.01);
  expect(right).toBe(numbers);
});

test.each(truths)("lines of $id in no order are put in order without rules", (truth) => {
  const lines = truth.lines
    .map((line: Parameters<typeof lineOf>[0]) => lineOf(line, truth.vertical))
    .sort((a: { text: string }, b: { text: string }) => (a.text < b.text ? -1 : 1));
  const { width, height } = truth;
  const ordered = orderPage({ width, height, lines, rules: [], pictures: [], turn: truth.vertical ? 1 : 0 });
  const { characters, pageErrors } = comparePage(truth, ordered.map((line) => line.text).join(""));
  expect(pageErrors / characters).toBeLessThan(0.01);
});
