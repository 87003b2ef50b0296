import { expect, test } from "vitest";
import { extractText } from "../../src/pipeline.js";

test("a table of counties gives each county its figures, with the unit of the heading", () => {
  const text =
    "邢台市各县诉求办理情况（截至2022年6月30日）\n县区  收集问题（件）  办结（件）  办结率（%）  减税降费（万元）\n清河县  120  118  98.3  860\n威县  95  90  94.7  455\n合计  215  208  96.7  1315\n";
  const { figures } = extractText(text, { metadata: { region: "130500", published: "2022-07-04" } });
  const rows = figures.map((figure) => `${figure.region} ${figure.indicator} ${figure.value} ${figure.period}`);
  expect(rows).toContain("130534 problem.collected 120 ../2022-06-30");
  expect(rows).toContain("130533 problem.resolution_rate 94.7 ../2022-06-30");
  expect(rows).toContain("130500 fund.tax_relief 13150000 ../2022-06-30");
  expect(figures).toHaveLength(12);
});
