import { expect, test } from "vitest";
import { MappedTextBuilder, OffsetMap } from "../../src/doc/index.js";

test("an identity map shifts", () => {
  const map = OffsetMap.identity(5, 10);
  expect(map.range(1, 3)).toEqual({ start: 11, end: 13 });
  expect(map.startOf(5)).toBe(15);
});

test("maps follow each other through two texts", () => {
  const inner = new MappedTextBuilder();
  inner.keep("ab", 3);
  inner.replace("X", 5, 9);
  const outer = OffsetMap.identity(20, 100);
  const through = inner.build().map.through(outer);
  expect(through.range(0, 2)).toEqual({ start: 103, end: 105 });
  expect(through.range(2, 3)).toEqual({ start: 105, end: 109 });
});

test("a range over pieces out of order holds them all", () => {
  const builder = new MappedTextBuilder();
  builder.keep("after", 50);
  builder.keep("before", 10);
  expect(builder.build().map.range(0, 11)).toEqual({ start: 10, end: 55 });
});

test("an offset map is no promise", async () => {
  const map = OffsetMap.identity(3);
  expect(await Promise.resolve(map)).toBe(map);
});
