import { expect, test } from "vitest";
import { toCsv } from "../../src/export/csv.js";
import { toTable } from "../../src/export/table.js";
import { toPeople } from "../../src/export/values.js";

test("a cell that a spreadsheet would run is made text, a negative number stays one", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        { a: "=1+1", b: -5 },
        { a: "@x", b: 2 },
      ],
    ),
  ).toBe("a,b\n'=1+1,-5\n'@x,2\n");
});

test("columns line up although Han are twice as wide", () => {
  const [, first = "", second = ""] = toTable(
    [{ title: "r" }, { title: "n", align: "right" }],
    [
      ["开封市", "1"],
      ["ab", "22"],
    ],
  ).split("\n");
  const width = (text: string) => [...text].reduce((sum, char) => sum + (char > "\u2000" ? 2 : 1), 0);
  expect(width(first)).toBe(width(second));
});

test("control characters reach no terminal", () => {
  expect(toTable([{ title: "x" }], [["a\u001b[31mb"]])).not.toContain("\u001b[31m");
});

test.each([
  [236000000, "CNY", "2.36亿元"],
  [163000, "CNY", "16.3万元"],
  [98.6, "percent", "98.6%"],
  [1121, "count", "1,121"],
])("%d %s is shown as %s", (value, unit, text) => expect(toPeople(value, unit)).toBe(text));
