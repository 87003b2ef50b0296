import { expect, test } from "vitest";
import { ingestDecodedText } from "../src/ingest/index.js";
import { isLong, partsOf } from "../src/long-text.js";
import { extractText } from "../src/pipeline.js";
import { expectSoundSpans } from "./spans.js";

const filler = "各部门召开会议，研究下一步工作，压实责任，推动落实，确保各项举措见到实效。\n".repeat(40);
const paragraph = (value: number) => `截至2022年6月30日，开封市收集企业问题${value}个。\n${filler}\n`;
const text = Array.from({ length: 320 }, (_, at) => paragraph(1000 + at)).join("");

test("a long text is read in parts that hold every line once", () => {
  const source = ingestDecodedText(text);
  expect(isLong(source)).toBe(true);
  const parts = [...partsOf(source)];
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.flatMap((part) => part.lines)).toEqual(source.lines);
});

test("figures of a long text are those of its paragraphs, at their places", () => {
  const extraction = extractText(text);
  expectSoundSpans(extraction);
  expect(extraction.figures.map((figure) => figure.value)).toEqual(Array.from({ length: 320 }, (_, at) => 1000 + at));
  expect(new Set(extraction.figures.map((figure) => figure.region))).toEqual(new Set(["410200"]));
});
