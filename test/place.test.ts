import { expect, test } from "vitest";
import { OffsetMap, type SourceLine, type SourcePage } from "../src/doc/index.js";
import { placeOnPage } from "../src/place.js";

/** A line of characters 10 points wide, starting at an offset of the source. */
const line = (text: string, offset: number, left: number, top: number): SourceLine => ({
  text,
  map: OffsetMap.identity(text.length, offset),
  page: 1,
  box: [left, top, left + text.length * 10, top + 10],
  words: [...text].map((_, at) => ({
    start: at,
    end: at + 1,
    box: [left + at * 10, top, left + at * 10 + 10, top + 10],
  })),
});
const page: SourcePage = { number: 1, start: 0, end: 20, width: 300, height: 300, read: "ocr" };
const lines = [line("共解决问题11", 0, 50, 280), line("21个。其余", 8, 200, 20)];

test("a quote that breaks over columns has a box in each, exactly around its characters", () => {
  expect(placeOnPage(lines, page, { start: 1, end: 11 })).toEqual({
    box: [60, 20, 230, 290],
    boxes: [
      [60, 280, 120, 290],
      [200, 20, 230, 30],
    ],
  });
  expect(placeOnPage(lines, page, { start: 8, end: 10 })).toEqual({ box: [200, 20, 220, 30] });
});

test("boxes lie on the page as it is in the file, though it was read upright", () => {
  const shifted: SourcePage = { ...page, toFile: [1, 0, 5, 0, 1, 7, 0, 0, 1] };
  expect(placeOnPage(lines, shifted, { start: 8, end: 10 })).toEqual({ box: [205, 27, 225, 37] });
});
