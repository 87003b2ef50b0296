import { expect, test } from "vitest";
import { OffsetMap, type SourceLine } from "../../src/doc/index.js";
import { orderByColumns } from "../../src/layout/columns.js";

function line(text: string, left: number, top: number, width = 90): SourceLine {
  return { text, map: OffsetMap.identity(text.length), page: 1, box: [left, top, left + width, top + 10] };
}
const order = (lines: SourceLine[]) =>
  orderByColumns(lines)
    .flat()
    .map((each) => each.text)
    .join("");

test("two columns are read one after the other", () => {
  const lines = [0, 1, 2, 3].flatMap((row) => [line(`a${row}`, 0, row * 14), line(`b${row}`, 100, row * 14)]);
  expect(order(lines)).toBe("a0a1a2a3b0b1b2b3");
});

test("a headline over the columns comes first", () => {
  const lines = [
    line("H", 0, 0, 190),
    ...[0, 1, 2].flatMap((row) => [line(`b${row}`, 100, 30 + row * 14), line(`a${row}`, 0, 30 + row * 14)]),
  ];
  expect(order(lines)).toBe("Ha0a1a2b0b1b2");
});

test("articles above each other keep their columns apart", () => {
  const top = [0, 1].flatMap((row) => [line(`a${row}`, 0, row * 14), line(`b${row}`, 100, row * 14)]);
  const below = [0, 1].flatMap((row) => [
    line(`c${row}`, 0, 80 + row * 14, 60),
    line(`d${row}`, 66, 80 + row * 14, 60),
    line(`e${row}`, 132, 80 + row * 14, 58),
  ]);
  expect(order([...top, line("H", 0, 60, 190), ...below])).toBe("a0a1b0b1Hc0c1d0d1e0e1");
});
