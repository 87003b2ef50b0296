import { readFileSync } from "node:fs";
import { z } from "zod";
import { buildCatalogue, type Catalogue, catalogue } from "./catalogue.js";
import { Concept, loadConcepts } from "./concepts.js";
import { Indicator, loadIndicators } from "./indicators.js";
import { type JsonPath, JsonTrouble, LocatedJson } from "./located-json.js";
import { unitTable } from "./units.js";

/** Words of a concept; `extend` adds them to the concept of that id instead of taking its place. */
const OwnConcept = Concept.partial({ kind: true, zh: true, en: true }).extend({ extend: z.boolean().default(false) });

/** An own indicator whose conditions hold goes before what annotated clippings without it have taught. */
const OWN_FIRST = 4;

/** A researcher's own indicators and concepts: new ones, or others in the place of those of `schemas/`. */
export const OwnCatalogueFile = z.strictObject({
  $schema: z.string().optional(),
  $comment: z.string().optional(),
  indicators: z.array(Indicator.extend({ prefer: z.number().min(-5).max(10).default(OWN_FIRST) })).default([]),
  concepts: z.array(OwnConcept).default([]),
});

/** A catalogue file that cannot be used: each trouble names file, line, column and field. */
export class CatalogueError extends Error {
  constructor(readonly troubles: readonly string[]) {
    super(troubles.join("\n"));
  }
}

/** The standard catalogue with the indicators of a file added. Throws CatalogueError. */
export function readCatalogue(path: string): Catalogue {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new CatalogueError([`${path}: cannot be opened: ${(cause as Error).message}`]);
  }
  return catalogueFrom(text, path);
}

/** The same from JSON in hand, or from the object it would make. */
export function catalogueFrom(input: string | object, name = "catalogue"): Catalogue {
  const own = new OwnFile(typeof input === "string" ? input : JSON.stringify(input, null, 2), name);
  own.check();
  const concepts = mergeConcepts(loadConcepts(), own.file.concepts);
  const replaced = new Set(own.file.indicators.map((each) => each.id));
  // own ones first: of claims alike the first wins
  return buildCatalogue(
    [...own.file.indicators, ...loadIndicators().filter((each) => !replaced.has(each.id))],
    concepts,
  );
}

type OwnConceptEntry = z.infer<typeof OwnConcept>;

function mergeConcepts(standard: readonly Concept[], own: readonly OwnConceptEntry[]): Concept[] {
  const merged = new Map(standard.map((concept) => [concept.id, concept]));
  for (const { extend, ...entry } of own) {
    const known = merged.get(entry.id);
    const zh = [...(extend && known ? known.zh : []), ...(entry.zh ?? [])];
    const en = [...(extend && known ? known.en : []), ...(entry.en ?? [])];
    merged.set(entry.id, {
      ...(extend && known ? known : {}),
      ...entry,
      kind: entry.kind ?? known?.kind ?? "noun",
      zh,
      en,
    });
  }
  return [...merged.values()];
}

/** Kinds of the concepts that the heads of an indicator may be. */
const HEAD_KINDS = { count: "noun", percent: "rate", money: "money" } as const;

/** One file being checked: collects what is wrong, with its place. */
class OwnFile {
  readonly file: z.infer<typeof OwnCatalogueFile>;
  private readonly json: LocatedJson;
  private readonly troubles: string[] = [];

  constructor(
    text: string,
    private readonly name: string,
  ) {
    this.json = this.parse(text);
    const read = OwnCatalogueFile.safeParse(this.json.value);
    if (!read.success) {
      for (const issue of read.error.issues) this.blame(issue.path as JsonPath, issue.message);
      throw new CatalogueError(this.troubles);
    }
    this.file = read.data;
  }

  check(): void {
    const standard = new Map(catalogue().indicators.map((each) => [each.id, each]));
    const kinds = new Map<string, string>(loadConcepts().map((each) => [each.id, each.kind]));
    for (const [index, concept] of this.file.concepts.entries()) this.checkConcept(concept, index, kinds);
    for (const concept of this.file.concepts) if (concept.kind) kinds.set(concept.id, concept.kind);
    this.once("indicators", this.file.indicators);
    this.once("concepts", this.file.concepts);
    const words = new Set([...loadConcepts(), ...this.file.concepts].flatMap((each) => each.en ?? []));
    this.file.indicators.forEach((indicator, index) => {
      const path = ["indicators", index];
      const known = standard.get(indicator.id);
      if (known && known.unit !== indicator.unit)
        this.blame(
          [...path, "unit"],
          `'${indicator.id}' is known as ${known.unit}: figures of ${indicator.unit} could not be compared with it; take another id`,
        );
      this.checkWords(indicator.heads, [...path, "heads"], kinds, words, [HEAD_KINDS[indicator.unit]], indicator.unit);
      this.checkWords(indicator.verbs, [...path, "verbs"], kinds, words, ["verb", "cue"], "a verb");
      this.checkWords(indicator.forbid, [...path, "forbid"], kinds, words, ["cue"], "a cue");
      this.checkMeasures(indicator.measures, [...path, "measures"]);
      const ids = new Set([...standard.keys(), ...this.file.indicators.map((each) => each.id)]);
      if (indicator.shareOf !== undefined && !ids.has(indicator.shareOf))
        this.blame([...path, "shareOf"], `no indicator '${indicator.shareOf}'${suggestion(indicator.shareOf, ids)}`);
    });
    if (this.troubles.length > 0) throw new CatalogueError(this.troubles);
  }

  private parse(text: string): LocatedJson {
    try {
      return new LocatedJson(text);
    } catch (cause) {
      if (!(cause instanceof JsonTrouble)) throw cause;
      throw new CatalogueError([`${this.name}:${cause.at.line}:${cause.at.column}: ${cause.message}`]);
    }
  }

  private checkConcept(concept: OwnConceptEntry, index: number, kinds: ReadonlyMap<string, string>): void {
    const path = ["concepts", index];
    const known = kinds.get(concept.id);
    if (concept.extend && !known)
      this.blame([...path, "id"], `no concept '${concept.id}' to extend${suggestion(concept.id, kinds.keys())}`);
    if (!concept.kind && !known) this.blame(path, "a new concept needs its kind: noun, verb, money, rate or cue");
    if (concept.kind && known && concept.kind !== known)
      this.blame(
        [...path, "kind"],
        `'${concept.id}' is known as ${known}: its indicators would lose their words; take another id`,
      );
    if ((concept.zh ?? []).length + (concept.en ?? []).length === 0)
      this.blame(path, "a concept needs words in zh or en");
    this.checkMeasures(concept.measures ?? [], [...path, "measures"]);
  }

  /** Ids of concepts must be known and of the right kind; other words are words of the indicator's own. */
  private checkWords(
    words: readonly string[],
    path: JsonPath,
    kinds: ReadonlyMap<string, string>,
    english: ReadonlySet<string>,
    wanted: readonly string[],
    what: string,
  ): void {
    words.forEach((word, index) => {
      const kind = kinds.get(word);
      if (kind !== undefined && !wanted.includes(kind))
        this.blame(
          [...path, index],
          `'${word}' is a concept of kind ${kind}; here stands ${what} and wants ${wanted.join(" or ")}`,
        );
      if (kind === undefined && /^[a-z_]+$/.test(word) && !english.has(word)) {
        const near = suggestion(word, kinds.keys());
        if (near !== "" || word.includes("_")) this.blame([...path, index], `no concept '${word}'${near}`);
      }
    });
  }

  private checkMeasures(measures: readonly string[], path: JsonPath): void {
    measures.forEach((measure, index) => {
      const found = unitTable().at(measure, 0);
      if (!found || found.word !== measure || found.unit.kind !== "count")
        this.blame([...path, index], `'${measure}' is no measure word of schemas/units.json, so no number has it`);
    });
  }

  private once(list: "indicators" | "concepts", entries: readonly { readonly id: string }[]): void {
    entries.forEach((entry, index) => {
      const first = entries.findIndex((other) => other.id === entry.id);
      if (first < index) {
        const { line } = this.json.positionOf([list, first, "id"]);
        this.blame([list, index, "id"], `'${entry.id}' is given twice, first in line ${line}`);
      }
    });
  }

  private blame(path: JsonPath, detail: string): void {
    const { line, column } = this.json.positionOf(path);
    this.troubles.push(`${this.name}:${line}:${column}: ${fieldOf(path)}${detail}`);
  }
}

/** indicators[0].heads[1]: */
function fieldOf(path: JsonPath): string {
  const field = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return field === "" ? "" : `${field.replace(/^\./, "")}: `;
}

function suggestion(word: string, known: Iterable<string>): string {
  if (word.length < 4) return "";
  const near = [...known].find((each) => !each.includes("#") && distance(word, each) <= (word.length > 6 ? 2 : 1));
  return near ? `; is '${near}' meant?` : "";
}

/** Letters to change, add or take away to make one word of another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
