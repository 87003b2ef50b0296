import { expect, test } from "vitest";
import { indicators, measures } from "../../src/catalogue/index.js";

test("measures divide what can be divided: counts and money by counts, shares by the whole they are part of", () => {
  const unitOf = (id: string) => indicators().find((indicator) => indicator.id === id)?.unit;
  for (const { id, of, per, share } of measures()) {
    expect(unitOf(of), id).toMatch(share ? /^count$/ : /^(?:count|money)$/);
    for (const each of per) expect(unitOf(each), id).toBe("count");
  }
  expect(new Set(measures().map(({ id }) => id)).size).toBe(measures().length);
});
