import { expect, test } from "vitest";
import { extractText } from "../../src/pipeline.js";
import { expectSoundSpans } from "../spans.js";

const metadata = { publisher: "清河县人民政府网", published: "2022-07-15", region: "130534" };
const figuresOf = (text: string) => {
  const extraction = extractText(text, { metadata });
  expectSoundSpans(extraction);
  return extraction.figures.map((figure) => `${figure.indicator} ${figure.value}`);
};

const said: readonly (readonly [text: string, ...figures: string[]])[] = [
  [
    "全县累计收集企业反映的难题320个，已协调解决301个，解决率94.1%，企业满意度98%。",
    "problem.collected 320",
    "problem.resolved 301",
    "problem.resolution_rate 94.1",
    "satisfaction.rate 98",
  ],
  [
    "梳理诉求180件，当场答复95件，其余85件全部转交县直部门办理。",
    "problem.collected 180",
    "problem.resolved 95",
    "problem.assigned 85",
  ],
  ["收集、办结问题分别为755个和743个。", "problem.collected 755", "problem.resolved 743"],
  ["办结率、满意率分别达到97%和99%。", "problem.resolution_rate 97", "satisfaction.rate 99"],
  ["先后选派216名干部包联企业430家。", "official.assigned 216", "enterprise.covered 430"],
  [
    "为58家企业办理续贷2.3亿元，减免房租160万元。",
    "enterprise.benefited 58",
    "fund.bridge_loan 230000000",
    "fund.rent_relief 1600000",
  ],
  [
    "发放稳岗补贴85.6万元，留抵退税1.2亿元，新增贷款3亿元。",
    "fund.job_subsidy 856000",
    "fund.tax_relief 120000000",
    "fund.loan 300000000",
  ],
  ["举办银企对接会12场，现场授信6.5亿元。", "event.held 12", "fund.credit 650000000"],
  ["编印政策汇编5000册，走访企业1200家次。", "material.distributed 5000", "enterprise.visited 1200"],
  ["九成以上的问题得到解决。", "problem.resolution_rate 90"],
];
test.each(said)("%s", (text, ...figures) => expect(figuresOf(text)).toEqual(figures));

test.each([
  "全市法院受理案件118463件，办结115220件，办结率97.3%。",
  "按规定，单户贷款最高可达500万元，给予一次性奖励30万元。",
  "规模以上工业增加值同比增长9.2%，实现利润31.6亿元。",
  "目前尚无未办结问题。",
  "平均每家企业减税3.5万元。",
  "咨询电话：0319-8881234，邮编054800。",
])("%s holds no figure", (text) => expect(figuresOf(text)).toEqual([]));

test("plans are planned", () => {
  const { figures } = extractText("下半年，全县计划再选派干部60名，力争办结率达到98%以上。", { metadata });
  expect(figures.map((figure) => figure.status)).toEqual(["planned", "planned"]);
});

test("a number belongs to the place its sentence names", () => {
  const { figures } = extractText("全县收集问题300个。威县收集问题210个；全市收集问题4200个。", { metadata });
  expect(figures.map((figure) => figure.region)).toEqual(["130534", "130533", "130500"]);
});

const times: readonly (readonly [string, string | null])[] = [
  ["截至6月30日，全县收集问题320个。", "../2022-06-30"],
  ["今年以来，截至5月31日，全县收集问题320个。", "2022-01/2022-05-31"],
  ["上半年，全县收集问题320个。", "2022-01/2022-06"],
  ["2021年，全县收集问题320个。", "2021"],
  ["截至目前，全县收集问题320个。", "../2022-07-15"],
  ["1—5月，全县收集问题320个。", "2022-01/2022-05"],
  ["一季度，全县收集问题320个。", "2022-01/2022-03"],
  ["自去年9月以来，全县收集问题320个。", "2021-09/2022-07-15"],
  ["全县收集问题320个。", null],
];
test.each(times)("%s → %s", (text, period) => expect(extractText(text, { metadata }).figures[0]?.period).toBe(period));

test("checks that hold raise confidence, checks that fail say why", () => {
  const good = extractText("收集问题755个，办结578个，其余177个正在办理。", { metadata }).figures;
  const bad = extractText("收集问题755个，办结578个，其余187个正在办理。", { metadata }).figures;
  expect(bad[0]?.findings[0]?.code).toBe("check/sum-differs");
  expect(good[0]?.findings).toEqual([]);
  expect(good[0]?.confidence).toBeGreaterThan(bad[0]?.confidence ?? 1);
});

test("English reports are read with the same catalogue", () => {
  const { figures } = extractText(
    "JINJIANG, July 14 -- Since March, the city has sent 320 officials to 1,150 companies. By the end of June they had collected 2,480 problems, 2,410 of which had been solved, with a resolution rate of 97.2 percent.",
  );
  expect(figures.map((figure) => `${figure.indicator} ${figure.value}`)).toEqual(
    expect.arrayContaining([
      "official.assigned 320",
      "problem.collected 2480",
      "problem.resolved 2410",
      "problem.resolution_rate 97.2",
    ]),
  );
});
