import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CatalogueError, catalogueFrom, indicators } from "../../src/catalogue/index.js";
import { catalogueHash, extractText } from "../../src/pipeline.js";

const readme = readFileSync("README.md", "utf8").split("## Indicators of your own")[1] ?? "";
const snippet = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";

/** A catalogue of one indicator, some fields of it otherwise. */
const one = (fields: object) =>
  JSON.stringify(
    {
      indicators: [
        { id: "own.own", unit: "count", label: "一", labelEn: "one", heads: ["造册"], names: ["一"], ...fields },
      ],
    },
    null,
    1,
  );

function troublesOf(text: string): readonly string[] {
  try {
    catalogueFrom(text, "own.json");
    return [];
  } catch (cause) {
    if (cause instanceof CatalogueError) return cause.troubles;
    throw cause;
  }
}

test("the README's indicator works as printed, and leaves the others alone", () => {
  const catalogue = catalogueFrom(snippet, "governor.json");
  const found = (text: string) =>
    extractText(text, { catalogue }).figures.map((figure) => `${figure.indicator} ${figure.value}`);
  for (const example of catalogue.indicators[0]?.examples ?? []) expect(found(example)).toEqual(["visit.governor 36"]);
  expect(found("6月，省长王某带队走访企业28家，收集问题200个。")).toEqual([
    "visit.governor 28",
    "problem.collected 200",
  ]);
  expect(found("各级干部走访企业1132家次")).toEqual(["enterprise.visited 1132"]);
  expect(catalogue.indicators).toHaveLength(indicators().length + 1);
  expect(catalogueHash(catalogue)).not.toBe(catalogueHash());
});

test("the README's trouble is told as printed", () => {
  const printed = /^governor\.json:.*$/m.exec(readme)?.[0];
  const wrong = snippet.replace('"heads": ["enterprise"]', '"heads": ["enterprize"]');
  expect(() => catalogueFrom(wrong, "governor.json")).toThrow(printed);
});

test.each([
  ["{", 'own.json:1:2: a string in " " is expected'],
  ['{\n "indicators": [\n  {"id": "a.b",}\n]}', "own.json:3:16: a string"],
  ['{"indicators": []} x', "own.json:1:20: nothing may follow"],
  ['{"indicators": [], "indicators": []}', "own.json:1:20: 'indicators' is given twice"],
  ['{"indicator": []}', 'own.json:1:1: Unrecognized key: "indicator"'],
  [one({ unit: "pieces" }), "own.json:5:12: indicators[0].unit: "],
  [one({ id: "Own" }), "own.json:4:10: indicators[0].id: "],
  [one({ verbs: ["collct"] }), "indicators[0].verbs[0]: no concept 'collct'; is 'collect' meant?"],
  [one({ verbs: ["hand_out"] }), "indicators[0].verbs[0]: no concept 'hand_out'"],
  [
    one({ heads: ["loan"] }),
    "indicators[0].heads[0]: 'loan' is a concept of kind money; here stands count and wants noun",
  ],
  [one({ id: "problem.collected", unit: "percent", heads: ["造册率"] }), "'problem.collected' is known as count"],
  [one({ measures: ["咕噜"] }), "indicators[0].measures[0]: '咕噜' is no measure word"],
  [
    one({ shareOf: "problem.resolve" }),
    "indicators[0].shareOf: no indicator 'problem.resolve'; is 'problem.resolved' meant?",
  ],
  ['{"concepts": [{"id": "tea", "zh": ["茶企"]}]}', "concepts[0]: a new concept needs its kind"],
  ['{"concepts": [{"id": "tea", "extend": true, "zh": ["茶企"]}]}', "concepts[0].id: no concept 'tea' to extend"],
  ['{"concepts": [{"id": "loan", "kind": "noun", "zh": ["贷"]}]}', "concepts[0].kind: 'loan' is known as money"],
])("%s is refused with its place", (text, trouble) => expect(troublesOf(text).join("\n")).toContain(trouble));

test("an id given twice is refused with the line of the first", () => {
  const {
    indicators: [first],
  } = JSON.parse(one({})) as { indicators: object[] };
  expect(troublesOf(JSON.stringify({ indicators: [first, first] }, null, 1))[0]).toMatch(
    /^own\.json:\d+:\d+: indicators\[1\]\.id: 'own\.own' is given twice, first in line 4$/,
  );
});

test("words are added to a concept, and an indicator takes the place of one of its id", () => {
  const base = indicators().find((each) => each.id === "enterprise.visited");
  const { heads, verbs, forbid, ...rest } = base as NonNullable<typeof base>;
  const catalogue = catalogueFrom({
    indicators: [{ ...rest, heads: ["enterprise"], verbs, forbid: [], label: "走访" }],
    concepts: [{ id: "enterprise", extend: true, zh: ["茶老板们"] }],
  });
  void [heads, forbid];
  expect(catalogue.indicators).toHaveLength(indicators().length);
  expect(extractText("累计走访茶老板们320家", { catalogue }).figures[0]?.indicator).toBe("enterprise.visited");
});
