import { expect, test } from "vitest";
import { relationsOf } from "../../src/assign/relations.js";
import { findNumbers } from "../../src/quantity/index.js";

const rolesIn = (text: string) => {
  const numbers = findNumbers(text, "zh");
  const relations = relationsOf(numbers);
  return numbers.flatMap((number) => (relations.get(number) ?? []).map((each) => `${number.value} ${each.role}`));
};

test("a sum and a share are seen whatever the words say", () => {
  const roles = rolesIn("捧回包裹1697件，拆开1533件，拆包率90.3%，没拆的164件。");
  expect(roles).toContain("1697 whole");
  expect(roles).toContain("164 rest");
  expect(roles).toContain("90.3 share");
});

test.each(["走访企业1697家，发放手册1533册，还有164人。", "收集1697件，办结1500件，办结率90.3%。"])(
  "%s has no sum and no share",
  (text) => expect(rolesIn(text)).toEqual([]),
);
