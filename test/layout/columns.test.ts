import { expect, test } from "vitest";
import type { Box, PageContent, PageLine } from "../../src/doc/index.js";
import { orderPage } from "../../src/layout/index.js";

/** A line of `text`, a word a character. */
function line(text: string, left: number, top: number, width = 90, height = 10): PageLine {
  const step = width / text.length;
  const words = [...text].map((_, at) => ({
    start: at,
    end: at + 1,
    box: [left + at * step, top, left + (at + 1) * step, top + height] as Box,
  }));
  return { text, box: [left, top, left + width, top + height], words };
}
const page = (lines: readonly PageLine[], rules: readonly Box[] = []): PageContent => ({
  width: 400,
  height: 600,
  lines,
  rules,
  pictures: [],
  turn: 0,
});
const order = (lines: readonly PageLine[], rules: readonly Box[] = []) =>
  orderPage(page(lines, rules))
    .map((each) => each.text)
    .join("");
const rows = [0, 1, 2, 3];

test("two columns are read one after the other", () => {
  const lines = rows.flatMap((row) => [line(`a${row}`, 0, row * 14), line(`b${row}`, 100, row * 14)]);
  expect(order(lines)).toBe("a0a1a2a3b0b1b2b3");
});

test("a headline over the columns comes first", () => {
  const lines = [
    line("H", 0, 0, 190),
    ...[0, 1, 2].flatMap((row) => [line(`b${row}`, 100, 30 + row * 14), line(`a${row}`, 0, 30 + row * 14)]),
  ];
  expect(order(lines)).toBe("Ha0a1a2b0b1b2");
});

test("a headline over the middle of four columns comes first, though the outer gutters are free", () => {
  const lines = [
    line("HH", 150, 0, 100, 20),
    ...rows.flatMap((row) => ["a", "b", "c", "d"].map((name, at) => line(`${name}${row}`, at * 100, 30 + row * 14))),
  ];
  expect(order(lines)).toBe("HHa0a1a2a3b0b1b2b3c0c1c2c3d0d1d2d3");
});

test("a headline over two of three columns leaves the third alone", () => {
  const lines = [
    ...[0, 1, 2, 3, 4, 5].map((row) => line(`a${row}`, 0, row * 14)),
    line("HH", 130, 1, 130, 18),
    ...[2, 3, 4, 5].flatMap((row) => [line(`b${row}`, 100, row * 14), line(`c${row}`, 200, row * 14)]),
  ];
  expect(order(lines)).toBe("a0a1a2a3a4a5HHb2b3b4b5c2c3c4c5");
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

test("a rule across parts what stands above from what stands below", () => {
  const lines = rows.flatMap((row) => [
    line(`a${row}`, 0, row * 14 + (row > 1 ? 20 : 0)),
    line(`b${row}`, 100, row * 14 + (row > 1 ? 20 : 0)),
  ]);
  expect(order(lines, [[0, 35, 190, 35.5]])).toBe("a0a1b0b1a2a3b2b3");
});

test("a box is read whole, where it stands", () => {
  const lines = [
    ...rows.map((row) => line(`a${row}`, 0, row * 14)),
    ...rows.map((row) => line(`b${row}`, 106, row * 14 + 4, 40)),
    ...rows.map((row) => line(`c${row}`, 152, row * 14 + 4, 40)),
    ...rows.flatMap((row) => [line(`d${row}`, 0, 90 + row * 14), line(`e${row}`, 102, 90 + row * 14)]),
  ];
  const [left, top, right, bottom] = [101, 0, 195, 70];
  const frame: Box[] = [
    [left, top, right, top],
    [left, bottom, right, bottom],
    [left, top, left, bottom],
    [right, top, right, bottom],
  ];
  expect(order(lines, [...frame, [0, 80, 195, 80.5]])).toBe("a0a1a2a3b0b1b2b3c0c1c2c3d0d1d2d3e0e1e2e3");
});

test("a line that an engine read over a narrow gutter is cut at it", () => {
  const wide = (row: number): PageLine => {
    const [a, b] = [line("甲乙丙丁", 0, row * 14, 40), line("戊己庚辛", 47, row * 14, 40)];
    const words = [...a.words, ...b.words.map((word) => ({ ...word, start: word.start + 4, end: word.end + 4 }))];
    return { text: a.text + b.text, box: [0, row * 14, 87, row * 14 + 10], words };
  };
  expect(order([0, 1, 2, 3, 4].map(wide))).toBe("甲乙丙丁".repeat(5) + "戊己庚辛".repeat(5));
});

test("characters of a headline that are set far apart stay together", () => {
  const lines = [
    ...["公", "告"].map((text, at) => line(text, 60 + at * 60, 0, 20, 20)),
    ...rows.flatMap((row) => [line(`a${row}`, 0, 40 + row * 14), line(`b${row}`, 100, 40 + row * 14)]),
  ];
  expect(orderPage(page(lines))[0]?.text).toBe("公告");
});

const cells = [
  ["县区", "收集（个）", "办结（个）"],
  ["城关镇", "120", "118"],
  ["河东乡", "86", ""],
];
const table = cells.flatMap((row, at) =>
  row.flatMap((text, column) => (text === "" ? [] : [line(text, column * 100 + 10, at * 16 + 3, text.length * 9)])),
);
const grid: Box[] = [
  ...[0, 16, 32, 48].map((y): Box => [0, y, 300, y]),
  ...[0, 100, 200, 300].map((x): Box => [x, 0, x, 48]),
];

test("a ruled table is read row by row, an empty cell kept", () => {
  expect(orderPage(page(table, grid)).map(({ text, role }) => [role, text])).toEqual([
    ["row", "县区\t收集（个）\t办结（个）"],
    ["row", "城关镇\t120\t118"],
    ["row", "河东乡\t86\t"],
  ]);
});

test("a heading over two columns of a ruled table stands in the first of them", () => {
  const lines = [line("地区", 10, 3, 20), line("办结情况", 150, 3, 40), ...table.map((each) => moved(each, 16))];
  const rules: Box[] = [
    ...[0, 16, 32, 48, 64].map((y): Box => [y === 16 ? 100 : 0, y, 300, y]),
    ...[0, 100, 300].map((x): Box => [x, 0, x, 64]),
    [200, 16, 200, 64],
  ];
  const text = orderPage(page(lines, rules)).map((each) => each.text);
  expect(text[0]).toBe("地区县区\t办结情况\t");
  expect(text[2]).toBe("城关镇\t120\t118");
});

test("a table without rules is told by its numbers", () => {
  const rows = [["合计", "206", "204"], ...cells.slice(1, 2), ["河东乡", "86", "86"]];
  const lines = [cells[0] as string[], ...rows].flatMap((row, at) =>
    row.map((text, column) => line(text, column * 100 + 10, at * 16, text.length * 9)),
  );
  expect(orderPage(page(lines)).map((each) => each.text)).toEqual([
    "县区\t收集（个）\t办结（个）",
    "合计\t206\t204",
    "城关镇\t120\t118",
    "河东乡\t86\t86",
  ]);
});

test("vertical text is read from the right, its boxes stay in their places", () => {
  const column = (text: string, left: number): PageLine => ({
    text,
    box: [left, 0, left + 10, 100],
    words: [{ start: 0, end: text.length, box: [left, 0, left + 10, 100] }],
  });
  const ordered = orderPage({
    ...page([column("第一行", 300), column("第三行", 268), column("第二行", 284)]),
    turn: 1,
  });
  expect(ordered.map((each) => each.text)).toEqual(["第一行", "第二行", "第三行"]);
  expect(ordered[0]?.box).toEqual([300, 0, 310, 100]);
});

test("a running head comes first and a page number last", () => {
  const lines = [
    ...["A03", "要闻", "2022年5月6日"].map((text, at) => line(text, at * 150, 10, text.length * 8, 8)),
    ...rows.flatMap((row) => [line(`a${row}`, 0, 40 + row * 14), line(`b${row}`, 100, 40 + row * 14)]),
    line("— 3 —", 180, 580, 30),
  ];
  const ordered = orderPage(page(lines, [[0, 22, 390, 22.5]]));
  expect(ordered.map((each) => each.text).join("")).toBe("A03要闻2022年5月6日a0a1a2a3b0b1b2b3— 3 —");
  expect(ordered.filter((each) => each.role === "furniture")).toHaveLength(4);
});

test("no character is dropped, however the page lies", () => {
  const lines = Array.from({ length: 60 }, (_, at) =>
    line(`x${at}y`, (at * 97) % 311, (at * 57) % 503, 30 + (at % 7) * 20),
  );
  const text = orderPage(page(lines, grid)).flatMap((each) => [...each.text.replace(/[\t ]/g, "")]);
  expect(text.sort()).toEqual(lines.flatMap((each) => [...each.text]).sort());
});

function moved(each: PageLine, down: number): PageLine {
  const shift = (box: Box): Box => [box[0], box[1] + down, box[2], box[3] + down];
  return { ...each, box: shift(each.box), words: each.words.map((word) => ({ ...word, box: shift(word.box) })) };
}
