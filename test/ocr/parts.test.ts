import { expect, test } from "vitest";
import { apply, type Box, inverse } from "../../src/doc/index.js";
import { align } from "../../src/ocr/align.js";
import type { Grey } from "../../src/ocr/image.js";
import { turn } from "../../src/ocr/image.js";
import type { OcrCharacter } from "../../src/ocr/index.js";
import { doubtsOf, numbersOf } from "../../src/ocr/numbers.js";
import { prepare } from "../../src/ocr/prepare.js";
import { scriptOf } from "../../src/ocr/script.js";
import { homography, uprightOf } from "../../src/ocr/upright.js";

const characters = (text: string, confidence = 0.99): OcrCharacter[] =>
  [...text].map((each, index) => ({ text: each, box: [index * 10, 0, index * 10 + 7, 10] as Box, confidence }));

test("numbers of a line are found with separators and sign of percent", () => {
  expect(numbersOf(characters("办结1,284件，占98.6%，第３项")).map(({ text }) => text)).toEqual([
    "1,284",
    "98.6%",
    "３",
  ]);
});

test.each([
  ["both read the same", "1284", 0.9, "1284", 0.7, false],
  ["they differ", "1284", 0.99, "1234", 0.99, true],
  ["one is certain, the other no number", "1284", 0.995, "l2B4", 0.9, false],
  ["one is not quite certain, the other no number", "1284", 0.98, "l2B4", 0.9, true],
  ["one alone is sure", "1284", 0.99, undefined, 0, false],
  ["one alone is unsure", "1284", 0.9, undefined, 0, true],
  ["a separator is no difference", "1,284", 0.99, "1284", 0.9, false],
  ["both are very unsure", "1284", 0.3, "1284", 0.3, true],
  ["one lost the point that the other saw", "4521", 0.995, "45.2", 0.8, true],
])("%s: doubted is %s", (_, own, confidence, other, otherConfidence, doubted) => {
  const line = characters(`共${own}件`, confidence);
  const first = line[1] as OcrCharacter;
  if (other !== undefined)
    line[1] = { ...first, others: [{ text: other, confidence: otherConfidence, engine: "tesseract", whole: true }] };
  const doubts = doubtsOf(line, "paddle");
  expect(doubts.length).toBe(doubted ? 1 : 0);
  if (doubted) {
    expect(
      line
        .map((each) => each.text)
        .join("")
        .slice(doubts[0]?.start, doubts[0]?.end),
    ).toBe(own);
    expect(doubts[0]?.readings.map(({ text }) => text)).toEqual(other === undefined ? [own] : [own, other]);
  }
});

test("a digit that takes the room of two is doubted, however sure", () => {
  const line = characters("占89，");
  const wide = line.map((each, at): OcrCharacter => (at === 2 ? { ...each, box: [20, 0, 29.5, 10] } : each));
  expect(doubtsOf(wide, "paddle")).toHaveLength(1);
  expect(doubtsOf(wide, "tesseract")).toHaveLength(0);
});

test("two readings are aligned character by character though one misses some", () => {
  const pairs = align(characters("自3422萬元"), characters("自籌3422萬元"));
  expect(pairs).toEqual([
    [0, 0],
    [undefined, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 6],
    [6, 7],
  ]);
});

test.each([
  ["全市共走访企业，解决问题", "simplified"],
  ["市府走訪廠商，受理問題", "traditional"],
  ["Officials visited the companies and settled requests", "latin"],
  ["", "simplified"],
])("%s is %s", (text, script) => expect(scriptOf(text)).toBe(script));

/** Lines of three columns, seen through a map of the plane. */
function bandsThrough(map: (x: number, y: number) => [number, number]) {
  const bands = [];
  for (let column = 0; column < 3; column++)
    for (let row = 0; row < 24; row++) {
      const [left, right, y] = [100 + column * 450, 500 + column * 450, 150 + row * 60];
      const [x0, y0] = map(left, y);
      const [x1, y1] = map(right, y);
      bands.push({ left: x0, right: x1, middle: y0, slope: (y1 - y0) / (x1 - x0), height: 30, score: 1 });
    }
  return bands;
}

test("a page that lies straight is left alone", () => {
  expect(
    uprightOf(
      bandsThrough((x, y) => [x, y]),
      1500,
      1700,
    ),
  ).toBeUndefined();
});

test.each([
  ["turned by 1.2°", (x: number, y: number): [number, number] => [x - y * 0.021, y + x * 0.021]],
  [
    "taken aslant",
    (x: number, y: number) =>
      apply(
        homography(
          [
            [0, 0],
            [1500, 0],
            [1500, 1700],
            [0, 1700],
          ],
          [
            [30, 25],
            [1478, 60],
            [1470, 1680],
            [50, 1640],
          ],
        ),
        x,
        y,
      ),
  ],
])("a page %s is set upright: its lines level, its columns plumb", (_, map) => {
  const upright = uprightOf(bandsThrough(map), 1500, 1700);
  expect(upright).toBeDefined();
  if (!upright) return;
  const back = inverse(upright);
  const at = (x: number, y: number) => apply(back, ...map(x, y));
  expect(Math.abs(at(100, 900)[1] - at(1400, 900)[1])).toBeLessThan(8);
  expect(Math.abs(at(100, 200)[1] - at(1400, 200)[1])).toBeLessThan(8);
  expect(Math.abs(at(550, 200)[0] - at(550, 1500)[0])).toBeLessThan(10);
  expect(Math.abs(at(1400, 200)[0] - at(1400, 1500)[0])).toBeLessThan(12);
});

const page = (value: (x: number, y: number) => number): Grey => {
  const data = new Uint8Array(600 * 800);
  for (let at = 0; at < data.length; at++) data[at] = value(at % 600, Math.floor(at / 600));
  return { data, width: 600, height: 800 };
};
const isStroke = (x: number, y: number) => y % 30 < 12 && x % 12 < 4 && x > 60 && x < 540;

test("a black page, an empty one and a clean one are told apart, and the clean one is not touched", async () => {
  expect(
    (
      await prepare(
        page(() => 3),
        200,
      )
    ).outcome,
  ).toBe("too-dark");
  expect(
    (
      await prepare(
        page(() => 250),
        200,
      )
    ).outcome,
  ).toBe("blank");
  const clean = page((x, y) => (isStroke(x, y) ? 10 : 255));
  const { grey, preparations, outcome } = await prepare(clean, 200);
  expect([grey === clean, preparations, outcome]).toEqual([true, [], undefined]);
});

test("grey paper that darkens to one side becomes white, pale ink dark", async () => {
  const { grey, preparations } = await prepare(
    page((x, y) => (isStroke(x, y) ? 130 : 235) - x / 10),
    200,
  );
  expect(preparations).toContain("flattened");
  const seen = (x: number, y: number) => grey.data[y * 600 + x] as number;
  expect(seen(30, 20)).toBeGreaterThan(240);
  expect(seen(590, 770)).toBeGreaterThan(240);
  expect(seen(530, 605)).toBeLessThan(90);
});

test("turning four times by a quarter is no turn", () => {
  const grey: Grey = { data: Uint8Array.from([1, 2, 3, 4, 5, 6]), width: 3, height: 2 };
  const once = turn(grey, 90);
  expect([once.width, [...once.data]]).toEqual([2, [4, 1, 5, 2, 6, 3]]);
  expect([...turn(turn(once, 180), 90).data]).toEqual([...grey.data]);
  expect([...turn(once, 270).data]).toEqual([...grey.data]);
});
