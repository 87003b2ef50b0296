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

test("a table's total that the text told already is told once, with the text's time", () => {
  const text = `截至11月30日，全市共收集问题300件，办结280件。

二、2023年各县区情况

县区　　收集问题（件）　　办结问题（件）
鼓楼区　　200　　180
祥符区　　100　　100
合计　　300　　280
`;
  const { figures } = extractText(text, { metadata: { region: "410200", published: "2023-12-02" } });
  const told = figures.filter(({ value }) => value === 300).map(({ region, period }) => `${region} ${period}`);
  expect(told).toEqual(["410200 ../2023-11-30"]);
  expect(figures.filter(({ region }) => region === "410204").map(({ value }) => value)).toEqual([200, 180]);
});
