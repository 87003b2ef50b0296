import { expect, test } from "vitest";
import { isComparable, shapeOf, stepFor, stepOf } from "../../src/compare/period.js";

const pairs: [string | null, string | null, boolean, boolean][] = [
  // counts, then shares
  ["../2022-06-30", "../2022-09-30", true, true],
  ["../2022-06-30", "../2020-06-30", false, false],
  ["2022-01/2022-06", "2022-01/2022-05", true, true],
  ["2022-06", "2022-01/2022-06", false, true],
  ["2022-06", "../2022-06-30", false, true],
  ["2022", "../2022-12-31", true, true],
  ["2022-06-30", "../2022-06-30", true, true],
  ["2021", "2022", true, true],
  ["2020", "2022", false, false],
  [null, "2022", true, true],
];
test.each(pairs)("%s beside %s: counts %s, shares %s", (a, b, counts, shares) => {
  expect([isComparable(a, b, false), isComparable(a, b, true)]).toEqual([counts, shares]);
  expect([isComparable(b, a, false), isComparable(b, a, true)]).toEqual([counts, shares]);
});

test("a period's step is that of its end, written as SDMX does", () => {
  expect((["year", "half", "quarter", "month"] as const).map((step) => stepOf("../2022-06-30", step))).toEqual([
    "2022",
    "2022-S1",
    "2022-Q2",
    "2022-06",
  ]);
  expect(stepOf(null, "year")).toBeUndefined();
});

test("steps are as fine as a dozen columns allow", () => {
  expect(stepFor(["2022-01", "2022-12"])).toBe("month");
  expect(
    stepFor(
      Array.from(
        { length: 36 },
        (_, month) => `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`,
      ),
    ),
  ).toBe("quarter");
  expect(stepFor(Array.from({ length: 30 }, (_, year) => String(1990 + year)))).toBe("year");
});

test("a single day is a count until that day", () => {
  expect(shapeOf("2022-06-30")).toMatchObject({ kind: "until", days: undefined });
});
